"""What a reviewer is given: every text beside its English, in an order that makes sense, open only where they write."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from openpyxl import load_workbook

from bot.languages import ENGLISH, LOCALES, catalogue_file, listed
from bot.reviewing.commands import Desk
from bot.reviewing.reading import read
from bot.reviewing.texts import HEADINGS, OTHERS, Row, rows
from bot.reviewing.writing import how_to, write
from bot.strings import ROOT, forms, key, messages

LANGUAGES = {code: language for code, language in listed().items() if code != ENGLISH}
languages = pytest.mark.parametrize("code", LANGUAGES)


@cache
def catalogue_of(code: str) -> Catalog:
    return read_po(BytesIO(catalogue_file(LOCALES, code).read_bytes()), locale=code)


def rows_of(code: str, desk: Desk) -> tuple[Row, ...]:
    return rows(catalogue_of(code), language=code, on_buttons=desk.on_buttons)


def page_of(code: str, desk: Desk) -> Any:
    return load_workbook(BytesIO(write(rows_of(code, desk), LANGUAGES[code])))["Texts"]


@languages
def test_a_sheet_holds_every_form_of_every_text_beside_its_english(code: str, laid: Desk) -> None:
    every = list(messages(catalogue_of(code)))
    by_english = {words: key(each) for each in every for words in ([each.id] if isinstance(each.id, str) else each.id)}
    cells = [row for row in page_of(code, laid).iter_rows(min_row=2) if row[0].value]
    assert all(cell.data_type == "s" and cell.hyperlink is None for row in cells for cell in row)
    found = [(by_english[english.value.split("\n")[0]], own.value) for _, english, own in cells]
    assert sorted(found) == sorted((key(each), said) for each in every for said in forms(each))
    assert len({id_.value for id_, _, _ in cells}) == len(cells)


@languages
def test_only_the_own_language_is_open_and_it_runs_in_its_own_direction(code: str, laid: Desk) -> None:
    page = page_of(code, laid)
    mirrored = LANGUAGES[code].direction == "rtl"
    assert bool(page.sheet_view.rightToLeft) is mirrored
    assert page.protection.sheet
    assert page.protection.password is None
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].hidden
    assert not page.column_dimensions["B"].hidden
    assert page["C1"].value == f"{LANGUAGES[code].name} ({code})"
    for id_, english, own in page.iter_rows(min_row=1):
        is_text = id_.row > 1 and id_.value is not None
        assert [cell.protection.locked for cell in (id_, english, own)] == [True, True, not is_text]
        if is_text:
            assert english.alignment.wrap_text
            assert own.alignment.wrap_text
            assert own.number_format == "@"
            assert (english.alignment.readingOrder, own.alignment.readingOrder) == (1, 2 if mirrored else 1)


def test_only_arabic_and_urdu_are_mirrored(laid: Desk) -> None:
    assert [code for code in LANGUAGES if page_of(code, laid).sheet_view.rightToLeft] == ["ar", "ur"]


def test_texts_stand_under_headings_in_the_order_in_which_people_meet_them(laid: Desk) -> None:
    page = page_of("pl", laid)
    headings = [row[1].value for row in page.iter_rows(min_row=2) if not row[0].value]
    assert headings == list(HEADINGS.values())
    assert [heading for heading, _ in groupby(row.heading for row in rows_of("pl", laid))] == headings
    assert [file for file in HEADINGS if not (ROOT / file).is_file()] == []
    question = "This service shapes its work around what matters to each person."
    (row,) = [row for row in rows_of("pl", laid) if row.english == question]
    assert row.heading == "The questions, and what their words mean"


def test_a_file_of_texts_that_is_new_stands_under_a_heading_of_its_own_at_the_end() -> None:
    catalogue = Catalog(locale="pl")
    catalogue.add("Later", "Później", locations=[("bot/texts/songs.py", 1)])
    catalogue.add("Hello", "Witamy", locations=[("bot/texts/songs.py", 1), ("bot/texts/participant.py", 1)])
    made = rows(catalogue, language="pl", on_buttons=())
    assert [(row.english, row.heading) for row in made] == [
        ("Hello", HEADINGS["bot/texts/participant.py"]),
        ("Later", OTHERS),
    ]


@pytest.mark.parametrize(
    ("code", "english", "remarks"),
    [
        (
            "pl",
            ["{n} person", "{n} people", "{n} people"],
            [
                "For the number 1.",
                "For the numbers 2, 3, 4, 22, 23, 24 and so on.",
                "For the numbers 0, 5, 6, 7, 8, 9 and so on.",
            ],
        ),
        (
            "fr",
            ["{n} person", "{n} people"],
            ["For the numbers 0, 1.", "For the numbers 2, 3, 4, 5, 6, 7 and so on."],
        ),
        ("zh", ["{n} person"], ["For the numbers 0, 1, 2, 3, 4, 5 and so on."]),
        (
            "ar",
            ["{n} people", "{n} person", *["{n} people"] * 4],
            [
                "For the number 0.",
                "For the number 1.",
                "For the number 2.",
                "For the numbers 3, 4, 5, 6, 7, 8 and so on.",
                "For the numbers 100, 101, 102, 200, 201, 202 and so on.",
                "For the numbers 11, 12, 13, 14, 15, 16 and so on.",
            ],
        ),
    ],
)
def test_each_form_says_for_which_numbers_it_stands(code: str, english: list[str], remarks: list[str]) -> None:
    catalogue = Catalog(locale=code)
    catalogue.add(("{n} person", "{n} people"))
    made = rows(catalogue, language=code, on_buttons=())
    assert [row.english for row in made] == english
    assert [row.remarks for row in made] == [(remark,) for remark in remarks]
    assert [row.translation for row in made] == [""] * len(english)


def test_a_row_says_where_a_text_stands_and_how_long_it_may_be() -> None:
    catalogue = Catalog(locale="pl")
    said = ["Translators: at most 20 characters. People see it", "first.", "Translators: help, who it is for"]
    catalogue.add("Hello", "Witamy", auto_comments=said, flags=["fuzzy"])
    (row,) = rows(catalogue, language="pl", on_buttons={"Hello"})
    assert row.shown.split("\n") == [
        "Hello",
        "A button of a small telephone: about 30 characters at most, in Chinese about 17.",
        "At most 20 characters. People see it first.",
        "Help, who it is for.",
        "Nobody is sure of this translation yet: people see it in English.",
    ]


def test_the_mark_of_a_row_depends_on_its_text_its_form_and_its_language_only() -> None:
    def marks(code: str, *, first: bool) -> dict[str, list[str]]:
        catalogue = Catalog(locale=code)
        if first:
            catalogue.add("Before", "x", locations=[("bot/texts/web.py", 1)])
        catalogue.add("Hello", "y" if first else "z", auto_comments=["Translators: x"] if first else [])
        catalogue.add(("{n} person", "{n} people"))
        found: dict[str, list[str]] = {}
        for row in rows(catalogue, language=code, on_buttons={"Hello"} if first else ()):
            found.setdefault(row.key, []).append(row.id)
        return found

    one, other, third = marks("pl", first=True), marks("pl", first=False), marks("ro", first=False)
    assert (one["Hello"], one["{n} person"]) == (other["Hello"], other["{n} person"])
    assert len(set(one["{n} person"])) == 3
    assert not {id_ for ids in other.values() for id_ in ids} & {id_ for ids in third.values() for id_ in ids}


@pytest.mark.parametrize("words", ["=1+1", "+44 1632", "-", "@SUM(A1)", "https://example.org", "0123", "TRUE"])
def test_whatever_a_text_begins_with_it_stays_a_text(words: str) -> None:
    catalogue = Catalog(locale="pl")
    catalogue.add(words, words)
    catalogue.add(f"{words} with a remark", words, auto_comments=[f"Translators: {words}"])
    content = write(rows(catalogue, language="pl", on_buttons=()), LANGUAGES["pl"])
    page = load_workbook(BytesIO(content))["Texts"]
    for row in (3, 4):
        for cell in (page.cell(row, 2), page.cell(row, 3)):
            assert cell.data_type == "s"
            assert cell.hyperlink is None
        assert page.cell(row, 3).value == words
    assert [line.translation for line in read(content).lines] == [words, words]


@languages
def test_the_first_page_says_how_in_plain_words_and_has_one_open_cell(code: str, laid: Desk) -> None:
    steps = how_to(LANGUAGES[code])
    sentences = [words for step in steps for words in re.split(r"(?<=[.?:]) ", step)]
    assert max(len(sentence.split()) for sentence in sentences) <= 20
    told = " ".join(steps)
    assert LANGUAGES[code].name in steps[0]
    for word in ("lost a baby", "{name}", "Not sure?", "Your name is not needed"):
        assert word in told
    page = load_workbook(BytesIO(write(rows_of(code, laid)[:1], LANGUAGES[code])))["Read me"]
    assert [cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked] == ["B14"]
    assert "read every text" in page["A14"].value
    assert page.protection.sheet
