"""Which screen belongs to which state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conversations.cards import Card
from conversations.dialogue import Dialogue
from conversations.machine import settled
from conversations.moves.choosing import asked_first
from conversations.screens import (
    answering,
    arriving,
    choosing,
    devices,
    everywhere,
    explaining,
    facilitating,
    hiding,
    keeping,
    leaving,
    posters,
    results,
    rights,
    setting_up,
    sharing,
)
from conversations.screens.buttons import URGENT, row
from conversations.situation import Situation

Screen = Callable[[Dialogue, Situation], Card]

SCREENS: dict[str, Screen] = {
    **everywhere.SCREENS,
    **choosing.SCREENS,
    **rights.SCREENS,
    **arriving.SCREENS,
    **answering.SCREENS,
    **explaining.SCREENS,
    **leaving.SCREENS,
    **setting_up.SCREENS,
    **facilitating.SCREENS,
    **posters.SCREENS,
    **devices.SCREENS,
    **sharing.SCREENS,
    **keeping.SCREENS,
    **results.SCREENS,
    **hiding.SCREENS,
}
"""Every state of the table has exactly one screen; a test compares the two."""


def card(dialogue: Dialogue, situation: Situation) -> Card:
    """The card of this dialogue in this situation. "I need help" is one tap away on every one of them."""
    here = asked_first(settled(dialogue, situation), situation)
    shown = SCREENS[here.place.state](here, situation)
    if here.place.state == "urgent" or any(button.action == "urgent" for button in shown.buttons()):
        return shown
    return replace(shown, rows=(*shown.rows, row(URGENT)))
