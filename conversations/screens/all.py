"""Which screen belongs to which state."""

from __future__ import annotations

from collections.abc import Callable

from conversations.cards import Card
from conversations.dialogue import Dialogue
from conversations.machine import settled
from conversations.screens import (
    answering,
    arriving,
    everywhere,
    explaining,
    facilitating,
    results,
    setting_up,
)
from conversations.situation import Situation

Screen = Callable[[Dialogue, Situation], Card]

SCREENS: dict[str, Screen] = {
    **everywhere.SCREENS,
    **arriving.SCREENS,
    **answering.SCREENS,
    **explaining.SCREENS,
    **setting_up.SCREENS,
    **facilitating.SCREENS,
    **results.SCREENS,
}
"""Every state of the table has exactly one screen; a test compares the two."""


def card(dialogue: Dialogue, situation: Situation) -> Card:
    """The card of this dialogue in this situation."""
    here = settled(dialogue, situation)
    return SCREENS[here.place.state](here, situation)
