"""What people wrote, made plain: one way of writing what looks the same. Pure text, and no rule about who reads it.

A comment goes through ``normalised`` when it is saved, so that people see what others will see, and once more when it
is poured. Habits of a keyboard (a blank line before a name, two spaces, a mark that nobody can see) would otherwise
tell whose words they are, or smuggle something along that nobody was shown. What a script needs to be read stays:
joiners inside a word of Arabic, Persian or the scripts of India, and in emoji that are put together from several.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

SHORT_LINE = 40
"""A last line of at most so many characters after a blank one may be a signature."""

LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
BLANKS = frozenset("\t\u115f\u1160\u2800\u3164\uffa0")
"""Beside every kind of space: what takes room and has no ink."""

NON_JOINER, JOINER, AS_TEXT, AS_EMOJI, KEYCAP = "\u200c", "\u200d", "\ufe0e", "\ufe0f", "\u20e3"
MONGOLIAN_FORMS, MONGOLIAN_GAP = frozenset("\u180b\u180c\u180d\u180f"), "\u180e"
LEANING = frozenset({NON_JOINER, JOINER, AS_TEXT, AS_EMOJI, MONGOLIAN_GAP, *MONGOLIAN_FORMS})
"""Signs without ink that change how their neighbours look. They stay only where they do."""

INVISIBLE = frozenset("\u034f\u17b4\u17b5\ufffc\U00016fe4") | {chr(code) for code in range(0xFE00, 0xFE0E)}
"""Without ink, though Unicode does not class them so."""
VISIBLE = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Signs of numbers and verses that have ink, though Unicode classes them as formats."""

WITHOUT_INK = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
SELECTORS = range(0xE0100, 0xE01F0)
RESERVED = (range(0x1F000, 0x1FC00), range(0x20000, 0x2FFFE), range(0x30000, 0x3FFFE))
"""Where emoji and Chinese characters are still to come. A newer telephone has them before Python knows them."""

JOINING = (
    range(0x0600, 0x0E00),
    range(0x1000, 0x10A0),
    range(0x1780, 0x18B0),
    range(0x1A20, 0x1B80),
    range(0xA840, 0xA900),
    range(0xA980, 0xAAE0),
    range(0xABC0, 0xAC00),
    range(0xFB50, 0xFE00),
    range(0xFE70, 0xFEFD),
    range(0x10D00, 0x10D40),
    range(0x11000, 0x12000),
    range(0x1E900, 0x1E960),
)
"""Scripts whose letters change with their neighbours: Arabic and its kin, those of India, Burma, Cambodia …"""
VIRAMA = 9
"""The combining class of the sign that takes a letter's vowel away."""

FLAG, END_OF_TAGS = "\U0001f3f4", "\U000e007f"
NATIONS = ("gbeng", "gbsct", "gbwls")
FLAGS = frozenset(FLAG + "".join(chr(0xE0000 + ord(letter)) for letter in nation) + END_OF_TAGS for nation in NATIONS)
"""The flags of England, Scotland and Wales are a black flag with letters that nobody sees."""
PIECE = re.compile("|".join([*sorted(FLAGS), "."]), re.DOTALL)


def normalised(words: str) -> str:
    """The same words in one way of writing; "" when there is nothing to read.

    Composed (NFC), without what nobody can see, with one kind of space and of line end, never two spaces or more than
    one blank line in a row, none at either end, and no blank line before a short last line. Doing it again changes
    nothing. It is never longer than the composed words were.
    """
    while (plainer := _once(words)) != words:
        words = plainer
    return words


def mark(words: str) -> str:
    """A short name by which a button means these words and no others: 16 hexadecimal digits."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _once(words: str) -> str:
    composed = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", words))
    seen = _without_idle_joiners([piece for found in PIECE.findall(composed) if (piece := _seen(found))])
    return _spaced(unicodedata.normalize("NFC", seen))


def _seen(piece: str) -> str:
    """A character as it is kept: itself, a space for any blank, or "" for what nobody can see."""
    if piece in FLAGS or piece in LEANING or piece in VISIBLE or piece == "\n":
        return piece
    category = unicodedata.category(piece)
    if category == "Zs" or piece in BLANKS:
        return " "
    code = ord(piece)
    if category == "Cn" and any(code in some for some in RESERVED):
        return piece
    return "" if category in WITHOUT_INK or piece in INVISIBLE or code in SELECTORS else piece


def _without_idle_joiners(pieces: list[str]) -> str:
    """Leave out what should change how its neighbours look and stands where it changes nothing."""
    kept: list[str] = []
    for piece, following in zip(pieces, [*pieces, ""][1:], strict=True):
        if piece not in LEANING or _does_something(piece, kept[-1] if kept else "", following):
            kept.append(piece)
    return "".join(kept)


def _does_something(piece: str, before: str, after: str) -> bool:
    if piece in {AS_TEXT, AS_EMOJI}:
        return _emoji(before) or (before != "" and before in "#*0123456789" and after == KEYCAP)
    if piece in MONGOLIAN_FORMS:
        return _mongolian(before)
    if piece == MONGOLIAN_GAP:
        return _mongolian(before) and _mongolian(after)
    if _in_a_word(before) and _in_a_word(after):
        return True
    if piece == JOINER and len(before) == 1 and unicodedata.combining(before) == VIRAMA:
        return True
    return piece == JOINER and (_emoji(before) or before in {AS_EMOJI, *FLAGS}) and _emoji(after)


def _in_a_word(piece: str) -> bool:
    """A letter or mark of a script in which joiners are seen."""
    if len(piece) != 1 or piece in LEANING or unicodedata.category(piece)[0] not in "LM":
        return False
    return any(ord(piece) in script for script in JOINING)


def _mongolian(piece: str) -> bool:
    return len(piece) == 1 and 0x1820 <= ord(piece) <= 0x18AA


def _emoji(piece: str) -> bool:
    """Whether it can be, or be a part of, an emoji: as near as one comes without a list of all of them."""
    if len(piece) != 1:
        return False
    code = ord(piece)
    if 0x2190 <= code < 0x2C00:
        return unicodedata.category(piece).startswith("S")
    return 0x1F000 <= code < 0x1FC00 or piece in "©®‼⁉™ℹ〰〽㊗㊙"  # noqa: RUF001 - the information sign is meant


def _spaced(words: str) -> str:
    lines = "\n".join(re.sub(" +", " ", line).strip(" ") for line in words.split("\n"))
    spaced = re.sub("\n{3,}", "\n\n", lines).strip("\n")
    above, gap, last = spaced.rpartition("\n\n")
    signed = bool(gap) and len(last) <= SHORT_LINE and "\n" not in last
    return f"{above}\n{last}" if signed else spaced
