"""Sizes and places, in whole pixels from the upper start corner. Nothing is drawn or measured here.

"Start" is left in left-to-right languages and right in right-to-left ones; "end" is the other side.
Everything is laid out from start to end, and mirrored once, at the very end, by the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WIDTH = 1080
MARGIN = 56
INNER = WIDTH - 2 * MARGIN
POSTER_WIDTH, POSTER_HEIGHT = 1240, 1754
POSTER_MARGIN = 90

TITLE, STATEMENT, NUMBER, SMALL = 50, 34, 30, 28
"""Text sizes. Nothing is smaller than SMALL: it must be read on a phone, where a chart is a third as wide."""

Align = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """A rectangle on the finished picture: left < right and top < bottom, counted from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two have an area in common; touching edges have none."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def within(self, width: float, height: float) -> bool:
        """Whether it lies wholly on a canvas of that size."""
        return Box(0, 0, width, height).holds(self)
