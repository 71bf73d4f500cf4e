"""Finds English of ours in what a language says: sentences and labels that somebody forgot to put through gettext."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add

from babel.messages.pofile import read_po

from bot.strings import LOCALES, forms, messages
from language_walk.tongue import Tongue, plainly

MOST_OF_A_TERM = 3
"""Words."""

NUMBERS = frozenset({"{n}", "{number}", "{limit}", "{length}", "{total}", "{least}", "{most}", "{score}"})
ANY_NUMBER, ANYTHING = r"[\d.,\s]+", ".{0,200}?"
"""What may stand where something is filled in."""

_NAME = re.compile(r"\{\w+\}")
_TECHNICAL = re.compile(r"\S*(?:https?://|t\.me/|/d/|/resume)\S*|[A-Z2-9]{4}(?:-[A-Z2-9]{4})+|\S+@\S+")
"""Addresses and codes: the same in every language."""
_LATIN = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class _Text:
    """An English text: its longest piece without placeholders, to look for first, and the whole of it."""

    words: str
    piece: str
    pattern: re.Pattern[str]


class English:
    """All English texts of ours whose translation differs, the longest first.

    ``own``: what people typed, names and quotations, which nobody translates.
    """

    def __init__(self, spoken: Tongue, *, own: Iterable[str]) -> None:
        self._own = sorted({plainly(each) for each in own if each}, key=len, reverse=True)
        self._latin = spoken.language.script == "Latn"
        self._known: set[str] = set()
        english: set[str] = set()
        with (LOCALES / spoken.code / "LC_MESSAGES" / "messages.po").open("rb") as source:
            for message in messages(read_po(source)):
                said = forms(message)
                self._known.update(*map(_LATIN.findall, said))
                ids = [message.id] if isinstance(message.id, str) else message.id
                english |= {words for words in ids if not _is_kept(words, said)}
        longest_first = sorted(english, key=lambda words: (-len(words), words))
        self._texts = [found for words in longest_first if (found := _text(plainly(words)))]

    def found_in(self, words: str) -> str:
        """The first English in these words; "" when there is none.

        Where a language has letters of its own, that is any word in Latin letters which its catalogue never has.
        """
        words = plainly(words)
        for own in self._own:
            words = words.replace(own, " · ")
        words = _TECHNICAL.sub(" · ", words)
        for text in self._texts:
            if text.piece in words and text.pattern.search(words):
                return text.words
        foreign = [] if self._latin else [each for each in _LATIN.findall(words) if each not in self._known]
        return " ".join(foreign)


def _is_kept(words: str, said: list[str]) -> bool:
    """Whether a language says the same, or is meant to have an English term: "Zarząd Trustu (Trust Board)"."""
    short = len(words.split()) <= MOST_OF_A_TERM
    return words in said or (short and any(words in form for form in said))


def _text(words: str) -> _Text | None:
    """None for a text that is made of placeholders and signs only."""
    pieces = _NAME.split(words)
    if not any(letter.isalpha() for letter in "".join(pieces)):
        return None
    filled = [ANY_NUMBER if name in NUMBERS else ANYTHING for name in _NAME.findall(words)]
    between = re.escape(pieces[0]) + "".join(map(add, filled, map(re.escape, pieces[1:])))
    before = r"(?<!\w)" if pieces[0][:1].isalnum() else ""
    after = r"(?!\w)" if pieces[-1][-1:].isalnum() else ""
    return _Text(words, max(pieces, key=len), re.compile(before + between + after))
