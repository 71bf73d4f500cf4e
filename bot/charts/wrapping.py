"""Breaking text into lines by measured widths. Chinese breaks between characters, other scripts at blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.charts.fonts import Fonts

ELLIPSIS = "…"
_CHINESE = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_PIECES = re.compile(f"[{_CHINESE}]|[^\\s{_CHINESE}]+")
_NOT_FIRST = frozenset({"Pe", "Pf", "Po"})
_NOT_LAST = frozenset({"Ps", "Pi"})
"""Kinds of punctuation (Unicode categories) that must not begin, and not end, a line of Chinese."""
_LONGEST_LETTER = 8


@dataclass(frozen=True)
class Line:
    """One line: its words, its width, and the room above and below its baseline, in pixels."""

    words: str
    width: float
    rise: float
    drop: float


@dataclass(frozen=True)
class Wrapped:
    """Lines of one size and weight, in the fonts in which they were measured."""

    lines: tuple[Line, ...]
    size: int
    bold: bool
    fonts: Fonts

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return sum(line.rise + line.drop for line in self.lines)

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max((line.width for line in self.lines), default=0.0)


@dataclass(frozen=True)
class _Piece:
    """What stays together: a word, or a Chinese character with the punctuation that clings to it."""

    words: str
    blank: bool


def wrap(words: str, *, fonts: Fonts, width: float, size: int, bold: bool = False, most: int = 99) -> Wrapped:
    """The words in lines of at most ``width`` pixels and at most ``most`` lines; what is cut off ends with
    "…".
    """
    lines: list[str] = []
    for piece in _pieces(fonts.clean(words)):
        longer = f"{lines[-1]}{' ' if piece.blank else ''}{piece.words}" if lines else ""
        if lines and fonts.measure(longer, size=size, bold=bold).width <= width:
            lines[-1] = longer
        else:
            lines += _fitting(piece.words, fonts=fonts, width=width, size=size, bold=bold)
        if len(lines) > most:
            break
    if len(lines) > most:
        lines = [
            *lines[: most - 1],
            _shortened(lines[most - 1], fonts=fonts, width=width, size=size, bold=bold),
        ]
    return Wrapped(tuple(_line(line, fonts=fonts, size=size, bold=bold) for line in lines), size, bold, fonts)


def _line(words: str, *, fonts: Fonts, size: int, bold: bool) -> Line:
    extent = fonts.measure(words, size=size, bold=bold)
    return Line(words, extent.width, max(extent.above, fonts.rise * size), max(extent.below, fonts.drop * size))


def _pieces(words: str) -> Iterator[_Piece]:
    held, blank, end = "", False, 0
    for match in _PIECES.finditer(words):
        piece, apart = match.group(), match.start() > end
        end = match.end()
        clings = not apart and bool(held) and (_kind(piece[0]) in _NOT_FIRST or _kind(held[-1]) in _NOT_LAST)
        if held and not clings:
            yield _Piece(held, blank)
            held = ""
        if not held:
            blank = apart
        held += piece
    if held:
        yield _Piece(held, blank)


def _fitting(word: str, *, fonts: Fonts, width: float, size: int, bold: bool) -> list[str]:
    """The word, cut where it would be too long for a whole line."""
    if fonts.measure(word, size=size, bold=bold).width <= width:
        return [word]
    cut = [""]
    for letter in _letters(word):
        if cut[-1] and fonts.measure(cut[-1] + letter, size=size, bold=bold).width > width:
            cut.append("")
        cut[-1] += letter
    return cut


def _shortened(line: str, *, fonts: Fonts, width: float, size: int, bold: bool) -> str:
    letters = list(_letters(line))
    while letters:
        short = "".join(letters).rstrip() + ELLIPSIS
        if fonts.measure(short, size=size, bold=bold).width <= width:
            return short
        letters.pop()
    return ELLIPSIS


def _letters(words: str) -> Iterator[str]:
    """Letters with the marks that belong to them; joined letters stay together."""
    letter = ""
    for char in words:
        joined = letter.endswith(("\u200d", "\u094d", "\u09cd", "\u0a4d", "\u0acd"))
        joins = joined or _kind(char)[0] == "M" or char == "\u200d"
        if letter and (not joins or len(letter) >= _LONGEST_LETTER):
            yield letter
            letter = ""
        letter += char
    if letter:
        yield letter


def _kind(char: str) -> str:
    return unicodedata.category(char)
