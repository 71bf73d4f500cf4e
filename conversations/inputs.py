"""What can happen to a conversation: what a person did, and how a command turned out.

Channels make the first kind, bot/turns.py makes the second. Every value was checked for size by the channel, and for
nothing else: the machine trusts no input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Odd = Literal["photo", "sticker", "voice", "video", "file", "place", "contact", "poll", "edited", "other"]


@dataclass(frozen=True)
class Tap:
    """A button of the current card."""

    action: str
    value: str = ""


@dataclass(frozen=True)
class Stale:
    """A button of a card that is no longer the current one, or a repeated tap."""


@dataclass(frozen=True)
class Typed:
    """A text. ``whole``: it replaces what was typed before (a web form) instead of adding to it (a chat).

    ``stays``: it is only to be kept; something else was tapped beside it and comes next.
    """

    words: str
    whole: bool = False
    stays: bool = False


@dataclass(frozen=True)
class Opened:
    """A link or QR code was opened, or /start was sent.

    ``payload``: "" or ``c-CODE``, ``i-TOKEN``, ``d-TOKEN``, ``f-TOKEN``.
    """

    payload: str = ""


@dataclass(frozen=True)
class Asked:
    """A command of the menu, without its slash: "help", "language", "urgent" …; unknown ones too."""

    command: str


@dataclass(frozen=True)
class Unreadable:
    """Something the bot cannot read: a photo, a sticker, a voice note, an edited message …"""

    what: Odd


# How a command turned out. ``Outcome.result`` names the branch; the rest is what the answer needs to know.
@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The outcome of a command that the machine waited for.

    ``command`` is the command's name and ``result`` one of the words that commands.py lists for it.
    ``values`` carries what the next card needs: ids, codes, counts, times. Never an answer.
    """

    command: str
    result: str
    values: tuple[tuple[str, str | int], ...] = ()

    def text(self, name: str) -> str:
        """A value as text; "" when it is missing."""
        return str(dict(self.values).get(name, ""))

    def number(self, name: str) -> int:
        """A value as a whole number; 0 when it is missing."""
        return int(dict(self.values).get(name, 0))


Input = Tap | Stale | Typed | Opened | Asked | Unreadable | Outcome
