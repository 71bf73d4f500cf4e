"""A poster in other languages: the first is chosen, then a second or none.

What was chosen is part of the position; nothing of it is stored anywhere else.
"""

from __future__ import annotations

from conversations.dialogue import Dialogue
from conversations.inputs import Input, Tap
from conversations.moves.facilitating import ABOUT, current
from conversations.situation import Situation
from conversations.step import Move, Step, again

BETWEEN = "+"
"""Between two languages in the topic, and in the address of their picture. No code of a language holds it."""


def chosen(dialogue: Dialogue, situation: Situation) -> tuple[str, ...]:
    """The languages of the poster so far, the first one first: none, one or two, and only such as are on offer."""
    codes = dict.fromkeys(dialogue.place.topic.split(BETWEEN)[:2])
    return tuple(code for code in codes if code in dict(situation.languages))


def begin(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-poster-first, for a poster of the same group, unless only one language is on offer."""
    if len(situation.languages) < 2:
        return again(dialogue)
    return _at("f-poster-first", dialogue, situation)


def first(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The first language: f-poster-second; anything else shows the list again."""
    assert isinstance(given, Tap)
    if given.value not in dict(situation.languages):
        return again(dialogue)
    return _at("f-poster-second", dialogue, situation, topic=given.value)


def second(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The second language: f-poster; anything else shows the list again."""
    assert isinstance(given, Tap)
    if given.value not in dict(situation.languages):
        return again(dialogue)
    both = BETWEEN.join((*chosen(dialogue, situation), given.value))
    return _at("f-poster", dialogue, situation, topic=both)


def only(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """No second language: f-poster."""
    return _at("f-poster", dialogue, situation, topic=dialogue.place.topic)


def _at(state: str, dialogue: Dialogue, situation: Situation, *, topic: str = "") -> Step:
    if current(situation) is None:
        return Step(dialogue=dialogue.at("home"))
    place = dialogue.place
    return Step(dialogue=dialogue.at(state, assessment=place.assessment, group=place.group, topic=topic))


ROWS: dict[str, dict[str, Move]] = {
    "f-group": {"tap f-poster": begin},
    "f-poster-first": {"tap first": first, **ABOUT},
    "f-poster-second": {"tap second": second, "tap only": only, "tap f-poster": begin, **ABOUT},
    "f-poster": {"tap f-poster": begin, **ABOUT},
}
