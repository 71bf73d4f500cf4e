"""Forgetting oneself: nothing is written afterwards, and what Telegram brings a second time does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import turns
from conversations.inputs import Asked, Opened, Tap, Typed
from storage.memory import MemoryStore
from storage.memory_tables import Tables
from storage.store import Unavailable
from walking import BreakingStore, House, Walker, answer, assessment, facilitator, participant, people_hand_in, show


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def house(tmp_path: Path, store: MemoryStore) -> House:
    return House(tmp_path, store=store)


def kept(store: MemoryStore) -> Tables:
    """Every table as it is now."""
    return store._tables.copy()


async def forget(walker: Walker) -> None:
    """By the buttons."""
    await walker.ask("privacy")
    await walker.tap("forget-me")
    await walker.tap("forget")


async def test_nothing_is_left_but_marks_and_nobody_else_is_touched(house: House, store: MemoryStore) -> None:
    made = await assessment(await facilitator(house))
    others = await people_hand_in(house, made, "staff", 4)
    before = kept(store)
    ana = await participant(house, "ana", made.codes["staff"])
    await answer(ana, "assets", [1, 2, 3], comment="Tea")
    await answer(ana, "networks", [1, 2, 3])
    await show(Walker(house, "1"), made, "assets")
    shown = kept(store)
    await forget(ana)
    after = kept(store)
    assert (ana.state, ana.reply and ana.reply.number) == ("forgotten", 0)
    assert set(after.visitors) == set(before.visitors)
    assert set(after.addresses) == set(before.addresses)
    assert set(after.participants) == set(before.participants)
    assert {key for key in shown.parts if key in before.parts} == set(after.parts)
    assert after.spent == shown.spent
    assert len(after.spent) == 5
    assert all(after.visitors[house.visitor(other.person)] for other in others)


async def test_the_turn_that_forgets_writes_nothing_of_the_message_that_asked(house: House, store: MemoryStore) -> None:
    ana = Walker(house, "ana")
    await ana.open()
    await ana.ask("privacy")
    await ana.tap("forget-me")
    before = ana.reply
    assert before is not None
    # As if a channel had given the tap a message's id.
    await ana.take(Tap("forget"), number=before.number, message=77)
    assert ana.state == "forgotten"
    assert (kept(store).visitors, kept(store).addresses) == ({}, {})


async def test_the_tap_that_forgot_comes_a_second_time(house: House, store: MemoryStore) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["users"])
    await forget(ana)
    before = kept(store)
    again = await ana.tap_again()
    assert (again.again, again.number, ana.state) == (True, 0, "home")
    assert kept(store) == before


@pytest.mark.parametrize("start", [f"c-{'B' * 8}", "{link}", ""])
async def test_a_whole_batch_that_comes_a_second_time_makes_no_participant_and_keeps_no_word(
    house: House, store: MemoryStore, start: str
) -> None:
    """The program died after the commit and before it told Telegram: everything since the last batch comes again."""
    made = await assessment(await facilitator(house))
    ana = Walker(house, "ana")
    payload = start.replace("{link}", made.link("users"))
    done: list[tuple[object, int | None, int | None]] = []

    async def do(given: object, *, tap: bool = False) -> None:
        number = ana.reply.number if tap and ana.reply else None
        done.append((given, number, None if tap else ana.message + 1))
        await ana.take(given, number=number)  # type: ignore[arg-type]

    await do(Opened(payload))
    if ana.state == "welcome":
        await do(Tap("agree"), tap=True)
        for _ in range(3):
            await do(Tap("score", "3"), tap=True)
    await do(Typed("my own words"))
    await do(Asked("privacy"))
    await do(Tap("forget-me"), tap=True)
    await do(Tap("forget"), tap=True)
    assert ana.state == "forgotten"
    before = kept(store)
    for given, number, message in done:
        await ana.take(given, number=number, message=message)  # type: ignore[arg-type]
    after = kept(store)
    assert (after.participants, after.parts, after.spent) == (before.participants, before.parts, before.spent)
    assert ana.state in {"home", "welcome", "privacy"}
    assert set(after.visitors) - set(before.visitors) <= {house.visitor(ana.person)}


async def test_the_chat_is_cleared_and_no_number_of_its_messages_is_written_down_afterwards(
    house: House, store: MemoryStore
) -> None:
    ana = Walker(house, "ana")
    await ana.open()
    await house.turns.take(ana.person, Asked("privacy"), message=5, sent=(3, 4))
    await ana.look()
    await ana.tap("forget-me")
    assert ana.reply is not None
    last = await house.turns.take(ana.person, Tap("forget"), number=ana.reply.number, sent=(6, 7))
    assert last.card.clears
    assert last.messages == (1, 3, 4, 5, 6, 7)
    await house.turns.note(ana.person, sent=(8,), gone=(3,))
    for number in (ana.reply.number, 0, 9):
        await house.turns.take(ana.person, Tap("gone"), number=number, sent=(8, 9))
    assert (kept(store).visitors, kept(store).addresses) == ({}, {})
    await house.turns.take(ana.person, Opened(), message=10, sent=(8, 9))
    assert set(kept(store).addresses) == {house.visitor(ana.person)}


async def test_no_old_button_passes_for_one_of_the_cards_that_follow(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat keeps its old buttons; whoever comes back begins with a number that they do not have."""
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["users"])
    assert ana.reply is not None
    old = ana.reply.number
    await forget(ana)
    await ana.open(made.link("users"))
    await ana.tap("agree")
    assert ana.reply is not None
    assert not old - 1000 < ana.reply.number < old + 1000
    await ana.take(Tap("score", "5"), number=old)
    desk = await house.desk(ana.person)
    assert desk.dialogue.place.statement == "1"
    monkeypatch.setattr(turns, "FIRST_CARDS", 1)
    fresh = Walker(house, "fresh")
    await fresh.open()
    assert fresh.reply is not None
    assert fresh.reply.number == 1


