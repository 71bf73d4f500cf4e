"""What really happened: who handed what in, in which group, from when until when.

Kept by the made-up people themselves, by a clock that counts what was done. The program never sees it, and nothing
here knows the program. Moments are whole numbers; a *stay* is one person's part from the moment they began to hand it
in to the moment they had taken it out again, withdrawn or moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Literal

Choice = Literal[1, 2, 3, 4, 5, "unknown", "skipped"]
SCORES: tuple[Choice, ...] = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Said:
    """One person's answers to one principle: a choice for each statement, and the comment ("" for none)."""

    choices: Mapping[int, Choice]
    comment: str = ""


@dataclass(kw_only=True)
class Stay:
    """A part that is handed in."""

    person: str
    group: str
    principle: str
    said: Said
    begins: int
    ends: int | None = None

    def alive(self, after: int, by: int) -> bool:
        """Whether it was handed in at some moment after the one, up to the other."""
        return self.begins <= by and (self.ends is None or self.ends > after)


@dataclass
class Truth:
    """The log. ``now`` counts; each thing done is at a moment of its own."""

    now: int = 0
    stays: list[Stay] = field(default_factory=list)
    joined: dict[str, set[str]] = field(default_factory=dict)
    """Everybody who was ever in a group."""

    def tick(self) -> int:
        """The next moment."""
        self.now += 1
        return self.now

    def hand_in(self, person: str, group: str, principle: str, said: Said, *, since: int | None = None) -> None:
        """Somebody has handed in. ``since``: when they began to, if that was before now."""
        begins = self.now if since is None else since
        self.stays.append(Stay(person=person, group=group, principle=principle, said=said, begins=begins))

    def take_out(self, person: str, principle: str | None = None) -> None:
        """Somebody has taken out a part, or by withdrawing or moving all of them."""
        for stay in self.stays:
            if stay.person == person and stay.ends is None and principle in {None, stay.principle}:
                stay.ends = self.now

    def of(self, group: str | None, principle: str) -> list[Stay]:
        """All stays of a cell; of all groups for None."""
        return [stay for stay in self.stays if stay.principle == principle and group in {None, stay.group}]

    def alive(self, group: str | None, principle: str, after: int, by: int) -> list[Stay]:
        """Those that were handed in at some moment after the one, up to the other."""
        return [stay for stay in self.of(group, principle) if stay.alive(after, by)]

    def author(self, words: str) -> list[Stay]:
        """The stays with this comment. Every made-up person writes words of their own."""
        return [stay for stay in self.stays if stay.said.comment == words]


def people(stays: Iterable[Stay]) -> frozenset[str]:
    """Whose they are."""
    return frozenset(stay.person for stay in stays)


def explained(demands: Sequence[frozenset[str]]) -> frozenset[str] | None:
    """For each demand one of the people that could meet it, nobody twice; None when that is impossible.

    Kuhn's algorithm for a matching in a bipartite graph. Those who fit the fewest demands are tried first.
    """
    met: dict[str, int] = {}

    def meet(demand: int, tried: set[str]) -> bool:
        for person in sorted(demands[demand] - tried):
            tried.add(person)
            if person not in met or meet(met[person], tried):
                met[person] = demand
                return True
        return False

    return frozenset(met) if all(meet(demand, set()) for demand in range(len(demands))) else None


def able(stays: Iterable[Stay], statement: int, choice: Choice) -> frozenset[str]:
    """Who chose that for that statement."""
    return people(stay for stay in stays if stay.said.choices.get(statement, "skipped") == choice)


def choices(counts: Iterable[int], unknown: int) -> Iterator[Choice]:
    """A tally as single choices."""
    for score, many in zip(SCORES, counts, strict=True):
        yield from [score] * many
    yield from repeat("unknown", unknown)
