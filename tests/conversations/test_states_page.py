"""docs/states.md is the table of states: nobody reads a stale page."""

from __future__ import annotations

from pathlib import Path

from conversations.machine import EVERYWHERE, TABLE
from conversations.screens.all import SCREENS
from conversations.states_page import page
from walking.expectations import expect

STATES = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_page_about_the_states_is_the_table() -> None:
    expect(STATES, page())


def test_every_state_and_every_move_says_what_it_is() -> None:
    silent = [state for state, screen in SCREENS.items() if not screen.__doc__]
    silent += [
        f"{state}: {name}"
        for state, row in (*TABLE.items(), ("everywhere", EVERYWHERE))
        for name, move in row.items()
        if not move.__doc__
    ]
    assert silent == []
