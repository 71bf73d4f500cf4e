"""The template of the catalogues is up to date and repeatable, and bringing a catalogue up to date loses no work."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot import strings
from bot.strings import ROOT, SOURCES, TEMPLATE, refreshed, template, translated, written
from bot.support import SHIPPED
from bot.texts import TEXTS

POLISH = """\
# Translated by volunteers.
msgid ""
msgstr ""
"Project-Id-Version: PROJECT VERSION\\n"
"POT-Creation-Date: 2026-01-01 00:00+0000\\n"
"PO-Revision-Date: 2026-01-02 00:00+0000\\n"
"Last-Translator: Ewa Nowak\\n"
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

# Not too formal.
#: bot/texts/participant.py
msgid "Thank you"
msgstr "Dziękujemy"

#, fuzzy
msgid "Menu"
msgstr "Jadłospis"

msgid "Gone from the program"
msgstr "Nie ma"

#~ msgid "Skip"
#~ msgstr "Pomiń"

#~ msgid "{n} person has joined."
#~ msgid_plural "{n} people have joined."
#~ msgstr[0] "{n} osoba"
#~ msgstr[1] "{n} osoby"
#~ msgstr[2] "{n} osób"

#~ msgid "Gone long ago"
#~ msgstr "Dawno"
"""


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """Today's texts."""
    return template()


def message(catalogue: Catalog, words: str) -> Message:
    found = catalogue.get(words)
    assert found is not None, words
    return found


def support_texts() -> Iterator[str]:
    for place in tomllib.loads(SHIPPED.read_text("utf-8"))["organisation"]:
        yield place["what"]
        if "when" in place:
            yield place["when"]


