"""What a person sees: cards, their buttons, their text field and their pictures.

A card is the whole of what is on the screen at one moment. Channels render cards; they add nothing and leave nothing
out. Nothing here knows a channel, a language or a width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from conversations.says import Say

Kind = Literal["paragraph", "item", "quote", "heading", "small", "code"]
Look = Literal["main", "plain", "quiet", "danger"]
Sign = Literal["", "globe"]


@dataclass(frozen=True)
class Block:
    """One piece of a card's body. ``quote`` is somebody's words or the official wording; ``code`` is to be copied."""

    kind: Kind
    text: Say


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button: what it says, the action it stands for, and the action's value ("" where there is none).

    ``action`` is at most 12 and ``value`` at most 36 characters of [a-z0-9-], so that both fit a Telegram button
    together with the card's number (64 bytes). ``chosen`` marks what the person chose before. ``sign``: what is
    drawn before the label for people who cannot read it, "" for nothing.
    """

    label: Say
    action: str
    value: str = ""
    look: Look = "plain"
    chosen: bool = False
    sign: Sign = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """Where a person types.

    ``label`` says what to type; ``value`` is what was typed before; ``limit`` counts characters (Unicode code
    points); ``submit`` is the web page's button. ``lines`` is 1 for a single line.
    """

    label: Say
    submit: Say
    value: str = ""
    limit: int = 2000
    lines: int = 1


PictureKind = Literal["principle", "gaps", "overview", "poster"]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that belongs to a card. ``about`` is the principle, or for a poster the group, else "".

    ``languages``: those of a poster, one or two, the upper one first. None means that of whoever looks at it.
    """

    kind: PictureKind
    assessment: str
    about: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Card:
    """One screen.

    ``state`` is the state of the dialogue that it shows. ``fresh`` asks a channel that keeps a history to send a new
    message instead of changing the last one; ``clears`` asks it to delete what stands above. ``wide`` rows hold one
    button each; a row never holds more than five.
    """

    state: str
    title: Say | None = None
    progress: Say | None = None
    blocks: tuple[Block, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    field: Field | None = None
    pictures: tuple[Picture, ...] = ()
    fresh: bool = False
    clears: bool = False

    def buttons(self) -> tuple[Button, ...]:
        """Every button of the card, in reading order."""
        return tuple(button for row in self.rows for button in row)


def paragraph(text: Say) -> Block:
    """A paragraph of a card's body."""
    return Block("paragraph", text)


def item(text: Say) -> Block:
    """One line of a list."""
    return Block("item", text)


def quote(text: Say) -> Block:
    """Somebody's words, or the official wording."""
    return Block("quote", text)


def heading(text: Say) -> Block:
    """A heading inside a card."""
    return Block("heading", text)


def small(text: Say) -> Block:
    """A remark in small print: sources, notes."""
    return Block("small", text)


def code(text: Say) -> Block:
    """A session code or a link that a person copies."""
    return Block("code", text)
