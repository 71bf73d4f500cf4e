"""The cards about the devices of a facilitator's account: the link for another one, and ending all others."""

from __future__ import annotations

from conversations.cards import Block, Card, paragraph
from conversations.dialogue import Dialogue
from conversations.says import Day, Minute, text
from conversations.screens.buttons import button, row
from conversations.screens.facilitating import HOME, link
from conversations.situation import Situation


def device(dialogue: Dialogue, situation: Situation) -> Card:
    """A one-time link for a second device."""
    until = int(dialogue.draft.get("until", 0))
    blocks: list[Block] = [paragraph(text("f-device.what"))]
    blocks += link(f"d-{dialogue.draft.get('token', '')}", situation)
    blocks.append(paragraph(text("f-device.until", day=Day(until), time=Minute(until))))
    rows = (row(HOME), row(button("f-device.end", "f-devices", look="quiet")))
    return Card(state="f-device", title=text("f-device.title"), blocks=tuple(blocks), rows=rows)


def devices(dialogue: Dialogue, situation: Situation) -> Card:
    """Ending all others: sure?"""
    return Card(
        state="f-devices",
        title=text("f-devices.title"),
        blocks=(paragraph(text("f-devices.what")), paragraph(text("f-devices.kept"))),
        rows=(
            row(button("f-setup.give-up", "f-home", look="main")),
            row(button("f-devices.now", "end-devices", look="danger")),
        ),
    )


SCREENS = {"f-device": device, "f-devices": devices}
