"""A database that was put back from an older copy never shows again what was shown, and its people are told."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap import reconcile
from bot.keys import KeyFolderFault
from bot.records import seal_part
from conversations import commands as c
from conversations.cards import Picture
from conversations.pools import Part
from conversations.situation import AssessmentView
from storage.memory_tables import Tables
from storage.store import ParticipantRow, Transaction, Unavailable
from telegram_walk import versions
from walking import (
    Assessment,
    CopyingStore,
    House,
    Walker,
    answer,
    assessment,
    close,
    facilitator,
    participant,
    people_hand_in,
    result_of,
    show,
)


@pytest.fixture
def store() -> CopyingStore:
    return CopyingStore()


@pytest.fixture
def house(tmp_path: Path, store: CopyingStore) -> House:
    return House(tmp_path, store=store)


async def start_with(house: House, copy: Tables) -> None:
    """Stop, put that copy back, and start."""
    assert isinstance(house.store, CopyingStore)
    house.store.put_back(copy)
    house.open()
    await reconcile(house.store, house.keys)


async def view_of(organiser: Walker, made: Assessment) -> AssessmentView:
    return await organiser.house.view(organiser.person, made.id)


async def given_up(organiser: Walker, made: Assessment) -> dict[tuple[str, str], str]:
    """By group and principle, what was given up and how."""
    view = await view_of(organiser, made)
    names = {id_: name for name, id_ in made.groups.items()}
    return {
        (names[group.group.id], principle): cell.pool.given_up
        for group in view.groups
        for principle, cell in group.cells.items()
        if cell.pool.given_up
    }


async def waiting(house: House, made: Assessment) -> dict[tuple[str, str], int]:
    counts = await house.store.turn(b"x", lambda tx: tx.handed_in(made.id))
    names = {id_: name for name, id_ in made.groups.items()}
    return {(names[group], principle): number for (group, principle), number in counts.items()}


def says(walker: Walker, id_: str) -> bool:
    """Whether a text stands on the card, or was remarked."""
    return f"'{id_}'" in repr(walker.card) or id_ in walker.notices


async def open_page(organiser: Walker, made: Assessment) -> None:
    await organiser.open()
    for action in ("f-assessment", "f-home"):
        if action in {button.action for button in organiser.card.buttons()} and organiser.state != "home":
            await organiser.tap(action)
    if organiser.state == "home":
        await organiser.tap("open", made.id)
    assert organiser.state == "f-assessment"


async def see(walker: Walker, principle: str) -> None:
    """The card of one's own principle."""
    await walker.ask("menu")
    await walker.tap("answers")
    await walker.tap("principle", principle)


