"""For people who share a phone or a browser: clear this chat (Telegram) and leave this page (web). Answers stay."""

from __future__ import annotations

from conversations.commands import ResumeCode
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Outcome
from conversations.moves.everywhere import back, go_on_by_typing
from conversations.situation import Situation
from conversations.step import Move, Step, again

DAYS = 7
"""So long a code is good that somebody takes along when they leave."""
WITH_CODE = "code"
"""The topic of the card once it shows a code."""


def ask_to_clear(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens clear on top, for one confirmation; a web page has no chat."""
    return Step(dialogue=dialogue.over("clear")) if situation.channel == "telegram" else again(dialogue)


def clear(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens cleared on top: a card that says nothing, under which the chat is emptied each time it is shown."""
    return Step(dialogue=dialogue.over("cleared"))


def ask_to_leave(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens leave on top; a chat cannot be left in this way."""
    return Step(dialogue=dialogue.over("leave")) if situation.channel == "web" else again(dialogue)


def ask_for_code(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A code to come back with, before leaving."""
    return Step(dialogue=dialogue, commands=(ResumeCode(days=DAYS),))


def code_made(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The code stands on the card now; it is kept as a draft so that a reload shows it again."""
    assert isinstance(given, Outcome)
    shown = dialogue.over("leave", topic=WITH_CODE)
    return Step(dialogue=shown.drafting(code=given.text("code"), until=given.number("until")))


def leave(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The web channel ends the browser without a turn (bot/web/leaving.py); what was on top is closed all the same."""
    return back(dialogue, given, situation)


EVERYWHERE: dict[str, Move] = {
    "tap clear": ask_to_clear,
    "tap leave": ask_to_leave,
    "asked clear": ask_to_clear,
}

ROWS: dict[str, dict[str, Move]] = {
    "clear": {"tap wipe": clear},
    "cleared": {"typed": go_on_by_typing},
    "leave": {
        "tap leave-code": ask_for_code,
        "tap leave-now": leave,
        "outcome resume-code made": code_made,
    },
}
