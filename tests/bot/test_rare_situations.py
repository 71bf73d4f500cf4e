"""What cards and remarks say is true in rare situations too, where one part of the program meets another."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap import reconcile
from bot.keys import KeyFolderFault
from bot.throttling import PERSON
from conversations.codes import made_from, readable
from conversations.says import Verbatim
from storage.store import Transaction
from walking import (
    Assessment,
    CopyingStore,
    House,
    Walker,
    assessment,
    close,
    facilitator,
    participant,
    people_hand_in,
    show,
)
from walking.house import wordings
from walking.ways import home

UNKNOWN = readable(made_from([7] * 8))
"""A session code that nobody gave out."""


@pytest.fixture
def store() -> CopyingStore:
    return CopyingStore()


@pytest.fixture
def house(tmp_path: Path, store: CopyingStore) -> House:
    return House(tmp_path, store=store)


async def put_back_from_before_assets_were_shown(house: House, store: CopyingStore) -> tuple[Walker, Assessment]:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    copy = store.copied()
    await show(organiser, made, "assets")
    store.put_back(copy)
    house.open()
    await reconcile(house.store, house.keys)
    return organiser, made


def says(walker: Walker, id_: str) -> bool:
    return f"'{id_}'" in repr(walker.card) or id_ in walker.notices


async def go(walker: Walker, made: Assessment, *taps: str) -> None:
    """A facilitator goes to the list, opens the assessment, and taps on from there."""
    await home(walker)
    await walker.tap("open", made.id)
    for action in taps:
        await walker.tap(action)


async def test_a_newcomer_is_not_told_that_answers_of_theirs_are_gone(house: House, store: CopyingStore) -> None:
    _, made = await put_back_from_before_assets_were_shown(house, store)
    late = await participant(house, "late", made.codes["users"])
    assert late.reply is not None
    (told,) = late.reply.notices
    words = wordings().speak("en").say(told).lower()
    assert "nobody can answer about assets here any more" in words
    assert "your" not in words, "they never answered it"


async def test_without_the_key_nobody_reads_that_left_over_people_may_be_counted(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 6)
    house.keys.destroy(made.id)
    await go(organiser, made, "f-close")
    assert says(organiser, "f.no-key")
    assert says(organiser, "f-close.unread")
    assert not says(organiser, "f-close.left")
    assert not says(organiser, "f-close.missing-more")
    await organiser.tap("close")
    assert says(organiser, "f.left-unread")
    assert not says(organiser, "f.left-out"), "six people are not too few"


async def test_a_key_that_could_not_be_destroyed_goes_within_the_hour(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 4)

    def full(*_: object) -> None:
        raise KeyFolderFault("The disk is broken.")

    with monkeypatch.context() as broken:
        broken.setattr("bot.key_files.overwrite_and_remove", full)
        with pytest.raises(KeyFolderFault):
            await close(organiser, made)
    await organiser.open()
    await house.upkeep.hourly()
    assert {file.name for file in house.folder.iterdir()} == {"installation.key"}


async def test_a_session_code_typed_over_a_comment_never_becomes_the_comment(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    ana = await participant(house, "ana", made.codes["staff"])
    for _ in range(3):
        await ana.tap("score", "3")
    assert ana.state == "comment"
    await ana.write(made.codes["staff"])
    assert ana.notices == ["code.mine"]
    await ana.open(f"c-{UNKNOWN.replace('-', '')}")
    assert ana.notices == ["code.unknown"]
    await ana.ask("withdraw")
    await ana.tap("erase")
    assert "withdraw.texts" not in ana.notices


async def test_a_damaged_record_of_somebody_else_keeps_nobody_from_running_it_together(house: House) -> None:
    organiser, other = await facilitator(house, "one"), await facilitator(house, "two")
    made = await assessment(organiser)

    async def damage(tx: Transaction) -> None:
        await tx.put_visitor(b"?" * 32, b"damaged")

    await house.store.turn(b"x", damage)
    await go(organiser, made, "f-second", "make")
    (*_, link) = [block.text for block in organiser.card.blocks if block.kind == "code"]
    assert isinstance(link, Verbatim)
    await other.open(f"f-{link.words.rsplit('/', 1)[1]}")
    assert other.notices == ["f-invited.shared"]


async def test_links_for_a_second_facilitator_go_when_results_are_too_old(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await close(organiser, made)
    house.clock.now += 31 * 24 * 3600
    await go(organiser, made, "f-second", "make")
    assert len(await house.store.turn(b"x", lambda tx: tx.tokens(kind="share"))) == 1
    await house.upkeep.purge({"months": 1})
    assert await house.store.turn(b"x", lambda tx: tx.assessment(made.id)) is None
    assert await house.store.turn(b"x", lambda tx: tx.tokens(kind="share")) == {}


async def test_being_forgotten_does_not_make_guessing_faster(house: House) -> None:
    guesser = Walker(house, "guesser")
    await guesser.open()
    for _ in range(PERSON.tries):
        await guesser.write(UNKNOWN)
    await guesser.write(UNKNOWN)
    assert guesser.notices == ["code.wait"]
    await guesser.ask("privacy")
    await guesser.tap("forget-me")
    await guesser.tap("forget")
    await guesser.open()
    await guesser.write(UNKNOWN)
    assert guesser.notices == ["code.wait"]
