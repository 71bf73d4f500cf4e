"""Reads a review sheet that comes back. Nothing in it is believed, nothing in it is run, and its size has an end.

A sheet passes through many hands and programs. It is read as cells only: no formula is worked out, no link followed.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final, Literal
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from bot.reviewing.sheet import DECLARED, ENGLISH, FIRST_ROW, KIND, READ_ME, TEXTS, Line, Sheet, SheetFault

LARGEST: Final = 5 * 1024 * 1024
"""So many bytes a file may have; ours have about 80,000."""
LARGEST_UNPACKED: Final = 30 * 1024 * 1024
MOST_PARTS: Final = 500
MOST_ROWS: Final = 20_000

_NO_SHEET: Final = "This file is no Excel file (.xlsx). Save the review sheet as one, and import that."
_NOT_OURS: Final = (
    "This file is no review sheet of Equal Voice, or its first column is gone. "
    "Make a new one with equal-voice languages export, and copy the corrections into it."
)
_MARK: Final = re.compile(rf"{KIND} ([A-Za-z_-]+)", re.ASCII)
_ID: Final = re.compile(r"([0-9a-f]{16})-([0-9a-f]{12})", re.ASCII)


# No program for sheets writes these. By them a small file can make a reader fill the memory.
_DECLARATIONS: Final = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))


def read(content: bytes) -> Sheet:
    """What a file holds. ``content``: its bytes, of which `LARGEST` + 1 are enough.

    Raises:
        SheetFault: if it is too large, no sheet, not ours, or its columns have moved.
    """
    _look_at_the_size(content)
    try:
        with warnings.catch_warnings():
            # Of parts of a sheet that are left out, such as drawings: they are not ours.
            warnings.simplefilter("ignore")
            return _sheet(content)
    except SheetFault:
        raise
    except Exception:
        # The library lets many kinds of error through where a file is broken or made up to break it.
        raise SheetFault(_NO_SHEET) from None


def _look_at_the_size(content: bytes) -> None:
    too_large = SheetFault("This file is far too large for a review sheet. Is it the right one?")
    if len(content) > LARGEST:
        raise too_large
    try:
        with ZipFile(BytesIO(content)) as parts:
            # What a part says of its size is also where reading it ends.
            unpacked = sum(part.file_size for part in parts.infolist())
            if unpacked > LARGEST_UNPACKED or len(parts.infolist()) > MOST_PARTS:
                raise too_large
            if any(mark in parts.read(part) for part in parts.infolist() for mark in _DECLARATIONS):
                raise SheetFault(_NO_SHEET)
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, zlib.error):
        # RuntimeError: it asks for a password.
        raise SheetFault(_NO_SHEET) from None


def _sheet(content: bytes) -> Sheet:
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    if TEXTS not in book.sheetnames:
        raise SheetFault(_NOT_OURS)
    # With ends of our own: the sizes that a sheet gives of itself may be wrong or made up.
    rows = book[TEXTS].iter_rows(max_row=MOST_ROWS, max_col=3)
    first = [_words(cell.value) for cell in next(rows, ())]
    mark = _MARK.fullmatch(first[0]) if first else None
    if mark is None:
        raise SheetFault(_NOT_OURS)
    language = mark[1]
    if len(first) < 3 or first[1] != ENGLISH or not first[2].endswith(f"({language})"):
        raise SheetFault(
            "The columns of this sheet have moved. English stands in column B, the language in C: put them back."
        )
    lines = tuple(_lines(rows))
    return Sheet(language=language, declared=_declared(book), lines=lines)


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[Line]:
    for number, cells in enumerate(rows, FIRST_ROW):
        values = [getattr(cell, "value", None) for cell in cells] + [None] * (3 - len(cells))
        id_ = _ID.fullmatch(_words(values[0]))
        if id_ is None:
            continue
        words = _words(values[2])
        kind = getattr(cells[2], "data_type", "n") if len(cells) > 2 else "n"
        yield Line(
            number=number,
            id=id_[1],
            was=id_[2],
            shown=_words(values[1]),
            translation=words if kind == "s" else "",
            kind=_KINDS.get(kind, "other") if words.strip() or kind == "f" else "empty",
        )


_KINDS: Final[dict[str, Literal["text", "formula"]]] = {"s": "text", "f": "formula"}


def _declared(book: Workbook) -> str:
    """Some programs drop a page: then nothing is declared."""
    if READ_ME not in book.sheetnames:
        return ""
    row = int(DECLARED[1:])
    cells = next(book[READ_ME].iter_rows(min_row=row, max_row=row, min_col=2, max_col=2), ())
    return " ".join(_words(cells[0].value).split()) if cells else ""


def _words(value: object) -> str:
    """What a cell holds as words. Excel writes characters that XML cannot hold as _x0001_."""
    return "" if value is None else unescape(str(value))