async def test_numbers_of_cards_fit_on_a_button() -> None:
    assert len(str(turns.FIRST_CARDS + 10**10)) <= 12


async def test_forgetting_that_could_not_be_committed_never_happened(tmp_path: Path) -> None:
    store = BreakingStore()
    house = House(tmp_path, store=store)
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["users"])
    await ana.tap("score", "4")
    await ana.ask("privacy")
    await ana.tap("forget-me")
    store.breaking = True
    assert ana.reply is not None
    number = ana.reply.number
    with pytest.raises(Unavailable):
        await ana.take(Tap("forget"), number=number)
    store.breaking = False
    assert (await ana.look()).card.state == "forget-me"
    await ana.tap("back")
    assert ana.state == "question"


async def test_whoever_comes_back_is_not_mixed_in_twice(house: House, store: MemoryStore) -> None:
    made = await assessment(await facilitator(house))
    await people_hand_in(house, made, "staff", 4)
    ana = await participant(house, "ana", made.codes["staff"])
    await answer(ana, "assets", [1, 2, 3])
    await show(Walker(house, "1"), made, "assets")
    await forget(ana)
    back = await participant(house, "ana", made.codes["staff"])
    assert (await house.desk(back.person)).dialogue.place.principle == "networks"
    await back.ask("privacy")
    await back.tap("held")
    assert len(kept(store).spent) == 5


async def test_a_facilitator_who_is_forgotten_loses_the_way_in_and_the_assessment_stays(
    house: House, store: MemoryStore
) -> None:
    fay = await facilitator(house)
    made = await assessment(fay)
    await people_hand_in(house, made, "staff", 5)
    await forget(fay)
    assert fay.state == "forgotten"
    assert made.id in kept(store).assessments
    await fay.open()
    assert [button.action for button in fay.card.buttons()] == ["help", "privacy", "language", "urgent", "menu"]
    ana = await participant(house, "ana", made.codes["users"])
    assert ana.state == "question"


async def test_goodbye_is_said_in_the_language_that_was_chosen(house: House) -> None:
    ana = Walker(house, "ana")
    await ana.ask("language")
    await ana.tap("speak", "en")
    await ana.ask("privacy")
    await ana.tap("forget-me")
    assert ana.reply is not None
    reply = await house.turns.take(ana.person, Tap("forget"), number=ana.reply.number, hint="cy")
    assert reply.language == "en"
    assert (await house.desk(ana.person)).visitor.language is None
