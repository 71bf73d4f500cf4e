"""What a phone or browser asks for decides what is offered first, and only that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.announcements import about_languages
from bot.charts.fonts import FOLDER
from bot.languages import ENGLISH, FONTS, LOCALES, NotSpoken, chosen, in_order, listed, wanted

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
        ("pa-Latn-GB", ()),
        ("ur-Latn, ar", ("ar",)),
        ("en;q=0, ar;q=0.4", ("ar",)),
        ("pl; q = 0.0, cy", ("cy",)),
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


@pytest.mark.parametrize("code", [code for code in ALL if code != ENGLISH])
def test_a_language_passes_for_reviewed_only_if_its_glossary_says_so_too(code: str) -> None:
    head = (LOCALES / code / "glossary.md").read_text("utf-8").splitlines()[0]
    assert ("No speaker has reviewed" in head or "no speaker has reviewed" in head) is not ALL[code].reviewed


SOME_REVIEWED = {code: replace(language, reviewed=code in {ENGLISH, "ur"}) for code, language in ALL.items()}


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        (None, tuple(ALL)),
        (("pl",), ("en", "pl")),
        (("ur", "cy"), ("cy", "en", "ur")),
        (("reviewed",), ("en", "ur")),
        (("reviewed", "pl"), ("en", "pl", "ur")),
        (("en",), ("en",)),
    ],
)
def test_an_operator_offers_all_languages_or_some_or_the_reviewed_ones_and_always_english(
    asked: tuple[str, ...] | None, offered: tuple[str, ...]
) -> None:
    assert chosen(asked, SOME_REVIEWED) == offered


def test_while_no_speaker_has_reviewed_any_language_only_english_is_reviewed() -> None:
    assert chosen(("reviewed",), {code: replace(each, reviewed=code == ENGLISH) for code, each in ALL.items()}) == (
        ENGLISH,
    )


def test_a_language_that_is_not_spoken_is_told_with_those_that_are() -> None:
    with pytest.raises(NotSpoken, match=r"^LANGUAGES names tlh, zh-Hans, which .* it speaks cy, en, "):
        chosen(("tlh", "reviewed", "zh-Hans", "pl"), ALL)


def test_the_operator_is_told_once_which_languages_on_offer_nobody_has_reviewed() -> None:
    (line,) = about_languages(tuple(SOME_REVIEWED[code] for code in ("en", "ur", "pl", "ar")))
    assert line.startswith("no speaker has reviewed these languages yet: pl, ar. LANGUAGES=reviewed ")
    assert about_languages(tuple(SOME_REVIEWED[code] for code in ("en", "ur"))) == []
