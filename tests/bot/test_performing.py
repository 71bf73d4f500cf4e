"""Commands check for themselves what they need, and keys, rows and crashes stay in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk import Desk
from bot.performing import Performer
from bot.replies import Person
from bot.sealing import open_json, token_hash
from conversations import commands as c
from conversations.codes import RESUME_LENGTH, normal
from conversations.inputs import Outcome
from conversations.says import Verbatim
from storage.store import Transaction, Unavailable
from walking import Assessment, BreakingStore, House, Walker, answer, assessment, close, facilitator, participant, show


@pytest.fixture
def store() -> BreakingStore:
    return BreakingStore()


@pytest.fixture
def house(tmp_path: Path, store: BreakingStore) -> House:
    return House(tmp_path, store=store)


async def perform(house: House, person: Person, command: c.Command) -> Outcome | None:
    """One command in a turn of its own, whatever the conversation would have said to it."""
    performer = Performer(questionnaire=house.questionnaire, clock=house.clock)

    async def work(tx: Transaction) -> Outcome | None:
        desk = await Desk.load(tx, person, keys=house.keys, installation=house.installation)
        result = await performer.perform(desk, command)
        await desk.save(message=None)
        return result

    return await house.store.turn(house.visitor(person), work)


async def result(house: House, person: Person, command: c.Command) -> str:
    found = await perform(house, person, command)
    assert found is not None
    return found.result


def files(house: House) -> set[str]:
    """The key files, but for the installation's own."""
    return {file.name for file in house.folder.iterdir()} - {"installation.key"}


async def five_have_handed_in(house: House, made: Assessment) -> list[Walker]:
    people = [await participant(house, f"p{each}", made.codes["staff"]) for each in range(5)]
    for walker in people:
        await answer(walker, "assets", [3, 4, 5], comment="tea")
    return people


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
    await five_have_handed_in(house, made)
    seen: list[set[str]] = []
    store.before_commit = lambda: seen.append(files(house))
    await close(organiser, made)
    assert seen[-1] == {f"{made.id}.key"}
    assert files(house) == set()
    assert house.keys.get(made.id) is None


async def test_a_closing_that_was_lost_leaves_key_and_answers(house: House, store: BreakingStore) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await five_have_handed_in(house, made)
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
    people = await five_have_handed_in(house, made)
    (house.folder / f"{made.id}.key").unlink()
    house.open()
    await organiser.open()
    assert any("f.no-key" in repr(block.text) for block in organiser.card.blocks)
    assert await result(house, organiser.person, c.Show(assessment=made.id, principles=("assets",))) == "refused"
    stranger = Walker(house, "late")
    await stranger.write(made.codes["staff"])
    assert (stranger.state, stranger.notices) == ("home", ["code.closed"])
    await people[0].write("hello")
    assert people[0].state == "home"
    await close(organiser, made)
    assert organiser.notices == ["f-close.done"]
    assert "f-results" not in {button.action for button in organiser.card.buttons()}
    assert (await house.view(organiser.person, made.id)).everyone["assets"].people == 0


# what is mixed in stays mixed in


