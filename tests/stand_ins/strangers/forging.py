"""Where a stranger could pretend to be, and what could be sent from there, read from the table of states.

What is new in the table is tried without a word here: an action that is not listed is tried with every value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations import commands as c
from conversations.dialogue import Dialogue, Place
from conversations.machine import EVERYWHERE, NEEDS_AN_ASSESSMENT, TABLE
from strangers.world import COMMENT, HIDDEN, World

AFTER_A_CODE = frozenset({"welcome"})
"""Reached only by whoever has a session code, and then meant to tell what the assessment is."""

STATES = tuple(state for state in TABLE if state not in AFTER_A_CODE)

EVERY_VALUE = ("", "{assessment}", "{group}", "assets", "all", "1")
VALUES: Mapping[str, tuple[str, ...]] = {
    "open": ("{assessment}",),
    "f-group": ("{group}",),
    "f-principle": ("assets",),
    "f-comments": ("assets", "networks"),
    "first": ("pl",),
    "second": ("en",),
    "show": ("all", "networks"),
    "score": ("3",),
    "principle": ("assets",),
    "part": ("kept",),
}
"""What stands on the buttons of those who may; for the actions that carry nothing see below."""

WORDS_OF_ACTIONS = """
    now close make end new device create go-on give-up previous back menu help urgent privacy language stop withdraw
    erase facilitate resume-code code f-home f-assessment f-invite f-show f-results f-share f-close f-sheet f-gaps
    f-overview f-poster only f-second f-unshare f-devices end-devices
"""
BARE = frozenset(WORDS_OF_ACTIONS.split())


def values_of(world: World, action: str) -> list[str]:
    """The values to try with an action."""
    values = VALUES.get(action, ("",) if action in BARE else EVERY_VALUE)
    made = world.made
    return [value.format(assessment=made.id, group=made.groups["staff"]) for value in values]


def actions_of(state: str, *, everywhere: bool) -> list[str]:
    """The actions that a state understands; with those of every state where asked."""
    keys = [*TABLE[state], *(EVERYWHERE if everywhere else ())]
    return [key.removeprefix("tap ") for key in keys if key.startswith("tap ")]


def place_in(world: World, state: str) -> Dialogue:
    """The dialogue of somebody who pretends to be there: everything about the assessment that they could know."""
    principle = world.house.questionnaire.principles[0]
    place = Place(
        state=state,
        principle=principle.id,
        statement=principle.statements[0].id,
        assessment=world.made.id,
        group=world.made.groups["staff"],
        topic="all",
    )
    draft: dict[str, Any] = {
        "cells": [[world.made.groups["staff"], "networks"]],
        "organisation": "Made up",
        "groups": [["staff", ""]],
        "threshold": 5,
        "hear_by": world.house.clock.now,
        "assessment": world.made.id,
        "group": world.made.groups["staff"],
    }
    return Dialogue(place=place, draft=draft)


def ways_in(state: str) -> bool:
    """Whether a state is about facilitating. A participant's other states are their own to use."""
    return state in NEEDS_AN_ASSESSMENT or state.startswith("f-")


def commands(world: World) -> dict[type, c.Command | None]:
    """Each command about the assessment, as if the table had let it through; None where that proves nothing."""
    id_, group = world.made.id, world.made.groups["staff"]
    return {
        c.Show: c.Show(assessment=id_, cells=((group, "networks"),)),
        c.Close: c.Close(assessment=id_),
        c.Withhold: c.Withhold(assessment=id_, group=group, principle="assets", comment=COMMENT),
        c.Release: c.Release(assessment=id_, group=group, principle="assets", comment=HIDDEN),
        c.Erase: c.Erase(assessment=id_),
        c.Share: c.Share(assessment=id_),
        c.Unshare: c.Unshare(assessment=id_),
        c.Move: c.Move(assessment=id_, group=world.made.groups["users"]),
        c.Redeem: c.Redeem(token="f-unknown"),
        c.LookUp: c.LookUp(code="BCDF-2345"),
        c.NewDevice: c.NewDevice(),
        c.EndDevices: c.EndDevices(),
        c.Create: c.Create(organisation="Made up", groups=(("staff", ""),), threshold=5, hear_by=0),
        c.ResumeCode: c.ResumeCode(),
        c.SetLanguage: c.SetLanguage(language="en"),
        c.SaveChoice: c.SaveChoice(principle="networks", statement="1", choice=1),
        c.SaveComment: c.SaveComment(principle="networks", comment="forged"),
        c.HandIn: c.HandIn(principle="networks"),
        c.TakeOut: c.TakeOut(principle="networks"),
        c.Withdraw: c.Withdraw(),
        c.Forget: c.Forget(),
        c.Leave: c.Leave(),
        # Anybody with a session code may; the table lets nobody else through.
        c.Join: None,
    }


COMMANDS = commands
