"""The command that takes a sheet back: it shows, asks, writes as `make strings` does, and loses nothing."""

from __future__ import annotations

import errno
import os
import random
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from openpyxl.worksheet.worksheet import Worksheet

from bot.languages import ENGLISH, listed
from bot.reviewing.commands import NOT_ALL
from bot.reviewing.sheet import SheetFault
from bot.strings import refreshed, template
from reviewer import OWN, declares, edit, lines, row_of, writes

if TYPE_CHECKING:
    from tests.bot.reviewing.conftest import Office

CODE = "Type your session code."
KEPT = "What you have answered so far is kept."
BETTER = "Proszę wpisać kod „sesji”."


def said(office: Office, english: str, language: str = "pl") -> object:
    message = read_po(BytesIO(office.catalogue(language).read_bytes()), locale=language).get(english)
    assert message is not None
    return message.string


@pytest.mark.parametrize("code", [code for code in listed() if code != ENGLISH])
def test_a_sheet_that_nobody_wrote_into_changes_nothing(office: Office, code: str) -> None:
    before = office.catalogue(code).read_bytes()
    assert office.take_back(office.export(code), code) == 0
    assert office.catalogue(code).read_bytes() == before
    assert office.told[0].startswith("Nothing to write")


@pytest.mark.parametrize("code", ["pl", "ar", "zh"])
def test_a_correction_is_shown_and_written_as_make_strings_writes_it(office: Office, code: str) -> None:
    file, before = office.export(code), said(office, CODE, code)
    others = office.catalogue(code).read_text("utf-8").replace(str(before), BETTER)
    edit(file, writes(CODE, f" {BETTER}\n"))
    office.catalogue(code).chmod(0o640)
    assert office.take_back(file, code) == 0
    assert [line for line in office.told if not line.startswith("Row ")][:3] == [
        f"  - {before}",
        f"  + {BETTER}",
        "Written: 1 change. A program that runs shows it after its next start.",
    ]
    assert office.catalogue(code).read_text("utf-8") == others
    content = office.catalogue(code).read_bytes()
    assert refreshed(content, office.desk.texts, language=code) == content
    assert office.catalogue(code).stat().st_mode & 0o777 == 0o640
    assert [each.name for each in office.catalogue(code).parent.iterdir()] == ["messages.po"]


def test_one_form_of_a_plural_is_corrected_and_the_others_stay(office: Office) -> None:
    english = "{n} people have joined."
    before = said(office, "{n} person has joined.")
    assert isinstance(before, tuple)
    file = office.export()
    edit(file, writes(english, "Dołączyło {n} osób teraz.", form=1))
    assert office.take_back(file) == 0
    assert said(office, "{n} person has joined.") == (*before[:2], "Dołączyło {n} osób teraz.")


@pytest.mark.parametrize(
    ("answer", "written"), [("y", True), ("Yes ", True), ("", False), ("n", False), ("yep", False)]
)
def test_nothing_is_written_without_a_yes(office: Office, answer: str, written: bool) -> None:
    file, before = office.export(), office.catalogue().read_bytes()
    edit(file, writes(CODE, BETTER))
    asked: list[str] = []

    def say(question: str) -> str:
        asked.append(question)
        assert any(BETTER in line for line in office.told), "what changes is shown first"
        return answer

    assert office.take_back(file, say=say) == 0
    assert asked == [f"Write 1 change into {office.catalogue()}? [y/N] "]
    assert (office.catalogue().read_bytes() != before) is written
    assert ("Nothing was written." in office.told) is not written


def test_where_nobody_can_answer_nothing_is_written(office: Office) -> None:
    file, before = office.export(), office.catalogue().read_bytes()
    edit(file, writes(CODE, BETTER))

    def silence(question: str) -> str:
        raise EOFError

    with pytest.raises(SheetFault, match="add --yes"):
        office.take_back(file, say=silence)
    assert office.catalogue().read_bytes() == before


