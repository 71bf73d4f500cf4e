"""Buttons that stand on many cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conversations.cards import Button, Look
from conversations.says import Say, text
from conversations.situation import Situation

Row = tuple[Button, ...]


def button(label: str | Say, action: str, value: str = "", *, look: Look = "plain", chosen: bool = False) -> Button:
    """A button whose label is one of our texts (by id) or anything else that can be said."""
    said = text(label) if isinstance(label, str) else label
    return Button(label=said, action=action, value=value, look=look, chosen=chosen)


def row(*buttons: Button) -> Row:
    """Buttons side by side."""
    return buttons


def in_pairs(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Two side by side: so all languages fit on the screen of an old telephone, as their own names are short."""
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def share_a_phone(situation: Situation) -> Row:
    """For people who share a phone or a browser: leave nothing behind for whoever has it next."""
    return row(button("menu.leave", "leave") if situation.channel == "web" else button("menu.clear", "clear"))


URGENT = button("button.urgent", "urgent", look="quiet")
MENU = button("button.menu", "menu", look="quiet")
BACK = button("button.back-here", "back")
LANGUAGE = replace(button("menu.language", "language"), sign="globe")
"""With a sign, so that somebody who got into a language they cannot read finds the way out."""
BOTTOM = row(URGENT, MENU)
"""The last row of every card of a participant: "I need help" is one tap away everywhere."""
