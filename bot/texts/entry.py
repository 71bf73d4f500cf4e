"""One text in English. ``one`` and ``many`` are also the names by which the strings are found for the catalogues."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A text, and its plural where it has a number ``{n}``."""

    singular: str
    plural: str | None = None


def one(words: str) -> Entry:
    """A text without a number that changes its form."""
    return Entry(words)


def many(singular: str, plural: str) -> Entry:
    """A text whose form depends on ``{n}``."""
    return Entry(singular, plural)
