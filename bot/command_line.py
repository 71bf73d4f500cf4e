"""The commands of ``equal-voice``. They read settings, print plain sentences, and exit with 2 for a fault.

``languages import`` exits with 1 where it left rows out. No traceback reaches the person who types: what is not
foreseen is told by its kind alone.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import logs
from bot.settings import SETTINGS, FaultySettings, Settings, read

FAULT = 2
COMMANDS = {
    "run": "start the web pages, and Telegram when BOT_TOKEN is set",
    "invite": "print a new one-time invitation for a facilitator",
    "forget": "forget one person: what is not mixed in with others, and every record",
    "purge": "erase now what is past its time",
    "settings": "list every setting with its default",
    "languages": "show how far each language is; export and import sheets for people who review one",
    "rehearsal": "make a practice assessment with made-up participants, and start",
    "bench": "measure roughly: updates a second, milliseconds a chart",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, 2 with a sentence on stderr, or 1 for an import of a part."""
    parser = argparse.ArgumentParser(prog="equal-voice", description="Private answers, results of groups only.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, what in COMMANDS.items():
        command = commands.add_parser(name, help=what, description=what)
        if name == "purge":
            command.add_argument(
                "--results-older-than",
                type=_months,
                metavar="MONTHS",
                help="also erase closed assessments with all their results that are older than so many months",
            )
        if name == "languages":
            _errands_of_languages(command)
    given = parser.parse_args(argv)
    chosen = given.command
    if chosen == "settings":
        return _list_settings()
    if chosen == "languages":
        return _guarded(lambda: _languages(given))
    try:
        settings = read(os.environ)
    except FaultySettings as error:
        return _refuse(str(error))
    logs.start(settings.log_level)
    logs.leave_no_core()
    run: dict[str, Callable[[Settings], int]] = {
        "run": _run,
        "invite": _invite,
        "purge": lambda settings: _purge(settings, given.results_older_than),
        "forget": _forget,
        "rehearsal": _rehearsal,
        "bench": _bench,
    }
    return _guarded(lambda: run[chosen](settings))


def _guarded(run: Callable[[], int]) -> int:
    """Run it; every foreseen fault becomes its sentence."""
    from bot.faults import FORESEEN

    try:
        return run()
    except FORESEEN as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return 0
    except Exception as error:
        logging.getLogger(__name__).critical("The program stopped: %s", type(error).__name__)
        return _refuse("Something went wrong that we did not foresee. Nothing that was confirmed is lost. Start again.")


def _refuse(sentences: str) -> int:
    print(sentences, file=sys.stderr)
    return FAULT


def _tell(line: str) -> None:
    print(line, flush=True)


def _run(settings: Settings) -> int:
    from bot.bootstrap import serve

    asyncio.run(serve(settings, tell=_tell))
    return 0


def _invite(settings: Settings) -> int:
    from bot.bootstrap import CONTROL
    from bot.control import ask

    answer = ask(settings.data_folder / CONTROL, "invite")
    if answer is None:
        return _refuse("Equal Voice is not running on this data. Start it with make run, then ask again.")
    if not answer:
        return _refuse(
            "Equal Voice is running, but could not make an invitation. "
            "Look at what it logged, such as a full disk, then ask again."
        )
    for line in answer["lines"]:
        _tell(line)
    return 0


def _months(text: str) -> int:
    months = int(text) if re.fullmatch(r"[0-9]{1,4}", text, re.ASCII) else 0
    if not 1 <= months <= 120:
        raise argparse.ArgumentTypeError("give a whole number of months from 1 to 120")
    return months


def _purge(settings: Settings, months: int | None) -> int:
    from bot.clearing_up import purge

    purge(settings, tell=_tell, months=months)
    return 0


def _forget(settings: Settings) -> int:
    from bot.clearing_up import NotDone, forget

    try:
        forget(settings, tell=_tell, say=input)
    except EOFError:
        raise NotDone("Nothing was erased: type whom to forget when you are asked.") from None
    return 0


def _rehearsal(settings: Settings) -> int:
    from bot.rehearsal import rehearse

    asyncio.run(rehearse(settings, tell=_tell))
    return 0


def _bench(settings: Settings) -> int:
    from bot.bench import bench

    asyncio.run(bench(settings, tell=_tell))
    return 0


def _list_settings() -> int:
    for setting in SETTINGS:
        _tell(f"{setting.name}  (default: {setting.default or 'none'})\n    {setting.what}")
    return 0


def _errands_of_languages(command: argparse.ArgumentParser) -> None:
    errands = command.add_subparsers(dest="errand", metavar="export | import")
    what = "write a sheet (XLSX) in which a speaker of the language reads and corrects its texts"
    export = errands.add_parser("export", help=what, description=what)
    export.add_argument("language", metavar="LANG", help="the code of the language, such as pl")
    export.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: equal-voice-LANG.xlsx")
    what = "show what a corrected sheet changes, ask, and write it into the catalogue; status 1 if rows were left out"
    take_back = errands.add_parser("import", help=what, description=what)
    take_back.add_argument("language", metavar="LANG", help="the code of the language, such as pl")
    take_back.add_argument("file", type=Path, metavar="FILE", help="the sheet that came back")
    take_back.add_argument("--yes", action="store_true", help="write without asking")


def _languages(given: argparse.Namespace) -> int:
    from bot.languages import chosen, listed
    from bot.reviewing import commands

    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows few letters shows others as codes; it must not stop the command half-way.
        sys.stdout.reconfigure(errors="backslashreplace")
    if given.errand is None:
        # Only this one: a fault in another setting is none of this command's business.
        asked = read({"LANGUAGES": os.environ.get("LANGUAGES", "")}).languages
        return commands.overview(commands.Desk.laid(), offered=chosen(asked, listed()), tell=_tell)
    desk = commands.Desk.laid()
    if given.errand == "export":
        return commands.export(desk, given.language, given.file, tell=_tell)
    return commands.take_back(desk, given.language, given.file, tell=_tell, say=None if given.yes else input)
