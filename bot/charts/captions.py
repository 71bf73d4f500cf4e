"""Captions: what a picture shows, in words, for those who cannot see it or would rather read.

Every line comes from one text, so it can be read by a program too. In English:

* ``Staff – 1: 0 · 2: 3 · 3: 4 · 4: 2 · 5: 1; average 2.9; middle 2.9; agreement 0.67; don't know 2``: how
  many chose each score, and the figures of conversations/statistics.py; "don't know" only where somebody said
  it. A group name ends at the last " – 1: " of its line.
* ``Everyone: 3.4``, the average, where everyone is just the sum of the lines above; else a whole line of
  counts.
* ``Staff – too few scores to show``.
* ``Assets – gap 0.8: Staff 4.2 and People who use services 3.4``: unrounded averages subtracted, then
  rounded.
* ``Assets – Staff 4.2, People who use services 3.4 and Everyone 3.8``.

A principle's caption explains "middle" and "agreement" at its end where it then still has at most ``ROOM``
units: a picture's caption in Telegram has no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.charts.readings import (
    LONGEST_ORGANISATION,
    Row,
    absent,
    by_gap,
    hundredths,
    is_sum,
    name,
    no_average,
    not_shown,
    nothing_to_compare,
    people,
    people_in,
    principle_names,
    rows,
    shown,
    without,
)
from bot.wording import Wording
from conversations.pools import Tally
from conversations.questionnaire import Questionnaire, Statement
from conversations.results import GroupResult, Results
from conversations.says import Decimal, Phrase, Say, Verbatim, listing, text
from conversations.statistics import agreement, interpolated_median, mean

ROOM = 1024
"""UTF-16 units."""


def caption(job: Job) -> str:
    """The caption of a picture."""
    match job:
        case PrincipleChart():
            return _principle(job)
        case GapChart():
            return _gaps(job)
        case OverviewChart():
            return _overview(job)
        case Poster():
            return _poster(job)


def units(words: str) -> int:
    """How long Telegram finds a text: UTF-16 units."""
    return len(words.encode("utf-16-le")) // 2


def _principle(job: PrincipleChart) -> str:
    results, wording = job.results, job.wording
    principle = job.questionnaire.principle(job.principle)
    who = shown(results, principle.id)
    if not who.all:
        return _written(
            [*_head(results), text("chart.caption.principle.none", principle=Phrase(principle.name))], wording
        )
    says: list[Say | None] = [
        *_head(results),
        text("chart.principle.title", principle=Phrase(principle.name)),
    ]
    for statement in principle.statements:
        says += _statement(job, statement, who.groups, who.everyone)
    says += [people(group, [principle], wording) for group in who.groups]
    if who.left_over and who.everyone:
        says.append(text("chart.left_over", everyone=results.everyone.label))
    says.append(not_shown((name(group.label, wording) for group in who.missing), results))
    short = _written(says, wording)
    full = _written([*says, text("chart.caption.terms")], wording)
    return full if units(full) <= ROOM else short


def _statement(
    job: PrincipleChart, statement: Statement, groups: Iterable[GroupResult], everyone: GroupResult | None
) -> list[Say | None]:
    principle, wording = job.principle, job.wording
    says: list[Say | None] = [Phrase(statement.plain)]
    for group in groups:
        says.append(_counts(group, group.tally(principle, statement.id), wording))
    if everyone and (tally := everyone.tally(principle, statement.id)):
        if is_sum(job.results, principle, statement.id):
            average = mean(tally)
            says.append(text("chart.caption.everyone", everyone=everyone.label, average=Decimal(average or 0.0)))
        else:
            says.append(_counts(everyone, tally, wording))
    return says


def _counts(group: GroupResult, tally: Tally | None, wording: Wording) -> Say:
    label = name(group.label, wording)
    if tally is None or not tally.scored:
        return text("chart.caption.too_few", group=label)
    one, two, three, four, five = tally.counts
    counted = text(
        "chart.caption.counts",
        group=label,
        one=one,
        two=two,
        three=three,
        four=four,
        five=five,
        average=Decimal(mean(tally) or 0.0),
        middle=Decimal(interpolated_median(tally) or 0.0),
        agreement=Verbatim(hundredths(agreement(tally.counts) or 0.0, wording)),
    )
    return text("chart.caption.unknown", counts=counted, n=tally.unknown) if tally.unknown else counted


def _gaps(job: GapChart) -> str:
    results, wording = job.results, job.wording
    ranked = by_gap(results, job.questionnaire)
    says: list[Say | None] = [
        *_head(results),
        text("chart.caption.gaps" if ranked else "chart.caption.gaps.none"),
    ]
    says += [
        text(
            "chart.caption.gap",
            principle=Phrase(row.principle.name),
            gap=Decimal(gap),
            averages=listing(_averages(row, results, wording)),
        )
        for row, gap in ranked
    ]
    says += _rest([row for row, _ in ranked], results, job.questionnaire, wording)
    says += [text("chart.gap.how"), text("chart.caption.ours")] if ranked else []
    return _written(says, wording)


def _overview(job: OverviewChart) -> str:
    results, wording = job.results, job.wording
    every = rows(results, job.questionnaire)
    used = [row for row in every if row.averages or row.everyone is not None]
    says: list[Say | None] = [
        *_head(results),
        text("chart.caption.overview" if used else "chart.caption.overview.none"),
    ]
    for row in used:
        averages = _averages(row, results, wording)
        if row.everyone is not None and _adds(row, results, job.questionnaire):
            averages.append(_average(results.everyone.label, row.everyone))
        says.append(text("chart.caption.averages", principle=Phrase(row.principle.name), averages=listing(averages)))
    says += _rest(used, results, job.questionnaire, wording)
    says += [text("chart.caption.ours")] if used else []
    return _written(says, wording)


def _adds(row: Row, results: Results, questionnaire: Questionnaire) -> bool:
    """Whether "everyone" says something that the groups of this row do not say already."""
    statements = [statement.id for statement in questionnaire.principle(row.principle.id).statements]
    return len(row.averages) != 1 or not all(is_sum(results, row.principle.id, each) for each in statements)


def _averages(row: Row, results: Results, wording: Wording) -> list[Say]:
    return [_average(name(results.groups[index].label, wording), average) for index, average in row.averages.items()]


def _average(label: Say, average: float) -> Say:
    return text("chart.caption.average", group=label, average=Decimal(average))


def _rest(used: Sequence[Row], results: Results, questionnaire: Questionnaire, wording: Wording) -> list[Say | None]:
    """What is missing, and how many people stand behind the averages."""
    return [
        nothing_to_compare(principle_names(without(used, questionnaire)), results),
        no_average(absent(used, results, wording), results),
        *people_in(used, results, wording),
    ]


def _poster(job: Poster) -> str:
    return "\n".join(_poster_in(wording, job) for wording in job.wordings)


def _poster_in(wording: Wording, job: Poster) -> str:
    organisation = name(Verbatim(job.organisation), wording, most=LONGEST_ORGANISATION)
    return _written(
        [
            text("chart.practice") if job.practice else None,
            text("chart.caption.poster", organisation=organisation, group=name(job.group, wording)),
            text("chart.caption.poster.how", link=job.link, code=job.code),
            text("chart.poster.promise"),
        ],
        wording,
    )


def _head(results: Results) -> list[Say | None]:
    return [text("chart.practice")] if results.practice else []


def _written(says: Iterable[Say | None], wording: Wording) -> str:
    return "\n".join(wording.say(what) for what in says if what)
