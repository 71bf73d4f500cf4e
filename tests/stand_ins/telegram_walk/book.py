"""The book: what everybody tapped and wrote, and what may be shown of it by the rules of the design.

Written from the taps alone. It imports nothing of the program, so that a wrong count there cannot be repeated here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

LABELS = (
    "Nothing done yet",
    "A start has been made",
    "Progress in several ways",
    "Really good in some areas, not all",
    "Really good throughout",
)
"""The buttons of the scores 1 to 5, in this order."""
DONT_KNOW = "I don't know"
SKIP = "Skip"
PRINCIPLES = ("Assets", "Networks", "Outcomes", "Relationships", "Catalysts")
STATEMENTS = (1, 2, 3)

Counts = tuple[int, int, int, int, int]


@dataclass
class Answers:
    """One person's answers to one principle: the label chosen for each statement, and what they wrote."""

    chosen: dict[int, str] = field(default_factory=dict)
    comment: str = ""
    written_as: int = 0
    """When the comment was last changed, as a running number."""


@dataclass
class Page:
    """One person."""

    group: str
    answers: dict[str, Answers] = field(default_factory=dict)
    handed_in: set[str] = field(default_factory=set)
    poured: set[str] = field(default_factory=set)

    def of(self, principle: str) -> Answers:
        """Their answers to a principle."""
        return self.answers.setdefault(principle, Answers())


@dataclass
class Tally:
    """The choices of several people for one statement."""

    labels: list[str] = field(default_factory=list)

    @property
    def scores(self) -> list[int]:
        """The scores, 1 to 5."""
        return [LABELS.index(label) + 1 for label in self.labels if label in LABELS]

    @property
    def counts(self) -> Counts:
        """How many chose 1, 2, 3, 4, 5."""
        found = Counter(self.scores)
        return (found[1], found[2], found[3], found[4], found[5])

    @property
    def unknown(self) -> int:
        """How many said that they don't know."""
        return self.labels.count(DONT_KNOW)


@dataclass
class Cell:
    """A group and a principle, poured at most twice."""

    people: int = 0
    pourings: int = 0
    shown: dict[int, Tally] = field(default_factory=dict)
    waiting: dict[int, Tally] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    """In the order in which they were typed."""

    def take(self, batch: list[Answers], *, least: int) -> None:
        """Pour. A statement is shown once ``least`` people or more have chosen a score for it."""
        self.people += len(batch)
        self.pourings += 1
        for statement in STATEMENTS:
            waiting = self.waiting.setdefault(statement, Tally())
            waiting.labels += [part.chosen.get(statement, SKIP) for part in batch]
            if len(waiting.scores) >= least:
                self.shown.setdefault(statement, Tally()).labels += self.waiting.pop(statement).labels
        written = sorted((part for part in batch if part.comment), key=lambda part: part.written_as)
        self.comments += [part.comment for part in written]


class Book:
    """One assessment. ``least`` is the smallest number of people that anything is shown about."""

    def __init__(self, *groups: str, least: int) -> None:
        self.groups = groups
        self.least = least
        self.people: dict[str, Page] = {}
        self.joined = dict.fromkeys(groups, 0)
        self.cells: dict[tuple[str, str], Cell] = {(g, p): Cell() for g in groups for p in PRINCIPLES}
        self.together: dict[str, Cell] = {}
        """The left-over people of all groups, at closing."""
        self.left_out: dict[str, int] = {}
        """At closing: how many were too few."""
        self.statements: dict[tuple[str, int], str] = {}
        """The words of each statement, as they stood on the cards."""
        self._number = 0

    # what people did

    def join(self, name: str, group: str) -> None:
        """Somebody agreed to take part."""
        self.people[name] = Page(group)
        self.joined[group] += 1

    def choose(self, name: str, principle: str, statement: int, label: str) -> None:
        """Somebody chose an answer; whatever was handed in of that principle is out again."""
        self.people[name].of(principle).chosen[statement] = label
        self.people[name].handed_in.discard(principle)

    def write(self, name: str, principle: str, words: str) -> None:
        """What somebody's comment is from now on."""
        self._number += 1
        part = self.people[name].of(principle)
        part.comment, part.written_as = words, self._number
        self.people[name].handed_in.discard(principle)

    def hand_in(self, name: str, principle: str) -> None:
        """Somebody handed in a principle."""
        self.people[name].handed_in.add(principle)

    def take_out(self, name: str, principle: str) -> None:
        """Somebody took a principle back."""
        self.people[name].handed_in.discard(principle)

    def withdraw(self, name: str) -> None:
        """Somebody took everything back. How many joined never falls."""
        del self.people[name]

    def move(self, name: str, group: str) -> None:
        """Somebody changed the group: they hand in again."""
        self.people[name].group = group
        self.people[name].handed_in.clear()
        self.joined[group] += 1

    # what may be shown

    def waiting(self, group: str, principle: str) -> list[str]:
        """Who has handed in and was not poured."""
        return [
            name
            for name, page in self.people.items()
            if page.group == group and principle in page.handed_in - page.poured
        ]

    def handed_in(self, group: str, principle: str) -> int | None:
        """How many have handed in and are not shown yet; None when a facilitator may not be told."""
        number = len(self.waiting(group, principle))
        return number if number >= self.least else None

    def show(self, *principles: str) -> None:
        """Pour each cell of these principles that was not poured before, if enough people are in it."""
        for principle in principles:
            for group in self.groups:
                if not self.cells[group, principle].pourings:
                    self._pour(group, principle)

    def close(self) -> None:
        """Pour what is left, then the rest of all groups together, and erase the others."""
        for principle in PRINCIPLES:
            for group in self.groups:
                self._pour(group, principle)
            rest = [name for group in self.groups for name in self.waiting(group, principle)]
            if len(rest) >= self.least:
                cell = Cell()
                cell.take([self.people[name].of(principle) for name in rest], least=self.least)
                cell.comments.clear()
                self.together[principle] = cell
            elif rest:
                self.left_out[principle] = len(rest)
        self.people.clear()

    def shown_in(self, principle: str) -> list[str]:
        """The groups that are shown for a principle."""
        return [group for group in self.groups if self.cells[group, principle].people]

    def everyone(self, principle: str, statement: int) -> Tally | None:
        """All that is shown of a statement, of all groups and of those left over; None when nothing is."""
        cells = [self.cells[group, principle] for group in self.groups]
        cells += [self.together[principle]] if principle in self.together else []
        labels = [label for cell in cells if statement in cell.shown for label in cell.shown[statement].labels]
        return Tally(labels) if labels else None

    def _pour(self, group: str, principle: str) -> None:
        names = self.waiting(group, principle)
        if len(names) < self.least:
            return
        batch = [self.people[name].of(principle) for name in names]
        self.cells[group, principle].take(batch, least=self.least)
        for name in names:
            self.people[name].poured.add(principle)
