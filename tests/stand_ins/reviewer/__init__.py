"""Somebody who speaks a language and has a review sheet: opens it in a program for sheets, writes into it, saves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

ID, ENGLISH, OWN = 1, 2, 3
Pen = Callable[[Worksheet], object]


def lines(page: Worksheet) -> Iterator[tuple[int, str, str]]:
    """(row, English without remarks, translation) of every text on a page of texts."""
    for row in range(2, page.max_row + 1):
        if page.cell(row, ID).value:
            own = page.cell(row, OWN).value
            yield row, str(page.cell(row, ENGLISH).value).split("\n")[0], "" if own is None else str(own)


def row_of(page: Worksheet, english: str, *, form: int = 0) -> int:
    """Where a text stands; ``form`` counts the rows with the same English."""
    return [row for row, words, _ in lines(page) if words == english][form]


def edit(file: Path, pen: Pen) -> None:
    """Open, change the texts, save."""
    book = load_workbook(file)
    page = book["Texts"]
    assert isinstance(page, Worksheet)
    pen(page)
    book.save(file)


def writes(english: str, words: object, *, form: int = 0) -> Pen:
    """A pen that puts something into the cell of one text."""

    def pen(page: Worksheet) -> None:
        page.cell(row_of(page, english, form=form), OWN).value = words  # type: ignore[assignment] # Anything that fits

    return pen


def declares(file: Path, words: str) -> None:
    """Say on the first page that everything was read."""
    book = load_workbook(file)
    first = book["Read me"]
    assert isinstance(first, Worksheet)
    first["B14"].value = words
    book.save(file)
