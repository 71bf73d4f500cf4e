"""`equal-voice languages` says how far each language is, and its commands keep to what they need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import command_line
from bot.command_line import FAULT, main
from bot.languages import listed
from bot.strings import messages
from reviewer import edit, writes

if TYPE_CHECKING:
    from tests.bot.reviewing.conftest import Office

THANKS = "What you have answered so far is kept."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and an environment in which every setting but LANGUAGES is unusable."""
    for name in set(os.environ) - {"PATH"}:
        monkeypatch.delenv(name)
    (tmp_path / "file").touch()
    for name, value in (
        ("DATA_FOLDER", str(tmp_path / "file")),
        ("KEY_FOLDER", str(tmp_path / "file")),
        ("LOG_LEVEL", "CHATTY"),
        ("WEB_ADDRESS", "everywhere"),
        ("BOT_TOKEN", "forgotten"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(office: Office, old: str, new: str) -> None:
    """Something in the Polish catalogue."""
    content = office.catalogue().read_text("utf-8")
    assert content.count(old) == 1
    office.catalogue().write_text(content.replace(old, new), "utf-8")


def test_every_language_is_in_the_table_with_its_name_at_the_end(office: Office) -> None:
    table = office.overview(offered=("en", "pl"))
    languages = listed()
    count = len(list(messages(office.desk.texts)))
    assert list(table) == list(languages)
    for code, line in table.items():
        offered = "yes" if code in ("en", "pl") else "no"
        reviewed = "yes" if languages[code].reviewed else "no"
        assert line.split()[:8] == [code, str(count), "of", str(count), "100", "%", reviewed, offered]
        assert line.endswith(f" 0  {languages[code].name}")
    head = office.told[0]
    for column in ("reviewed", "offered"):
        assert {line[head.index(column)] for line in table.values()} <= {"y", "n"}
    assert {line.index(languages[code].name) for code, line in table.items()} == {head.index("name")}


def test_what_is_not_translated_is_not_covered_and_never_rounded_up(office: Office) -> None:
    change(office, 'msgstr "Twoje dotychczasowe odpowiedzi są zapisane."', 'msgstr ""')
    count = len(list(messages(office.desk.texts)))
    assert f" {count - 1} of {count}  99 % " in office.overview()["pl"]
    assert office.overview()["pl"].split()[-2:] == ["0", "Polski"], "it is told once"


def test_a_fault_of_a_translation_is_counted_and_told(office: Office) -> None:
    change(office, 'msgstr "Twoje dotychczasowe odpowiedzi są zapisane."', 'msgstr "Zapisane  {tu}."')
    assert office.overview()["pl"].split()[-2:] == ["2", "Polski"]
    assert f"pl: “{THANKS}” has a space too many." in office.told
    assert f"pl: “{THANKS}” has {{tu}}, which nobody fills in." in office.told


def test_a_catalogue_that_is_not_there_or_broken_hides_no_other(office: Office) -> None:
    office.catalogue("ro").unlink()
    change(office, 'msgid "Back"', '<<<<<<< ours\nmsgid "Back"')
    table = office.overview()
    assert [code for code, line in table.items() if " 0 of " in line] == ["pl", "ro"]
    assert [line.split(" cannot ")[0] for line in office.told if "cannot be read" in line] == [
        f"pl: {office.catalogue()}"
    ]
    assert any(line.startswith("ro: ") and "is not there yet" in line for line in office.told)


def test_a_language_that_is_reviewed_says_so(office: Office) -> None:
    lists = office.desk.folder / "locales.json"
    lists.write_text(lists.read_text("utf-8").replace("false", "true"), "utf-8")
    assert {line.split()[6] for line in office.overview().values()} == {"yes"}
    assert not any("LANGUAGES=reviewed" in line for line in office.told)


@pytest.mark.parametrize(
    ("setting", "offered"),
    [(None, set(listed())), ("all", set(listed())), ("pl,ur", {"en", "pl", "ur"}), ("reviewed,cy", {"en", "cy"})],
)
def test_the_command_reads_no_other_setting_than_languages_and_touches_nothing(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    setting: str | None,
    offered: set[str],
) -> None:
    if setting is not None:
        monkeypatch.setenv("LANGUAGES", setting)
    assert main(["languages"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    rows = [line.split() for line in out.splitlines() if " of " in line]
    assert {row[0] for row in rows if row[7] == "yes"} == offered
    assert [each.name for each in place.iterdir()] == ["file"]


@pytest.mark.parametrize(("setting", "told"), [("klingon!", "LANGUAGES is not a list"), ("tlh", "LANGUAGES names tlh")])
def test_a_faulty_list_of_languages_is_told_but_stops_no_sheet(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], setting: str, told: str
) -> None:
    monkeypatch.setenv("LANGUAGES", setting)
    assert main(["languages"]) == FAULT
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(told)
    assert main(["languages", "export", "pl"]) == 0
    assert (place / "equal-voice-pl.xlsx").is_file()


def test_sheets_go_out_and_come_back_on_the_command_line(
    place: Path, office: Office, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.reviewing.commands.Desk.laid", lambda: office.desk)
    assert main(["languages", "export", "pl", "polish.xlsx"]) == 0
    assert capfd.readouterr().out.splitlines()[-1].endswith("equal-voice languages import pl polish.xlsx")
    assert main(["languages", "export", "pl", "polish.xlsx"]) == FAULT
    assert capfd.readouterr().err == "polish.xlsx is there already, perhaps with corrections. Choose another name.\n"
    edit(place / "polish.xlsx", writes(THANKS, "Zapisane."))
    monkeypatch.setattr("builtins.input", lambda question: "n")
    assert main(["languages", "import", "pl", "polish.xlsx"]) == 0
    assert capfd.readouterr().out.endswith("Nothing was written.\n")
    assert main(["languages", "import", "pl", "polish.xlsx", "--yes"]) == 0
    assert "Zapisane." in office.catalogue().read_text("utf-8")
    edit(place / "polish.xlsx", writes(THANKS, "Zapisane {tu}."))
    assert main(["languages", "import", "pl", "polish.xlsx", "--yes"]) == 1
    assert main(["languages", "import", "pl", "file"]) == FAULT
    assert capfd.readouterr().err.startswith("This file is no Excel file (.xlsx).")


def test_a_terminal_that_knows_few_letters_stops_no_command(place: Path) -> None:
    root = Path(command_line.__file__).parents[1]
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "languages"],
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
        cwd=place,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert rb"  Espa\xf1ol" in ended.stdout
