"""The commands: what they print, how they end, and that no traceback reaches the person who types."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import socket
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import command_line, logs
from bot.command_line import COMMANDS, FAULT, main
from bot.faults import FORESEEN
from bot.settings import SETTINGS


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An environment with two settings only, in a folder with a short name, and the logging as it was afterwards."""
    place = Path(tempfile.mkdtemp(prefix="ev-"))
    for name in set(os.environ) - {"PATH"}:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATA_FOLDER", str(place / "data"))
    monkeypatch.setenv("KEY_FOLDER", str(place / "keys"))
    for holder, hook in (
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
        (warnings, "showwarning"),
        (logging, "raiseExceptions"),
    ):
        monkeypatch.setattr(holder, hook, getattr(holder, hook))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield place
    root.handlers[:] = handlers
    root.setLevel(level)
    for ours in ("bot", "conversations", "storage"):
        logging.getLogger(ours).setLevel(logging.NOTSET)
    shutil.rmtree(place)


def sentences(text: str) -> list[str]:
    """The lines without those of the log."""
    return [line for line in text.splitlines() if not re.match(r"\d{4}-\d\d-\d\d ", line)]


def fail_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``run`` fail."""

    def fails(settings: object) -> int:
        raise error

    monkeypatch.setattr(command_line, "_run", fails)


def test_what_is_not_foreseen_is_one_sentence_and_the_log_has_its_kind_only(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    fail_with(ZeroDivisionError("Zoë wrote this"), monkeypatch)
    assert main(["run"]) == FAULT == 2
    out, err = capfd.readouterr()
    assert out == ""
    [sentence] = sentences(err)
    assert sentence.endswith("Start again.")
    assert "ZeroDivisionError" in err
    assert "Zoë" not in err
    assert "Traceback" not in err


@pytest.mark.parametrize("kind", FORESEEN, ids=lambda kind: kind.__name__)
def test_what_is_foreseen_is_its_own_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kind: type[Exception]
) -> None:
    error = kind.__new__(kind)
    Exception.__init__(error, "The harbour is closed: come back at high tide.")
    monkeypatch.setattr(kind, "__str__", Exception.__str__)
    fail_with(error, monkeypatch)
    assert main(["run"]) == FAULT
    out, err = capfd.readouterr()
    assert (out, err) == ("", "The harbour is closed: come back at high tide.\n")


def test_stopping_by_the_keyboard_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    fail_with(KeyboardInterrupt(), monkeypatch)
    assert main(["run"]) == 0
    assert capfd.readouterr() == ("", "")


def test_faulty_settings_are_told_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], folder: Path
) -> None:
    monkeypatch.setenv("SMALLEST_THRESHOLD", "2")
    assert main(["run"]) == FAULT
    out, err = capfd.readouterr()
    assert out == ""
    assert [line.split(" ")[0] for line in err.splitlines()] == ["SMALLEST_THRESHOLD"]
    assert list(folder.iterdir()) == []


def test_settings_lists_every_setting_with_its_default(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    heads, explained = out.splitlines()[::2], out.splitlines()[1::2]
    assert heads == [f"{setting.name}  (default: {setting.default or 'none'})" for setting in SETTINGS]
    assert [line.strip() for line in explained] == [setting.what for setting in SETTINGS]


def test_settings_are_listed_even_when_they_are_faulty(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "CHATTY")
    assert main(["settings"]) == 0
    assert "CHATTY" not in capfd.readouterr().out


def test_help_names_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    out = capfd.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"^ +{name}\s", out, re.MULTILINE)] == []


def test_an_unknown_command_is_a_fault(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dance"])
    assert ended.value.code == FAULT
    assert "Traceback" not in capfd.readouterr().err


def test_an_invitation_where_nothing_runs_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["invite"]) == FAULT
    out, err = capfd.readouterr()
    assert out == ""
    assert err == "Equal Voice is not running on this data. Start it with make run, then ask again.\n"


@pytest.mark.parametrize(
    ("answer", "status", "out", "err"),
    [
        ('{"lines": ["An invitation:", "  for one"]}', 0, "An invitation:\n  for one\n", ""),
        (
            "",
            FAULT,
            "",
            "Equal Voice is running, but could not make an invitation. "
            "Look at what it logged, such as a full disk, then ask again.\n",
        ),
    ],
    ids=["an answer", "an empty answer"],
)
def test_an_invitation_is_what_the_running_program_answers(
    capfd: pytest.CaptureFixture[str], folder: Path, answer: str, status: int, out: str, err: str
) -> None:
    (folder / "data").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "data/control.sock"))
        server.listen()

        def reply() -> None:
            with server.accept()[0] as asker:
                assert json.loads(asker.recv(4096)) == {"errand": "invite"}
                asker.sendall(answer.encode())

        running = threading.Thread(target=reply)
        running.start()
        assert main(["invite"]) == status
        running.join()
    assert capfd.readouterr() == (out, err)


def test_a_rehearsal_in_the_place_of_somebody_elses_folder_is_refused(
    capfd: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "rehearsal").mkdir()
    (folder / "rehearsal/songs").write_text("la")
    assert main(["rehearsal"]) == FAULT
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert (folder / "rehearsal/songs").read_text() == "la"


def test_only_our_own_loggers_speak_below_a_warning() -> None:
    logs.start("DEBUG")
    assert logging.getLogger("bot.turns").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("aiosqlite").isEnabledFor(logging.INFO)
    assert not logging.getLogger("telegram").isEnabledFor(logging.INFO)
