"""The poster of one group: who asks, the session code, a square for the phone's camera, and what is promised.

It looks the same for everybody and says nothing of what somebody may have gone through: it hangs where others
see it.
"""

from __future__ import annotations

import math

import segno
from PIL import Image

from bot.charts.fonts import LATIN, Fonts
from bot.charts.frame import practice_band
from bot.charts.geometry import POSTER_HEIGHT, POSTER_MARGIN, POSTER_WIDTH
from bot.charts.jobs import Poster
from bot.charts.palette import GREY, INK, STAFF
from bot.charts.readings import LONGEST_ORGANISATION, name
from bot.charts.sheet import Sheet
from bot.charts.wrapping import Wrapped, wrap
from conversations.says import Verbatim, text

INNER = POSTER_WIDTH - 2 * POSTER_MARGIN
QUIET = 4
"""White modules around the square, as ISO/IEC 18004 asks."""
SMALLEST_SQUARE = 380


def poster_sheet(job: Poster, fonts: Fonts) -> Sheet:
    """The poster, laid out: an upper and a lower part, and the square in what is left between them."""
    wording = job.wording
    sheet = Sheet(fonts, width=POSTER_WIDTH)
    middle = POSTER_WIDTH / 2

    def lines(words: str, size: int, *, bold: bool = False, most: int = 99) -> Wrapped:
        return sheet.wrap(words, width=INNER, size=size, bold=bold, most=most)

    y = practice_band(sheet, wording, size=44) if job.practice else 0.0
    organisation = wording.say(name(Verbatim(job.organisation), wording, most=LONGEST_ORGANISATION))
    y = sheet.words(lines(organisation, 46, most=2), middle, y + 56, align="middle", colour=GREY)
    title = lines(wording.say(text("chart.poster.title")), 84, bold=True)
    y = sheet.words(title, middle, y + 4, align="middle", colour=STAFF.colour)
    group = wording.say(text("chart.poster.group", group=name(job.group, wording)))
    y = sheet.words(lines(group, 46, bold=True, most=2), middle, y + 4, align="middle")
    y = sheet.words(lines(wording.say(text("chart.poster.how")), 42), middle, y + 14, align="middle")

    # Codes and addresses are read from left to right in every language.
    latin = Fonts(script=LATIN, mirrored=False)
    below: list[tuple[Wrapped, str, float]] = [
        (lines(wording.say(text("chart.poster.code")), 42), INK, 4),
        (wrap(job.code, fonts=latin, width=INNER, size=120, bold=True), INK, 14),
        (lines(wording.say(text("chart.poster.promise")), 42), INK, 20),
        (wrap(job.link, fonts=latin, width=INNER, size=34), GREY, 0),
    ]
    height = sum(words.height + after for words, _, after in below)
    bottom = POSTER_HEIGHT - 56 - height
    room = min(bottom - y - 24, INNER)
    square = qr_square(job.link, math.floor(max(room, SMALLEST_SQUARE)))
    sheet.paste(square, round(middle - square.width / 2), round(y + 12 + max(0.0, room - square.height) / 2))
    y = max(bottom, y + 24 + square.height)
    for words, colour, after in below:
        y = sheet.words(words, middle, y, align="middle", colour=colour) + after
    sheet.reach(POSTER_HEIGHT)
    return sheet


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
