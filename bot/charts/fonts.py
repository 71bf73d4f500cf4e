"""Fonts: which one a text needs, how wide it is, and what is done with characters that none of ours can draw.

Only the artist's thread uses this module. matplotlib keeps loaded fonts for each thread, and importing it
takes half a second. Base direction follows the first strong letter, so ``Fonts.clean`` puts an invisible mark
in front.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags

from bot.languages import Language

FOLDER = Path(__file__).parent / "fonts"
DOTS_PER_INCH = 64
"""A power of two, so that whole pixels survive matplotlib's inches without rounding."""
LATIN = "Latin"
SCRIPTS = ("Latin", "Arabic", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Tamil", "Ethiopic", "Chinese")
TALL = {"Arabic": (1.15, 0.50)}
RISE, DROP = 1.069, 0.293
"""Room above and below the baseline, in units of the text size, where a script does not need more."""

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
INVISIBLE = frozenset("\u200c\u200d\u200e\u200f\u2068\u2069\u00ad\u2060")
"""What shaping and direction need. HarfBuzz hides them, with or without a glyph."""
NO_GLYPH = "\ufffd"
NO_BREAK = "\u00a0\u202f"
"""Blanks that keep a word with its neighbour: French puts them before a colon, and inside long numbers."""
_BLANKS = re.compile(f"[^\\S{NO_BREAK}]+")
LONGEST = 400
"""Characters that are looked at at all: more never fits a picture."""
MOST_MARKS = {False: 3, True: 2}
"""How many accents may be piled on one letter; from the Latin ranges fewer (True)."""


@dataclass(frozen=True)
class Extent:
    """The size of one line in pixels: its width, and how far its ink goes above and below the baseline."""

    width: float
    above: float
    below: float


class Fonts:
    """The fonts of one script, in one direction. ``mirrored``: from right to left."""

    def __init__(self, *, script: str, mirrored: bool) -> None:
        self._script = script if script in SCRIPTS else LATIN
        self.mirrored = mirrored
        self.rise, self.drop = TALL.get(self._script, (RISE, DROP))

    @classmethod
    def of(cls, language: Language) -> Fonts:
        """Those of a language."""
        return cls(script=language.font, mirrored=language.direction == "rtl")

    def clean(self, words: str) -> str:
        """The words on one line, as far as they can be drawn: see ``drawable``. "" stays ""."""
        return drawable(words, self._script)

    def directed(self, words: str) -> str:
        """With the mark that gives the line its base direction; left-to-right lines need it only beside
        Arabic.
        """
        if self.mirrored:
            return RIGHT_TO_LEFT + words
        turns = any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in words)
        return LEFT_TO_RIGHT + words if turns else words

    def measure(self, words: str, *, size: int, bold: bool) -> Extent:
        """How much room one line takes."""
        return _measure(self.directed(words), scripts_of(words, self._script), size=size, bold=bold)

    def properties(self, words: str, *, size: int, bold: bool) -> FontProperties:
        """What matplotlib needs to draw the line in the fonts in which it was measured."""
        return _properties(scripts_of(words, self._script), size=size, bold=bold)


def load() -> None:
    """Make our fonts known to matplotlib. Called once, in the artist's thread."""
    mpl.rcParams["text.hinting"] = "none"
    known = {entry.fname for entry in fontManager.ttflist}
    for file in sorted(FOLDER.glob("*.ttf")):
        if str(file) not in known:
            fontManager.addfont(file)


def points(pixels: int) -> float:
    """A text size as matplotlib counts it."""
    return pixels * 72 / DOTS_PER_INCH


def drawable(words: str, script: str) -> str:
    """One line that can be drawn: white space becomes one blank, piled accents and directing commands go. Blanks at
    which no line may break stay.

    Symbols without a glyph (emoji) are left out, letters without one become a replacement mark, one for a
    whole run. Where nothing would be left, one mark stands for the name.
    """
    kept: list[str] = []
    marks = 0
    ground: str | None = None
    for char in unicodedata.normalize("NFC", _one_line(words)[:LONGEST]):
        category, home = unicodedata.category(char), _home(char, script)
        if category[0] == "M":
            marks += category != "Mc"
            piled = marks > MOST_MARKS[ord(char) < 0x0500 or 0x1AB0 <= ord(char) < 0x2100]
            # A mark is drawn in the font of its letter or not at all: shaping would find no font for the two.
            if not piled and ground and ord(char) in _characters(ground):
                kept.append(char)
        elif char in INVISIBLE:
            kept.append(char)
        else:
            marks, ground = 0, home if char != " " else None
            if home:
                kept.append(char)
            elif category[0] in "LN" and kept[-1:] != [NO_GLYPH]:
                kept.append(NO_GLYPH)
    line = _one_line("".join(kept))
    seen = any(char not in INVISIBLE for char in line)
    return line if seen or not words.strip() else NO_GLYPH


def _one_line(words: str) -> str:
    return _BLANKS.sub(" ", words).strip(" ")


def scripts_of(words: str, script: str) -> tuple[str, ...]:
    """The fonts for a text, in the order in which they are asked for a glyph: the language's own, Latin, and
    others.
    """
    order = [script, *([LATIN] if script != LATIN else [])]
    for char in words:
        home = _home(char, script)
        if home and home not in order:
            order.append(home)
    return tuple(order)


@lru_cache(maxsize=4096)
def _home(char: str, script: str) -> str | None:
    """The first of our fonts that can draw the character; None when none can."""
    order = (script, LATIN, *SCRIPTS)
    return next((name for name in order if ord(char) in _characters(name)), None)


@lru_cache(maxsize=len(SCRIPTS))
def _characters(script: str) -> frozenset[int]:
    return frozenset(get_font([_file(script, bold=False)]).get_charmap())


@lru_cache(maxsize=8192)
def _measure(words: str, scripts: tuple[str, ...], *, size: int, bold: bool) -> Extent:
    font = get_font([_file(script, bold=bold) for script in scripts])
    font.clear()
    font.set_size(points(size), DOTS_PER_INCH)
    font.set_text(words, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    below = font.get_descent() / 64
    return Extent(width / 64, height / 64 - below, below)


@lru_cache(maxsize=256)
def _properties(scripts: tuple[str, ...], *, size: int, bold: bool) -> FontProperties:
    families = [f"Equal Voice Sans {script}" for script in scripts]
    return FontProperties(family=families, weight="bold" if bold else "normal", size=points(size))


def _file(script: str, *, bold: bool) -> str:
    return str(FOLDER / f"{script}-{'Bold' if bold else 'Regular'}.ttf")
