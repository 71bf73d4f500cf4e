"""What channels and the turn-taker tell each other: who is speaking, and what they get to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from conversations.cards import Card
from conversations.says import Text

Channel = Literal["telegram", "web"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever writes, as a channel knows them: the Telegram user's id in digits, or a browser's random person id.

    ``cookie`` is the hash of the web browser's cookie (b"" on Telegram); a resume code ends that browser's way in.
    ``source`` names the network address that this turn comes from, for counting wrong codes; "" where it is not known.
    It is no part of who somebody is, and is neither stored nor logged.
    """

    channel: Channel
    id: str
    cookie: bytes = b""
    source: str = field(default="", compare=False)

    def __repr__(self) -> str:
        """Without the id: a person must not reach a log by accident."""
        return f"<Person on {self.channel}>"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a turn leads to: remarks to be read first, and the card that is now the current one.

    ``number`` is the card's number, which every button and form of it carries back. ``again`` is true when the turn
    changed nothing and the same card is shown once more: pictures need not be sent again then.
    ``messages`` are the ids of the chat's messages that are to be deleted before a card that ``clears`` is shown.
    """

    notices: tuple[Text, ...]
    card: Card
    number: int
    again: bool
    language: str
    messages: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A picture (PNG) and the caption that says the same in words."""

    png: bytes
    caption: str
