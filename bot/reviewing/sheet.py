"""What a review sheet is made of: its pages and columns, and what comes back in it. No library for sheets here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

READ_ME: Final = "Read me"
TEXTS: Final = "Texts"
KIND: Final = "equal-voice review sheet 1"
"""Stands in the hidden first cell of the texts, with the code of the language."""
ENGLISH: Final = "English"

FIRST_ROW: Final = 2
"""Where the texts begin, counted from 1."""
DECLARED: Final = "B14"
"""The cell of the first page in which somebody says that they have read everything."""


class SheetFault(Exception):
    """A sheet or a file cannot be used. The message is a sentence, or several, with the remedy; nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a sheet that came back."""

    number: int
    """As the program for sheets counts it, from 1."""
    id: str
    was: str
    """The `texts.digest` of the translation when the sheet was made."""
    shown: str
    translation: str
    """What stands in the cell now, as typed; empty unless ``kind`` is text."""
    kind: Literal["text", "empty", "formula", "other"]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a reviewer sent back."""

    language: str
    declared: str
    """What stands where a reviewer says that they speak the language and have read everything. Empty: nothing."""
    lines: tuple[Line, ...]


def header(language: str, name: str) -> str:
    """What stands over the column of the translation."""
    return f"{name} ({language})"
