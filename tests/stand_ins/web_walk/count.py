"""Adds up what may be shown, from what people posted and from nothing else, to be held against what is shown.

It follows the rules of docs by the shortest way, person by person, and shares no line with the program: nobody is
shown before there are ``k`` people; a group is shown at most twice; a statement's scores come out in portions of at
least ``k``; whoever is left over at the end counts among "Everyone" only, or not at all.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from web_walk.instrument import ORDER, statements

EVERYONE = "Everyone"
LOWEST, HIGHEST = 1, 5
TENTHS, HUNDREDTHS = 0.05 + 1e-9, 0.005 + 1e-9
"""How far a figure may be off that was rounded to so many places."""

_LINE = re.compile(
    r"(?P<group>.+) – 1: (\d+) · 2: (\d+) · 3: (\d+) · 4: (\d+) · 5: (\d+); "
    r"average (?P<average>[\d.]+); middle (?P<middle>[\d.]+); agreement (?P<agreement>[\d.]+)"
    r"(?:; don't know (?P<unknown>\d+))?"
)


@dataclass
class Sheet:
    """What one person has posted so far. A choice is "1" to "5", "unknown" or "skip", by the statement's words."""

    group: str
    choices: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    handed_in: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Shown:
    """What a caption says of one group and one statement. ``counts`` are empty where only an average stands."""

    counts: tuple[int, ...]
    average: float
    middle: float = 0.0
    agreement: float = 0.0
    unknown: int = 0

    def fits(self, said: Shown) -> bool:
        """Whether what is ``said``, rounded, is this."""
        near = [math.isclose(self.average, said.average, abs_tol=TENTHS)]
        if said.counts:
            near.append(math.isclose(self.middle, said.middle, abs_tol=TENTHS))
            near.append(math.isclose(self.agreement, said.agreement, abs_tol=HUNDREDTHS))
            near.append((self.counts, self.unknown) == (said.counts, said.unknown))
        return all(near)


def of_choices(choices: Iterable[str]) -> Shown:
    """The figures of some choices."""
    every = list(choices)
    counts = tuple(every.count(str(score)) for score in range(LOWEST, HIGHEST + 1))
    scores = [int(each) for each in every if each.isdigit()]
    return Shown(counts, sum(scores) / len(scores), _middle(scores), _agreement(scores), every.count("unknown"))


def _middle(scores: Sequence[int]) -> float:
    """The standard library's median of grouped scores; between the two in the middle where they differ."""
    ordered, half = sorted(scores), len(scores) // 2
    if len(ordered) % 2 == 0 and ordered[half - 1] != ordered[half]:
        return (ordered[half - 1] + ordered[half]) / 2
    return statistics.median_grouped(ordered)


def _agreement(scores: Sequence[int]) -> float:
    """Tastle and Wierman's consensus, person by person."""
    average = sum(scores) / len(scores)
    return 1 + sum(math.log2(1 - abs(score - average) / (HIGHEST - LOWEST)) for score in scores) / len(scores)


def read(caption: str, principle: str) -> dict[tuple[str, str], Shown | None]:
    """What a principle's caption says: (statement, group) → figures, None for "too few scores"."""
    found: dict[tuple[str, str], Shown | None] = {}
    statement = ""
    for line in caption.split("\n"):
        if line in statements(principle):
            statement = line
        elif whole := _LINE.fullmatch(line):
            counts = tuple(int(each) for each in whole.groups()[1:6])
            unknown = int(whole["unknown"] or 0)
            average, middle, agreement = (float(whole[name]) for name in ("average", "middle", "agreement"))
            found[statement, whole["group"]] = Shown(counts, average, middle, agreement, unknown)
        elif line.endswith(" – too few scores to show"):
            found[statement, line.split(" – ")[0]] = None
        elif few := re.fullmatch(rf"({EVERYONE}): ([\d.]+)", line):
            found[statement, few[1]] = Shown((), float(few[2]))
    return found


def differences(said: dict[tuple[str, str], Shown | None], counted: dict[tuple[str, str], Shown | None]) -> list[str]:
    """Where a caption and the count differ, in words; nothing when they are the same."""
    told = []
    for key in sorted({*said, *counted}):
        here, there = said.get(key), counted.get(key)
        same = here is there if here is None or there is None else there.fits(here)
        if not same or (key in said) != (key in counted):
            told.append(f"{key}: the page says {here}, the count {there}")
    return told


