"""Commands check for themselves what they need, and keys, rows and crashes stay in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations import commands as c
from storage.store import Unavailable
from walking import (
    BreakingStore,
    House,
    Walker,
    assessment,
    close,
    facilitator,
    participant,
    people_hand_in,
    perform,
    result_of,
    show,
)


@pytest.fixture
def store() -> BreakingStore:
    return BreakingStore()


@pytest.fixture
def house(tmp_path: Path, store: BreakingStore) -> House:
    return House(tmp_path, store=store)


def files(house: House) -> set[str]:
    """The key files, but for the installation's own and the pool versions beside them."""
    return {file.name for file in house.folder.iterdir() if file.suffix != ".pools"} - {"installation.key"}


# keys


async def test_a_key_is_on_disk_before_the_assessment_and_confirmed_after_it(
    house: House, store: BreakingStore
) -> None:
    organiser = await facilitator(house)
    seen: list[set[str]] = []
    store.before_commit = lambda: seen.append({Path(name).suffix for name in files(house)})
    made = await assessment(organiser)
    assert {".new"} in seen
    assert files(house) == {f"{made.id}.key"}


async def test_an_assessment_whose_turn_was_lost_does_not_exist_and_its_key_goes_at_start(
    house: House, store: BreakingStore
) -> None:
    organiser = await facilitator(house)
    await organiser.tap("new")
    await organiser.write("St Elsewhere")
    for action, value in (("go-on", ""), ("threshold", "5"), ("weeks", "4")):
        await organiser.tap(action, value)
    store.breaking = True
    with pytest.raises(Unavailable):
        await organiser.tap("create")
    store.breaking = False
    assert await store.turn(b"x", lambda tx: tx.assessments()) == []
    assert {Path(name).suffix for name in files(house)} == {".new"}
    house.open()
    assert house.keys.reconcile(set(), set()).destroyed == 1
    assert files(house) == set()
    await organiser.tap("create")
    assert organiser.state == "f-assessment"


async def test_a_crash_between_commit_and_confirming_is_mended_at_start(house: House) -> None:
    made = await assessment(await facilitator(house))
    key = house.folder / f"{made.id}.key"
    key.rename(key.with_suffix(".new"))
    house.open()
    await participant(house, "ana", made.codes["staff"])
    assert house.keys.reconcile({made.id}, set()).confirmed == 1
    assert files(house) == {f"{made.id}.key"}


