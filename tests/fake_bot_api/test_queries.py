"""Taps and their answers."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from fake_bot_api import FakeBotApi, Person, Toast

TOO_OLD = "(?i)query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def card(bot: Bot, ann: Person) -> int:
    keyboard = InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("5 Really good", callback_data="q1:5"),
                InlineKeyboardButton("5", callback_data="bare"),
                InlineKeyboardButton("Web", url="https://a.uk"),
            ]
        ]
    )
    return (await bot.send_message(ann.id, "Question", reply_markup=keyboard)).message_id


async def test_a_tap_carries_the_data_and_the_message(bot: Bot, ann: Person, card: int) -> None:
    tap = await ann.tap("5 R")
    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert (update.callback_query.id, update.callback_query.data) == (tap.query_id, "q1:5")
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == card
    assert update.callback_query.message.is_accessible


async def test_a_whole_label_goes_before_one_that_only_begins_so(ann: Person, card: int) -> None:
    assert (await ann.tap("5")).data == "bare"


async def test_the_newest_message_with_the_button_is_tapped_unless_one_is_named(
    bot: Bot, ann: Person, card: int
) -> None:
    newer = await bot.send_message(
        ann.id, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("5", callback_data="new")]])
    )
    assert (await ann.tap("5")).message.id == newer.message_id
    assert (await ann.tap("5", message=card)).data == "bare"


async def test_a_tap_on_no_such_button_or_on_a_link_says_so(ann: Person, card: int) -> None:
    with pytest.raises(AssertionError, match=r"'Hand in'[\s\S]*5 Really good"):
        await ann.tap("Hand in", within=0.05)
    with pytest.raises(AssertionError, match="opens a link"):
        await ann.tap("Web")


async def test_an_answer_becomes_a_toast(bot: Bot, ann: Person, card: int) -> None:
    tap = await ann.tap("5")
    assert ann.toasts == []
    await bot.answer_callback_query(tap.query_id, "Saved", show_alert=True)
    await bot.answer_callback_query((await ann.tap("5")).query_id)
    assert tap.toast == Toast(text="Saved", alert=True)
    assert ann.toasts == [Toast(text="Saved", alert=True), Toast(text=None, alert=False)]


async def test_a_query_is_answered_once(bot: Bot, ann: Person, card: int) -> None:
    tap = await ann.tap("5")
    await bot.answer_callback_query(tap.query_id)
    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query(tap.query_id)


async def test_an_unknown_query_or_one_past_its_life_is_too_old(
    api: FakeBotApi, bot: Bot, ann: Person, card: int
) -> None:
    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query("1")
    tap = await ann.tap("5")
    api.clock.advance(61)
    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query(tap.query_id)
    assert tap.toast is None


async def test_an_answer_has_at_most_200_characters(bot: Bot, ann: Person, card: int) -> None:
    tap = await ann.tap("5")
    with pytest.raises(BadRequest):
        await bot.answer_callback_query(tap.query_id, "x" * 201)
    await bot.answer_callback_query(tap.query_id, "x" * 200)


async def test_the_app_can_send_a_tap_again_as_a_new_one(ann: Person, card: int) -> None:
    first = await ann.tap("5")
    again = await ann.tap_again()
    assert first.update is not None
    assert again.update is not None
    assert again.update.id > first.update.id
    assert (again.data, again.message) == (first.data, first.message)
    assert again.query_id != first.query_id


async def test_a_button_of_a_deleted_message_can_still_be_tapped(bot: Bot, ann: Person, card: int) -> None:
    await bot.delete_message(ann.id, card)
    await ann.tap_data("q1:5", message=card)
    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible
