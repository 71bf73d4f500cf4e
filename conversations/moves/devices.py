"""The devices of a facilitator's account: a one-time link for another one, and ending all others.

A telephone that is lost, or a laptop that was lent, must not go on opening somebody's assessments.
"""

from __future__ import annotations

from conversations.commands import EndDevices, NewDevice
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Outcome
from conversations.moves.setting_up import refused
from conversations.says import text
from conversations.situation import Situation
from conversations.step import Move, Step, again


def new_device(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A one-time link for a second device."""
    if not situation.is_facilitator:
        return again(dialogue)
    return Step(dialogue=dialogue, commands=(NewDevice(),))


def device_link_made(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-device; the link stays a draft so that a reload shows it again."""
    assert isinstance(given, Outcome)
    card = dialogue.at("f-device").drafting(token=given.text("token"), until=given.number("until"))
    return Step(dialogue=card)


def ask_to_end(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-devices, for one confirmation. The link that was made before goes with it."""
    return Step(dialogue=dialogue.at("f-devices"))


def end_others(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Only this device opens the account from here on."""
    if not situation.is_facilitator:
        return again(dialogue)
    return Step(dialogue=dialogue, commands=(EndDevices(),))


def others_ended(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """How many there were: home."""
    assert isinstance(given, Outcome)
    number = given.number("n")
    notice = text("f-devices.done", n=number) if number else text("f-devices.none")
    return Step(dialogue=dialogue.at("home"), notices=(notice,))


ROWS: dict[str, dict[str, Move]] = {
    "home": {
        "tap device": new_device,
        "outcome new-device made": device_link_made,
        "outcome new-device refused": refused,
    },
    "f-device": {"tap f-devices": ask_to_end},
    "f-devices": {
        "tap end-devices": end_others,
        "outcome end-devices ended": others_ended,
        "outcome end-devices refused": refused,
    },
}
