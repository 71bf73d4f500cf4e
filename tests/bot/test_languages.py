"""What a phone or browser asks for decides what is offered first, and only that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.charts.fonts import FOLDER
from bot.languages import ENGLISH, FONTS, LOCALES, in_order, listed, wanted

ALL = listed()


@pytest.mark.parametrize(
    ("hint", "found"),
    [
        ("", ()),
        ("pl", ("pl",)),
        ("PL-pl", ("pl",)),
        ("pt_BR", ("pt",)),
        ("ur-PK,en-GB;q=0.8,pa-IN;q=0.5", ("ur", "en", "pa")),
        ("pl, pl-PL;q=0.9", ("pl",)),
        ("tlh, *, ;q=1, -, _", ()),
        ("zh-CN", ("zh",)),
        ("zh-Hant-HK", ("zh",)),
        ("zh-TW", ("zh",)),
        ("pa", ("pa",)),
        ("pa-IN", ("pa",)),
        ("pa-Arab", ()),
        ("pa-PK, ur;q=0.5", ("ur",)),
        ("pa-GB", ("pa",)),
    ],
)
def test_a_tag_asks_for_a_language_that_its_speaker_can_read(hint: str, found: tuple[str, ...]) -> None:
    assert wanted(hint, ALL) == found


def test_a_language_that_is_not_on_offer_is_not_wanted() -> None:
    assert wanted("pl, cy", {"cy": ALL["cy"]}) == ("cy",)


def test_what_is_wanted_comes_first_then_english_then_the_order_of_the_list() -> None:
    codes = [language.code for language in in_order(ALL.values(), ("ur", "pl"))]
    assert codes[:3] == ["ur", "pl", ENGLISH]
    assert codes[3:] == [code for code in ALL if code not in {"ur", "pl", ENGLISH}]


def test_english_stays_where_it_is_wanted() -> None:
    assert [language.code for language in in_order(ALL.values(), ("en", "pl"))][:2] == ["en", "pl"]


def test_every_language_has_a_catalogue_or_is_english_and_every_catalogue_is_listed() -> None:
    assert {file.parent.parent.name for file in LOCALES.glob("*/LC_MESSAGES/messages.po")} | {ENGLISH} == ALL.keys()


@pytest.mark.parametrize("language", ALL.values(), ids=ALL.keys())
def test_every_language_has_a_font_for_its_script(language: object) -> None:
    script = ALL[getattr(language, "code", "")].script
    assert (FOLDER / f"{FONTS[script]}-Regular.ttf").exists()


def test_a_browser_is_told_the_script_where_a_language_has_several() -> None:
    assert ALL["zh"].tag == "zh-Hans"
    assert ALL["pl"].tag == "pl"


def test_no_language_passes_for_reviewed_but_the_one_that_it_is_written_in(tmp_path: Path) -> None:
    lines = json.loads((LOCALES / "locales.json").read_text("utf-8"))["languages"]
    assert [code for code, line in lines.items() if line["reviewed"]] == [ENGLISH]
