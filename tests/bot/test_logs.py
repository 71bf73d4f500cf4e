"""The log repeats nothing that anybody but this program says."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator

import pytest

from bot import logs

SECRET = "what somebody wrote"


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave everything as it was."""
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
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for ours in logs.OURS:
        logging.getLogger(ours).setLevel(logging.NOTSET)


def raised() -> ValueError:
    """An error as it is caught."""
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def a_library_logs() -> None:
    logging.getLogger("some.library").error("It met %s", SECRET, exc_info=raised(), stack_info=True)


def a_thread_fails() -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail, name=SECRET)
    thread.start()
    thread.join()


def nobody_catches() -> None:
    error = raised()
    sys.excepthook(ValueError, error, error.__traceback__)


def python_warns() -> None:
    warnings.showwarning(UserWarning(SECRET), UserWarning, "/some/file.py", 7)


WAYS: dict[str, tuple[Callable[[], None], str]] = {
    "a library logs": (a_library_logs, "reports something (ValueError, line"),
    "a thread fails": (a_thread_fails, "A thread failed (ValueError, line"),
    "nobody catches": (nobody_catches, "The program failed (ValueError, line"),
    "Python warns": (python_warns, "Python warns (UserWarning, line 7 of file.py)."),
}


@pytest.mark.parametrize("way", WAYS)
def test_kind_and_place_are_told_and_no_words(way: str, capsys: pytest.CaptureFixture[str]) -> None:
    speak, told = WAYS[way]
    logs.start("DEBUG")
    speak()
    written = capsys.readouterr().err
    assert told in written
    assert SECRET not in written
    assert "Traceback" not in written


def test_our_own_sentences_stay_but_not_an_exception_beside_them(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start("DEBUG")
    logging.getLogger("bot.somewhere").warning("Nothing was kept of %d updates.", 3, exc_info=raised())
    written = capsys.readouterr().err
    assert written.endswith("WARNING bot.somewhere: Nothing was kept of 3 updates.\n")


def test_a_sentence_that_cannot_be_made_is_not_printed_with_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start("DEBUG")
    logging.getLogger("bot.somewhere").warning("Nothing was kept of %d updates.", SECRET)
    assert SECRET not in capsys.readouterr().err