async def test_a_pouring_is_intended_before_its_commit_and_confirmed_after_it(
    house: House, store: CopyingStore
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    seen: list[dict[str, list[tuple[str, str, int, int]]]] = []
    store.before_commit = lambda: seen.append(versions(house.folder))
    await show(organiser, made, "assets")
    staff = (made.groups["staff"], "assets")
    assert seen[-1] == {made.id: [(*staff, 1, 0)]}
    assert versions(house.folder) == {made.id: [(*staff, 1, 1)]}
    await people_hand_in(house, made, "users", 5)
    await close(organiser, made)
    users = (made.groups["users"], "assets")
    assert sorted(seen[-1][made.id]) == sorted([(*staff, 1, 1), (*users, 1, 0)])
    assert versions(house.folder) == {}


async def test_a_showing_that_was_lost_is_taken_back_and_done_again(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await organiser.open()
    await organiser.tap("f-show")
    await organiser.tap("show", "assets")
    store.breaking = True
    with pytest.raises(Unavailable):
        await organiser.tap("now")
    store.breaking = False
    await start_with(house, store.copied())
    assert versions(house.folder) == {made.id: []}
    assert await show(organiser, made, "assets") is None
    assert versions(house.folder) == {made.id: [(made.groups["staff"], "assets", 1, 1)]}
    assert await given_up(organiser, made) == {}


async def test_when_an_intention_cannot_be_written_nothing_is_poured(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(KeyFolderFault):
            await show(organiser, made, "assets")
    assert await waiting(house, made) == {("staff", "assets"): 5}
    assert await show(organiser, made, "assets") is None


@pytest.fixture
def breaking_disk(house: House, store: CopyingStore) -> Iterator[pytest.MonkeyPatch]:
    """The key folder's disk breaks once a pouring is intended, before it is committed. Mended by ``undo``."""

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "")

    with pytest.MonkeyPatch.context() as disk:
        store.before_commit = lambda: disk.setattr(os, "fsync", full) if versions(house.folder) else None
        yield disk


async def test_nothing_is_seen_of_a_pouring_until_it_is_confirmed(
    house: House, store: CopyingStore, breaking_disk: pytest.MonkeyPatch
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    with pytest.raises(KeyFolderFault):
        await show(organiser, made, "assets")
    store.before_commit = None
    assert await waiting(house, made) == {}, "it is committed"
    picture = Picture(kind="principle", assessment=made.id, about="assets")
    for _ in range(2):
        with pytest.raises(KeyFolderFault):
            await organiser.look()
        with pytest.raises(KeyFolderFault):
            await organiser.open()
        with pytest.raises(KeyFolderFault):
            await house.turns.draw(organiser.person, picture)
    await people[0].ask("menu")
    breaking_disk.undo()
    await organiser.open()
    assert versions(house.folder) == {made.id: [(made.groups["staff"], "assets", 1, 1)]}
    assert await house.turns.draw(organiser.person, picture) is not None


async def test_a_key_that_could_not_be_destroyed_goes_before_anybody_sees_the_last_results(
    house: House, store: CopyingStore, breaking_disk: pytest.MonkeyPatch
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    with pytest.raises(KeyFolderFault):
        await close(organiser, made)
    store.before_commit = None
    with pytest.raises(KeyFolderFault):
        await organiser.open()
    breaking_disk.undo()
    await organiser.open()
    assert {file.name for file in house.folder.iterdir()} == {"installation.key"}


async def test_a_lost_pouring_is_given_up_at_start_with_everything_about_its_principle(
    house: House, store: CopyingStore, caplog: pytest.LogCaptureFixture
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    others = await people_hand_in(house, made, "users", 4)
    await answer(others[0], "networks", (1, 2, 3))
    copy = store.copied()
    await show(organiser, made, "assets")
    with caplog.at_level(logging.WARNING):
        await start_with(house, copy)
    (told,) = caplog.messages
    assert told.startswith("The database was put back from an older copy. Results of groups that it has lost: 1.")
    assert not any(id_ in told for id_ in (made.id, *made.groups.values()))
    assert await given_up(organiser, made) == {("staff", "assets"): "lost", ("users", "assets"): "stopped"}
    assert await waiting(house, made) == {("users", "networks"): 1}
    for walker in (*people, *others):
        seat = (await house.desk(walker.person)).seat
        assert seat is not None
        parts, spent = (
            await store.turn(b"x", lambda tx, id_=seat.row.id: tx.parts(id_)),  # type: ignore[misc]
            await store.turn(b"x", lambda tx, id_=seat.row.id: tx.spent(id_)),  # type: ignore[misc]
        )
        assert "assets" not in parts
        assert "assets" in spent
    caplog.clear()
    await start_with(house, store.copied())
    assert caplog.messages == [], "told once"


async def test_the_facilitator_reads_what_is_lost_and_cannot_show_it(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    copy = store.copied()
    await show(organiser, made, "assets")
    await start_with(house, copy)
    await organiser.look()
    await open_page(organiser, made)
    for id_ in ("f.lost", "f.stopped", "f.erased"):
        assert says(organiser, id_)
    await organiser.tap("f-show")
    assert ("show", "assets") not in {(button.action, button.value) for button in organiser.card.buttons()}
    assert await show(organiser, made, "assets") is not None
    everything = c.Show(assessment=made.id, cells=((made.groups["staff"], "assets"),))
    assert await result_of(house, organiser.person, everything) == "too-few"
    assert (await view_of(organiser, made)).everyone["assets"].people == 0


async def test_a_warning_about_other_groups_says_what_is_lost(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    copy = store.copied()
    await show(organiser, made, "assets")
    await start_with(house, copy)
    for walker in people:
        await walker.look()
        await answer(walker, "networks", (1, 1, 1))
    await organiser.look()
    await open_page(organiser, made)
    await organiser.tap("f-show")
    await organiser.tap("show", "all")
    assert organiser.state == "f-warn"
    assert says(organiser, "f-warn.given-up")
    await organiser.tap("now")
    assert organiser.state == "f-results"
    assert says(organiser, "f.lost")
    view = await view_of(organiser, made)
    assert (view.everyone["networks"].people, view.everyone["assets"].people) == (5, 0)


async def test_one_answer_changed_and_shown_again_is_not_shown(house: House, store: CopyingStore) -> None:
    """The attack: everybody comes back, one of them chooses otherwise, and the facilitator shows and closes."""
    organiser = await facilitator(house)
    made = await assessment(organiser)
    before_anybody = store.copied()
    await people_hand_in(house, made, "staff", 5)
    await show(organiser, made, "assets")
    await start_with(house, before_anybody)
    await organiser.look()
    for number in range(5):
        # Into the other group, as their own one is refused.
        walker = await participant(house, f"staff{number}", made.codes["users" if number % 2 else "staff"])
        assert (await house.desk(walker.person)).dialogue.place.principle == "networks"
        await see(walker, "assets")
        assert says(walker, "check.given-up")
        for action, value in (("change", ""), ("hand-in", ""), ("score", "1")):
            await walker.force(action, value)
        await answer(walker, "networks", (1, 1, 1))
    assert await waiting(house, made) == {("staff", "networks"): 3, ("users", "networks"): 2}
    assert await show(organiser, made, "assets") is not None
    await close(organiser, made)
    view = await view_of(organiser, made)
    assert (view.everyone["assets"].people, dict(view.left_out)) == (0, {})
    assert view.everyone["networks"].people == 5, "everything else goes on"
    assert says(organiser, "f.lost")


@pytest.mark.parametrize("then", ["show", "close"])
async def test_even_an_answer_that_slips_in_is_not_poured(house: House, store: CopyingStore, then: str) -> None:
    """Written past everything that refuses it: the pouring itself leaves a principle alone that was given up."""
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    copy = store.copied()
    await show(organiser, made, "assets")
    await start_with(house, copy)
    key = house.keys.get(made.id)
    assert key is not None

    async def slip_in(tx: Transaction) -> None:
        for number in range(10):
            who, group = bytes([number]) * 32, made.groups["users" if number % 2 else "staff"]
            await tx.add_participant(ParticipantRow(id=who, assessment=made.id, group=group, sealed=b"-"))
            part = seal_part(key, who, "assets", Part(choices={"1": 3}))
            assert await tx.hand_in(who, "assets", sealed_if_new=part)

    await store.turn(b"x", slip_in)
    cells = tuple((group, "assets") for group in made.groups.values())
    if then == "show":
        assert await result_of(house, organiser.person, c.Show(assessment=made.id, cells=cells)) == "too-few"
    else:
        await result_of(house, organiser.person, c.Close(assessment=made.id))
        assert await waiting(house, made) == {}
    assert (await view_of(organiser, made)).everyone["assets"].people == 0


async def test_participants_are_told_what_is_true(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    ana, *_ = await people_hand_in(house, made, "staff", 5)
    copy = store.copied()
    await show(organiser, made, "assets")
    await start_with(house, copy)
    await ana.ask("menu")
    assert ana.notices == ["given-up.now"], "told once, and not that they are mixed in"
    await see(ana, "assets")
    assert ana.notices == []
    assert says(ana, "check.given-up")
    assert not says(ana, "check.mixed")
    assert {button.action for button in ana.card.buttons()} == {"carry-on", "urgent", "menu"}
    await ana.ask("menu")
    await ana.tap("answers")
    assert says(ana, "status.given-up")
    await ana.write(made.codes["users"])
    await ana.tap("move")
    assert ana.notices == ["move.given-up"]
    await ana.ask("withdraw")
    assert says(ana, "withdraw.given-up")
    await ana.tap("erase")
    assert ana.notices == ["withdraw.done-but-mixed", "withdraw.given-up", "withdraw.when"]


async def test_who_is_in_the_middle_of_a_question_is_told_when_they_answer_it(
    house: House, store: CopyingStore
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    ben = await participant(house, "ben", made.codes["users"])
    copy = store.copied()
    await show(organiser, made, "assets")
    await start_with(house, copy)
    await ben.tap("score", "3")
    assert ben.notices == ["check.given-up"]
    await ben.tap("carry-on")
    assert (await house.desk(ben.person)).dialogue.place.principle == "networks"


async def test_what_the_copy_knows_as_shown_stays_and_nothing_is_added_to_it(house: House, store: CopyingStore) -> None:
    """The copy is from between the showing of staff and the showing of people who use services."""
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5, said=(3, "unknown", 3))
    await show(organiser, made, "assets")
    await people_hand_in(house, made, "staff", 6, named="late")
    await people_hand_in(house, made, "users", 5)
    copy = store.copied()
    await show(organiser, made, "assets")
    await start_with(house, copy)
    assert await given_up(organiser, made) == {("staff", "assets"): "stopped", ("users", "assets"): "lost"}
    assert await waiting(house, made) == {}
    rows = await store.turn(b"x", lambda tx: tx.pools(made.id))
    assert all(row.hidden == b"" for row in rows)
    await organiser.look()
    await open_page(organiser, made)
    assert says(organiser, "f.shown")
    assert not says(organiser, "f.shown-fewer")
    missed = (await view_of(organiser, made)).may_miss
    assert (missed["assets"], missed["networks"]) == (0, 16), "it is over, and told elsewhere"
    await close(organiser, made)
    view = await view_of(organiser, made)
    assert {group.group.audience: group.cells["assets"].pool.people for group in view.groups} == {
        "staff": 5,
        "users": 0,
    }
    assert set(view.everyone["assets"].shown) == {"1", "3"}


async def test_between_two_showings_only_the_later_principle_is_lost(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    for walker in await people_hand_in(house, made, "staff", 5):
        await answer(walker, "networks", (2, 2, 2))
    await show(organiser, made, "assets")
    copy = store.copied()
    await show(organiser, made, "networks")
    await start_with(house, copy)
    assert await given_up(organiser, made) == {("staff", "networks"): "lost", ("users", "networks"): "stopped"}
    view = await view_of(organiser, made)
    assert (view.everyone["assets"].people, view.everyone["networks"].people) == (5, 0)
    await organiser.look()
    await people_hand_in(house, made, "users", 5)
    assert await show(organiser, made, "assets") is None, "the other principle goes on"


async def test_the_right_database_put_back_again_brings_results_back(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    older = store.copied()
    await show(organiser, made, "assets")
    newer = store.copied()
    await start_with(house, older)
    assert await given_up(organiser, made)
    await start_with(house, newer)
    assert await given_up(organiser, made) == {}
    assert (await view_of(organiser, made)).everyone["assets"].people == 5
    await start_with(house, older)
    assert await given_up(organiser, made)


@pytest.mark.parametrize("then", ["show", "close"])
async def test_a_database_that_is_swapped_under_the_running_program_is_found_before_anything_is_poured(
    house: House, store: CopyingStore, then: str
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    copy = store.copied()
    await show(organiser, made, "assets")
    store.put_back(copy)
    everything = c.Show(assessment=made.id, cells=((made.groups["staff"], "assets"),))
    if then == "show":
        assert await result_of(house, organiser.person, everything) == "refused"
        assert await result_of(house, organiser.person, everything) == "too-few"
    else:
        assert await result_of(house, organiser.person, c.Close(assessment=made.id)) == "closed"
    assert (await view_of(organiser, made)).everyone["assets"].people == 0
    assert await given_up(organiser, made) == {("staff", "assets"): "lost", ("users", "assets"): "stopped"}
    assert people


async def test_what_else_is_ready_is_shown_beside_what_is_found_lost(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    for walker in await people_hand_in(house, made, "staff", 5):
        await answer(walker, "networks", (2, 2, 2))
    copy = store.copied()
    await show(organiser, made, "assets")
    store.put_back(copy)
    cells = tuple((made.groups["staff"], principle) for principle in ("assets", "networks"))
    assert await result_of(house, organiser.person, c.Show(assessment=made.id, cells=cells)) == "shown"
    view = await view_of(organiser, made)
    assert (view.everyone["assets"].people, view.everyone["networks"].people) == (0, 5)


async def test_what_an_older_program_showed_is_taken_over(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    older = store.copied()
    await show(organiser, made, "assets")
    (house.folder / f"{made.id}.pools").unlink()
    await start_with(house, store.copied())
    assert await given_up(organiser, made) == {}
    assert versions(house.folder) == {made.id: [(made.groups["staff"], "assets", 1, 1)]}
    await start_with(house, older)
    assert await given_up(organiser, made)


async def test_a_copy_from_before_the_closing_can_only_be_closed(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await show(organiser, made, "assets")
    await people_hand_in(house, made, "users", 5)
    copy = store.copied()
    await close(organiser, made)
    await start_with(house, copy)
    await organiser.look()
    await open_page(organiser, made)
    assert says(organiser, "f.no-key")
    assert await show(organiser, made, "assets") is not None
    cells = ((made.groups["users"], "assets"),)
    assert await result_of(house, organiser.person, c.Show(assessment=made.id, cells=cells)) == "refused"
    late = Walker(house, "late")
    await late.write(made.codes["users"])
    assert late.notices == ["code.closed"]
    await close(organiser, made)
    view = await view_of(organiser, made)
    assert (view.everyone["assets"].people, dict(view.left_out)) == (5, {"assets": 5})
    assert {file.name for file in house.folder.iterdir()} == {"installation.key"}


async def test_a_damaged_versions_file_stops_the_start_with_its_remedy(house: House, store: CopyingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await show(organiser, made, "assets")
    (house.folder / f"{made.id}.pools").write_bytes(b"{")
    with pytest.raises(KeyFolderFault, match="damaged"):
        await start_with(house, store.copied())
