"""A facilitator erases a closed assessment with all its results, after one question.

Only the account that created it may; that is checked again where the command is performed.
"""

from __future__ import annotations

from conversations.commands import Erase
from conversations.dialogue import Dialogue
from conversations.inputs import Input
from conversations.moves.facilitating import current, goes
from conversations.says import text
from conversations.situation import Situation
from conversations.step import Move, Step, again


def ask_to_erase(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-erase, for one confirmation; only for a closed assessment of one's own."""
    view = current(situation)
    if view is None or not view.own:
        return again(dialogue, "f-erase.refused")
    if view.open:
        return again(dialogue, "f-erase.open")
    return Step(dialogue=dialogue.at("f-erase", assessment=view.id))


def erase(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Erase it for good."""
    if current(situation) is None:
        return Step(dialogue=dialogue.at("home"))
    return Step(dialogue=dialogue, commands=(Erase(assessment=dialogue.place.assessment),))


def ended(id_: str, *, gone: bool) -> Move:
    """It is gone, or it could not be erased."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        if gone:
            return Step(dialogue=dialogue.at("home"), notices=(text(id_),))
        page = dialogue.at("f-assessment", assessment=dialogue.place.assessment)
        return Step(dialogue=page, notices=(text(id_),))

    move.__doc__ = f'Remarks "{id_}", to ' + ("home." if gone else "f-assessment.")
    return move


EVERYWHERE: dict[str, Move] = {
    "outcome erase erased": ended("f-erase.done", gone=True),
    "outcome erase open": ended("f-erase.open", gone=False),
    "outcome erase refused": ended("f-erase.refused", gone=False),
}
"""Here, as the card about an assessment that was just erased is not f-erase any more."""

ROWS: dict[str, dict[str, Move]] = {
    "f-assessment": {"tap f-erase": ask_to_erase},
    "f-erase": {
        "tap erase": erase,
        "tap f-assessment": goes("f-assessment"),
    },
}
