"""A dialogue is written and read without loss, and what an older program stored is carried over."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.dialogue import HOME, START, VERSION, Dialogue, Place, Unknown, read, same, write
from conversations.inputs import Tap, Typed
from conversations.machine import advance, settled
from conversations.screens import card
from conversations.step import again
from walking.cards import check_card
from walking.exploring import situations
from walking.steady import steady

STORED = sorted((Path(__file__).parent / "stored").glob("*.json"))
SITUATIONS = situations()

word = st.text(max_size=20)
state = st.text(min_size=1, max_size=20)
place = st.builds(Place, state=state, principle=word, statement=word, assessment=word, group=word, topic=word)
drafted = st.one_of(word, st.integers(), st.lists(st.lists(word, max_size=2), max_size=3))
draft = st.dictionaries(word, drafted, max_size=3)
dialogue = st.builds(Dialogue, place=place, below=st.none() | place, draft=draft)


@given(dialogue)
@steady(200)
def test_what_is_written_is_read_again(written: Dialogue) -> None:
    assert same(written) == written
    assert read(json.loads(json.dumps(write(written)))) == written


def test_every_stored_version_has_an_example() -> None:
    versions = {json.loads(file.read_text("utf-8"))["stored"].get("version", 1) for file in STORED}
    assert versions == set(range(1, VERSION + 1))


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_a_stored_dialogue_is_carried_over(file: Path) -> None:
    example = json.loads(file.read_text("utf-8"))
    found = read(example["stored"])
    assert found.place == Place(**example["place"])
    assert same(found) == found


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_somebody_with_a_stored_dialogue_can_go_on(file: Path) -> None:
    found = read(json.loads(file.read_text("utf-8"))["stored"])
    for situation in SITUATIONS:
        here = settled(found, situation)
        check_card(card(found, situation))
        for given_ in (Typed("hello"), Tap("menu"), Tap("back")):
            check_card(card(advance(found, given_, situation).dialogue, situation))
        if situation.taking is not None and found.place.state in {"question", "check", "comment"}:
            assert here == found


def test_the_draft_of_a_stored_dialogue_is_kept() -> None:
    example = json.loads((Path(__file__).parent / "stored" / "2-too-long-under-the-menu.json").read_text("utf-8"))
    found = read(example["stored"])
    assert (found.back().place.state, found.back().draft) == ("too-long", {"words": "a text that is too long"})


def test_what_a_newer_program_stored_is_refused() -> None:
    newer = {**write(START), "version": VERSION + 1}
    with pytest.raises(Unknown):
        read(newer)


def test_nothing_but_what_is_needed_is_written() -> None:
    assert write(START) == {"version": VERSION, "place": {"state": "home"}}


question = Place(state="question", principle="assets", statement="1", topic="change")


def test_what_opens_on_top_returns_to_where_it_was_opened_from() -> None:
    here = Dialogue(place=question).drafting(words="unsent")
    on_top = here.over("menu").over("words").over("word", topic="ladder")
    assert on_top.place == replace(question, state="word", topic="ladder")
    assert on_top.back() == here


def test_going_back_with_nothing_on_top_stays() -> None:
    here = Dialogue(place=question)
    assert here.back() is here


def test_moving_on_drops_what_was_on_top_and_the_draft() -> None:
    here = Dialogue(place=question, draft={"words": "unsent"}).over("help")
    assert here.at("end") == Dialogue(place=Place(state="end"))
    assert Dialogue().place == HOME


def test_showing_again_changes_nothing() -> None:
    step = again(Dialogue(place=question), "odd.photo")
    assert (step.dialogue, step.commands, [notice.id for notice in step.notices]) == (
        Dialogue(place=question),
        (),
        ["odd.photo"],
    )