def test_what_is_faulty_is_named_and_the_rest_is_taken_and_the_mended_sheet_brings_the_rest(office: Office) -> None:
    file, before = office.export(), said(office, "I need help")
    edit(file, writes(CODE, BETTER))
    edit(file, writes("I need help", "Potrzebuję pomocy " * 3))
    assert office.take_back(file) == NOT_ALL
    assert said(office, CODE) == BETTER
    assert said(office, "I need help") == before
    (named,) = [line for line in office.told if "too long for a button" in line]
    row = next(line for line in office.told if line.startswith("  Row ")).split()[1]
    assert named.startswith(f"  Row {row} “I need help” is too long for a button of a small telephone: take about ")
    edit(file, writes("I need help", "Pomóżcie mi"))
    assert office.take_back(file) == 0
    (row,) = [line for line in office.told if line.startswith("Row ")]
    assert row.endswith("“I need help”")
    assert said(office, "I need help") == "Pomóżcie mi"


def test_an_emptied_cell_and_a_deleted_row_leave_what_was_there(office: Office) -> None:
    file, before = office.export(), office.catalogue().read_bytes()

    def pen(page: Worksheet) -> None:
        page.cell(row_of(page, CODE), OWN).value = None
        page.delete_rows(row_of(page, KEPT))

    edit(file, pen)
    assert office.take_back(file) == 0
    assert office.catalogue().read_bytes() == before
    assert "Empty now: 1 cell. What was translated there stays." in office.told
    assert "Not in the sheet: 1 row. What is translated there stays." in office.told


def test_a_sheet_may_be_sorted_as_a_whole(office: Office) -> None:
    file = office.export()
    edit(file, writes(CODE, BETTER))

    def pen(page: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        random.Random(4).shuffle(rows)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                page.cell(number, column).value = value

    edit(file, pen)
    assert office.take_back(file) == 0
    assert "Written: 1 change. A program that runs shows it after its next start." in office.told
    assert said(office, CODE) == BETTER


def test_a_sheet_that_was_sorted_in_part_is_refused(office: Office) -> None:
    file, before = office.export(), office.catalogue().read_bytes()

    def pen(page: Worksheet) -> None:
        one, other = row_of(page, CODE), row_of(page, KEPT)
        for column in (2, 3):
            first, second = page.cell(one, column), page.cell(other, column)
            first.value, second.value = second.value, first.value

    edit(file, pen)
    with pytest.raises(SheetFault, match="rows were moved or sorted in part"):
        office.take_back(file)
    assert office.catalogue().read_bytes() == before


def test_english_that_was_reworded_in_the_sheet_does_no_harm(office: Office) -> None:
    file = office.export()

    def pen(page: Worksheet) -> None:
        row = row_of(page, CODE)
        page.cell(row, 2).value = "Better English, they thought."
        page.cell(row, OWN).value = BETTER

    edit(file, pen)
    assert office.take_back(file) == 0
    assert said(office, CODE) == BETTER


def test_two_reviewers_do_not_undo_each_other(office: Office) -> None:
    one, other = office.export(), office.export()
    edit(one, writes(CODE, BETTER))
    edit(other, writes(KEPT, "Zapisano."))
    assert (office.take_back(one), office.take_back(other)) == (0, 0)
    assert (said(office, CODE), said(office, KEPT)) == (BETTER, "Zapisano.")
    edit(other, writes(CODE, "Wpisz kod!"))
    assert office.take_back(other) == NOT_ALL
    assert said(office, CODE) == BETTER
    assert any("was corrected elsewhere since this sheet was made." in line for line in office.told)


def test_a_text_that_changed_in_english_since_is_named_and_not_taken(office: Office) -> None:
    file = office.export()
    texts = template()
    texts.delete(CODE)
    office = replace(office, desk=replace(office.desk, texts=texts))
    before = office.catalogue().read_bytes()
    assert office.take_back(file) == 0, "a row that nobody touched needs no word"
    edit(file, writes(CODE, BETTER))
    assert office.take_back(file) == NOT_ALL
    assert any(f"“{CODE}” has changed in English since this sheet was made." in line for line in office.told)
    assert office.catalogue().read_bytes() == before


def test_a_sheet_without_a_catalogue_to_take_it_to(office: Office) -> None:
    file = office.export()
    office.catalogue().unlink()
    with pytest.raises(SheetFault, match="is not there yet"):
        office.take_back(file)
    office.catalogue().write_text('msgid "Hello"\n<<<<<<< ours\nmsgstr "Witamy"\n', "utf-8")
    with pytest.raises(SheetFault, match="cannot be read"):
        office.take_back(file)
    office.catalogue().write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SheetFault, match="cannot be read"):
        office.take_back(file)