async def test_the_key_is_destroyed_once_the_closing_is_committed(house: House, store: BreakingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    seen: list[set[str]] = []
    store.before_commit = lambda: seen.append(files(house))
    await close(organiser, made)
    assert seen[-1] == {f"{made.id}.key"}
    assert files(house) == set()
    assert house.keys.get(made.id) is None


async def test_a_closing_that_was_lost_leaves_key_and_answers(house: House, store: BreakingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    await organiser.open()
    await organiser.tap("f-close")
    store.breaking = True
    with pytest.raises(Unavailable):
        await organiser.tap("close")
    store.breaking = False
    assert files(house) == {f"{made.id}.key"}
    await people[0].ask("menu")
    await people[0].tap("answers")
    await people[0].tap("principle", "assets")
    assert "change" in {button.action for button in people[0].card.buttons()}
    await organiser.tap("close")
    assert organiser.notices == ["f-close.done"]


async def test_without_its_key_an_assessment_can_only_be_closed(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    (house.folder / f"{made.id}.key").unlink()
    house.open()
    await organiser.open()
    assert any("f.no-key" in repr(block.text) for block in organiser.card.blocks)
    assert (
        await result_of(house, organiser.person, c.Show(assessment=made.id, cells=((made.groups["staff"], "assets"),)))
        == "refused"
    )
    stranger = Walker(house, "late")
    await stranger.write(made.codes["staff"])
    assert (stranger.state, stranger.notices) == ("home", ["code.closed"])
    await people[0].write("hello")
    assert (people[0].state, people[0].notices) == ("home", ["closed.no-key", "closed.not-kept"])
    await close(organiser, made)
    assert organiser.notices == ["f-close.done"]
    assert "f-results" not in {button.action for button in organiser.card.buttons()}
    view = await house.view(organiser.person, made.id)
    assert view.everyone["assets"].people == 0
    assert view.left_out == {"assets": 5}, "what could not be read is told of by number"


# what is mixed in stays mixed in


async def test_no_command_writes_an_answer_that_was_poured(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    await show(organiser, made)
    for command in (
        c.SaveChoice(principle="assets", statement="1", choice=1),
        c.SaveComment(principle="assets", comment="too late"),
        c.HandIn(principle="assets"),
        c.TakeOut(principle="assets"),
    ):
        assert await perform(house, people[0].person, command) is None
    seat = (await house.desk(people[0].person)).seat
    assert seat is not None
    assert await house.store.turn(b"x", lambda tx: tx.parts(seat.row.id)) == {}
    assert await house.store.turn(b"x", lambda tx: tx.handed_in(made.id)) == {}


@pytest.mark.parametrize(
    "command",
    [c.SaveChoice(principle="assets", statement="1", choice=1), c.SaveComment(principle="assets", comment="more")],
)
async def test_changing_what_is_handed_in_takes_it_out(house: House, command: c.Command) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    await perform(house, people[0].person, command)
    assert list((await house.store.turn(b"x", lambda tx: tx.handed_in(made.id))).values()) == [4]
    told = await show(organiser, made)
    assert told is not None
    assert told.id == "f-show.too-few"


async def test_answers_of_somebody_who_takes_no_part_go_nowhere(house: House) -> None:
    made = await assessment(await facilitator(house))
    stranger = Walker(house, "stranger")
    await stranger.open()
    for command in (
        c.SaveChoice(principle="assets", statement="1", choice=1),
        c.SaveComment(principle="assets", comment="hello"),
        c.HandIn(principle="assets"),
        c.TakeOut(principle="assets"),
        c.Withdraw(),
        c.Leave(),
    ):
        await perform(house, stranger.person, command)
    assert await house.store.turn(b"x", lambda tx: tx.handed_in(made.id)) == {}


# joining and moving


async def test_joining_checks_for_itself(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    staff, users = made.groups["staff"], made.groups["users"]
    ana = Walker(house, "ana")
    await ana.open()

    async def joining(walker: Walker, assessment: str, group: str) -> str:
        return await result_of(house, walker.person, c.Join(assessment=assessment, group=group))

    assert await joining(organiser, made.id, staff) == "own"
    assert await joining(ana, "gone", staff) == "closed"
    assert await joining(ana, made.id, "gone") == "closed"
    assert await joining(ana, made.id, staff) == "joined"
    assert await joining(ana, made.id, staff) == "mine"
    assert await joining(ana, made.id, users) == "other-group"
    view = await house.view(organiser.person, made.id)
    assert [group.joined for group in view.groups] == [1, 0]
    await close(organiser, made)
    assert await joining(Walker(house, "late"), made.id, staff) == "closed"


async def test_moving_checks_for_itself(house: House) -> None:
    organiser = await facilitator(house)
    made, other = await assessment(organiser), await assessment(organiser, organisation="Another")
    ana = await participant(house, "ana", made.codes["staff"])

    async def moving(assessment: str, group: str) -> str:
        return await result_of(house, ana.person, c.Move(assessment=assessment, group=group))

    assert await moving(other.id, other.groups["staff"]) == "closed"
    assert await moving(made.id, other.groups["staff"]) == "closed"
    assert await moving(made.id, made.groups["users"]) == "moved"
    assert await moving(made.id, made.groups["users"]) == "moved"
    view = await house.view(organiser.person, made.id)
    assert [group.joined for group in view.groups] == [1, 1]
