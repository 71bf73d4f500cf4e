"""The poster of one group: who asks, the session code, a square for the phone's camera, and what is promised.

It looks the same for everybody and says nothing of what somebody may have gone through: it hangs where others
see it. In two languages each of them says everything in its own script and direction, equally large; what is no
language (the organisation's name, the square, the code, the address) stands there once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import segno
from PIL import Image

from bot.charts.fonts import LATIN, Fonts
from bot.charts.frame import practice_band
from bot.charts.geometry import POSTER_HEIGHT, POSTER_MARGIN, POSTER_WIDTH, SMALL
from bot.charts.jobs import Poster
from bot.charts.palette import GREY, INK, STAFF
from bot.charts.readings import LONGEST_ORGANISATION, name
from bot.charts.sheet import Sheet
from bot.charts.wrapping import Wrapped, wrap
from bot.wording import Wording
from conversations.says import Verbatim, text

INNER = POSTER_WIDTH - 2 * POSTER_MARGIN
MIDDLE = POSTER_WIDTH / 2
QUIET = 4
"""White modules around the square, as ISO/IEC 18004 asks."""
SMALLEST_SQUARE = 380
GOOD_SQUARE = 470
"""Two languages are set smaller until the square has this much room."""
SIZES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64)
RULE_WIDTH, RULE_HEIGHT = 220, 4


@dataclass(frozen=True)
class _Line:
    """Words on the poster, and the room above them."""

    words: Wrapped
    above: float
    colour: str = INK


@dataclass(frozen=True)
class _Parts:
    """What stands above the square: for each language its words; and below it, with the room after each."""

    organisation: Wrapped
    above: tuple[tuple[_Line, ...], ...]
    below: tuple[tuple[Wrapped, str, float], ...]

    @property
    def height_above(self) -> float:
        """From the top of the organisation's name to the last word above the square."""
        own = sum(line.above + line.words.height for lines in self.above for line in lines)
        return self.organisation.height + own + (len(self.above) - 1) * _BETWEEN

    @property
    def height_below(self) -> float:
        """From the square to the last word."""
        return sum(words.height + after for words, _, after in self.below)


_TOP, _BOTTOM, _SQUARE_GAP, _BETWEEN = 56, 56, 24, 36


def poster_sheet(job: Poster, fonts: Fonts) -> Sheet:
    """The poster, laid out: an upper and a lower part, and the square in what is left between them.

    ``fonts`` are those of its upper language.
    """
    sheet = Sheet(fonts, width=POSTER_WIDTH)
    y = 0.0
    for wording in job.wordings if job.practice else ():
        y = practice_band(sheet, wording, size=44 if job.second is None else 36, y=y, fonts=Fonts.of(wording.language))
    parts = _fitting(job, fonts, y)
    y = sheet.words(parts.organisation, MIDDLE, y + _TOP, align="middle", colour=GREY)
    for number, lines in enumerate(parts.above):
        if number:
            left = MIDDLE - RULE_WIDTH / 2
            sheet.block(left, y + (_BETWEEN - RULE_HEIGHT) / 2 + 4, RULE_WIDTH, RULE_HEIGHT, fill=STAFF.colour)
            y += _BETWEEN
        for line in lines:
            y = sheet.words(line.words, MIDDLE, y + line.above, align="middle", colour=line.colour)

    bottom = POSTER_HEIGHT - _BOTTOM - parts.height_below
    room = min(bottom - y - _SQUARE_GAP, INNER)
    square = qr_square(job.link, math.floor(max(room, SMALLEST_SQUARE)))
    sheet.paste(square, round(MIDDLE - square.width / 2), round(y + 12 + max(0.0, room - square.height) / 2))
    y = max(bottom, y + _SQUARE_GAP + square.height)
    for words, colour, after in parts.below:
        y = sheet.words(words, MIDDLE, y, align="middle", colour=colour) + after
    sheet.reach(POSTER_HEIGHT)
    return sheet


def _fitting(job: Poster, fonts: Fonts, y: float) -> _Parts:
    """The words, below ``y``: in one language at full size, in two as large as leaves room for the square."""
    for size in SIZES:
        parts = _parts(job, fonts, size)
        used = y + _TOP + parts.height_above + _SQUARE_GAP + parts.height_below + _BOTTOM
        if job.second is None or POSTER_HEIGHT - used >= GOOD_SQUARE:
            break
    return parts


def _parts(job: Poster, fonts: Fonts, size: float) -> _Parts:
    def lines(words: str, pixels: int, own: Fonts, *, bold: bool = False, most: int = 99) -> Wrapped:
        return _balanced(words, own, size=max(SMALL, round(pixels * size)), bold=bold, most=most)

    def said(wording: Wording) -> tuple[_Line, ...]:
        own = Fonts.of(wording.language)
        group = wording.say(text("chart.poster.group", group=name(job.group, wording)))
        return (
            _Line(lines(wording.say(text("chart.poster.title")), 84, own, bold=True), 4, STAFF.colour),
            _Line(lines(group, 46, own, bold=True, most=2), 4),
            _Line(lines(wording.say(text("chart.poster.how")), 42, own), 14),
        )

    def each(id_: str, after: float) -> Iterable[tuple[Wrapped, str, float]]:
        last = job.wordings[-1]
        for wording in job.wordings:
            yield lines(wording.say(text(id_)), 42, Fonts.of(wording.language)), INK, after if wording is last else 12

    # Codes and addresses are read from left to right in every language.
    latin = Fonts(script=LATIN, mirrored=False)
    organisation = job.wording.say(name(Verbatim(job.organisation), job.wording, most=LONGEST_ORGANISATION))
    return _Parts(
        organisation=lines(organisation, 46, fonts, most=2),
        above=tuple(said(wording) for wording in job.wordings),
        below=(
            *each("chart.poster.code", 4),
            (lines(job.code, 120, latin, bold=True), INK, 14),
            *each("chart.poster.promise", 20),
            (lines(job.link, 34, latin), GREY, 0),
        ),
    )


def _balanced(words: str, fonts: Fonts, *, size: int, bold: bool, most: int) -> Wrapped:
    """The words in as few lines as they need, about equally long: a single word on the last one looks lost."""

    def within(width: float) -> Wrapped:
        return wrap(words, fonts=fonts, width=width, size=size, bold=bold, most=most)

    whole = within(INNER)
    if not 1 < len(whole.lines) < most:
        return whole
    narrow, wide = INNER / len(whole.lines), float(INNER)
    while wide - narrow > 8:
        middle = (narrow + wide) / 2
        if len(within(middle).lines) > len(whole.lines):
            narrow = middle
        else:
            wide = middle
    return within(wide)


def qr_square(link: str, size: int) -> Image.Image:
    """The link as a QR code with its quiet zone, at most ``size`` pixels wide and every module a whole number
    of them.

    Error level M or better, better where that costs no room.
    """
    rows = [bytes(row) for row in segno.make(link, error="m", micro=False).matrix]
    modules = len(rows) + 2 * QUIET
    scale = max(1, size // modules)
    small = Image.new("L", (modules, modules), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + QUIET, y + QUIET), 0)
    return small.resize((modules * scale, modules * scale), Image.Resampling.NEAREST).convert("RGB")
