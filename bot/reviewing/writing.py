"""Makes a review sheet: a page that says how, and a page with English and the language side by side.

Every text goes in as a string, never as a formula or a link, whatever it begins with. Only what a reviewer may write in
is open to changes; the protection has no password, for it guards against slips only.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook  # type: ignore[import-untyped] # It brings annotations, but not the mark that says so
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from bot.languages import Language
from bot.reviewing.sheet import DECLARED, ENGLISH, KIND, READ_ME, TEXTS, header
from bot.reviewing.texts import Row, digest

GREY, LIGHT, DARK = "#F2F2F2", "#DCE6F0", "#595959"
WIDE = 58
"""The width of a column of texts, in characters."""


def write(rows: Sequence[Row], language: Language) -> bytes:
    """The sheet as a file (XLSX)."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        _read_me(book, book.add_worksheet(READ_ME), language)
        _texts(book, book.add_worksheet(TEXTS), rows, language)
    return file.getvalue()


def how_to(language: Language) -> list[str]:
    """What a reviewer reads first. The title, what it is about, and one step after the other."""
    name = language.name
    return [
        f"Equal Voice in {name}: a sheet to review",
        "Equal Voice asks people, in private, about maternity and neonatal services.",
        "Some readers have lost a baby. Some are afraid to speak up. Many are tired. "
        "Every text should sound warm and clear to them.",
        f"1. Open the page “{TEXTS}” below. English is on one side, your language on the other.",
        "2. Read your language first. Is it kind? Does a tired parent understand it at once? "
        "Then read the English. Does it say the same?",
        "3. Write a better text over it, in its own cell. Leave a good one as it is. An empty cell changes nothing.",
        "4. Words in curly brackets, such as {name} or {n}, are filled in later: with a name, a number or a day. "
        "Keep each one as it is. Put it where your language needs it.",
        "5. Small grey words under the English say where a text stands, and how long it may be. "
        "A text that counts something has a row for each form in your language. "
        "A row for one number only may do without {n}.",
        "6. Use the same word for the same thing everywhere.",
        "7. Not sure? Leave the text as it is, colour its cell, and tell whoever gave you this sheet.",
        "8. Save the sheet as an Excel file (.xlsx), and give it back. Your name is not needed.",
    ]


def _read_me(book: Workbook, page: Worksheet, language: Language) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 90)
    page.set_column(1, 1, 14)
    title, *steps = how_to(language)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 16, "text_wrap": True}))
    plain = book.add_format({"text_wrap": True, "valign": "top", "font_size": 12})
    for number, step in enumerate(steps, 1):
        page.write_string(number, 0, step, plain)
    asked = book.add_format({"bold": True, "text_wrap": True, "font_size": 12})
    row = int(DECLARED[1:]) - 1
    page.write_string(row, 0, "I speak this language, and I have read every text. Then write yes here:", asked)
    box = {"locked": False, "border": 1, "num_format": "@", "align": "center", "font_size": 12}
    page.write_blank(DECLARED, None, book.add_format(box))
    page.protect("", {"format_cells": True})


def _texts(book: Workbook, page: Worksheet, rows: Sequence[Row], language: Language) -> None:
    mirrored = language.direction == "rtl"
    if mirrored:
        page.right_to_left()
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "font_size": 12}
    # 1 and 2 are Excel's words for left-to-right and right-to-left: English stays so in a mirrored sheet.
    english = book.add_format({**cell, "bg_color": GREY, "align": "left", "reading_order": 1})
    small = book.add_format({"font_size": 9, "font_color": DARK, "italic": True})
    aside = {"align": "right", "reading_order": 2} if mirrored else {"align": "left", "reading_order": 1}
    # "@" is text: what begins with = or looks like a number stays as it is typed.
    own = book.add_format({**cell, **aside, "locked": False, "num_format": "@"})
    head = book.add_format({"bold": True, "font_size": 12, "bg_color": LIGHT, "bottom": 2})
    heading = book.add_format({"bold": True, "font_size": 13, "bg_color": LIGHT, "top": 1})
    page.set_column(0, 0, 2, None, {"hidden": True})
    page.set_column(1, 2, WIDE)
    page.write_string(0, 0, f"{KIND} {language.code}")
    page.write_string(0, 1, ENGLISH, head)
    page.write_string(0, 2, header(language.code, language.name), head)
    page.freeze_panes(1, 0)
    at = 1
    for words, group in groupby(rows, key=lambda row: row.heading):
        page.write_string(at, 1, words, heading)
        page.write_blank(at, 2, None, heading)
        at += 1
        for row in group:
            page.write_string(at, 0, f"{row.id}-{digest(row.translation)}")
            if row.remarks:
                page.write_rich_string(at, 1, row.english, small, "\n" + "\n".join(row.remarks), english)
            else:
                page.write_string(at, 1, row.english, english)
            if row.translation:
                page.write_string(at, 2, row.translation, own)
            else:
                page.write_blank(at, 2, None, own)
            at += 1
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
