"""What somebody sees after they did something, the same for both channels: words, quotes, pictures, buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol


@dataclass(frozen=True)
class Block:
    """A paragraph or list item ("line") or somebody's words ("quote"), and the last heading above it."""

    heading: str
    kind: Literal["line", "quote"]
    words: str


@dataclass(frozen=True)
class Picture:
    """A picture, byte by byte, and its words."""

    png: bytes = field(repr=False)
    caption: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. ``taps`` are its buttons as (action, value)."""

    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()
    taps: tuple[tuple[str, str], ...] = ()

    def offers(self, action: str, value: str | None = None) -> bool:
        """Whether there is such a button; with this value, unless it does not matter."""
        return any(each == action and value in {None, given} for each, given in self.taps)

    def values(self, action: str) -> list[str]:
        """The values of all buttons for this action, in order."""
        return [value for each, value in self.taps if each == action]

    def lines(self, heading: str | None = None) -> list[str]:
        """All lines, or those under one heading."""
        return [block.words for block in self.blocks if block.kind == "line" and heading in {None, block.heading}]

    @property
    def words(self) -> str:
        """Everything that can be read."""
        return "\n".join(block.words for block in self.blocks)


class Seat(Protocol):
    """Somebody in front of one channel."""

    channel: str

    @property
    def card(self) -> Card:
        """What they see now."""
        ...

    async def follow(self, payload: str) -> Card:
        """Open a link: ``c-CODE``, ``i-TOKEN`` or ``d-TOKEN``."""
        ...

    async def look(self) -> Card:
        """Ask for the current card."""
        ...

    async def tap(self, action: str, value: str = "") -> Card:
        """Press a button, also one that the card does not have."""
        ...

    async def say(self, words: str) -> Card:
        """Write something and send it."""
        ...


def headed(blocks: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    """Blocks from (kind, words), where a "heading" stands over those that follow it."""
    found, heading = [], ""
    for kind, words in blocks:
        if kind == "heading":
            heading = words
        found.append(Block(heading, "quote" if kind == "quote" else "line", words))
    return tuple(found)
