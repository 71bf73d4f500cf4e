"""How wide the label of a button is on a telephone, nearly: enough to know where a row of buttons is too full.

Telegram cuts a label that is wider than its button. How wide it is depends on a font that we do not have, so this is an
estimate from kinds of characters, a little too wide rather than too narrow, and cheap: nothing is loaded or drawn. A
test holds it against our own fonts in every language on offer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

PHONE, MARGIN, GAP, PADDING = 320, 16, 6, 10
"""Pixels: the narrowest telephone still in use, what Telegram leaves beside a message, between buttons and in them."""
SIZE = 15
"""The size of a label's letters in Telegram, in pixels."""

SPACE, THIN, SLIM, SMALL, PLAIN, CAPITAL, WIDE, FULL = 0.3, 0.27, 0.39, 0.51, 0.59, 0.64, 0.9, 1.0
ARABIC_THIN, ARABIC, ARABIC_WIDE = 0.34, 0.53, 0.9
INDIC, INDIC_VOWEL = 0.65, 0.34
PICTURE = 1.4
"""How wide kinds of characters are, in units of the letters' size. Signs above or below a letter have no width."""

_THIN = frozenset("iıjlłI|.,:;!'’‘·،؛")  # noqa: RUF001 - the signs are meant
_SLIM = frozenset('ftr()[]{}-–/"“”„*')
_SMALL = frozenset("cksvxyz")
_WIDE = frozenset("mwMW@%—…✓")
_ARABIC_THIN = frozenset("ارزوژڑ")
_ARABIC_WIDE = frozenset("سشصضكگ")
_ARABIC_BLOCKS = (range(0x0600, 0x0780), range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))
_INDIC_BLOCKS = range(0x0900, 0x0E00)


def width(label: str) -> float:
    """How wide a label is, in pixels."""
    return SIZE * sum(map(_width, label))


def room(abreast: int = 1) -> float:
    """How wide the label of each of so many buttons side by side may be, in pixels."""
    return (PHONE - 2 * MARGIN - GAP * (abreast - 1)) / abreast - 2 * PADDING


def rows(labels: Sequence[str]) -> tuple[int, ...]:
    """How many of these buttons stand side by side, row by row: as few rows as their labels allow, evenly filled.

    A label that is too wide for a whole row gets one all the same. () for no label.
    """
    for many in range(1, len(labels)):
        for counts in _counts(len(labels), many):
            if _fit(labels, counts):
                return counts
    return (1,) * len(labels)


def _counts(labels: int, many: int) -> list[tuple[int, ...]]:
    """Every way of putting so many labels into so many rows, the most even first; then the shorter row on top."""
    cuts = [(0, *inner, labels) for inner in combinations(range(1, labels), many - 1)]
    counts = [tuple(end - begin for begin, end in pairwise(each)) for each in cuts]
    return sorted(counts, key=lambda each: (max(each) - min(each), each))


def _fit(labels: Sequence[str], counts: tuple[int, ...]) -> bool:
    abreast = [count for count in counts for _ in range(count)]
    return all(width(label) <= room(count) for label, count in zip(labels, abreast, strict=True))


@lru_cache(maxsize=2048)
def _width(char: str) -> float:
    char = unicodedata.normalize("NFD", char)[0]
    category, code = unicodedata.category(char), ord(char)
    if category in {"Mn", "Me", "Cf"}:
        return 0.0
    if category == "Zs":
        return SPACE
    for kind, size in ((_THIN, THIN), (_SLIM, SLIM), (_SMALL, SMALL), (_WIDE, WIDE)):
        if char in kind:
            return size
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return PICTURE if category == "So" else FULL
    if any(code in block for block in _ARABIC_BLOCKS):
        return ARABIC_THIN if char in _ARABIC_THIN else ARABIC_WIDE if char in _ARABIC_WIDE else ARABIC
    if code in _INDIC_BLOCKS:
        return INDIC_VOWEL if category == "Mc" else INDIC
    if category == "So":
        return PICTURE
    return CAPITAL if category == "Lu" else PLAIN
