"""Choosing a language: who is asked before anything else, what follows from choosing, and the way for everybody else.

The rule who is asked stands here and nowhere else. It is asked of every dialogue anew and never stored: whatever brings
somebody to a first card (a link, /start, a typed code, an invitation), the list of languages stands before it.
"""

from __future__ import annotations

from conversations.commands import SetLanguage
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Tap
from conversations.moves.everywhere import opens
from conversations.situation import Situation
from conversations.step import Move, Step, again

FIRST_CARDS = frozenset({"home", "welcome"})
"""The cards that somebody new comes to. Whoever takes part is at neither, so nobody is held up in a question."""


def must_choose(state: str, situation: Situation) -> bool:
    """Whether this card waits until a language was chosen: the phone's own is offered, never imposed."""
    return not situation.language_chosen and len(situation.languages) > 1 and state in FIRST_CARDS


def asked_first(dialogue: Dialogue, situation: Situation) -> Dialogue:
    """The list of languages over a first card that waits for it; anything else as it is."""
    return dialogue.over("language") if must_choose(dialogue.place.state, situation) else dialogue


def choose(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Speak a language of the list. The list closes, any other card stays; no draft is lost."""
    assert isinstance(given, Tap)
    if given.value not in dict(situation.languages):
        return again(dialogue)
    chosen = dialogue.back() if dialogue.place.state == "language" else dialogue
    return Step(dialogue=chosen, commands=(SetLanguage(language=given.value),))


ROWS: dict[str, dict[str, Move]] = {
    "language": {"tap speak": choose, "tap no-language": opens("no-language")},
    "no-language": {"tap back": opens("language")},
    "home": {"tap speak": choose},
    "welcome": {"tap speak": choose},
    "help": {"tap speak": choose},
}
