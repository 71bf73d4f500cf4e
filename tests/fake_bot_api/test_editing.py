"""Editing and deleting."""

from collections.abc import Callable

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup
from telegram.error import BadRequest

from fake_bot_api import FakeBotApi, Person

Picture = Callable[..., bytes]
GO = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
BACK = InlineKeyboardMarkup([[InlineKeyboardButton("Back", callback_data="back")]])


async def test_an_edit_changes_text_and_keyboard_in_place(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "one", reply_markup=GO)
    later = await bot.send_message(ann.id, "later")
    await bot.edit_message_text("two", ann.id, sent.message_id, reply_markup=BACK)
    assert [message.id for message in ann.screen[1:]] == [sent.message_id, later.message_id]
    assert (ann.card.text, ann.card.labels, ann.card.edited) == ("two", [["Back"]], True)


async def test_an_edit_without_keyboard_takes_it_away(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "one", reply_markup=GO)
    await bot.edit_message_text("two", ann.id, sent.message_id)
    assert ann.newest.rows == ()


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "one", reply_markup=GO)
    with pytest.raises(BadRequest, match="is not modified: specified new message content and reply markup are"):
        await bot.edit_message_text(" one ", ann.id, sent.message_id, reply_markup=GO)
    with pytest.raises(BadRequest, match="is not modified"):
        await bot.edit_message_reply_markup(ann.id, sent.message_id, reply_markup=GO)
    assert not ann.newest.edited
    await bot.edit_message_text("one", ann.id, sent.message_id, reply_markup=GO, entities=[MessageEntity("bold", 0, 3)])
    await bot.edit_message_reply_markup(ann.id, sent.message_id, reply_markup=BACK)
    assert ann.newest.edited


async def test_what_is_not_there_cannot_be_edited(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "one")
    await bot.delete_message(ann.id, sent.message_id)
    for message_id in (sent.message_id, 999_999):
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("two", ann.id, message_id)


async def test_what_the_person_wrote_and_what_has_a_reply_keyboard_cannot_be_edited(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "x", reply_markup=ReplyKeyboardMarkup([["Yes"]]))
    said = await ann.say("mine")
    for message_id in (sent.message_id, said.body["message_id"]):
        with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
            await bot.edit_message_text("y", ann.id, message_id)


async def test_a_photo_has_a_caption_to_edit_and_no_text(bot: Bot, ann: Person, picture: Picture) -> None:
    photo = await bot.send_photo(ann.id, picture(), caption="one", reply_markup=GO)
    text = await bot.send_message(ann.id, "words")
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await bot.edit_message_text("two", ann.id, photo.message_id)
    with pytest.raises(BadRequest, match=r"(?i)there is no caption in the message to edit"):
        await bot.edit_message_caption(ann.id, text.message_id, caption="two")
    await bot.edit_message_caption(ann.id, photo.message_id, caption="two", reply_markup=GO)
    assert (ann.card.caption, ann.card.photo) == ("two", picture())


@pytest.mark.parametrize("text", ["x" * 4097, ""])
async def test_an_edited_text_keeps_to_the_limits(bot: Bot, ann: Person, text: str) -> None:
    sent = await bot.send_message(ann.id, "one")
    with pytest.raises(BadRequest, match=r"(?i)message is too long|message text is empty"):
        await bot.edit_message_text(text, ann.id, sent.message_id)
    assert ann.newest.text == "one"


async def test_messages_can_be_deleted_for_48_hours(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    old = await bot.send_message(ann.id, "old")
    api.clock.advance(48 * 3600 - 60)
    young = await bot.send_message(ann.id, "young")
    await bot.delete_message(ann.id, ann.screen[0].id)
    api.clock.advance(120)
    await bot.delete_message(ann.id, young.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await bot.delete_message(ann.id, old.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(ann.id, young.message_id)
    assert [message.text for message in ann.screen] == ["old"]


async def test_several_are_deleted_at_once_and_missing_ones_skipped(bot: Bot, ann: Person) -> None:
    ids = [(await bot.send_message(ann.id, f"{n}")).message_id for n in range(3)]
    await bot.delete_messages(ann.id, [*ids[:2], 999_999])
    assert [message.id for message in ann.screen[1:]] == ids[2:]
    with pytest.raises(BadRequest):
        await bot.delete_messages(ann.id, list(range(1, 102)))