class Count:
    """What may be shown of these people. Tell it whenever the facilitator shows or closes."""

    def __init__(self, people: Sequence[Sheet], *, groups: Sequence[str], k: int) -> None:
        self.people = people
        self.groups = groups
        self.k = k
        self.poured: dict[tuple[str, str], list[Sheet]] = {}
        self.comments: dict[tuple[str, str], Counter[str]] = {}
        self.left_out: dict[str, int] = {}
        self._taken: dict[str, list[int]] = {}
        self._shown: dict[tuple[str, str], list[str]] = {}
        self._waiting: dict[tuple[str, str], list[str]] = {}

    def show(self, *principles: str) -> None:
        """The facilitator shows these principles."""
        for principle in principles:
            for group in self.groups:
                if (group, principle) not in self.poured:
                    self._pour(group, principle)

    def close(self) -> None:
        """The facilitator closes answers."""
        for principle in ORDER:
            rest = []
            for group in self.groups:
                if not self._pour(group, principle):
                    rest += self._ready(group, principle)
            if len(rest) >= self.k:
                for statement in statements(principle):
                    choices = [sheet.choices.get(statement, "skip") for sheet in rest]
                    if sum(choice.isdigit() for choice in choices) >= self.k:
                        self._shown[EVERYONE, statement] = choices
            elif rest:
                self.left_out[principle] = len(rest)

    def _ready(self, group: str, principle: str) -> list[Sheet]:
        taken = self._taken.get(principle, [])
        return [
            sheet
            for sheet in self.people
            if sheet.group == group and principle in sheet.handed_in and id(sheet) not in taken
        ]

    def _pour(self, group: str, principle: str) -> bool:
        ready = self._ready(group, principle)
        if len(ready) < self.k:
            return False
        self._taken.setdefault(principle, []).extend(id(sheet) for sheet in ready)
        self.poured.setdefault((group, principle), []).extend(ready)
        words = [sheet.comments[principle] for sheet in ready if sheet.comments.get(principle)]
        self.comments.setdefault((group, principle), Counter()).update(words)
        for statement in statements(principle):
            waiting = self._waiting.pop((group, statement), [])
            waiting += [sheet.choices.get(statement, "skip") for sheet in ready]
            if sum(choice.isdigit() for choice in waiting) >= self.k:
                self._shown.setdefault((group, statement), []).extend(waiting)
            else:
                self._waiting[group, statement] = waiting
        return True

    def of(self, group: str, statement: str) -> Shown | None:
        """What may be said of a group, or of everyone, and a statement; None when there are too few scores."""
        groups = [*self.groups, EVERYONE] if group == EVERYONE else [group]
        choices = [choice for each in groups for choice in self._shown.get((each, statement), [])]
        return of_choices(choices) if choices else None

    def principle(self, principle: str) -> dict[tuple[str, str], Shown | None]:
        """All that the caption of a principle may say."""
        found: dict[tuple[str, str], Shown | None] = {}
        groups = [group for group in self.groups if (group, principle) in self.poured]
        for statement in statements(principle):
            for group in groups:
                found[statement, group] = self.of(group, statement)
            everyone = self.of(EVERYONE, statement)
            if everyone and self._adds(principle, groups):
                found[statement, EVERYONE] = everyone if self._left_over(principle) else Shown((), everyone.average)
        return found

    def averages(self, principle: str) -> dict[str, float]:
        """The average of each group, and of everyone, over a principle's statements, every score counted once.

        Nothing for a group of which one statement has too few scores.
        """
        found = {}
        for group in [*self.groups, EVERYONE]:
            shown = [self.of(group, statement) for statement in statements(principle)]
            known = [each for each in shown if each]
            if len(known) == len(shown):
                people = sum(sum(each.counts) for each in known)
                found[group] = sum(each.average * sum(each.counts) for each in known) / people
        if EVERYONE in found and not self._adds(principle, [group for group in found if group != EVERYONE]):
            del found[EVERYONE]
        return found

    def _left_over(self, principle: str) -> bool:
        return any((EVERYONE, statement) in self._shown for statement in statements(principle))

    def _adds(self, principle: str, groups: Sequence[str]) -> bool:
        """Whether "everyone" is named beside these groups: not where it is one group once more."""
        return len(groups) != 1 or self._left_over(principle)
