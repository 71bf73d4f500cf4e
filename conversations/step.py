"""What one step of the conversation is made of, and the key under which an input stands in the table of states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conversations.commands import Command
from conversations.dialogue import Dialogue
from conversations.inputs import Asked, Input, Opened, Outcome, Stale, Tap, Typed, Unreadable
from conversations.says import Text, text
from conversations.situation import Situation


@dataclass(frozen=True, kw_only=True)
class Step:
    """The new dialogue, what is to be done, and what is remarked before the card of the new state is shown.

    The card itself is made afterwards by ``screens.card``, from what is true once the commands are done. ``again``:
    nothing happened; the current card is shown once more.
    """

    dialogue: Dialogue
    commands: tuple[Command, ...] = ()
    notices: tuple[Text, ...] = ()
    again: bool = False


Move = Callable[[Dialogue, Input, Situation], Step]
Table = Mapping[str, Mapping[str, Move]]


def key(given: Input) -> str:
    """Where an input stands in a row of the table."""
    match given:
        case Tap(action):
            return f"tap {action}"
        case Asked(command):
            return f"asked {command}"
        case Outcome(command=command, result=result):
            return f"outcome {command} {result}"
        case Stale():
            return "stale"
        case Typed():
            return "typed"
        case Opened():
            return "opened"
        case Unreadable():
            return "unreadable"


def again(dialogue: Dialogue, *notices: str) -> Step:
    """Stay where we are and show the card again, with these remarks."""
    return Step(dialogue=dialogue, notices=tuple(text(id_) for id_ in notices), again=True)
