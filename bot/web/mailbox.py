"""What waits for a person's next page: remarks, and typed words that were not saved. In memory only.

A post is answered by a redirect, so what it led to must wait for the page that follows. It waits for ten
minutes at most; a restart loses it, which is why nothing that was confirmed may depend on it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from conversations.cards import Card
from conversations.says import Text

SECONDS = 600
PEOPLE = 500
NOTICES = 8


@dataclass(kw_only=True)
class Mail:
    """One person's.

    ``words`` could not be saved and are shown in a box to copy, ``folded`` after the first time. ``unsent``
    stood in the field of the card ``place`` when another button was tapped, and is put back there. ``last``
    is the mark of the last post that changed something.
    """

    at: float
    notices: list[Text] = field(default_factory=list)
    words: str = field(default="", repr=False)
    folded: bool = False
    unsent: str = field(default="", repr=False)
    place: str = ""
    last: bytes = b""


class Mailbox:
    """Everybody's, bounded; who waited longest is dropped first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._mail: OrderedDict[str, Mail] = OrderedDict()

    def tell(self, person: str, notices: Iterable[Text]) -> None:
        """Remarks for the next page. One that waits already is not said twice."""
        mail = self._of(person)
        for notice in notices:
            if notice not in mail.notices:
                mail.notices.append(notice)
        del mail.notices[:-NOTICES]

    def take_notices(self, person: str) -> tuple[Text, ...]:
        """The remarks, which are thereby said."""
        mail = self._peek(person)
        if mail is None:
            return ()
        notices, mail.notices = tuple(mail.notices), []
        return notices

    def keep_words(self, person: str, words: str) -> None:
        """Words that could not be saved."""
        mail = self._of(person)
        mail.words, mail.folded = words, False

    def kept_words(self, person: str) -> tuple[str, bool]:
        """Those words, and whether they were shown before; ("", False) when there are none."""
        mail = self._peek(person)
        if mail is None:
            return "", False
        folded, mail.folded = mail.folded, True
        return mail.words, folded

    def keep_unsent(self, person: str, card: Card, words: str) -> None:
        """Words that stood in this card's field and were not sent."""
        mail = self._of(person)
        mail.place, mail.unsent = place(card), words

    def unsent(self, person: str, card: Card) -> str:
        """The words to put back into this card's field; "" when there are none."""
        mail = self._peek(person)
        return mail.unsent if mail is not None and mail.place == place(card) else ""

    def saved(self, person: str) -> None:
        """What this person typed has found its place: nothing more to keep."""
        mail = self._peek(person)
        if mail is not None:
            mail.words = mail.unsent = mail.place = ""

    def forget(self, person: str) -> None:
        """This person has left, or was forgotten: nothing waits for anybody."""
        self._mail.pop(person, None)

    def done(self, person: str, mark: bytes) -> None:
        """Remember the post that has just changed something."""
        self._of(person).last = mark

    def repeats(self, person: str, mark: bytes) -> bool:
        """Whether this post is the last one once more: a double tap, or a reload of its page."""
        mail = self._peek(person)
        return mail is not None and mail.last == mark

    def _peek(self, person: str) -> Mail | None:
        self._tidy()
        return self._mail.get(person)

    def _of(self, person: str) -> Mail:
        self._tidy()
        mail = self._mail.pop(person, None) or Mail(at=self._clock())
        mail.at = self._clock()
        self._mail[person] = mail
        if len(self._mail) > PEOPLE:
            self._mail.popitem(last=False)
        return mail

    def _tidy(self) -> None:
        while self._mail:
            person, mail = next(iter(self._mail.items()))
            if mail.at + SECONDS > self._clock():
                return
            del self._mail[person]


def place(card: Card) -> str:
    """Which card this is, however often it is shown."""
    told = repr((card.state, card.progress, card.title, card.field.label if card.field else None))
    return sha256(told.encode()).hexdigest()
