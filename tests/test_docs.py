"""The documents on privacy tell the truth: what they name exists, and they promise what people read, word by word."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.admitting import INVITATION_DAYS
from bot.bootstrap import DATABASE
from bot.command_line import COMMANDS
from bot.keys import KeyFolder
from bot.sealing import open_sealed, seal
from bot.settings import SETTINGS
from bot.telegram.menu import COMMANDS as CHAT_COMMANDS
from bot.telegram.told import FILE as TOLD
from bot.texts import TEXTS
from bot.throttling import PERSON, SECONDS
from bot.web.browsers import COOKIE_SECONDS, Browsers
from conversations.codes import ALPHABET, LENGTH
from conversations.moves.setting_up import MOST_GROUPS
from conversations.questionnaire import parse
from storage.memory import MemoryStore
from storage.schema import prepare

ROOT = Path(__file__).parent.parent
PRIVACY, THREATS, README = (
    (ROOT / name).read_text("utf-8") for name in ("docs/dpia.md", "docs/threat-model.md", "README.md")
)
SAFELY = README[README.index("### Running it safely") : README.index("## For developers")]
DOCUMENTS = {"docs/dpia.md": PRIVACY, "docs/threat-model.md": THREATS, "README.md": SAFELY}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
QUESTIONNAIRE = (ROOT / "conversations/questionnaires/maternity-neonatal.toml").read_text("utf-8")

OTHER_CODE = {
    "VACUUM",
    "secure_delete",
    "chmod 700",
    "chmod 600",
    "this type",
    "X-Forwarded-For",
    "__Host-ev",
    "ev",
}
"""What else stands in the type of code, and is no name of ours or is looked at by a test of its own."""

documents = pytest.mark.parametrize("name", DOCUMENTS)


def in_code_type(name: str) -> set[str]:
    """Everything between backquotes, fenced blocks left out."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", DOCUMENTS[name], flags=re.DOTALL)))


def in_italics(name: str) -> set[str]:
    """Everything between single asterisks."""
    return set(re.findall(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)", DOCUMENTS[name]))


def anchors(text: str) -> set[str]:
    """The anchors of a document's headings."""
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def tables(folder: Path) -> set[str]:
    """The tables of a new database, without Alembic's own."""
    prepare(folder / "new.db", patience=1)
    with closing(sqlite3.connect(folder / "new.db")) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return found - {"alembic_version"}


@documents
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", DOCUMENTS[name])
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        target = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


@documents
def test_everything_in_the_type_of_code_exists(name: str, tmp_path: Path) -> None:
    settings = {setting.name for setting in SETTINGS}
    commands = {f"equal-voice {command}" for command in COMMANDS}
    chat = {f"/{command}" for command in CHAT_COMMANDS}
    makes = {f"make {target}" for target in re.findall(r"^(\w+):", MAKEFILE, flags=re.MULTILINE)}
    KeyFolder(tmp_path / "keys").installation()
    files = {TOLD, *(f"{DATABASE}{ending}" for ending in ("", "-wal", "-shm"))} | {
        key.name for key in tmp_path.glob("keys/*")
    }
    known = settings | commands | chat | makes | files | tables(tmp_path) | OTHER_CODE
    assert [word for word in sorted(in_code_type(name) - known) if not (ROOT / word).is_file()] == []


@documents
def test_every_button_that_is_named_exists(name: str) -> None:
    said = {form for entry in TEXTS.values() for form in (entry.singular, entry.plural)}
    assert in_italics(name) - said - {"italics"} == set()


def test_every_table_is_in_the_inventory_of_data(tmp_path: Path) -> None:
    inventory = PRIVACY[PRIVACY.index("### Every kind of data") : PRIVACY.index("### Context")]
    where = {match[1] for line in inventory.splitlines() if (match := re.match(r"\| [^|]+ \| `(\w+)` \|", line))}
    assert where - {"KEY_FOLDER"} == tables(tmp_path)


def test_a_default_that_is_told_is_the_settings() -> None:
    defaults = {setting.name: setting.default for setting in SETTINGS}
    told = [found for text in DOCUMENTS.values() for found in re.findall(r"`([A-Z_]+)` \(default (\w+)", text)]
    assert {name for name, _ in told} == {"RETENTION_DAYS", "RESULTS_MONTHS"}
    assert [name for name, default in told if defaults[name] != default] == []


def test_what_people_are_told_stands_there_word_by_word() -> None:
    told = re.findall(r"^> - (.+)$", THREATS, flags=re.MULTILINE)
    promised = [id_ for id_ in TEXTS if id_.startswith(("promise.", "limits.")) and not id_.endswith(".title")]
    entries = [TEXTS[id_] for id_ in promised]
    assert told == [(entry.plural or entry.singular).format(n=4) for entry in entries]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("docs/dpia.md", f"works once within {INVITATION_DAYS} days"),
        ("docs/dpia.md", f"Random, {COOKIE_SECONDS // 86400} days, strictly necessary"),
        ("docs/dpia.md", f"codes have {LENGTH} of {len(ALPHABET)} characters"),
        ("docs/dpia.md", f"After {PERSON.tries} wrong codes in {SECONDS // 60} minutes"),
        ("docs/threat-model.md", f"Codes have {LENGTH} of {len(ALPHABET)} characters"),
        ("docs/threat-model.md", f"that is {round(len(ALPHABET) ** LENGTH, -10):,} codes"),
        ("docs/threat-model.md", f"After {PERSON.tries} wrong ones within {SECONDS // 60} minutes"),
        ("docs/threat-model.md", f"device links hold {24 * 8} random bits"),
    ],
)
def test_numbers_are_those_of_the_program(name: str, words: str) -> None:
    assert words in DOCUMENTS[name]


def test_numbers_in_words_are_those_of_the_program() -> None:
    principles = parse(QUESTIONNAIRE, "questionnaire").principles
    assert {len(principles), *(len(principle.statements) for principle in principles)} == {5, 3}
    assert "one of the five topics. Each has three statements" in PRIVACY
    assert "People score fifteen statements" in PRIVACY
    assert "five short texts" in PRIVACY
    assert MOST_GROUPS == 4
    assert "one to four groups for each assessment" in PRIVACY


def test_the_cookies_have_the_names_that_are_told() -> None:
    by_https, by_http = (
        Browsers(store=MemoryStore(), installation_key=bytes(32), secure=secure).name for secure in (True, False)
    )
    assert f"one: `{by_https}` over https, `{by_http}` without" in PRIVACY


def test_lengths_tell_as_little_as_is_told() -> None:
    key, lengths = bytes(32), set[int]()
    for size in range(600):
        sealed = seal(key, bytes(size), about=b"")
        assert open_sealed(key, sealed, about=b"") == bytes(size)
        lengths.add(len(sealed))
    steps = {after - before for before, after in zip(sorted(lengths), sorted(lengths)[1:], strict=False)}
    assert steps == {256}
    assert "steps of 256 bytes" in PRIVACY
    assert "steps of 256 bytes" in THREATS


@pytest.mark.parametrize("id_", ["chart.poster.promise", "privacy.agree"])
def test_what_is_quoted_from_the_poster_and_the_privacy_card_stands_there(id_: str) -> None:
    quoted = re.findall(r"“([^”]+)”", " ".join(PRIVACY.split()))
    assert any(TEXTS[id_].singular.startswith(words) for words in quoted)


def test_what_is_left_to_fill_in_is_marked_in_one_way() -> None:
    fields = re.findall(r"(\S{0,2})to fill in", PRIVACY)
    assert len(fields) > 30
    assert set(fields) == {"**"}
