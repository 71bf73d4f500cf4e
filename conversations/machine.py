"""The conversation as a pure state machine: ``advance`` looks one move up in the table of states and inputs.

Theory of operation. A dialogue is in one state. Every input has a key. The table says for a state and a key which move
follows; what no row says is answered by the row of everywhere; what that does not know either changes nothing and
shows the card again. The list of languages may stand before a first card (moves/choosing.py). A move returns a
``Step``: the new dialogue, commands, remarks. Commands are performed by bot/turns.py. What a state looks like is
screens/'s.

The table is written out for people in docs/states.md, and a test compares the two.
"""

from __future__ import annotations

from dataclasses import replace

from conversations.codes import is_code
from conversations.dialogue import Dialogue, Place
from conversations.inputs import Asked, Input, Outcome, Tap, Typed
from conversations.moves import (
    answering,
    arriving,
    choosing,
    devices,
    erasing,
    everywhere,
    facilitating,
    hiding,
    leaving,
    posters,
    rights,
    setting_up,
    sharing,
)
from conversations.situation import Situation
from conversations.step import Move, Step, again, key


class NoMove(LookupError):
    """The table has no move for this outcome in this state. A move that waits must list every outcome."""


def table() -> dict[str, dict[str, Move]]:
    """The whole table: state → input → move, without the row of everywhere."""
    rows: dict[str, dict[str, Move]] = {}
    for module in (
        everywhere,
        leaving,
        rights,
        arriving,
        choosing,
        answering,
        setting_up,
        facilitating,
        posters,
        devices,
        hiding,
        sharing,
        erasing,
    ):
        for state, row in module.ROWS.items():
            rows.setdefault(state, {}).update(row)
    return rows


EVERYWHERE: dict[str, Move] = {
    **everywhere.ROW,
    **leaving.EVERYWHERE,
    **rights.EVERYWHERE,
    **arriving.EVERYWHERE,
    **answering.EVERYWHERE,
    **facilitating.EVERYWHERE,
    **sharing.EVERYWHERE,
    **erasing.EVERYWHERE,
}
"""What every state understands unless its own row says otherwise."""

TABLE = table()

NEEDS_A_PASS = (frozenset(answering.ROWS) - {"words", "word", "ladder"}) | {"stopped", "withdraw", "move"}
"""States that make no sense for somebody who takes no part."""

NEEDS_A_PRINCIPLE = frozenset(
    {"question", "comment", "too-long", "check", "change", "more", "official", "f-principle", "f-comments", "f-hide"}
)
"""States that are about one principle."""

NEEDS_AN_ACCOUNT = frozenset(devices.ROWS) - {"home"}
"""States that make no sense for somebody who is no facilitator, or no longer."""

NEEDS_AN_ASSESSMENT = frozenset(
    {*facilitating.ROWS, *posters.ROWS, *hiding.ROWS, *sharing.ROWS, *erasing.ROWS} - {"home"}
)


def settled(dialogue: Dialogue, situation: Situation) -> Dialogue:
    """The dialogue, or a safe place if it can no longer be where it is.

    An assessment may have been closed or a questionnaire changed in between, and an older program may have known a
    state that is gone. Nothing that was answered is lost by this: answers are not in the dialogue.
    """
    while dialogue.place.state not in TABLE:
        dialogue = dialogue.back() if dialogue.below else dialogue.at("home")
    if not _possible(dialogue, situation):
        dialogue = dialogue.at("home")
    if dialogue.place.state == "home" and situation.taking is not None:
        return answering.resume(dialogue, situation)
    return dialogue


def advance(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """One step of the conversation.

    Raises:
        NoMove: when the outcome of a command is not in the table. That is a fault of the table, never of a person.
    """
    there = settled(dialogue, situation)
    if there != dialogue and _meant_for_there(given):
        return again(there, *_gone(dialogue, given))
    here = choosing.asked_first(there, situation)
    name = key(given)
    move = TABLE[here.place.state].get(name) or EVERYWHERE.get(name)
    if move is None:
        if isinstance(given, Outcome):
            raise NoMove(f"{name} in the state {here.place.state}")
        move = everywhere.asked_something_else if isinstance(given, Asked) else everywhere.stale
    step = move(here, given, situation)
    return replace(step, dialogue=there) if step.dialogue == here else step


def _meant_for_there(given: Input) -> bool:
    """Whether an input makes sense only on the card that a person had before them."""
    return isinstance(given, Tap) or (isinstance(given, Typed) and not is_code(given.words))


def _gone(dialogue: Dialogue, given: Input) -> tuple[str, ...]:
    """What is said to somebody whose place is gone."""
    if dialogue.place.state == "welcome":
        return ("code.closed",)
    if dialogue.place.state in NEEDS_AN_ASSESSMENT:
        return ("f.gone",)
    return ("odd.typed",) if isinstance(given, Typed) else ()


def _possible(dialogue: Dialogue, situation: Situation) -> bool:
    """Whether what the state is about is there."""
    place = dialogue.place
    if place.state in NEEDS_A_PASS and situation.taking is None:
        return False
    if place.state in NEEDS_AN_ACCOUNT and not situation.is_facilitator:
        return False
    if place.state in NEEDS_AN_ASSESSMENT and facilitating.current(situation) is None:
        return False
    if place.state in sharing.FOR_ITS_CREATOR and not sharing.may_share(situation):
        return False
    if place.state == "welcome" and situation.invited is None:
        return False
    if place.state in {"held", "forget-me"} and situation.held is None:
        return False
    if place.state == "end" and answering.resume(dialogue, situation).place.state != "end":
        return False
    if not place.principle:
        return place.state not in NEEDS_A_PRINCIPLE
    return _known(place, situation)


def _known(place: Place, situation: Situation) -> bool:
    for principle in situation.questionnaire.principles:
        if principle.id == place.principle:
            statements = {statement.id for statement in principle.statements}
            return place.statement in statements or (not place.statement and place.state != "question")
    return False
