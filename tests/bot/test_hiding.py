"""Comments that a facilitator hides: by whom, when, how many, and that nothing but counting is left of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.records import open_pool
from bot.replies import Reply
from bot.sealing import open_json, seal_json
from bot.telegram.rendering import render
from bot.wording import Wordings
from conversations import commands as c
from conversations.comments import mark
from conversations.pools import Pool, Tally
from conversations.says import Verbatim
from storage.store import PoolRow, Transaction
from walking import (
    Assessment,
    House,
    Walker,
    answer,
    assessment,
    close,
    facilitator,
    participant,
    people_hand_in,
    perform,
    show,
    small_questionnaire,
)
from walking.ways import home

MOST_BUTTONS, MOST_IN_A_ROW, MOST_BYTES = 100, 8, 64
"""What a keyboard of Telegram holds."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, questionnaire=small_questionnaire())


async def pool_row(house: House, made: Assessment, group: str = "staff") -> PoolRow:
    rows = await house.store.turn(b"x", lambda tx: tx.pools(made.id))
    return next(row for row in rows if (row.group, row.principle) == (made.groups[group], "assets"))


async def pool(house: House, made: Assessment, group: str = "staff") -> Pool:
    """The stored pool of Assets, as far as it may be read without the assessment's key."""
    return open_pool(await pool_row(house, made, group), installation=house.installation)


async def crowd(house: House, made: Assessment, **many: int) -> None:
    """So many of each group hand in Assets, each with a comment of their own: "of staff0" and so on."""
    for group, number in many.items():
        await people_hand_in(house, made, group, number, said=(3, 4))


async def comments_of(walker: Walker, made: Assessment) -> None:
    """To the comments on Assets."""
    await home(walker)
    await walker.tap("open", made.id)
    await walker.tap("f-results")
    await walker.tap("f-comments", "assets")


def quoted(walker: Walker) -> set[str]:
    return {block.text.words for block in walker.card.blocks if isinstance(block.text, Verbatim)}


def button_of(walker: Walker, words: str, action: str = "hide") -> str:
    """What the button of a comment stands for."""
    values = [button.value for button in walker.card.buttons() if button.action == action]
    return next(value for value in values if value.endswith(f"-{mark(words)}"))


def keyboards(reply: Reply) -> list[list[list[str]]]:
    """The data of every button on Telegram."""
    found: list[list[list[str]]] = []
    for message in render(reply, Wordings().speak("en")):
        if message.keyboard is not None:
            rows = message.keyboard.inline_keyboard
            found.append([[str(button.callback_data) for button in each] for each in rows])
    return found


