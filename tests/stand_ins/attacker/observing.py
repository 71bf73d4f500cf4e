"""One look of the facilitator: all that stood on every card and picture at one moment, as numbers and words.

Plain data. ``reading`` fills it, ``narrowing`` draws conclusions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from attacker.cards import Picture

EVERYONE = "Everyone"

Cell = tuple[str, str]
"""Group and principle."""
Place = tuple[str, str, int]
"""Group (or everyone), principle, and number of the statement; 0 for all of its statements together."""


@dataclass(frozen=True)
class Tally:
    """How many chose 1 to 5, and how many said "I don't know"."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    unknown: int = 0

    @property
    def scored(self) -> int:
        """How many scores."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """Their sum."""
        return sum(score * many for score, many in enumerate(self.counts, 1))

    def __add__(self, other: Tally) -> Tally:
        one, two, three, four, five = (a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Tally((one, two, three, four, five), self.unknown + other.unknown)

    def minus(self, other: Tally) -> tuple[int, ...]:
        """What is more here than there: for the five scores, then for "I don't know"."""
        mine, theirs = (*self.counts, self.unknown), (*other.counts, other.unknown)
        return tuple(a - b for a, b in zip(mine, theirs, strict=True))


@dataclass(frozen=True, kw_only=True)
class Average:
    """An average that stood somewhere, rounded to one place. ``where``: on which card."""

    where: str
    place: Place
    value: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Middle and agreement as they stood beside a tally."""

    place: Place
    middle: float
    agreement: float


@dataclass(kw_only=True)
class Observation:
    """One look. What was not there is not in it. A look that is not ``whole`` was only at numbers about taking part.

    ``tallies``: from captions. ``people``: how many a caption says were counted in a cell. ``comments``: by cell, in
    the order of the screen, for every card on which they stood. ``joined``, ``handed_in``: numbers about taking part;
    (n, exact) where exact is False for "fewer than n". ``shown``, ``more``: what the page says of a cell that is shown.
    ``waiting``, ``missed``: who has not handed in, as the warnings before showing and closing say. ``left_out``: told
    after closing. ``pictures``: by what they are. ``unread``: lines with a number
    that nobody here understands.
    """

    moment: int
    channel: str
    whole: bool = True
    tallies: dict[Place, Tally] = field(default_factory=dict)
    people: dict[Cell, int] = field(default_factory=dict)
    averages: list[Average] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    comments: dict[Cell, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    joined: dict[str, int] = field(default_factory=dict)
    handed_in: dict[Cell, tuple[int, bool]] = field(default_factory=dict)
    more: dict[Cell, tuple[int, bool]] = field(default_factory=dict)
    shown: dict[Cell, int] = field(default_factory=dict)
    waiting: dict[Cell, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def bag(self, cell: Cell) -> tuple[str, ...]:
        """The comments of a cell, from whichever card had them."""
        return next(iter(self.comments.get(cell, {}).values()), ())