async def test_no_command_writes_an_answer_that_was_poured(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await five_have_handed_in(house, made)
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
        return await result(house, walker.person, c.Join(assessment=assessment, group=group))

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
        return await result(house, ana.person, c.Move(assessment=assessment, group=group))

    assert await moving(other.id, other.groups["staff"]) == "closed"
    assert await moving(made.id, other.groups["staff"]) == "closed"
    assert await moving(made.id, made.groups["users"]) == "moved"
    assert await moving(made.id, made.groups["users"]) == "moved"
    view = await house.view(organiser.person, made.id)
    assert [group.joined for group in view.groups] == [1, 1]


# facilitators


async def test_showing_and_closing_belong_to_the_facilitator_of_the_assessment(house: House) -> None:
    made = await assessment(await facilitator(house))
    people = await five_have_handed_in(house, made)
    other = await facilitator(house, "2")
    for somebody in (other, people[0], Walker(house, "stranger")):
        everything = c.Show(assessment=made.id, principles=("assets",))
        assert await result(house, somebody.person, everything) == "refused"
        assert await result(house, somebody.person, c.Close(assessment=made.id)) == "refused"
    assert len(await house.store.turn(b"x", lambda tx: tx.handed_in(made.id))) == 1


async def test_closing_twice_is_told(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await close(organiser, made)
    assert await result(house, organiser.person, c.Close(assessment=made.id)) == "already"
    everything = c.Show(assessment=made.id, principles=("assets",))
    assert await result(house, organiser.person, everything) == "closed"


async def test_an_invitation_works_once_and_only_for_a_week(house: House) -> None:
    payload = await house.invitation()
    late = await house.invitation()
    await Walker(house, "1").open(payload)
    second = Walker(house, "2")
    await second.open(payload)
    assert second.notices == ["f-invited.unknown"]
    house.clock.now += 7 * 24 * 60 * 60
    await second.open(late)
    assert second.notices == ["f-invited.unknown"]


async def test_the_first_invitation_revokes_the_others_of_its_kind_when_it_is_used(house: House) -> None:
    one, other = await house.invitation(kind="first"), await house.invitation(kind="first")
    ordinary = await house.invitation()
    first, second = Walker(house, "1"), Walker(house, "2")
    await first.open(one)
    assert first.notices == ["f-invited.welcome"]
    await second.open(other)
    assert second.notices == ["f-invited.unknown"]
    await second.open(ordinary)
    assert second.notices == ["f-invited.welcome"]


async def test_two_facilitators_see_nothing_of_each_other(house: House) -> None:
    one, other = await facilitator(house), await facilitator(house, "2")
    made = await assessment(one)
    await other.open()
    assert "open" not in {button.action for button in other.card.buttons()}
    await other.force("open", made.id)
    assert other.state == "home"


async def device_link(walker: Walker) -> str:
    """The payload of a fresh link for a second device."""
    await walker.tap("device")
    links = [block.text for block in walker.card.blocks if block.kind == "code"]
    web = links[-1]
    assert isinstance(web, Verbatim)
    return f"d-{web.words.rsplit('/', 1)[1]}"


async def test_a_second_device_joins_the_same_account_once_and_within_a_day(house: House) -> None:
    phone = await facilitator(house)
    payload = await device_link(phone)
    laptop = Walker(house, "laptop", channel="web")
    await laptop.open(payload)
    assert laptop.notices == ["f-invited.joined"]
    made = await assessment(laptop)
    await phone.open()
    await phone.tap("f-home")
    await phone.tap("open", made.id)
    thief = Walker(house, "thief")
    await thief.open(payload)
    assert thief.notices == ["f-invited.unknown"]
    await phone.tap("f-home")
    stale = await device_link(phone)
    house.clock.now += 24 * 60 * 60
    await thief.open(stale)
    assert thief.notices == ["f-invited.unknown"]


async def test_a_participant_cannot_become_the_facilitator_of_their_assessment(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    ana = await participant(house, "ana", made.codes["staff"])
    await organiser.open()
    await organiser.tap("f-home")
    payload = await device_link(organiser)
    await ana.open(payload)
    assert (ana.notices, ana.state) == (["f-invited.taking-part"], "question")
    laptop = Walker(house, "laptop")
    await laptop.open(payload)
    assert laptop.notices == ["f-invited.joined"]


async def test_a_resume_code_is_kept_as_a_hash_that_leads_to_this_browser(house: House) -> None:
    ana = Walker(house, "ana", channel="web")
    await ana.open()
    found = await perform(house, ana.person, c.ResumeCode())
    assert found is not None
    code, now = normal(found.text("code")), house.clock.now
    assert len(code) == RESUME_LENGTH
    hashed = token_hash(code)
    sealed = await house.store.turn(b"x", lambda tx: tx.take_token(hashed, kind="resume", now=now))
    assert sealed is not None
    value = open_json(house.installation, sealed, about=b"resume" + hashed)
    assert value == {"person": "ana", "cookie": ana.person.cookie.hex()}
    assert found.number("until") == now + 24 * 60 * 60
