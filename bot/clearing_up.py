"""What ``equal-voice purge`` and ``equal-voice forget`` do and say, whether the program runs meanwhile or not.

While it runs, it is asked at its door, as only one process may work on the data. Else everything is opened for this one
errand. An operator types whom to forget, so that no id lands in a shell's history; no id is ever said back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.bootstrap import CONTROL, DATABASE, CannotStart, house
from bot.control import ask
from bot.settings import Settings
from bot.upkeep import whom

PATIENCE = 120.0
"""So many seconds the running program may take: it rebuilds its file to get erased bytes out of it."""

Tell = Callable[[str], None]
Say = Callable[[str], str]
"""Asks the operator for a line: a question in, what was typed out."""


class NotDone(Exception):
    """The errand was not done. The message is one sentence that names the remedy."""


def purge(settings: Settings, *, tell: Tell, months: int | None = None) -> None:
    """Erase what is due, and results older than so many months; tell what went, in numbers.

    Raises:
        NotDone, and the exceptions of ``bot.bootstrap.house``.
    """
    answer = _answer(settings, "purge", {} if months is None else {"months": months})
    tell(f"Assessments whose answers were erased because nobody used them: {answer['answers']}")
    tell(f"Assessments erased with all their results: {answer['results']}")
    tell(f"People who had not been seen for long, whose records were erased: {answer['people']}")
    tell(f"Browsers that led to nobody any more: {answer['browsers']}")
    tell(f"Assessments whose facilitators now read that they will be erased: {answer['told']}")


def forget(settings: Settings, *, tell: Tell, say: Say) -> None:
    """Ask whom to forget, forget them, and tell what went, in numbers.

    Raises:
        NotDone, and the exceptions of ``bot.bootstrap.house``.
    """
    _must_exist(settings)
    tell("Whom? Type a Telegram user id (a number), or a code that the person made on the web page")
    tell('with "Go on in another browser". What you type is not kept.')
    request = whom(say("> "))
    if request is None:
        raise NotDone("This is neither a Telegram user id nor a code from the web page: look at it and ask again.")
    answer = _answer(settings, "forget", request)
    if "runs" in answer:
        for line in _running(answer["runs"]):
            tell(line)
        if say("Type yes to forget this person all the same: ").strip().lower() != "yes":
            raise NotDone("Nothing was erased. Ask again when everything is ready.")
        answer = _answer(settings, "forget", {**request, "sure": True})
    if "unknown" in answer:
        raise NotDone("This code is not good, or not any more: ask the person for a new one.")
    for line in _receipt(answer["receipt"]):
        tell(line)


def _running(runs: Mapping[str, int]) -> list[str]:
    lines = [
        "This person is a facilitator.",
        f"Assessments of their account: {runs['assessments']}, of which open: {runs['open']}.",
    ]
    if runs["devices"]:
        return [*lines, f"The account stays. Other devices that reach it: {runs['devices']}."]
    return [
        *lines,
        "The account and its assessments stay, and no device of this person reaches them any more.",
        "Let the person close answers and erase results first, if they can.",
    ]


def _receipt(receipt: Mapping[str, int]) -> list[str]:
    gone = receipt["known"] or receipt["assessments"] or receipt["browsers"] or receipt["codes"]
    lines = ["This person is forgotten. Erased:"] if gone else ["Nothing that could be erased is kept of this person."]
    if gone:
        lines += [
            f"  record of the person: {int(receipt['known'])}",
            f"  open assessments that they took part in: {receipt['assessments']}",
            f"  principles with answers that were not shown: {receipt['parts']}",
            f"  browsers: {receipt['browsers']}",
            f"  codes for another browser: {receipt['codes']}",
        ]
    if receipt["mixed"]:
        lines.append(
            f"Mixed in with the answers of others: {receipt['mixed']} principles. Nobody can tell which they are, "
            "so they stay. A mark keeps them from being counted twice; closing erases it."
        )
    if receipt["unreadable"]:
        lines.append(
            f"Open assessments whose key is missing: {receipt['unreadable']}. Nobody can be found in them, "
            "and nobody can read them. Closing answers erases what is left there."
        )
    return lines


def _answer(settings: Settings, errand: str, request: Mapping[str, object]) -> dict[str, Any]:
    """The answer of the running program, or of one that is opened for this errand only."""
    _must_exist(settings)
    answer = ask(settings.data_folder / CONTROL, errand, timeout=PATIENCE, **request)
    if answer is None:
        return asyncio.run(_alone(settings, errand, request))
    if not answer:
        raise NotDone(
            "Equal Voice is running, but could not do this. "
            "Look at what it logged, such as a full disk, then ask again."
        )
    return answer


async def _alone(settings: Settings, errand: str, request: Mapping[str, object]) -> dict[str, Any]:
    async with house(settings) as parts:
        return dict(await parts.upkeep.errands()[errand](request))


def _must_exist(settings: Settings) -> None:
    """An errand must not make a new, empty installation where somebody mistyped a folder."""
    if not (settings.data_folder / DATABASE).exists():
        raise CannotStart(
            f"There is no data in {settings.data_folder}: set DATA_FOLDER and KEY_FOLDER as they are set for make run."
        )
