"""Dot charts: the average of each group for each principle, sorted by gap or in the order of the
questionnaire.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.charts.fonts import Fonts
from bot.charts.frame import foot, group_legend, head
from bot.charts.geometry import INNER, MARGIN, NUMBER, SMALL, STATEMENT, WIDTH
from bot.charts.jobs import GapChart, OverviewChart
from bot.charts.palette import GREY, RULE, styles
from bot.charts.readings import (
    Row,
    absent,
    by_gap,
    name,
    no_average,
    nothing_to_compare,
    people_in,
    present,
    principle_names,
    rows,
    whole,
    without,
)
from bot.charts.sheet import MARKER, Sheet
from bot.wording import Wording
from conversations.results import Results
from conversations.says import Decimal, Phrase, Say, text

LANE = 58
"""The height of a line of marks: a mark and a little air."""
BESIDE = MARKER + 8
"""From the middle of a mark to its number."""
FIRST, LAST = 138, 942
"""Where the scores 1 and 5 stand; outside there is room for the number of a mark at either end."""
LAST_BEFORE_GAP = 826
GAP_NUMBER = 44


@dataclass(frozen=True)
class _Axis:
    first: float
    last: float

    def at(self, score: float) -> float:
        return self.first + (self.last - self.first) * (score - 1) / 4


def gap_sheet(job: GapChart, fonts: Fonts) -> Sheet:
    """The gap chart, laid out. Principles without a gap are named below."""
    wording = job.wording
    ranked = by_gap(job.results, job.questionnaire)
    shown = [row for row, _ in ranked]
    sheet = Sheet(fonts, width=WIDTH)
    dots = _Dots(sheet, job.results, shown, _Axis(FIRST, LAST_BEFORE_GAP), wording)
    subtitle = text("chart.gap.subtitle") if ranked else None
    y = head(sheet, job.results, title=text("chart.gap.title"), subtitle=subtitle, wording=wording)
    if ranked:
        y = dots.legend(y) + 8
        heading = sheet.wrap(wording.say(text("chart.gap.heading")), width=INNER, size=SMALL)
        y = sheet.words(heading, WIDTH - MARGIN, y, align="end", colour=GREY)
        for row, gap in ranked:
            middle, y = dots.row(row, y)
            number = sheet.wrap(wording.say(Decimal(gap)), width=200, size=GAP_NUMBER, bold=True)
            sheet.words(number, WIDTH - MARGIN, middle - number.height / 2, align="end")
        y = dots.ticks(y)
    else:
        y = dots.sentence(text("chart.gap.none"), y)
    names = principle_names(without(shown, job.questionnaire))
    dots.foot(y, nothing_to_compare(names, job.results), text("chart.gap.how") if ranked else None)
    return sheet


def overview_sheet(job: OverviewChart, fonts: Fonts) -> Sheet:
    """The overview, laid out: every principle in order, with a sentence where there is nothing to show."""
    every = rows(job.results, job.questionnaire)
    sheet = Sheet(fonts, width=WIDTH)
    dots = _Dots(sheet, job.results, every, _Axis(FIRST, LAST), job.wording)
    subtitle = text("chart.overview.subtitle") if dots.present else None
    y = head(sheet, job.results, title=text("chart.overview.title"), subtitle=subtitle, wording=job.wording)
    if dots.present:
        y = dots.legend(y) + 12
        for row in every:
            _, y = dots.row(row, y)
        y = dots.ticks(y)
    else:
        y = dots.sentence(dots.nothing, y)
    dots.foot(y)
    return sheet


class _Dots:
    """The rows of one chart. Every method begins at a y and gives the next free one."""

    def __init__(self, sheet: Sheet, results: Results, every: Sequence[Row], axis: _Axis, wording: Wording) -> None:
        self._sheet, self._results, self._every, self._axis = sheet, results, every, axis
        self._wording = wording
        self._looks = styles([group.audience for group in results.groups])
        self._names = [name(group.label, wording) for group in results.groups]
        self.present = present(every, results)
        self.nothing = text("chart.nothing" if results.open else "chart.too_few")

    def legend(self, y: float) -> float:
        """The groups that have a mark in some row."""
        names = [self._wording.say(self._names[index]) for index in self.present]
        return group_legend(self._sheet, y, names, [self._looks[index] for index in self.present])

    def row(self, row: Row, y: float) -> tuple[float, float]:
        """One principle: its name, its marks, and who is missing. Gives the middle of the marks, too."""
        words = self._wording.say(Phrase(row.principle.name))
        top = self._sheet.words(self._sheet.wrap(words, width=INNER, size=STATEMENT, bold=True), MARGIN, y)
        y = bottom = self._marks(row.averages, top) if row.averages else top
        missing = [self._names[index] for index in self.present if index not in row.averages]
        sentence = no_average(missing, self._results) if row.averages else self.nothing
        if sentence:
            y = self.sentence(sentence, y)
        return (top + bottom) / 2, y + 14

    def _marks(self, averages: Mapping[int, float], y: float) -> float:
        """Two marks that keep apart share a line, others have one each: so no label ever meets another."""
        sheet, axis = self._sheet, self._axis
        places = {index: axis.at(average) for index, average in averages.items()}
        low, high = min(places.values()), max(places.values())
        pair = len(places) == 2 and high - low > 2 * MARKER + 10
        lanes = {index: 0 if pair else turn for turn, index in enumerate(places)}
        bottom = y + LANE * (max(lanes.values()) + 1)
        for score in range(1, 6):
            sheet.rule(axis.at(score), y, axis.at(score), bottom, colour=RULE, width=1.5)
        if pair:
            sheet.rule(low, y + LANE / 2, high, y + LANE / 2, colour=RULE, width=10)
        for index, x in places.items():
            look, top = self._looks[index], y + LANE * lanes[index]
            sheet.mark(look, x, top + LANE / 2)
            words = self._wording.say(Decimal(averages[index]))
            number = sheet.wrap(words, width=200, size=NUMBER, bold=True)
            beside = x - BESIDE - number.width if pair and x == low else x + BESIDE
            sheet.erase(beside, top, number.width, LANE)
            sheet.words(number, beside, top + (LANE - number.height) / 2, colour=look.colour)
        return sheet.reach(bottom)

    def ticks(self, y: float) -> float:
        """The scores 1 to 5 below the rows."""
        below = y
        for score in range(1, 6):
            number = self._sheet.wrap(whole(score, self._wording), width=200, size=SMALL)
            below = self._sheet.words(number, self._axis.at(score), y, align="middle", colour=GREY)
        return below + 22

    def sentence(self, what: Say, y: float) -> float:
        """A sentence in place of marks, or below them."""
        words = self._sheet.wrap(self._wording.say(what), width=INNER, size=SMALL)
        return self._sheet.words(words, MARGIN, y, colour=GREY) + 6

    def foot(self, y: float, *sentences: Say | None) -> None:
        """How many people of each group, these sentences, and which groups are not shown at all."""
        results = self._results
        foot(
            self._sheet,
            y,
            people=people_in(self._every, results, self._wording),
            sentences=[
                *sentences,
                no_average(absent(self._every, results, self._wording), results),
                text("chart.threshold", n=results.threshold),
            ],
            wording=self._wording,
        )