async def test_a_hidden_comment_is_on_no_card_but_the_one_to_put_it_back(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await crowd(house, made, staff=5)
    await show(anna, made)
    await comments_of(anna, made)
    await anna.tap("f-hide")
    await anna.tap("hide", button_of(anna, "of staff3"))
    assert (anna.state, anna.notices) == ("f-hide", ["f-hide.done"])
    assert "of staff3" in quoted(anna)
    left = {f"of staff{number}" for number in (0, 1, 2, 4)}
    await anna.tap("f-comments", "assets")
    assert quoted(anna) == left
    await anna.tap("f-results")
    await anna.tap("f-sheet")
    assert quoted(anna) == left
    kept = await pool(house, made)
    assert (set(kept.comments), set(kept.withheld.values())) == (left, {"of staff3"})
    await anna.tap("f-results")
    await anna.tap("f-comments", "assets")
    await anna.tap("f-hide")
    await anna.tap("put-back", button_of(anna, "of staff3", "put-back"))
    assert len((await pool(house, made)).comments) == 5


async def test_numbers_stay_the_same_while_comments_are_hidden(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await crowd(house, made, staff=6)
    await show(anna, made)
    bag = [each.words for each in (await pool(house, made)).bag]
    await comments_of(anna, made)
    await anna.tap("f-hide")
    for words in (bag[1], bag[4], bag[0]):
        await anna.tap("hide", button_of(anna, words))
        assert button_of(anna, words, "put-back") == f"{bag.index(words) + 1}-{mark(words)}"
    assert [each.words for each in (await pool(house, made)).bag] == bag


async def test_thirty_comments_of_two_groups_can_be_hidden_on_a_phone(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await crowd(house, made, staff=30, users=30)
    await show(anna, made)
    await comments_of(anna, made)
    for group in ("staff", "users"):
        await anna.tap("f-hide")
        if ("f-hide", made.groups[group]) in {(each.action, each.value) for each in anna.card.buttons()}:
            await anna.tap("f-hide", made.groups[group])
        for number in range(0, 30, 2):
            await anna.tap("hide", button_of(anna, f"of {group}{number}"))
            assert anna.reply is not None
            [rows] = keyboards(anna.reply)
            assert max(len(each) for each in rows) <= MOST_IN_A_ROW
            data = [each for row in rows for each in row]
            assert len(data) <= MOST_BUTTONS
            assert max(len(each.encode()) for each in data) <= MOST_BYTES
        await anna.tap("f-comments", "assets")
    assert quoted(anna) == {f"of {group}{number}" for group in ("staff", "users") for number in range(1, 30, 2)}


async def test_more_than_thirty_stand_on_several_cards(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await crowd(house, made, staff=31)
    await show(anna, made)
    bag = [each.words for each in (await pool(house, made)).bag]
    await comments_of(anna, made)
    await anna.tap("f-hide")
    assert quoted(anna) == set(bag[:30])
    await anna.tap("page", "2")
    assert quoted(anna) == {bag[30]}
    await anna.tap("hide", button_of(anna, bag[30]))
    assert quoted(anna) == {bag[30]}
    await anna.tap("page", "1")
    assert quoted(anna) == set(bag[:30])
    assert list((await pool(house, made)).withheld.values()) == [bag[30]]


async def test_hiding_and_putting_back_belong_to_the_facilitator_of_the_assessment(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    people = await people_hand_in(house, made, "staff", 5, said=(3, 4))
    await show(anna, made)
    about = {"assessment": made.id, "group": made.groups["staff"], "principle": "assets"}
    await perform(house, anna.person, c.Withhold(**about, comment="of staff1"))
    before = await pool_row(house, made)
    assert set((await pool(house, made)).withheld.values()) == {"of staff1"}
    for somebody in (await facilitator(house, "2"), people[0], Walker(house, "stranger")):
        await perform(house, somebody.person, c.Withhold(**about, comment="of staff2"))
        await perform(house, somebody.person, c.Release(**about, comment="of staff1"))
    for odd in ({"group": made.groups["users"]}, {"principle": "networks"}, {"assessment": "gone"}):
        await perform(house, anna.person, c.Withhold(**(about | odd), comment="of staff2"))
    await perform(house, anna.person, c.Withhold(**about, comment="nobody wrote this"))
    assert await pool_row(house, made) == before


async def test_what_waits_to_be_shown_is_not_touched_and_closing_keeps_comments_hidden(house: House) -> None:
    """The third statement has too few scores at first: four wait hidden while a comment is hidden."""
    anna = await facilitator(house)
    made = await assessment(anna)
    for number in range(5):
        walker = await participant(house, f"early{number}", made.codes["staff"])
        await answer(walker, "assets", (3, "unknown" if number else 2), comment=f"early {number}")
    await show(anna, made)
    about = {"assessment": made.id, "group": made.groups["staff"], "principle": "assets"}
    await perform(house, anna.person, c.Withhold(**about, comment="early 2"))
    assert "2" not in (await pool(house, made)).shown
    for number in range(5):
        walker = await participant(house, f"late{number}", made.codes["staff"])
        await answer(walker, "assets", (4, 5), comment="early 2" if number else "late")
    await close(anna, made)
    found = await pool(house, made)
    assert found.shown["2"] == Tally((0, 1, 0, 0, 5), 4)
    assert set(found.comments) == {"early 0", "early 1", "early 3", "early 4", "late"}
    assert list(found.withheld.values()) == ["early 2"] * 5
    # The key is destroyed by now.
    await comments_of(anna, made)
    await anna.tap("f-hide")
    await anna.tap("hide", button_of(anna, "late"))
    await anna.tap("put-back", button_of(anna, "early 2", "put-back"))
    found = await pool(house, made)
    assert (found.comments.count("early 2"), set(found.withheld.values())) == (5, {"late"})


async def test_a_button_from_before_the_bag_was_mixed_anew_hides_no_other_comment(house: House) -> None:
    phone = await facilitator(house)
    made = await assessment(phone)
    await crowd(house, made, staff=5)
    await show(phone, made)
    laptop = Walker(house, "laptop")
    await home(phone)
    await phone.tap("device")
    link = next(block.text for block in phone.card.blocks if block.kind == "code")
    assert isinstance(link, Verbatim)
    await laptop.open(link.words.partition("start=")[2])
    await phone.tap("f-home")
    await comments_of(phone, made)
    await phone.tap("f-hide")
    value = button_of(phone, "of staff0")
    await people_hand_in(house, made, "staff", 5, named="late", said=(3, 4))
    await close(laptop, made)
    await phone.tap("hide", value)
    assert set((await pool(house, made)).withheld.values()) <= {"of staff0"}


async def test_pools_of_an_older_program_hide_nothing(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await crowd(house, made, staff=5)
    await show(anna, made)
    row = await pool_row(house, made)
    about = b"pool" + f"{made.id}/{row.group}/assets".encode()
    value = open_json(house.installation, row.shown, about=about)
    assert value.pop("withheld") == []
    older = PoolRow(
        assessment=row.assessment,
        group=row.group,
        principle=row.principle,
        shown=seal_json(house.installation, value, about=about),
        hidden=row.hidden,
    )

    async def put(tx: Transaction) -> None:
        await tx.put_pool(older)

    await house.store.turn(b"x", put)
    assert await pool(house, made) == open_pool(row, installation=house.installation)
    await comments_of(anna, made)
    await anna.tap("f-hide")
    await anna.tap("hide", button_of(anna, "of staff0"))
    assert list((await pool(house, made)).withheld.values()) == ["of staff0"]