@pytest.mark.parametrize("where", ["before", "while"])
def test_a_catalogue_that_cannot_be_written_stays_whole(
    office: Office, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = office.export(), office.catalogue().read_bytes()
    edit(file, writes(CODE, BETTER))

    def fails(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    # Whoever runs the tests may be allowed everything.
    monkeypatch.setattr(*((tempfile, "mkstemp", fails) if where == "before" else (Path, "replace", fails)))
    with pytest.raises(SheetFault, match=r"cannot be written \(Permission denied\), and is as it was"):
        office.take_back(file)
    assert office.catalogue().read_bytes() == before
    assert [each.name for each in office.catalogue().parent.iterdir()] == ["messages.po"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("yes", 'put "reviewed": true for pl into locales/locales.json'),
        ("Tak", "they wrote “Tak”"),
        ("", "does not say that somebody has read every text"),
        (" No", "does not say that somebody has read every text"),
        ("x" * 400, "x…”"),
    ],
)
def test_a_reviewer_says_that_they_have_read_everything_and_a_person_decides(
    office: Office, words: str, told: str
) -> None:
    file = office.export()
    declares(file, words)
    lists = (office.desk.folder / "locales.json").read_bytes()
    assert office.take_back(file) == 0
    assert told in office.told[-1]
    assert (office.desk.folder / "locales.json").read_bytes() == lists


def test_a_language_is_not_called_reviewed_while_something_was_left_out(office: Office) -> None:
    file = office.export()
    declares(file, "yes")
    edit(file, writes(CODE, "Kod {codes}"))
    assert office.take_back(file) == NOT_ALL
    assert "before you call the language reviewed" in office.told[-1]
    assert "locales.json" not in office.told[-1]


def test_the_sheet_of_another_language_is_refused(office: Office) -> None:
    file = office.export("ro")
    with pytest.raises(SheetFault, match="a sheet for ro, and not for pl"):
        office.take_back(file)


def test_a_text_nobody_was_sure_of_is_sure_when_a_reviewer_writes_it(office: Office) -> None:
    content = office.catalogue().read_text("utf-8")
    office.catalogue().write_text(content.replace(f'msgid "{CODE}"', f'#, fuzzy\nmsgid "{CODE}"'), "utf-8")
    file = office.export()
    edit(file, writes(CODE, BETTER))
    assert office.take_back(file) == 0
    assert "#, fuzzy" not in office.catalogue().read_text("utf-8")
    assert said(office, CODE) == BETTER


def test_a_new_language_is_covered_by_being_there(office: Office) -> None:
    """Sylheti, which Babel does not know, with nothing translated yet."""
    lists = office.desk.folder / "locales.json"
    line = '"syl": {"name": "Siloti", "direction": "ltr", "script": "Latn", "reviewed": false},\n    "cy"'
    lists.write_text(lists.read_text("utf-8").replace('"cy"', line, 1), "utf-8")
    office.catalogue("syl").parent.mkdir(parents=True)
    header = '"Language: syl\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    office.catalogue("syl").write_text(f'msgid ""\nmsgstr ""\n{header}', "utf-8")
    assert " 0 of " in office.overview()["syl"]
    file = office.export("syl")

    def pen(page: Worksheet) -> None:
        for row, english, translation in lines(page):
            assert translation == ""
            page.cell(row, OWN).value = english

    edit(file, pen)
    assert office.take_back(file, "syl") == 0, office.told[-20:]
    assert " 100 % " in office.overview()["syl"]
    assert office.overview()["syl"].split()[-2:] == ["0", "Siloti"]
