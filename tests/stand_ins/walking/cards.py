"""Looking at a card as a person and as a channel would: it must be well-formed, speakable, and never a dead end."""

from __future__ import annotations

import re

from bot.replies import Reply
from conversations.cards import Card
from conversations.machine import EVERYWHERE, TABLE
from conversations.says import Listing, Say, Text, Verbatim
from walking.house import wordings

ACTION = re.compile(r"[a-z0-9-]{1,12}")
VALUE = re.compile(r"[a-z0-9-]{0,36}")
MOST_IN_A_ROW = 5
LAST_QUESTIONS = {"withdraw", "clear", "leave", "forget-me", "f-warn", "f-close", "f-erase", "f-unshare"}
"""Cards that ask once more before something that cannot be undone."""


def check_card(card: Card) -> None:
    """What is true of every card.

    Raises:
        AssertionError: with the state of the card and what is wrong.
    """
    where = f"the card of {card.state}"
    assert card.state in TABLE, f"{where}: no such state"
    assert card.buttons(), f"{where} has no button: it is a dead end"
    if card.state in LAST_QUESTIONS:
        assert card.buttons()[0].look == "main", f"{where}: a hasty tap on the first button does harm"
    for row in card.rows:
        assert 1 <= len(row) <= MOST_IN_A_ROW, f"{where}: a row of {len(row)} buttons"
    offered = [(button.action, button.value) for button in card.buttons()]
    assert len(offered) == len(set(offered)), f"{where}: two buttons stand for the same thing: {offered}"
    for action, value in offered:
        assert ACTION.fullmatch(action), f"{where}: the action {action!r}"
        assert VALUE.fullmatch(value), f"{where}: the value {value!r}"
        assert understood(card.state, action), f"{where}: nothing follows from the button {action}"
    if card.field is not None:
        assert "typed" in TABLE[card.state], f"{where} has a field, but nothing follows from typing"
        assert card.field.limit > 0, where
        assert card.field.lines > 0, where
    for said in spoken(card):
        assert said, f"{where}: something on it has no words"


def understood(state: str, action: str) -> bool:
    """Whether the table has a move for this button."""
    return f"tap {action}" in TABLE[state] or f"tap {action}" in EVERYWHERE


def everything_said(card: Card) -> list[Say]:
    """Everything on a card, in reading order, but for what a field was filled with."""
    said: list[Say | None] = [card.progress, card.title, *(block.text for block in card.blocks)]
    if card.field is not None:
        said += [card.field.label, card.field.submit]
    said += [button.label for button in card.buttons()]
    return [each for each in said if each is not None]


def spoken(card: Card) -> list[str]:
    """Everything on a card in English."""
    say = wordings().speak("en").say
    return [say(each) for each in everything_said(card)]


def check_reply(reply: Reply) -> None:
    """A card and the remarks before it."""
    check_card(reply.card)
    say = wordings().speak("en").say
    for notice in reply.notices:
        assert say(notice), f"{notice.id} has no words"


def typed_by_people(what: Say) -> bool:
    """Whether a label holds a name that somebody typed, as long as they liked."""
    match what:
        case Verbatim():
            return True
        case Text(parameters=parameters):
            return any(not isinstance(value, int | str) and typed_by_people(value) for _, value in parameters)
        case Listing(items):
            return any(typed_by_people(item) for item in items)
    return False
