"""Stacked bars: how people answered the statements of one principle."""

from __future__ import annotations

from bot.charts.fonts import Fonts
from bot.charts.frame import foot, head, score_legend
from bot.charts.geometry import INNER, MARGIN, NUMBER, SMALL, STATEMENT, WIDTH
from bot.charts.jobs import PrincipleChart
from bot.charts.palette import GREY, ON_SCALE, SCALE
from bot.charts.readings import Shown, name, not_shown, people, shown, whole
from bot.charts.sheet import Sheet
from bot.wording import Wording
from conversations.pools import Tally
from conversations.questionnaire import Statement
from conversations.results import GroupResult
from conversations.says import Decimal, Phrase, text
from conversations.statistics import mean

BAR = 56
GAP = 3
"""Between two parts of a bar."""
ROOM = 16
"""Beside a number in its part of the bar, both sides together."""


def principle_sheet(job: PrincipleChart, fonts: Fonts) -> Sheet:
    """The picture, laid out."""
    wording, principle = job.wording, job.questionnaire.principle(job.principle)
    who = shown(job.results, principle.id)
    sheet = Sheet(fonts, width=WIDTH)
    title = text("chart.principle.title", principle=Phrase(principle.name))
    y = head(sheet, job.results, title=title, subtitle=None, wording=wording)
    if who.all:
        labels = [
            wording.say(text("chart.legend", score=score.value, label=Phrase(score.label)))
            for score in job.questionnaire.scores
        ]
        y = score_legend(sheet, y, labels, SCALE) + 26
        for statement in principle.statements:
            y = _statement(sheet, y, statement, who, job) + 30
    else:
        y = _sentence(sheet, y, "chart.nothing", wording) + 30
    left_over = text("chart.left_over", everyone=name(job.results.everyone.label, wording))
    foot(
        sheet,
        y,
        people=[words for group in who.all if (words := people(group, [principle], wording))],
        sentences=[
            left_over if who.left_over and who.everyone else None,
            not_shown((name(group.label, wording) for group in who.missing), job.results),
            text("chart.threshold", n=job.results.threshold),
        ],
        wording=wording,
    )
    return sheet


def _statement(sheet: Sheet, y: float, statement: Statement, who: Shown, job: PrincipleChart) -> float:
    wording = job.wording
    words = wording.say(Phrase(statement.plain))
    y = sheet.words(sheet.wrap(words, width=INNER, size=STATEMENT, bold=True), MARGIN, y) + 6
    tallies = [(group, group.tally(job.principle, statement.id)) for group in who.all]
    if not any(tally for _, tally in tallies):
        return _sentence(sheet, y, "chart.too_few", wording)
    for group, tally in tallies:
        y = _group(sheet, y, group, tally, wording)
    return y


def _group(sheet: Sheet, y: float, group: GroupResult, tally: Tally | None, wording: Wording) -> float:
    """One bar with its label above: the name at the start, the average at the end of the same line."""
    average = mean(tally) if tally else None
    room = float(INNER)
    figure = None
    if average is not None:
        words = wording.say(text("chart.average", average=Decimal(average)))
        figure = sheet.wrap(words, width=INNER / 2, size=NUMBER, bold=True)
        room -= figure.width + 24
    label = sheet.wrap(wording.say(name(group.label, wording)), width=room, size=NUMBER, most=2)
    height = max(label.height, figure.height if figure else 0.0)
    if figure:
        sheet.words(figure, WIDTH - MARGIN, y + height - figure.height, align="end")
    y = sheet.words(label, MARGIN, y + height - label.height, colour=GREY)
    if not tally:
        return _sentence(sheet, y, "chart.too_few", wording)
    y = _bar(sheet, y + 2, tally, wording)
    if tally.unknown:
        words = wording.say(text("chart.unknown", n=tally.unknown))
        y = sheet.words(sheet.wrap(words, width=INNER, size=SMALL), MARGIN, y + 2, colour=GREY)
    return y + 10


def _bar(sheet: Sheet, y: float, tally: Tally, wording: Wording) -> float:
    parts = [(score, people) for score, people in enumerate(tally.counts) if people]
    numbers = [sheet.wrap(whole(people, wording), width=INNER, size=NUMBER, bold=True) for _, people in parts]
    widths = shares([people for _, people in parts], [number.width + ROOM for number in numbers], INNER, GAP)
    x = float(MARGIN)
    for (score, _), number, width in zip(parts, numbers, widths, strict=True):
        outline = GREY if ON_SCALE[score] != ON_SCALE[0] else None
        sheet.block(x, y, width, BAR, fill=SCALE[score], outline=outline)
        sheet.words(number, x + width / 2, y + (BAR - number.height) / 2, align="middle", colour=ON_SCALE[score])
        x += width + GAP
    return y + BAR


def shares(counts: list[int], least: list[float], whole_width: float, gap: float) -> list[float]:
    """How wide each part of a bar is: in proportion, but never too narrow for its own number.

    What narrow parts get more, the others give up in proportion. ``least`` must fit ``whole_width`` together.
    """
    room = whole_width - gap * (len(counts) - 1)
    narrow: set[int] = set()
    while True:
        wide = [part for part in range(len(counts)) if part not in narrow]
        free = room - sum(least[part] for part in narrow)
        people = sum(counts[part] for part in wide)
        too_narrow = {part for part in wide if free * counts[part] / people < least[part]}
        if not too_narrow:
            return [least[part] if part in narrow else free * counts[part] / people for part in range(len(counts))]
        narrow |= too_narrow


def _sentence(sheet: Sheet, y: float, id_: str, wording: Wording) -> float:
    words = sheet.wrap(wording.say(text(id_)), width=INNER, size=NUMBER)
    return sheet.words(words, MARGIN, y, colour=GREY) + 10
