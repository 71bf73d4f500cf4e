"""What people can do with their data, wherever they are: read what happens to it, see what is held, be forgotten."""

from __future__ import annotations

from conversations.commands import Forget
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Tap
from conversations.moves.everywhere import opens
from conversations.situation import Situation
from conversations.step import Move, Step, again


def open_part(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens privacy-part on top."""
    assert isinstance(given, Tap)
    if given.value not in PARTS:
        return again(dialogue)
    return Step(dialogue=dialogue.over("privacy-part", topic=given.value))


def forget(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Erase everything of this person that is not poured: forgotten, which is never stored."""
    return Step(dialogue=dialogue.at("forgotten"), commands=(Forget(),))


PARTS = ("limits", "kept", "sees", "rights")
"""What the privacy notice has beside its first card: the values of its buttons."""

EVERYWHERE: dict[str, Move] = {
    "tap privacy": opens("privacy"),
    "tap part": open_part,
    "tap held": opens("held"),
    "tap forget-me": opens("forget-me"),
    "asked privacy": opens("privacy"),
}

ROWS: dict[str, dict[str, Move]] = {
    "privacy": {},
    "privacy-part": {},
    "held": {},
    "forget-me": {"tap forget": forget},
    "forgotten": {},
}
