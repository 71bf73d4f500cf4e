"""Files that are no review sheet, or were made to do harm: a sentence, soon, and nothing else."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.reviewing.commands import export, take_back
from bot.reviewing.reading import LARGEST, read
from bot.reviewing.sheet import SheetFault

if TYPE_CHECKING:
    from tests.bot.reviewing.conftest import Office

NO_SHEET, NOT_OURS, TOO_LARGE = "is no Excel file", "is no review sheet of Equal Voice", "far too large"


def repacked(file: Path, part: str, old: str, new: str) -> bytes:
    """A sheet with one of its parts changed by hand."""
    made = BytesIO()
    with ZipFile(file) as parts, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for each in parts.namelist():
            content = parts.read(each)
            if each == part:
                assert old in content.decode()
                content = content.decode().replace(old, new, 1).encode()
            target.writestr(each, content)
    return made.getvalue()


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def page_of(file: Path) -> tuple[Workbook, Worksheet]:
    book = load_workbook(file)
    page = book["Texts"]
    assert isinstance(page, Worksheet)
    return book, page


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"English,Polski\nThank you,Dzi\xc4\x99kujemy\n",
        b'msgid "Thank you"\nmsgstr ""\n',
        b"PK\x03\x04 and no more",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
    ids=["empty", "CSV", "a catalogue", "cut off", "an old Excel file"],
)
def test_another_kind_of_file_is_refused(content: bytes) -> None:
    with pytest.raises(SheetFault, match=NO_SHEET):
        read(content)


def test_a_zip_of_something_else_and_a_broken_sheet_are_refused(office: Office) -> None:
    made = BytesIO()
    with ZipFile(made, "w") as target:
        target.writestr("content.xml", "<office/>")
    for content in (
        made.getvalue(),
        repacked(office.export(), "xl/worksheets/sheet2.xml", "<sheetData>", "<sheetData"),
        repacked(office.export(), "xl/workbook.xml", "<sheets>", "<sheats>"),
        office.export().read_bytes()[:-2000],
    ):
        with pytest.raises(SheetFault):
            read(content)


def test_another_workbook_is_refused(office: Office) -> None:
    with pytest.raises(SheetFault, match=NOT_OURS):
        read(saved(Workbook()))
    for name, cell, value in (
        ("Texts", "A1", None),
        ("Texts", "A1", "equal-voice review sheet 2 pl"),
        ("Words", "B1", "English"),
    ):
        book, page = page_of(office.export())
        page.title = name
        page[cell].value = value
        with pytest.raises(SheetFault, match=NOT_OURS):
            read(saved(book))


def test_a_sheet_whose_columns_moved_is_refused(office: Office) -> None:
    for column in (1, 2, 3):
        book, page = page_of(office.export())
        page.insert_cols(column)
        with pytest.raises(SheetFault, match=NOT_OURS if column == 1 else "columns of this sheet have moved"):
            read(saved(book))
    book, page = page_of(office.export())
    page.delete_cols(3)
    with pytest.raises(SheetFault, match="columns of this sheet have moved"):
        read(saved(book))


def test_a_sheet_whose_first_page_is_gone_declares_nothing_and_is_read(office: Office) -> None:
    book, _ = page_of(office.export())
    del book["Read me"]
    sheet = read(saved(book))
    assert sheet.declared == ""
    assert len(sheet.lines) > 700


def test_a_file_that_is_too_large_packed_or_unpacked_is_refused() -> None:
    with pytest.raises(SheetFault, match=TOO_LARGE):
        read(bytes(LARGEST + 1))
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", bytes(40 * 1024 * 1024))
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(SheetFault, match=TOO_LARGE):
        read(bomb.getvalue())
    many = BytesIO()
    with ZipFile(many, "w") as target:
        for number in range(600):
            target.writestr(f"xl/{number}.xml", b"")
    with pytest.raises(SheetFault, match=TOO_LARGE):
        read(many.getvalue())


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        # Not even one that declares nothing: which reader of XML stands behind the library differs by machine.
        "<!DOCTYPE sst>",
    ],
)
def test_words_that_grow_while_they_are_read_are_refused(office: Office, declaration: str) -> None:
    content = repacked(office.export(), "xl/sharedStrings.xml", "<sst", f"{declaration}\n<sst")
    with pytest.raises(SheetFault, match=NO_SHEET):
        read(content)


def test_sizes_that_a_sheet_gives_of_itself_are_not_believed(office: Office) -> None:
    file = office.export()
    content = file.read_bytes()
    for new in ('<dimension ref="A1:XFD1048576"/>', '<dimension ref="A1"/>'):
        part = ZipFile(BytesIO(content)).read("xl/worksheets/sheet2.xml").decode()
        (old,) = re.findall("<dimension [^>]*/>", part)
        assert read(repacked(file, "xl/worksheets/sheet2.xml", old, new)) == read(content)
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    assert read(repacked(file, "xl/worksheets/sheet2.xml", "</sheetData>", far)) == read(content)


def test_part_of_a_cell_may_be_bold(office: Office) -> None:
    file = office.export()
    new = "<si><r><t>Proszę </t></r><r><rPr><b/></rPr><t>wpisać kod</t></r></si>"
    content = repacked(file, "xl/sharedStrings.xml", "<si><t>Wpisz swój kod ankiety.</t></si>", new)
    assert "Proszę wpisać kod" in [line.translation for line in read(content).lines]


def test_a_file_that_is_not_there_or_is_a_folder(office: Office, tmp_path: Path) -> None:
    with pytest.raises(SheetFault, match="There is no file"):
        office.take_back(tmp_path / "no.xlsx")
    with pytest.raises(SheetFault, match="cannot be read"):
        office.take_back(tmp_path)


def test_an_export_never_writes_over_a_file_and_says_where_it_cannot_write(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office.export()
    file.write_bytes(b"somebody's corrections")
    with pytest.raises(SheetFault, match="is there already"):
        export(office.desk, "pl", file, tell=print)
    assert file.read_bytes() == b"somebody's corrections"
    with pytest.raises(SheetFault, match="cannot be written"):
        export(office.desk, "pl", tmp_path / "no" / "pl.xlsx", tell=print)
    with pytest.raises(SheetFault, match=r"does not end in \.xlsx"):
        export(office.desk, "pl", tmp_path / "pl.ods", tell=print)
    monkeypatch.chdir(tmp_path)
    assert export(office.desk, "pl", None, tell=office.told.append) == 0
    assert (tmp_path / "equal-voice-pl.xlsx").is_file()


@pytest.mark.parametrize(("code", "told"), [("en", "no translation"), ("tlh", "no language"), ("../pl", "no language")])
def test_only_a_language_that_is_translated_has_sheets(office: Office, code: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SheetFault, match=told):
        export(office.desk, code, tmp_path / "x.xlsx", tell=print)
    with pytest.raises(SheetFault, match=told):
        take_back(office.desk, code, office.export(), tell=print, say=None)
