"""Breaking text into lines by measured widths. Chinese breaks between characters, other scripts at blanks.

A last line of one short word looks lost: then all lines are made a little shorter, as long as they do not become more.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.charts.fonts import LEFT_TO_RIGHT, NO_BREAK, RIGHT_TO_LEFT, Extent, Fonts
from bot.wording import FIRST_STRONG_ISOLATE, POP_ISOLATE

ELLIPSIS = "…"
_CHINESE = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_PIECES = re.compile(f"[{_CHINESE}]|(?:[^\\s{_CHINESE}]|[{NO_BREAK}])+")
_NOT_FIRST = frozenset({"Pe", "Pf", "Po"})
_NOT_LAST = frozenset({"Ps", "Pi"})
"""Kinds of punctuation (Unicode categories) that must not begin, and not end, a line of Chinese."""
_LONGEST_LETTER = 8
_LOST = 0.25
"""A last line is lost when it fills less of the width."""
_NARROWER = (0.96, 0.92, 0.88, 0.84, 0.8, 0.76)
"""Parts of the width that are tried then."""


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


@dataclass(frozen=True)
class _Column:
    """Where lines stand: how wide they may be, and what they are drawn with."""

    fonts: Fonts
    width: float
    size: int
    bold: bool

    def extent(self, words: str) -> Extent:
        return self.fonts.measure(words, size=self.size, bold=self.bold)

    def holds(self, words: str) -> bool:
        return self.extent(words).width <= self.width

    def filled(self, pieces: Iterable[_Piece], *, most: int) -> list[str]:
        """The pieces in lines, each as full as it gets; one line more than ``most`` when they do not fit."""
        lines: list[str] = []
        for piece in pieces:
            longer = f"{lines[-1]}{' ' if piece.blank else ''}{piece.words}" if lines else ""
            if lines and self.holds(longer):
                lines[-1] = longer
            else:
                lines += self._cut(piece.words)
            if len(lines) > most:
                break
        return lines

    def evened(self, pieces: Sequence[_Piece], lines: list[str]) -> list[str]:
        """The same number of lines without a lost word at the end, if that can be had."""
        for part in _NARROWER:
            if len(lines) < 2 or self.extent(lines[-1]).width >= self.width * _LOST:
                break
            narrower = replace(self, width=self.width * part)
            tried = narrower.filled(pieces, most=len(lines))
            if len(tried) > len(lines) or not all(narrower.holds(piece.words) for piece in pieces):
                break
            lines = tried
        return lines

    def shortened(self, line: str) -> str:
        """As much of the line as fits with an ellipsis."""
        letters = list(_letters(line))
        while letters:
            short = "".join(letters).rstrip() + ELLIPSIS
            if self.holds(short):
                return short
            letters.pop()
        return ELLIPSIS

    def line(self, words: str) -> Line:
        """The finished line."""
        extent, fonts = self.extent(words), self.fonts
        rise, drop = max(extent.above, fonts.rise * self.size), max(extent.below, fonts.drop * self.size)
        return Line(words, extent.width, rise, drop)

    def _cut(self, word: str) -> list[str]:
        """The word, cut where it would be too long for a whole line."""
        if self.holds(word):
            return [word]
        cut = [""]
        for letter in _letters(word):
            if cut[-1] and not self.holds(cut[-1] + letter):
                cut.append("")
            cut[-1] += letter
        return cut


def wrap(words: str, *, fonts: Fonts, width: float, size: int, bold: bool = False, most: int = 99) -> Wrapped:
    """The words in lines of at most ``width`` pixels and at most ``most`` lines; what is cut off ends with
    "…".
    """
    column = _Column(fonts, width, size, bold)
    pieces = list(_pieces(fonts.clean(words)))
    lines = column.filled(pieces, most=most)
    if len(lines) > most:
        lines = [*lines[: most - 1], column.shortened(lines[most - 1])]
    else:
        lines = column.evened(pieces, lines)
    return Wrapped(tuple(map(column.line, _kept_apart(lines))), size, bold, fonts)


def _kept_apart(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with each name that keeps its own direction closed where its line ends and opened again in the next.

    An isolate (Unicode's bidirectional algorithm) ends with its line, and what follows it would turn around.
    """
    whole, place = "".join(lines), 0
    opened: list[str] = []
    for line in lines:
        again = "".join(opened)
        for char in line:
            place += 1
            if char == FIRST_STRONG_ISOLATE:
                opened.append(char + _direction(whole[place:]))
            elif char == POP_ISOLATE and opened:
                opened.pop()
        yield f"{again}{line}{POP_ISOLATE * len(opened)}"


def _direction(words: str) -> str:
    """The mark of the direction in which an isolate that begins so is read."""
    inside = itertools.takewhile(lambda char: char != POP_ISOLATE, words)
    strong = (kind for char in inside if (kind := unicodedata.bidirectional(char)) in {"L", "R", "AL"})
    return LEFT_TO_RIGHT if next(strong, "L") == "L" else RIGHT_TO_LEFT


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
