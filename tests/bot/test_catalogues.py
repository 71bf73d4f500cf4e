"""Every translated catalogue is whole and sound. A new language is covered by being there."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.catalogues import faults, number_of_forms
from bot.plain.buttons import buttons
from bot.strings import LOCALES, ROOT, refreshed, template
from bot.texts import TEXTS

LANGUAGES = sorted(file.parent.parent.name for file in LOCALES.glob("*/LC_MESSAGES/messages.po"))
languages = pytest.mark.parametrize("language", LANGUAGES)


def bytes_of(language: str) -> bytes:
    return (LOCALES / language / "LC_MESSAGES" / "messages.po").read_bytes()


@pytest.fixture(scope="module")
def english() -> Catalog:
    return template()


@pytest.fixture(scope="module")
def on_buttons() -> frozenset[str]:
    return frozenset(TEXTS[id_].singular for id_ in buttons(ROOT))


@languages
def test_a_catalogue_has_no_fault(language: str, english: Catalog, on_buttons: frozenset[str]) -> None:
    catalogue = read_po(BytesIO(bytes_of(language)), locale=language)
    assert faults(catalogue, english, language=language, on_buttons=on_buttons) == []


@languages
def test_a_catalogue_is_as_make_strings_writes_it(language: str, english: Catalog) -> None:
    assert refreshed(bytes_of(language), english, language=language) == bytes_of(language)


@languages
def test_a_catalogue_has_a_glossary_that_says_whether_a_speaker_has_read_it(language: str) -> None:
    glossary = (LOCALES / language / "glossary.md").read_text("utf-8")
    assert "review" in glossary.splitlines()[0]
    assert glossary.count("\n| ") >= 30


POLISH_FORMS = ("{n} osoba", "{n} osoby", "{n} osób")


@pytest.mark.parametrize(
    ("words", "people", "fault"),
    [
        ("", POLISH_FORMS, "“Hello {name}” is not translated."),
        ("Cześć", POLISH_FORMS, "“Hello {name}” lacks {name}."),
        ("Cześć {name} {imię}", POLISH_FORMS, "“Hello {name}” has {imię}, which nobody fills in."),
        ("Cześć {name} ", POLISH_FORMS, "“Hello {name}” has a space too many."),
        ("Cześć  {name}", POLISH_FORMS, "“Hello {name}” has a space too many."),
        ("Cześć {name} {", POLISH_FORMS, "“Hello {name}” has a curly bracket too many."),
        ("Cześć {name}" + "ś" * 34, POLISH_FORMS, "“Hello {name}” is too long for a button of a small telephone"),
        ("Cześć\n{name}", POLISH_FORMS, "“Hello {name}” has a line break."),
        ("Cześć\u202e {name}", POLISH_FORMS, "“Hello {name}” has a character that cannot be seen."),
        ("Cześć \u2067{name}", POLISH_FORMS, "“Hello {name}” has a mark of direction that is not closed."),
        ("Cześć {name}", POLISH_FORMS[:2], "“{n} person” needs 3 forms of the plural, each filled."),
        ("Cześć {name}", ("{n} osoba", "", "{n} osób"), "“{n} person” needs 3 forms of the plural, each filled."),
        ("Cześć {name}", ("{n} osoba", "{m} osoby", "{n} osób"), "“{n} person” has {m}, which nobody fills in."),
    ],
)
def test_each_kind_of_fault_is_found(words: str, people: tuple[str, ...], fault: str) -> None:
    texts = Catalog()
    texts.add("Hello {name}")
    texts.add(("{n} person", "{n} people"))
    catalogue = Catalog(locale="pl")
    catalogue.add("Hello {name}", words)
    catalogue.add(("{n} person", "{n} people"), people)
    found = faults(catalogue, texts, language="pl", on_buttons={"Hello {name}"})
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_text_is_as_long_as_its_remark_allows_or_as_such_a_text_can_be() -> None:
    texts, catalogue = Catalog(), Catalog(locale="pl")
    texts.add("Hello", auto_comments=["Translators: at most", "20 characters"])
    texts.add("Good day")
    catalogue.add("Hello", "C" * 20)
    catalogue.add("Good day", "D" * 240)
    assert faults(catalogue, texts, language="pl", on_buttons=()) == []
    catalogue["Hello"].string = "C" * 21
    catalogue["Good day"].string = "D" * 241
    assert faults(catalogue, texts, language="pl", on_buttons=()) == [
        "“Hello” is too long: at most 20 characters.",
        "“Good day” is 241 characters long: that is more than this text can be.",
    ]


def test_a_language_that_babel_does_not_know_has_as_many_forms_as_its_catalogue_says() -> None:
    assert number_of_forms(Catalog(locale="pl"), "pl") == 3
    assert number_of_forms(read_po(BytesIO(b'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n')), "syl") == 1


def test_a_fuzzy_text_is_a_fault_and_a_number_may_be_left_out_of_a_form() -> None:
    texts, catalogue = Catalog(), Catalog(locale="pl")
    texts.add(("{n} person", "{n} people"))
    catalogue.add(("{n} person", "{n} people"), ("jedna osoba", "{n} osoby", "{n} osób"), flags=["fuzzy"])
    (fault,) = faults(catalogue, texts, language="pl", on_buttons=())
    assert fault == "“{n} person” is marked fuzzy: people would see it in English."
