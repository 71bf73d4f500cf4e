"""What of the results a picture shows, and how things are called in it. Pictures and captions both read from
here.

Only shown tallies are known here (``conversations.results``). Averages are not rounded before they are said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from bot.wording import FIRST_STRONG_ISOLATE, POP_ISOLATE, Wording
from conversations.pools import Tally
from conversations.questionnaire import Principle, Questionnaire
from conversations.results import GroupResult, Results
from conversations.says import Phrase, Say, Text, Verbatim, listing, text

LONGEST_NAME = 80
"""Characters of a name that somebody typed; longer ones end with "…"."""
LONGEST_ORGANISATION = 120


def name(what: Say, wording: Wording, *, most: int = LONGEST_NAME) -> Say:
    """The same name, tamed when somebody typed it: one line, not too long, keeping its own direction where that is
    not the language's.
    """
    if not isinstance(what, Verbatim):
        return what
    words = " ".join("".join(" " if _commands(char) else char for char in what.words).split())
    words = words if len(words) <= most else words[: most - 1].rstrip() + "…"
    other = {"L"} if wording.language.direction == "rtl" else {"R", "AL", "AN"}
    turns = any(unicodedata.bidirectional(char) in other for char in words)
    return Verbatim(f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if turns else words)


def whole(number: int, wording: Wording) -> str:
    """A whole number as this language writes it."""
    return format_decimal(number, locale=wording.formats)


def hundredths(number: float, wording: Wording) -> str:
    """A number with two decimals as this language writes it."""
    return format_decimal(number, format="0.00", locale=wording.formats)


@dataclass(frozen=True)
class Shown:
    """The groups of one principle that have something to show, those that have not, and everyone where it
    adds to it.
    """

    groups: tuple[GroupResult, ...]
    missing: tuple[GroupResult, ...]
    everyone: GroupResult | None
    left_over: bool

    @property
    def all(self) -> tuple[GroupResult, ...]:
        """One bar for each of these."""
        return (*self.groups, *([self.everyone] if self.everyone else []))


def shown(results: Results, principle: str) -> Shown:
    """Who is shown for a principle.

    Everyone is shown beside two or more groups, and where a left-over batch made it differ from what is shown
    of them.
    """
    groups = tuple(group for group in results.groups if group.people.get(principle, 0))
    missing = tuple(group for group in results.groups if not group.people.get(principle, 0))
    everyone = results.everyone
    counted = sum(group.people[principle] for group in groups)
    left_over = everyone.people.get(principle, 0) != counted
    together = everyone if everyone.people.get(principle, 0) and (len(groups) > 1 or left_over) else None
    return Shown(groups, missing, together, left_over)


def is_sum(results: Results, principle: str, statement: str) -> bool:
    """Whether everyone's tally is no more than the sum of the groups' tallies."""
    tallies = [group.tally(principle, statement) for group in results.groups]
    together = sum((tally for tally in tallies if tally), Tally())
    return (results.everyone.tally(principle, statement) or Tally()) == together


@dataclass(frozen=True)
class Row:
    """One principle of a dot chart: the unrounded average of each group that has one, by its place in
    ``groups``.
    """

    principle: Principle
    averages: Mapping[int, float]
    everyone: float | None

    @property
    def gap(self) -> float | None:
        """Highest minus lowest average of the groups, not rounded; None for fewer than two."""
        values = self.averages.values()
        return max(values) - min(values) if len(values) > 1 else None


def rows(results: Results, questionnaire: Questionnaire) -> tuple[Row, ...]:
    """Every principle in the order of the questionnaire."""
    return tuple(_row(results, principle) for principle in questionnaire.principles)


def by_gap(results: Results, questionnaire: Questionnaire) -> tuple[tuple[Row, float], ...]:
    """The principles that have a gap, the biggest first; equal ones in the order of the questionnaire."""
    with_gap = [(row, row.gap) for row in rows(results, questionnaire) if row.gap is not None]
    return tuple(sorted(with_gap, key=lambda pair: -round(pair[1], 9)))


def present(every: Sequence[Row], results: Results) -> tuple[int, ...]:
    """The places of the groups that have an average in some row."""
    return tuple(index for index in range(len(results.groups)) if any(index in row.averages for row in every))


def absent(every: Sequence[Row], results: Results, wording: Wording) -> tuple[Say, ...]:
    """The names of groups without any average; nobody while there is no average at all."""
    there = present(every, results)
    groups = enumerate(results.groups) if there else ()
    return tuple(name(group.label, wording) for index, group in groups if index not in there)


def without(every: Sequence[Row], questionnaire: Questionnaire) -> tuple[Principle, ...]:
    """The principles that have no row."""
    there = {row.principle.id for row in every}
    return tuple(principle for principle in questionnaire.principles if principle.id not in there)


def people_in(every: Sequence[Row], results: Results, wording: Wording) -> tuple[Text, ...]:
    """How many people stand behind the averages of each group."""
    found = [
        people(results.groups[index], [row.principle for row in every if index in row.averages], wording)
        for index in present(every, results)
    ]
    return tuple(words for words in found if words)


def _row(results: Results, principle: Principle) -> Row:
    statements = tuple(statement.id for statement in principle.statements)
    means = {index: group.mean(principle.id, statements) for index, group in enumerate(results.groups)}
    return Row(
        principle,
        {index: mean for index, mean in means.items() if mean is not None},
        results.everyone.mean(principle.id, statements),
    )


def people(group: GroupResult, principles: Iterable[Principle], wording: Wording) -> Text | None:
    """How many people of a group were counted: "12 people", or "10 to 12 people" where principles differ."""
    counts = sorted(count for principle in principles if (count := group.people.get(principle.id, 0)))
    if not counts:
        return None
    label, least, most = name(group.label, wording), counts[0], counts[-1]
    if least == most:
        return text("chart.people", group=label, n=most)
    return text("chart.people.range", group=label, least=least, n=most)


def not_shown(names: Iterable[Say], results: Results) -> Text | None:
    """A sentence about who cannot be seen; None when nobody is missing. While answers are open, they may still come."""
    return _named("chart.not_yet" if results.open else "chart.not_shown", names)


def no_average(names: Iterable[Say], results: Results) -> Text | None:
    """The same about groups without an average: they may have been shown, with too few scores for one statement."""
    return _named("chart.no_average_yet" if results.open else "chart.no_average", names)


def nothing_to_compare(names: Iterable[Say], results: Results) -> Text | None:
    """The same about principles for which fewer than two groups have an average."""
    return _named("chart.no_gap_yet" if results.open else "chart.no_gap", names)


def _named(sentence: str, names: Iterable[Say]) -> Text | None:
    missing = tuple(names)
    return text(sentence, names=listing(missing)) if missing else None


def principle_names(principles: Iterable[Principle]) -> tuple[Say, ...]:
    """The names of principles, to be said."""
    return tuple(Phrase(principle.name) for principle in principles)


def _commands(char: str) -> bool:
    """Characters that would turn or break the line around a name."""
    return (
        unicodedata.category(char) in {"Cc", "Cs"} or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
