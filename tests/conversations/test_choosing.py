"""Choosing a language: who is asked, that nobody is held up or loses anything, and what an unchecked language says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from conversations.cards import Card
from conversations.commands import SetLanguage
from conversations.dialogue import START, Dialogue, same
from conversations.inputs import Asked, Opened, Tap
from conversations.machine import TABLE, advance, settled
from conversations.says import InLanguage, Text, Verbatim, text
from conversations.screens import card
from conversations.situation import Operator, Situation
from walking.exploring import explore, places, situations

LANGUAGES = (("ar", "العربية"), ("en", "English"), ("bn", "বাংলা"), ("pl", "Polski"))
FIRST = {"home", "welcome"}


def new(situation: Situation, **more: object) -> Situation:
    """The same for somebody whose phone is Arabic and who has not chosen."""
    changed = replace(situation, language="ar", languages=LANGUAGES, language_chosen=False, language_reviewed=False)
    return replace(changed, **more)  # type: ignore[arg-type]


def everywhere(**more: object) -> Iterator[tuple[Dialogue, Situation]]:
    """Every place of every situation in which several languages are offered."""
    for situation in situations():
        changed = new(situation, **more)
        # Nothing that people do puts a first card on top of another.
        yield from ((here, changed) for here in places(changed) if here.below is None or here.place.state not in FIRST)


def labels(shown: Card) -> list[object]:
    return [button.label for button in shown.buttons()]


def said(shown: Card) -> set[str]:
    return {block.text.id for block in shown.blocks if isinstance(block.text, Text)}


def test_somebody_new_sees_the_list_before_every_first_card_and_nobody_is_held_up_elsewhere() -> None:
    asked = set()
    for here, situation in everywhere():
        waits = card(here, situation).state == "language" != here.place.state
        assert waits == (here.place.state in FIRST)
        assert not (waits and situation.taking), "nobody is asked in the middle of taking part"
        asked |= {here.place.state} if waits else set()
    assert asked == FIRST


def test_nobody_is_asked_who_has_chosen_or_has_no_choice() -> None:
    for more in ({"language_chosen": True}, {"languages": (("en", "English"),), "language": "en"}):
        for here, situation in everywhere(**more):
            assert (card(here, situation).state == "language") == (here.place.state == "language")


def test_the_list_that_comes_first_has_help_and_no_way_around_it() -> None:
    for here, situation in everywhere():
        shown = card(here, situation)
        if here.place.state not in FIRST or shown.state != "language":
            continue
        assert [button.action for button in shown.buttons()] == ["speak"] * 4 + ["no-language", "urgent"]
        assert [button.value for button in shown.buttons() if button.look == "main"] == ["ar"]
        after = advance(here, Tap("back"), situation)
        assert card(same(after.dialogue), situation).state == "language"
        urgent = advance(here, Tap("urgent"), situation).dialogue
        assert card(urgent, situation).state == "urgent"
        assert card(advance(urgent, Tap("back"), situation).dialogue, situation) == shown


def test_the_list_is_never_stored_where_somebody_is_only_asked_first() -> None:
    """So an old button, tapped by somebody who was forgotten, makes nobody known."""
    situation = next(each for each in map(new, situations()) if each.taking is None and each.facilitates is None)
    for given in (Tap("gone"), Tap("language"), Opened(), Asked("language")):
        assert advance(START, given, situation).dialogue == START


def test_a_choice_leads_back_to_the_same_card_with_every_draft() -> None:
    for chosen in (True, False):
        for here, situation in everywhere(language_chosen=chosen):
            if here.place.state in {"language", "no-language"}:
                continue
            asked = advance(here, Asked("language"), situation)
            listed = card(asked.dialogue, situation)
            assert listed.state == "language"
            step = advance(same(asked.dialogue), Tap("speak", "pl"), situation)
            assert step.commands == (SetLanguage(language="pl"),)
            after = replace(situation, language="pl", language_chosen=True)
            was, now = card(here.back(), after), card(step.dialogue, after)
            assert now == was
            assert step.dialogue.draft == here.draft


def test_a_choice_on_a_first_card_or_beside_how_this_works_stays_there() -> None:
    seen = set()
    for here, situation in everywhere(language_chosen=True):
        if here.place.state == "language" or "tap speak" not in TABLE[here.place.state]:
            continue
        step = advance(here, Tap("speak", "en"), situation)
        assert step.dialogue == here
        assert advance(here, Tap("speak", "xx"), situation).commands == ()
        seen.add(here.place.state)
    assert seen == {*FIRST, "help"}


def test_the_current_language_is_marked_once_it_was_chosen() -> None:
    situation = new(situations()[0], language_chosen=True)
    shown = card(START.over("language"), situation)
    assert [(button.value, button.chosen) for button in shown.buttons()[:2]] == [("ar", True), ("en", False)]
    assert [len(row) for row in shown.rows] == [2, 2, 1, 2]
    assert labels(shown)[0] == InLanguage("ar", Verbatim("العربية"))


def test_the_title_of_the_list_stands_in_english_too_unless_it_is_english() -> None:
    english = InLanguage("en", text("language.title"))
    arabic, spoken = new(situations()[0]), new(situations()[0], language="en")
    assert english in [block.text for block in card(START, arabic).blocks]
    assert english not in [block.text for block in card(START, spoken).blocks]


@pytest.mark.parametrize("contact", [None, "help@charity.example"])
def test_people_whose_language_is_missing_read_whom_to_ask_and_get_back_to_the_list(contact: str | None) -> None:
    for here, situation in everywhere(operator=Operator(name="The charity", contact=contact)):
        if here.place.state != "language":
            continue
        missing = advance(here, Tap("no-language"), situation).dialogue
        shown = card(missing, situation)
        assert shown.state == "no-language"
        whom = {"no-language.operator", "who.contact"} if contact else {"no-language.inviter"}
        assert said(shown) == {"no-language.trust", "no-language.helper", "no-language.own-words", *whom}
        assert card(advance(missing, Tap("back"), situation).dialogue, situation) == card(here, situation)


def test_an_unchecked_language_says_so_on_the_first_screens_with_english_one_tap_away() -> None:
    says = set()
    for here, situation in everywhere(language_chosen=True):
        shown = card(here, situation)
        if "language.unreviewed" in said(shown):
            says.add(shown.state)
            assert "speak:en" in [f"{button.action}:{button.value}" for button in shown.buttons()]
            assert InLanguage("en", Verbatim("English")) in labels(shown)
        checked = card(here, replace(situation, language_reviewed=True))
        assert "language.unreviewed" not in said(checked)
        assert checked.state == "language" or "speak" not in {button.action for button in checked.buttons()}
    assert says == {"home", "welcome", "language", "help"}


def test_every_way_to_a_first_card_leads_to_the_list() -> None:
    """Whatever somebody new does, forged or not, and however a command turns out."""
    for seen in explore():
        situation = seen.situation
        if situation.language_chosen or situation.taking is not None:
            continue
        if settled(seen.step.dialogue, situation).place.state in FIRST:
            assert seen.leads_to == "language", (seen.here, seen.given)
