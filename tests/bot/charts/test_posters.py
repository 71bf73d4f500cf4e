"""Posters in the languages that are really offered: one of them, or two on one page. A new language is covered too."""

from __future__ import annotations

import pytest

from bot.charts import render
from bot.charts.jobs import Poster
from bot.charts.sheet import Sheet
from bot.wording import Wording, Wordings
from conversations.says import Say, Verbatim, text
from tests.bot.charts.conftest import check

WORDINGS = Wordings()
LANGUAGES = tuple(WORDINGS.languages)
A4 = (1240, 1754)
SMALLEST_MODULE = 10
"""A module of the square in pixels: printed on A4 it is 1.7 mm wide, which a phone reads from across a table."""
LINK = "https://equal-voice.longer-name.example.org/c/K7QM3WXP"
ORDINARY: tuple[str, Say] = ("Anytown University Hospitals NHS Trust", text("group.users"))
LONG: tuple[str, Say] = (
    "Bwrdd Iechyd Prifysgol Betsi Cadwaladr: Gwasanaethau Mamolaeth a Newyddenedigol y Gogledd, Ysbyty Gwynedd, Bangor",
    Verbatim("Mothers and fathers of babies who were in the neonatal unit, with their families"),
)


def laid_out(*languages: str, named: tuple[str, Say], practice: bool = False) -> Sheet:
    upper, *lower = (WORDINGS.speak(code) for code in languages)
    organisation, group = named
    return render.lay_out(
        Poster(
            organisation=organisation,
            group=group,
            code="K7QM-3WXP",
            link=LINK,
            practice=practice,
            wording=upper,
            second=lower[0] if lower else None,
        )
    )


def check_page(sheet: Sheet) -> None:
    """Everything lies on a page of A4, and nothing meets anything else."""
    check(sheet)
    assert (sheet.width, sheet.height) == A4


def squashed(words: str) -> str:
    return "".join(char for char in words if not char.isspace() and char not in "\u2068\u2069\u200e\u200f")


def said(wording: Wording, group: Say) -> list[str]:
    """Everything that a poster says in one language."""
    names = ("title", "how", "code", "promise")
    return [
        wording.say(text("chart.poster.group", group=group)),
        *(wording.say(text(f"chart.poster.{name}")) for name in names),
    ]


@pytest.mark.parametrize("named", [ORDINARY, LONG], ids=["ordinary", "long"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_fits_a4_in_every_language(language: str, named: tuple[str, Say]) -> None:
    for practice in (False, True):
        sheet = laid_out(language, named=named, practice=practice)
        check_page(sheet)


@pytest.mark.parametrize("upper", LANGUAGES)
def test_any_two_languages_fit_a4_with_long_names_and_a_square_that_a_phone_reads(upper: str) -> None:
    for lower in LANGUAGES:
        if lower == upper:
            continue
        for named, practice in ((ORDINARY, False), (LONG, True)):
            sheet = laid_out(upper, lower, named=named, practice=practice)
            check_page(sheet)
            square = sheet.shapes[-1]
            # The link above makes a square of 33 modules, and 8 more are quiet.
            assert square.right - square.left >= 41 * SMALLEST_MODULE, lower
            inked = [placed.box for placed in sheet.texts if placed.words.strip()]
            assert not any(square.overlaps(box) for box in inked), lower


@pytest.mark.parametrize("upper", LANGUAGES)
def test_each_of_two_languages_says_everything_and_what_is_no_language_stands_there_once(upper: str) -> None:
    lower = "pl" if upper == "en" else "en"
    drawn = squashed("".join(placed.words for placed in laid_out(upper, lower, named=ORDINARY).texts))
    for wording in (WORDINGS.speak(upper), WORDINGS.speak(lower)):
        for words in said(wording, ORDINARY[1]):
            assert squashed(words) in drawn, wording.language.code
    for words in (ORDINARY[0], "K7QM-3WXP", LINK):
        assert drawn.count(squashed(words)) == 1
    first, second = (squashed(WORDINGS.speak(code).say(text("chart.poster.title"))) for code in (upper, lower))
    assert drawn.index(first) < drawn.index(second)


def test_two_languages_are_set_equally_large() -> None:
    sizes = {placed.words: placed.size for placed in laid_out("pl", "en", named=ORDINARY).texts}
    assert sizes["Powiedz, co myślisz"] == sizes["Have your say"]


def test_one_language_is_set_at_full_size() -> None:
    assert {placed.size for placed in laid_out("en", named=ORDINARY).texts} == {34, 42, 46, 84, 120}
