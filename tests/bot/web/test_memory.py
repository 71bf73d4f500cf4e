"""What waits in memory is bounded and does not wait for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.web.mailbox import PEOPLE, Mailbox
from conversations.says import text

if TYPE_CHECKING:
    from tests.bot.web.conftest import Cards

HELLO = text("web.title")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_remarks_are_said_once_and_not_twice() -> None:
    mailbox = Mailbox(Clock())
    mailbox.tell("somebody", [HELLO, HELLO])
    assert mailbox.take_notices("somebody") == (HELLO,)
    assert mailbox.take_notices("somebody") == ()


def test_remarks_are_dropped_after_ten_minutes() -> None:
    clock = Clock()
    mailbox = Mailbox(clock)
    mailbox.tell("somebody", [HELLO])
    clock.now = 599
    mailbox.tell("another", [HELLO])
    clock.now = 600
    assert mailbox.take_notices("somebody") == ()
    assert mailbox.take_notices("another") == (HELLO,)


def test_the_mailbox_drops_whoever_waited_longest() -> None:
    mailbox = Mailbox(Clock())
    for number in range(PEOPLE + 1):
        mailbox.tell(str(number), [HELLO])
    assert mailbox.take_notices("0") == ()
    assert mailbox.take_notices("1") == (HELLO,)


def test_words_are_put_back_into_their_own_card_only(cards: Cards) -> None:
    mailbox = Mailbox(Clock())
    mailbox.keep_unsent("somebody", cards.HOME, "half")
    assert mailbox.unsent("somebody", cards.HOME) == "half"
    assert mailbox.unsent("somebody", cards.COMMENT) == ""
    assert mailbox.unsent("another", cards.HOME) == ""
