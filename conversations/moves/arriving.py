"""From a session code to taking part: home, what is promised, "I agree", and changing the group."""

from __future__ import annotations

from dataclasses import replace

from conversations.commands import Join, Leave, LookUp
from conversations.commands import Move as MoveGroup
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Outcome, Tap, Typed
from conversations.moves.answering import resume
from conversations.moves.everywhere import opens, wait
from conversations.says import text
from conversations.situation import Situation
from conversations.step import Move, Step, again


def code_typed(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """At home every text is taken for a session code."""
    assert isinstance(given, Typed)
    return Step(dialogue=dialogue, commands=(LookUp(code=given.words),))


def found(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A group to join: welcome. Whoever takes part elsewhere goes out there first, with every answer kept."""
    assert isinstance(given, Outcome)
    about = {"assessment": given.text("assessment"), "group": given.text("group")}
    new = dialogue.at("welcome", **about)
    if situation.taking is None:
        return Step(dialogue=new)
    return Step(dialogue=new, commands=(Leave(),), notices=(text("code.left-other"),))


def mine(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The code of the group in which this person already takes part: on with it."""
    return Step(dialogue=dialogue.back(), notices=(text("code.mine"),))


def other_group(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The code of another group of the same assessment, and one person is in one group: opens move on top."""
    assert isinstance(given, Outcome)
    if situation.taking is None:
        return again(dialogue, "code.unknown")
    shown = dialogue.back().over("move")
    return Step(dialogue=shown.drafting(assessment=given.text("assessment"), group=given.text("group")))


def remark(id_: str) -> Move:
    """A move that says one thing and shows the card again."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        return again(dialogue, id_)

    move.__doc__ = f'Remarks "{id_}" and shows the card again.'
    return move


def agree(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Join, now that the person knows what is promised."""
    return Step(dialogue=dialogue, commands=(Join(assessment=dialogue.place.assessment, group=dialogue.place.group),))


def no_thanks(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Nothing was kept, and nothing will be: home."""
    return Step(dialogue=dialogue.at("home"), notices=(text("welcome.no-thanks"),))


def joined(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """In: the first question that is still open; after a withdrawal some may be mixed in."""
    return Step(dialogue=resume(dialogue, situation))


def cannot_join(id_: str) -> Move:
    """Joining was refused: say why, back to the start."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        return Step(dialogue=dialogue.at("home"), notices=(text(id_),))

    move.__doc__ = f'Remarks "{id_}", back to home.'
    return move


def move_group(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Change the group, with all answers."""
    assert isinstance(given, Tap)
    assessment, group = dialogue.draft.get("assessment", ""), dialogue.draft.get("group", "")
    return Step(dialogue=dialogue, commands=(MoveGroup(assessment=assessment, group=group),))


def stay(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Stay in the group."""
    return Step(dialogue=dialogue.back())


def moved(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """In the other group now; everything is to be handed in again."""
    return Step(dialogue=dialogue.back(), notices=(text("move.done"),))


def cannot_move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Too late: something of this person is mixed in already, or was given up."""
    parts = situation.taking.parts.values() if situation.taking else ()
    lost = all(part.given_up for part in parts if part.poured)
    return Step(dialogue=dialogue.back(), notices=(text("move.given-up" if lost else "move.too-late"),))


def no_words(move: Move) -> Move:
    """What was typed over the open question was a session code, so it does not wait there to become a comment."""

    def without(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        return move(replace(dialogue, draft={}), given, situation)

    without.__doc__ = move.__doc__
    return without


EVERYWHERE: dict[str, Move] = {
    "tap code": opens("code"),
    "outcome look-up found": found,
    "outcome look-up mine": mine,
    "outcome join mine": mine,
    "outcome look-up other-group": other_group,
    "outcome look-up own": remark("code.own"),
    "outcome look-up closed": remark("code.closed"),
    "outcome look-up unknown": remark("code.unknown"),
}

ROWS: dict[str, dict[str, Move]] = {
    "home": {"typed": code_typed},
    "code": {"typed": code_typed},
    "welcome": {
        "tap agree": agree,
        "tap no-thanks": no_thanks,
        "outcome join joined": joined,
        "outcome join own": cannot_join("code.own"),
        "outcome join closed": cannot_join("code.closed"),
        "outcome join other-group": cannot_join("code.other-group"),
    },
    "comment": {
        "outcome look-up mine": no_words(mine),
        "outcome look-up other-group": no_words(other_group),
        "outcome look-up own": no_words(remark("code.own")),
        "outcome look-up closed": no_words(remark("code.closed")),
        "outcome look-up wait": no_words(wait),
    },
    "move": {
        "tap move": move_group,
        "tap back": stay,
        "outcome move moved": moved,
        "outcome move poured": cannot_move,
        "outcome move closed": cannot_join("code.closed"),
    },
}
