"""Reads plain.toml: the words to avoid, what is not counted, and the exceptions with their reasons."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SHIPPED: Final = Path(__file__).with_name("plain.toml")


@dataclass(frozen=True, kw_only=True)
class Avoid:
    """Words that have a plainer one. ``words`` is a pattern for whole words, in any case."""

    words: str
    instead: str

    def found(self, words: str) -> list[str]:
        """Each of them that stands in a text, as it stands there."""
        return [match[0] for match in re.finditer(rf"\b(?:{self.words})\b", words, re.IGNORECASE)]


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name, which is not ours to make plainer: it counts as one short word. Written exactly so."""

    phrase: str
    reason: str

    def taken_out(self, words: str) -> str:
        """The text with a short word in its place."""
        return re.sub(rf"(?<!\w){re.escape(self.phrase)}(?!\w)", SHORT, words)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the trade that people meet anyway. It counts as one short word where its explanation is a tap away.

    ``words`` is a pattern for whole words, in any case; ``explanation`` the id of the entry in the word list.
    """

    words: str
    explanation: str

    def taken_out(self, words: str) -> str:
        """The text with a short word in its place."""
        return re.sub(rf"\b(?:{self.words})\b", SHORT, words, flags=re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Exception_:
    """One text that may break one rule. ``rule`` is one of judging.RULES."""

    id: str
    rule: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Allowances:
    """All of plain.toml. ``samples`` fill placeholders; ``long_words`` may stand in labels, each with its reason."""

    avoid: tuple[Avoid, ...]
    names: tuple[Name, ...]
    terms: tuple[Term, ...]
    exceptions: tuple[Exception_, ...]
    long_words: Mapping[str, str]
    samples: Mapping[str, str]


SHORT: Final = "Ann"
"""What a name or an explained term counts as."""


def read(path: Path = SHIPPED) -> Allowances:
    """Read the file.

    Raises:
        TypeError: when an entry lacks a key or has one too many.
    """
    values: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return Allowances(
        avoid=tuple(Avoid(**each) for each in values["avoid"]),
        names=tuple(Name(**each) for each in values["name"]),
        terms=tuple(Term(**each) for each in values["term"]),
        exceptions=tuple(Exception_(**each) for each in values["exception"]),
        long_words=values["long-words"],
        samples=values["samples"],
    )
