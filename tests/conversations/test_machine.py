"""The table of states as a whole: it is complete, nothing in it is idle, and no input of any kind breaks it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.commands import Command
from conversations.dialogue import Dialogue, Place, same
from conversations.inputs import Outcome, Tap
from conversations.machine import EVERYWHERE, TABLE, NoMove, advance, settled
from conversations.moves.choosing import asked_first
from conversations.screens import card
from conversations.screens.all import SCREENS
from conversations.situation import Situation
from conversations.step import key
from walking.cards import check_card
from walking.exploring import (
    DRAFT,
    WAITING,
    Seen,
    explore,
    inputs,
    name_of,
    outcomes_of,
    places,
    results_of,
    situations,
)
from walking.steady import steady

SITUATIONS = situations()


@dataclass
class Exploration:
    """What was seen on the way through everything."""

    leads: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    issued: dict[str, set[type]] = field(default_factory=lambda: defaultdict(set))
    offered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    fields: set[str] = field(default_factory=set)
    cards: set[tuple[int, Place, Place | None, tuple[str, ...]]] = field(default_factory=set)

    def look(self, dialogue: Dialogue, situation: Situation) -> None:
        """Check the card of a dialogue, once."""
        seen = (id(situation), dialogue.place, dialogue.below, tuple(dialogue.draft))
        if seen in self.cards:
            return
        self.cards.add(seen)
        shown = card(dialogue, situation)
        check_card(shown)
        state = asked_first(settled(dialogue, situation), situation).place.state
        for button in shown.buttons():
            assert f"tap {button.action}" in TABLE[state] or f"tap {button.action}" in EVERYWHERE, (
                state,
                button.action,
            )
        self.offered[state] |= {f"tap {button.action}" for button in shown.buttons()}
        if shown.field is not None:
            self.fields.add(state)

    def note(self, seen: Seen) -> None:
        """One step."""
        state = seen.here.place.state
        self.look(seen.here, seen.situation)
        after = settled(seen.step.dialogue, seen.situation)
        self.look(after, seen.situation)
        self.leads[state, key(seen.given)].add(after.place.state)
        self.issued[state] |= {type(command) for command in seen.step.commands}
        waiting = [isinstance(command, WAITING) for command in seen.step.commands]
        assert not any(waiting[:-1]), f"{state}: only the last command may be one that is waited for"
        assert not (seen.step.again and any(not wait for wait in waiting)), f"{state}: shown again, but changed"


@pytest.fixture(scope="module")
def explored() -> Exploration:
    """Everything tried everywhere. Raises ``NoMove`` where an outcome has no row."""
    exploration = Exploration()
    for seen in explore():
        exploration.note(seen)
    return exploration


def test_every_state_has_a_screen_and_every_screen_a_state() -> None:
    assert set(TABLE) == set(SCREENS)


def test_every_state_can_be_reached(explored: Exploration) -> None:
    reached = {state for states in explored.leads.values() for state in states}
    assert set(TABLE) - reached == set()


def test_every_button_in_the_table_is_on_a_card(explored: Exploration) -> None:
    """A row that several states share may have buttons that not each of their cards offers."""
    anywhere = set().union(*explored.offered.values())
    idle = {
        (state, name)
        for state, row in TABLE.items()
        for name, move in row.items()
        if name.startswith("tap ")
        and not any(name in explored.offered[other] for other, its in TABLE.items() if its.get(name) is move)
    }
    assert idle == set()
    assert {name for name in EVERYWHERE if name.startswith("tap ")} - anywhere == set()


def test_a_card_has_a_field_where_the_state_knows_what_to_do_with_a_text(explored: Exploration) -> None:
    """Beside the pause and the card of a cleared chat, which any message ends."""
    assert explored.fields == {state for state, row in TABLE.items() if "typed" in row} - {"stopped", "cleared"}


def test_commands_list_their_results() -> None:
    for command in get_args(Command):
        assert bool(results_of(command)) == (command in WAITING), command.__name__


def test_every_outcome_is_handled_wherever_its_command_is_issued(explored: Exploration) -> None:
    """The exploration fed every outcome back; here is counted that it did, and that none has a row in vain."""
    rows = {(state, name) for state, row in TABLE.items() for name in row if name.startswith("outcome ")}
    for state, issued in explored.issued.items():
        for command in issued & set(WAITING):
            names = {key(outcome) for outcome in outcomes_of(command)}
            assert names <= TABLE[state].keys() | EVERYWHERE.keys(), (state, command.__name__)
            assert all((state, name) in explored.leads for name in names), (state, command.__name__)
            rows -= {(state, name) for name in names}
    assert rows == set()


def test_every_outcome_in_the_table_is_one_that_a_command_lists() -> None:
    listed = {key(outcome) for command in WAITING for outcome in outcomes_of(command)}
    named = {name for row in (*TABLE.values(), EVERYWHERE) for name in row if name.startswith("outcome ")}
    assert named == listed
    assert name_of(WAITING[0]) == "look-up"


def test_an_outcome_that_the_table_does_not_know_is_a_fault_of_the_table() -> None:
    with pytest.raises(NoMove, match="outcome look-up lost in the state home"):
        advance(Dialogue(), Outcome(command="look-up", result="lost"), SITUATIONS[0])


@pytest.mark.parametrize("below", [None, Place(state="gone-too"), Place(state="help"), Place(state="question")])
@pytest.mark.parametrize("state", ["gone", "menu", ""])
def test_a_state_that_is_gone_leads_to_a_safe_place(state: str, below: Place | None) -> None:
    for situation in SITUATIONS:
        dialogue = Dialogue(place=Place(state=state, principle="gone", statement="7"), below=below, draft={"x": 1})
        check_card(card(dialogue, situation))
        for one in inputs():
            step = advance(dialogue, one, situation)
            check_card(card(step.dialogue, situation))


def test_a_tap_that_was_meant_for_a_place_that_is_gone_does_nothing() -> None:
    dialogue = Dialogue(place=Place(state="check", principle="assets"))
    step = advance(dialogue, Tap("hand-in"), SITUATIONS[0])
    assert (step.dialogue, step.commands, step.again) == (Dialogue(), (), True)


words = st.text(max_size=40)
place = st.builds(
    Place,
    state=st.sampled_from([*TABLE, "gone"]),
    principle=st.sampled_from(["", "assets", "catalysts", "gone"]),
    statement=st.sampled_from(["", "1", "3", "gone"]),
    assessment=st.sampled_from(["", "assessment", "gone"]),
    group=st.sampled_from(["", "group", "gone"]),
    topic=st.one_of(st.sampled_from(["", "all", "change", "rewrite", "ladder"]), words),
)
dialogues = st.builds(Dialogue, place=place, below=st.none() | place, draft=st.just(DRAFT))


@given(dialogues, st.sampled_from(SITUATIONS))
@steady(300)
def test_any_stored_dialogue_has_a_card_and_settles_once(dialogue: Dialogue, situation: Situation) -> None:
    here = settled(dialogue, situation)
    assert settled(here, situation) == here
    check_card(card(dialogue, situation))


@given(st.sampled_from(SITUATIONS), st.data())
@steady(100)
def test_a_dialogue_can_be_written_and_read_between_any_two_steps(situation: Situation, data: st.DataObject) -> None:
    here = data.draw(st.sampled_from(PLACES[id(situation)]))
    for _ in range(6):
        step = advance(same(here), data.draw(st.sampled_from(INPUTS)), situation)
        assert same(step.dialogue) == step.dialogue
        if any(isinstance(command, WAITING) for command in step.commands):
            return
        here = settled(step.dialogue, situation)


PLACES = {id(situation): list(places(situation)) for situation in SITUATIONS}
INPUTS = inputs()