def copy_of_the_sources(folder: Path) -> Path:
    """All that is read, in another place."""
    for name in (*SOURCES, "locales"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    return folder


def test_the_template_is_up_to_date(texts: Catalog) -> None:
    assert TEMPLATE.read_bytes() == written(texts), "run make strings"


def test_every_text_is_in_the_template(texts: Catalog) -> None:
    for id_, entry in TEXTS.items():
        found = message(texts, entry.singular)
        assert entry.plural is None or found.id == (entry.singular, entry.plural), id_
    for words in support_texts():
        message(texts, words)
    statement = "This service shapes its work around what matters to each person."
    told = "Translators: Principle Outcomes, statement 1, at most 140 characters"
    assert message(texts, statement).auto_comments == [told]


def test_no_text_is_once_a_plural_and_once_not() -> None:
    singles = {entry.singular for entry in TEXTS.values() if entry.plural is None}
    plurals = [(entry.singular, entry.plural) for entry in TEXTS.values() if entry.plural is not None]
    assert [forms for forms in plurals if forms[0] in singles] == []
    assert len(dict(plurals)) == len(set(plurals))


def test_translators_are_told_what_is_not_plain(texts: Catalog) -> None:
    assert message(texts, "{name} runs Equal Voice here.").auto_comments == [
        "Translators: Equal Voice is the name of this program. Leave it as it is."
    ]
    assert message(texts, "Any time, day or night").auto_comments[0] == (
        "Translators: I need help, 999, when somebody answers"
    )


def test_the_template_holds_no_dates_and_no_line_numbers() -> None:
    words = TEMPLATE.read_text("utf-8")
    assert "-Date:" not in words
    assert "Babel" not in words
    assert re.findall(r"^#: .*:\d", words, re.MULTILINE) == []
    named = {name for line in re.findall(r"^#: (.*)$", words, re.MULTILINE) for name in line.split()}
    assert "bot/texts/participant.py" in named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_same_sources_elsewhere_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(template(copy_of_the_sources(tmp_path))) == TEMPLATE.read_bytes()


def test_a_text_that_is_added_changed_or_moved_down_is_noticed(tmp_path: Path) -> None:
    root = copy_of_the_sources(tmp_path)
    file = root / "bot" / "texts" / "participant.py"
    source = file.read_text("utf-8")
    file.write_text("\n\n\n" + source, "utf-8")
    assert written(template(root)) == TEMPLATE.read_bytes(), "only lines have moved"
    file.write_text(source.replace('one("Thank you")', 'one("Thanks")'), "utf-8")
    assert written(template(root)) != TEMPLATE.read_bytes()
    support = root / "bot" / "support.toml"
    file.write_text(source, "utf-8")
    support.write_text(support.read_text("utf-8").replace("Any time", "At any time", 1), "utf-8")
    assert written(template(root)) != TEMPLATE.read_bytes()


def test_what_was_translated_is_kept(texts: Catalog) -> None:
    made = read_po(BytesIO(refreshed(POLISH.encode(), texts, language="pl")))
    assert message(made, "Thank you").string == "Dziękujemy"
    assert message(made, "Thank you").user_comments == ["Not too formal."]
    assert message(made, "Menu").fuzzy, "what a translator was not sure of stays so"
    assert sorted(str(gone) for gone in made.obsolete) == ["Gone from the program", "Gone long ago"]
    assert made.obsolete["Gone from the program"].string == "Nie ma"
    assert made.num_plurals == 3


def test_a_text_that_comes_back_brings_its_translation(texts: Catalog) -> None:
    made = read_po(BytesIO(refreshed(POLISH.encode(), texts, language="pl")))
    assert message(made, "Skip").string == "Pomiń"
    assert message(made, "{n} person has joined.").string == ("{n} osoba", "{n} osoby", "{n} osób")
    assert "Skip" not in made.obsolete


def test_no_new_text_is_given_the_translation_of_a_similar_one(texts: Catalog) -> None:
    similar = POLISH.replace('"Thank you"', '"Thank you!"')
    made = read_po(BytesIO(refreshed(similar.encode(), texts, language="pl")))
    assert message(made, "Thank you").string == ""
    assert not message(made, "Thank you").fuzzy
    assert made.obsolete["Thank you!"].string == "Dziękujemy"


def test_every_text_is_in_the_refreshed_catalogue_once_and_in_the_same_order(texts: Catalog) -> None:
    made = read_po(BytesIO(refreshed(POLISH.encode(), texts, language="pl")))
    again = read_po(BytesIO(TEMPLATE.read_bytes()))
    assert [each.id for each in made] == [each.id for each in again]
    assert translated(made) == 3


def test_a_catalogue_does_not_say_that_it_must_not_be_changed(texts: Catalog) -> None:
    made = refreshed(TEMPLATE.read_bytes(), texts, language="pl")
    assert made.startswith(b"# Equal Voice in the language pl.\n")
    assert refreshed(made, template(), language="pl") == made


@pytest.mark.parametrize("language", ["pl", "zh-Hans"])
def test_refreshing_twice_changes_nothing(texts: Catalog, language: str) -> None:
    once = refreshed(POLISH.replace("Language: pl", f"Language: {language}").encode(), texts, language=language)
    assert refreshed(once, template(), language=language) == once
    assert b"-Date" not in once
    assert b"PROJECT" not in once
    assert b"Last-Translator: Ewa Nowak" in once
    assert b"Plural-Forms: nplurals=3" in once


def test_the_command_writes_the_template_and_the_catalogues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "locales" / "pl" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(POLISH, "utf-8")
    monkeypatch.setattr(strings, "ROOT", tmp_path)
    monkeypatch.setattr(strings, "LOCALES", tmp_path / "locales")
    monkeypatch.setattr(strings, "TEMPLATE", tmp_path / "locales" / "messages.pot")
    strings.main()
    assert (tmp_path / "locales" / "messages.pot").read_bytes() == TEMPLATE.read_bytes()
    told = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"locales/messages\.pot: \d+ texts", told[0])
    assert re.fullmatch(r"locales/pl/LC_MESSAGES/messages\.po: 3 of \d+ translated", told[1])
    before = file.read_bytes()
    strings.main()
    assert file.read_bytes() == before
