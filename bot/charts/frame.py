"""What charts have in common: the head with its title, rows of legend entries, and the foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.charts.fonts import Fonts
from bot.charts.geometry import INNER, MARGIN, NUMBER, SMALL, STATEMENT, TITLE, WIDTH
from bot.charts.palette import BAND, GREY, INK, Style
from bot.charts.readings import LONGEST_ORGANISATION, name
from bot.charts.sheet import MARKER, Sheet, swatch
from bot.charts.wrapping import Wrapped, wrap
from bot.wording import Wording
from conversations.results import Results
from conversations.says import Say, Verbatim, text

BETWEEN = 36
"""Between two entries that stand side by side."""
SWATCH = 34
Picture = Callable[[float, float], None]
"""Draws a legend's sign: called with the sign's start edge and the middle of its line."""


def head(sheet: Sheet, results: Results, *, title: Say, subtitle: Say | None, wording: Wording) -> float:
    """The band of a practice assessment, the organisation, the title and the line below. Gives the next free
    y.
    """
    y = practice_band(sheet, wording, size=STATEMENT) if results.practice else 0.0
    y += 36
    owner = wording.say(name(Verbatim(results.organisation), wording, most=LONGEST_ORGANISATION))
    if owner:
        y = sheet.words(sheet.wrap(owner, width=INNER, size=NUMBER, most=2), MARGIN, y, colour=GREY)
    y = sheet.words(sheet.wrap(wording.say(title), width=INNER, size=TITLE, bold=True), MARGIN, y)
    if subtitle:
        y = sheet.words(sheet.wrap(wording.say(subtitle), width=INNER, size=NUMBER), MARGIN, y, colour=GREY)
    return y + 14


def practice_band(sheet: Sheet, wording: Wording, *, size: int, y: float = 0.0, fonts: Fonts | None = None) -> float:
    """A band over the whole width, below ``y``, that says that nobody real answered. Gives the y below it.

    ``fonts``: those of the language, where they are not the sheet's own.
    """
    said, width = wording.say(text("chart.practice")), sheet.width - 2 * MARGIN
    words = wrap(said, fonts=fonts or sheet.fonts, width=width, size=size, bold=True)
    height = round(words.height) + 24
    sheet.block(0, y, sheet.width, height, fill=BAND)
    sheet.words(words, sheet.width / 2, y + 12, align="middle")
    return y + height


def score_legend(sheet: Sheet, y: float, labels: Sequence[str], colours: Sequence[str]) -> float:
    """The scores and their colours, side by side as far as they fit."""
    entries: list[tuple[Wrapped, Picture | None]] = []
    for label, colour in zip(labels, colours, strict=True):

        def sign(x: float, middle: float, colour: str = colour) -> None:
            swatch(sheet, x, middle - SWATCH / 2, SWATCH, colour)

        entries.append((sheet.wrap(label, width=INNER - SWATCH - 12, size=SMALL), sign))
    return flow(sheet, y, entries, sign_width=SWATCH + 12)


def group_legend(sheet: Sheet, y: float, names: Sequence[str], styles: Sequence[Style]) -> float:
    """The groups and their marks, side by side as far as they fit."""
    entries: list[tuple[Wrapped, Picture | None]] = []
    colours: list[str] = []
    for label, style in zip(names, styles, strict=True):

        def sign(x: float, middle: float, style: Style = style) -> None:
            sheet.mark(style, x + MARKER, middle)

        width = INNER - 2 * MARKER - 14
        entries.append((sheet.wrap(label, width=width, size=NUMBER, bold=True, most=2), sign))
        colours.append(style.colour)
    return flow(sheet, y, entries, sign_width=2 * MARKER + 14, colours=colours, least=2 * MARKER + 6)


def flow(
    sheet: Sheet,
    y: float,
    entries: Iterable[tuple[Wrapped, Picture | None]],
    *,
    sign_width: float = 0,
    colours: Sequence[str] = (),
    colour: str = INK,
    least: float = 0,
) -> float:
    """Entries side by side, in as many rows as they need, each at least ``least`` high. Gives the y below the
    last.
    """
    x, height = float(MARGIN), 0.0
    for index, (words, sign) in enumerate(entries):
        if x > MARGIN and x + sign_width + words.width > WIDTH - MARGIN:
            x, y, height = MARGIN, y + height + 4, 0.0
        height = max(height, words.height, least)
        top = y + max(0.0, (least - words.height) / 2)
        if sign and words.lines:
            sign(x, top + (words.lines[0].rise + words.lines[0].drop) / 2)
        sheet.words(words, x + sign_width, top, colour=colours[index] if colours else colour)
        x += sign_width + words.width + BETWEEN
    return sheet.reach(y + height)


def foot(sheet: Sheet, y: float, *, people: Iterable[Say], sentences: Iterable[Say | None], wording: Wording) -> None:
    """How many people each group has, then sentences, each on its own line. Ends the sheet."""
    counted = [(sheet.wrap(wording.say(each), width=INNER, size=SMALL, most=3), None) for each in people]
    y = flow(sheet, y, counted, colour=GREY) + 4 if counted else y
    for sentence in sentences:
        if sentence:
            y = sheet.words(sheet.wrap(wording.say(sentence), width=INNER, size=SMALL), MARGIN, y, colour=GREY)
    sheet.reach(y + 36)
