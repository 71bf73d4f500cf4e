"""A second facilitator for one assessment: making the link, opening it, and ending it for all others.

Only whoever created an assessment shares it; that is checked again where the command is performed.
"""

from __future__ import annotations

from conversations.commands import Share, Unshare
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Outcome
from conversations.moves.facilitating import ABOUT, current, redeemed
from conversations.says import text
from conversations.situation import Situation
from conversations.step import Move, Step, again


def may_share(situation: Situation) -> bool:
    """Whether this person created the assessment of the card."""
    view = current(situation)
    return view is not None and view.own


def opens(state: str) -> Move:
    """A move to a card that only whoever created the assessment has."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        if not may_share(situation):
            return again(dialogue, "f-second.refused")
        return Step(dialogue=dialogue.at(state, assessment=dialogue.place.assessment))

    move.__doc__ = f"To {state}, for whoever created the assessment."
    return move


def make_link(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A one-time link for a second facilitator."""
    return Step(dialogue=dialogue, commands=(Share(assessment=dialogue.place.assessment),))


def link_made(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The link stays a draft so that a reload shows it again."""
    assert isinstance(given, Outcome)
    card = dialogue.at("f-second", assessment=dialogue.place.assessment)
    return Step(dialogue=card.drafting(token=given.text("token"), until=given.number("until")))


def end(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Nobody else runs it from here on."""
    return Step(dialogue=dialogue, commands=(Unshare(assessment=dialogue.place.assessment),))


def ended(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-second, where it says that nobody else does."""
    card = dialogue.at("f-second", assessment=dialogue.place.assessment)
    return Step(dialogue=card, notices=(text("f-unshare.done"),))


def not_yours(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Somebody else created it: home."""
    return Step(dialogue=dialogue.at("home"), notices=(text("f-second.refused"),))


def shared(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The link was good: f-assessment."""
    assert isinstance(given, Outcome)
    page = dialogue.at("f-assessment", assessment=given.text("assessment"))
    return Step(dialogue=page, notices=(text("f-invited.shared"),))


EVERYWHERE: dict[str, Move] = {
    "outcome redeem shared": shared,
    "outcome redeem runs": redeemed("f-invited.runs", home=False),
    "outcome redeem takes-part": redeemed("f-invited.takes-part", home=False),
}

FOR_ITS_CREATOR = frozenset({"f-second", "f-unshare"})

ROWS: dict[str, dict[str, Move]] = {
    "f-assessment": {"tap f-second": opens("f-second")},
    "f-second": {
        "tap make": make_link,
        "outcome share made": link_made,
        "outcome share refused": not_yours,
        "tap f-unshare": opens("f-unshare"),
        **ABOUT,
    },
    "f-unshare": {
        "tap f-second": opens("f-second"),
        "tap end": end,
        "outcome unshare ended": ended,
        "outcome unshare refused": not_yours,
        **ABOUT,
    },
}
