"""What stands in the cells of a sheet is judged row by row: taken as it is, or refused with its reason."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.catalogues import faults
from bot.languages import listed
from bot.reviewing.comparing import Comparison, compare, corrected
from bot.reviewing.reading import read
from bot.reviewing.sheet import Sheet
from bot.reviewing.texts import rows, tidy
from bot.reviewing.writing import write
from bot.strings import forms, key, messages, refreshed, written
from reviewer import OWN, row_of

HELLO, THANKS, BUTTON, SHORT = "Hello {name}", "Thank you", "Go on", "At most ten"
PEOPLE = ("{n} person", "{n} people")
ON_BUTTONS = frozenset({BUTTON})
FILE = [("bot/texts/participant.py", 1)]


def template() -> Catalog:
    texts = Catalog()
    for words in (HELLO, THANKS, BUTTON):
        texts.add(words, locations=FILE)
    texts.add(SHORT, locations=FILE, auto_comments=["Translators: at most 10 characters"])
    texts.add(PEOPLE, locations=FILE)
    return texts


TEXTS = template()


def start() -> bytes:
    catalogue = Catalog(locale="pl")
    for words, translation in ((HELLO, "Witaj {name}"), (THANKS, "Dziękujemy"), (BUTTON, "Dalej"), (SHORT, "Krótko")):
        catalogue.add(words, translation)
    catalogue.add(PEOPLE, ("{n} osoba", "{n} osoby", "{n} osób"))
    return refreshed(written(catalogue), TEXTS, language="pl")


START = start()
BLANK = write(rows(read_po(BytesIO(START), locale="pl"), language="pl", on_buttons=ON_BUTTONS), listed()["pl"])


def sheet(cells: Mapping[tuple[str, int], object]) -> Sheet:
    """A sheet with these cells written by a program for sheets. The number counts rows with the same English."""
    book = load_workbook(BytesIO(BLANK))
    page = book["Texts"]
    assert isinstance(page, Worksheet)
    for (english, form), value in cells.items():
        page.cell(row_of(page, english, form=form), OWN).value = value  # type: ignore[assignment] # Anything that fits
    file = BytesIO()
    book.save(file)
    return read(file.getvalue())


def compared(sheet: Sheet) -> Comparison:
    return compare(sheet, read_po(BytesIO(START), locale="pl"), language="pl", on_buttons=ON_BUTTONS)


def after(found: Comparison) -> Catalog:
    content = corrected(START, found.changes, texts=TEXTS, language="pl")
    assert refreshed(content, TEXTS, language="pl") == content
    return read_po(BytesIO(content), locale="pl")


def translations(catalogue: Catalog) -> dict[str, list[str]]:
    return {key(message): forms(message) for message in messages(catalogue)}


@pytest.mark.parametrize(
    ("english", "cell", "why"),
    [
        (THANKS, "=1+1", "has a formula in its cell. "),
        (THANKS, 5, "has a number, a date or an error in its cell. "),
        (THANKS, True, "has a number, a date or an error in its cell. "),
        (THANKS, date(2026, 1, 1), "has a number, a date or an error in its cell. "),
        (THANKS, "#NAME?", "has a number, a date or an error in its cell. "),
        (THANKS, "Dzięki_x0007_", "has a character that cannot be seen."),
        (THANKS, "Dzięki\u202eabc", "has a character that cannot be seen."),
        (THANKS, "\ufeffDzięki", "has a character that cannot be seen."),
        (THANKS, "Dzięki\u2028wam", "has a character that cannot be seen."),
        (THANKS, "Dzięki\ue000", "has a character that cannot be seen."),
        (THANKS, "Dzięki\twam", "has a character that cannot be seen."),
        (THANKS, "Dzięki \u2067wam", "has a mark of direction that is not closed."),
        (THANKS, "Dzięki\nwam", "has a line break."),
        (THANKS, "ś" * 10_000, "is 10000 characters long: that is more than this text can be."),
        (THANKS, "Dzięki  wam", "has a space too many."),
        (THANKS, "Dzięki {name}", "has {name}, which nobody fills in."),
        (THANKS, "Dzięki {", "has a curly bracket too many."),
        (HELLO, "Witaj", "lacks {name}."),
        (HELLO, "Witaj {nazwa}", "lacks {name}. It has {nazwa}, which nobody fills in."),
        (BUTTON, "D" * 35, "is too long for a button of a small telephone: take about 8 characters away."),
        (SHORT, "Jedenaście!", "is too long: at most 10 characters."),
        (PEOPLE[0], "{m} osoba", "has {m}, which nobody fills in."),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_its_reason(english: str, cell: object, why: str) -> None:
    found = compared(sheet({(english, 0): cell}))
    assert found.changes == ()
    (row,) = found.not_taken
    assert (row.english, row.why[: len(why)]) == (english, why)
    assert translations(after(found)) == translations(read_po(BytesIO(START), locale="pl"))


@pytest.mark.parametrize(
    "words",
    [
        "\u200fمرحب\u200f",
        "ধন্য\u200dবাদ",
        "می\u200cکنم",
        "Dzięki \u2067wam\u2069",
        "Merci\u00a0!",
        "=1+1 to dwa",
        "-Dzięki",
        "@wam",
        "'Dzięki'",
        "Dzięki „wam”, 100 %",
        "👪",
    ],
)
def test_what_is_meant_is_kept_to_the_last_mark(words: str) -> None:
    book = load_workbook(BytesIO(BLANK))
    page = book["Texts"]
    assert isinstance(page, Worksheet)
    cell = page.cell(row_of(page, THANKS), OWN)
    cell.value = words
    # As a program for sheets does in a cell that is set to text, or behind an apostrophe.
    cell.data_type = "s"
    file = BytesIO()
    book.save(file)
    found = compared(read(file.getvalue()))
    assert found.not_taken == ()
    assert translations(after(found))[THANKS] == [words]


def test_the_forms_of_one_plural_are_taken_together_or_not_at_all() -> None:
    cells: dict[tuple[str, int], object] = {
        (PEOPLE[1], 0): "{n} ludzie",
        (PEOPLE[1], 1): "{m} ludzi",
        (THANKS, 0): "Dzięki",
    }
    found = compared(sheet(cells))
    assert [change.row.key for change in found.changes] == [THANKS]
    assert [(row.english, row.why) for row in found.not_taken] == [(PEOPLE[1], "has {m}, which nobody fills in.")] * 2
    assert translations(after(found))[PEOPLE[0]] == ["{n} osoba", "{n} osoby", "{n} osób"]


@pytest.mark.parametrize(("second", "taken"), [("Dzięki", True), ("Dziękuję", False), (None, False)])
def test_a_row_that_was_copied_is_taken_only_if_both_say_the_same(second: str | None, taken: bool) -> None:
    book = load_workbook(BytesIO(BLANK))
    page = book["Texts"]
    assert isinstance(page, Worksheet)
    row = row_of(page, THANKS)
    page.cell(row, OWN).value = "Dzięki"
    page.append([page.cell(row, 1).value, page.cell(row, 2).value, second])
    file = BytesIO()
    book.save(file)
    found = compared(read(file.getvalue()))
    assert [change.after for change in found.changes] == (["Dzięki"] if taken else [])
    assert [each.english for each in found.not_taken].count(THANKS) == (0 if taken else 2 if second else 1)


LETTERS = st.sampled_from(
    string.ascii_letters + "ąćęłńóśźż" + "سلام" + "ধন্যবাদ" + "您好" + " ,.!?'\"=+-@#\\%\u200f\u200d\u00a0"
)
WORDS = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(lambda words: " ".join(words.split(" ")))
    .map(tidy)
    .filter(lambda words: bool(words) and "  " not in words and not words.startswith(("=", "#")))
)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        (HELLO, 0): WORDS.map(lambda words: f"{words}{{name}}"),
        (THANKS, 0): WORDS,
        (BUTTON, 0): WORDS,
        (PEOPLE[0], 0): WORDS.map(lambda words: f"{{n}}{words}"),
        (PEOPLE[1], 0): WORDS,
        (PEOPLE[1], 1): WORDS.map(lambda words: f"{words} {{n}}"),
    },
)


@settings(max_examples=50, deadline=None)
@given(edits=EDITS)
def test_whatever_is_corrected_without_a_fault_arrives_and_nothing_else_changes(
    edits: dict[tuple[str, int], str],
) -> None:
    found = compared(sheet(edits))
    assert found.not_taken == ()
    wanted = translations(read_po(BytesIO(START), locale="pl"))
    for (english, form), words in edits.items():
        if english in PEOPLE:
            wanted[PEOPLE[0]][form + PEOPLE.index(english)] = words
        else:
            wanted[english] = [words]
    made = after(found)
    assert translations(made) == wanted
    assert faults(made, TEXTS, language="pl", on_buttons=ON_BUTTONS) == []
    again = compare(sheet(edits), made, language="pl", on_buttons=ON_BUTTONS)
    assert (again.changes, again.not_taken) == ((), ()), "a second import has nothing left to do"


@settings(max_examples=50, deadline=None)
@given(
    cells=st.dictionaries(st.sampled_from([(HELLO, 0), (THANKS, 0), (BUTTON, 0), (PEOPLE[1], 1)]), st.text(max_size=80))
)
def test_whatever_stands_in_the_cells_the_catalogue_stays_without_a_fault(cells: dict[tuple[str, int], str]) -> None:
    book = load_workbook(BytesIO(BLANK))
    page = book["Texts"]
    assert isinstance(page, Worksheet)
    numbers = {}
    for (english, form), words in cells.items():
        numbers[row_of(page, english, form=form)] = words
    lines = tuple(
        # Straight into what was read: a program for sheets cannot write every one of these.
        line
        if line.number not in numbers
        else type(line)(
            number=line.number,
            id=line.id,
            was=line.was,
            shown=line.shown,
            translation=numbers[line.number],
            kind="text" if numbers[line.number].strip() else "empty",
        )
        for line in read(BLANK).lines
    )
    found = compared(Sheet(language="pl", declared="", lines=lines))
    assert faults(after(found), TEXTS, language="pl", on_buttons=ON_BUTTONS) == []
