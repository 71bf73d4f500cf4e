"""Messages that the bot sends: what arrives, and what Telegram refuses."""

from collections.abc import Callable

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from fake_bot_api import FakeBotApi, Person

Picture = Callable[..., bytes]


def keyboard(*rows: list[str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(data, callback_data=data) for data in row] for row in rows])


async def test_a_text_arrives_with_its_keyboard_and_entities(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(
        ann.id,
        "Hello 🌱 there",
        entities=[MessageEntity("bold", 9, 5)],
        reply_markup=InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton("Go", callback_data="go"),
                    InlineKeyboardButton("Web", url="https://a.uk"),
                ],
                [InlineKeyboardButton("Copy", copy_text=CopyTextButton("CODE"))],
            ]
        ),
        protect_content=True,
    )
    shown = ann.card
    assert (shown.id, shown.text, shown.labels) == (
        sent.message_id,
        "Hello 🌱 there",
        [["Go", "Web"], ["Copy"]],
    )
    assert shown.entities == ({"type": "bold", "offset": 9, "length": 5},)
    assert [(button.data, button.url, button.copy_text) for button in shown.buttons] == [
        ("go", None, None),
        (None, "https://a.uk", None),
        (None, None, "CODE"),
    ]
    assert shown.protected
    assert shown.from_bot
    assert not shown.edited
    assert sent.chat.id == ann.id
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "go"
    assert sent.from_user is not None
    assert sent.from_user.id == bot.id


async def test_message_ids_count_up_over_both_sides_of_a_chat(bot: Bot, ann: Person) -> None:
    first = await bot.send_message(ann.id, "one")
    said = await ann.say("two")
    third = await bot.send_message(ann.id, "three")
    assert [first.message_id + 1, first.message_id + 2] == [said.body["message_id"], third.message_id]


async def test_a_text_may_have_4096_utf16_units_and_no_more(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "🌱" * 2048)
    with pytest.raises(BadRequest, match=r"[Mm]essage is too long"):
        await bot.send_message(ann.id, "🌱" * 2048 + "x")
    assert ann.newest.text == "🌱" * 2048


@pytest.mark.parametrize(("text", "reason"), [("", "message text is empty"), (" \n ", "text must be non-empty")])
async def test_an_empty_text_is_refused(bot: Bot, ann: Person, text: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(ann.id, text)


async def test_space_around_a_text_goes_and_its_entities_move_along(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "  \nbold rest \n", entities=[MessageEntity("bold", 3, 4)])
    assert ann.newest.text == "bold rest"
    assert ann.newest.entities == ({"type": "bold", "offset": 0, "length": 4},)


@pytest.mark.parametrize(
    ("offset", "length", "reason"),
    [(3, 4, "ends after the end of the text"), (0, 0, "ENTITY_BOUNDS_INVALID"), (4, 1, "begins in a middle")],
)
async def test_an_entity_must_lie_within_the_text(bot: Bot, ann: Person, offset: int, length: int, reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(
            ann.id, "abc🌱" if offset == 4 else "abcdef", entities=[MessageEntity("bold", offset, length)]
        )


@pytest.mark.parametrize(
    "rows",
    [[["x" * 65]], [["é" * 33]], [["a"] * 9], [["a"] * 8] * 13],
    ids=["65 bytes", "33 letters of 2 bytes", "9 in a row", "104 buttons"],
)
async def test_too_large_a_keyboard_is_refused(bot: Bot, ann: Person, rows: list[list[str]]) -> None:
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID|REPLY_MARKUP_TOO_LONG"):
        await bot.send_message(ann.id, "x", reply_markup=keyboard(*rows))
    assert not ann.screen[1:]


async def test_the_largest_keyboard_is_taken(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "x", reply_markup=keyboard(*[["x" * 64] * 8] * 12, ["é" * 32] * 4))
    assert len(ann.card.buttons) == 100


@pytest.mark.parametrize("url", ["http://localhost:8080/x", "https://nowhere", "ftp://a.uk"])
async def test_a_link_button_needs_an_address_that_telephones_understand(bot: Bot, ann: Person, url: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)wrong http url"):
        await bot.send_message(ann.id, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Web", url=url)]]))


async def test_a_button_that_does_nothing_is_refused(bot: Bot, ann: Person) -> None:
    with pytest.raises(BadRequest, match="Text buttons are unallowed"):
        await bot.send_message(ann.id, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Nothing")]]))


async def test_a_reply_keyboard_is_shown(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "x", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    assert ann.newest.reply_keyboard == (("Yes", "No"),)


async def test_somebody_who_never_wrote_cannot_be_written_to(api: FakeBotApi, bot: Bot) -> None:
    stranger = api.person()
    with pytest.raises(Forbidden, match=r"can't initiate conversation"):
        await bot.send_message(stranger.id, "x")
    assert not stranger.screen


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(42, "x")


async def test_somebody_who_blocked_the_bot_gets_nothing_until_they_unblock_it(bot: Bot, ann: Person) -> None:
    await ann.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "x")
    await ann.unblock()
    await bot.send_message(ann.id, "y")
    assert ann.newest.text == "y"


async def test_somebody_who_left_telegram_gets_nothing(bot: Bot, ann: Person) -> None:
    await ann.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ann.id, "x")


async def test_a_reply_needs_its_message(bot: Bot, ann: Person) -> None:
    said = await ann.say("a question")
    sent = await bot.send_message(ann.id, "an answer", reply_parameters=ReplyParameters(said.body["message_id"]))
    assert sent.reply_to_message is not None
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(ann.id, "x", reply_parameters=ReplyParameters(999_999))
    await bot.send_message(ann.id, "y", reply_parameters=ReplyParameters(999_999, allow_sending_without_reply=True))


async def test_a_group_that_was_upgraded_names_its_new_id(bot: Bot, ann: Person) -> None:
    seat = ann.in_group(-4001)
    await seat.add_bot()
    new = await seat.upgrade(-1004001)
    with pytest.raises(ChatMigrated) as raised:
        await bot.send_message(-4001, "x")
    assert raised.value.new_chat_id == -1004001
    await bot.send_message(-1004001, "y")
    assert new.newest.text == "y"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
async def test_a_photo_arrives_with_its_caption(bot: Bot, ann: Person, picture: Picture, kind: str) -> None:
    content = picture(120, 80, kind)
    sent = await bot.send_photo(ann.id, content, caption="Five dots", reply_markup=keyboard(["More"]))
    assert (ann.card.photo, ann.card.caption, ann.card.labels) == (content, "Five dots", [["More"]])
    assert (sent.photo[-1].width, sent.photo[-1].height) == (120, 80)
    await bot.send_photo(ann.id, sent.photo[-1].file_id)
    assert ann.newest.photo == content


@pytest.mark.parametrize(
    ("width", "height"), [(9000, 1001), (1001, 9000), (2100, 100)], ids=["wide", "high", "21 to 1"]
)
async def test_too_large_or_narrow_a_photo_is_refused(
    bot: Bot, ann: Person, picture: Picture, width: int, height: int
) -> None:
    with pytest.raises(BadRequest, match=r"(?i)PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(ann.id, picture(width, height))


@pytest.mark.parametrize("spoil", [lambda content: b"not a picture", lambda content: content[:60]], ids=["text", "cut"])
async def test_a_malformed_photo_is_refused(
    bot: Bot, ann: Person, picture: Picture, spoil: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_photo(ann.id, spoil(picture()))
    assert not ann.screen[1:]


async def test_a_photo_over_10_mb_is_refused(bot: Bot, ann: Person, picture: Picture) -> None:
    with pytest.raises(BadRequest, match="too big for a photo"):
        await bot.send_photo(ann.id, picture() + bytes(10 * 1024 * 1024))


async def test_a_caption_may_have_1024_and_no_more(bot: Bot, ann: Person, picture: Picture) -> None:
    await bot.send_photo(ann.id, picture(), caption="x" * 1024)
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await bot.send_photo(ann.id, picture(), caption="x" * 1025)


async def test_a_document_arrives_with_its_name(bot: Bot, ann: Person) -> None:
    sent = await bot.send_document(ann.id, b"a;b", filename="answers.csv", caption="Take away")
    shown = ann.newest
    assert (shown.kind, shown.document, shown.document_name) == ("document", b"a;b", "answers.csv")
    assert sent.document is not None
    assert sent.document.file_name == "answers.csv"


async def test_an_album_is_two_to_ten_photos(bot: Bot, ann: Person, picture: Picture) -> None:
    await bot.send_media_group(ann.id, [InputMediaPhoto(picture(), caption=f"{n}") for n in range(10)])
    album = ann.screen[1:]
    assert [message.caption for message in album] == [f"{n}" for n in range(10)]
    assert {message.album for message in album} == {album[0].album} != {None}
    other = await bot.send_media_group(ann.id, [InputMediaPhoto(picture())] * 2)
    assert {message.media_group_id for message in other}.isdisjoint({album[0].album, None})
    assert all(message.photo == picture() for message in album)
    for count in (1, 11):
        with pytest.raises(BadRequest, match="messages to send as an album"):
            await bot.send_media_group(ann.id, [InputMediaPhoto(picture())] * count)


async def test_one_bad_photo_refuses_the_whole_album(bot: Bot, ann: Person, picture: Picture) -> None:
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_media_group(ann.id, [InputMediaPhoto(picture()), InputMediaPhoto(b"no")])
    assert not ann.screen[1:]


async def test_a_chat_action_must_be_a_known_one(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    await bot.send_chat_action(ann.id, "upload_photo")
    assert api.state.typing == [(ann.id, "upload_photo")]
    with pytest.raises(BadRequest, match=r"(?i)wrong parameter action"):
        await bot.send_chat_action(ann.id, "thinking")
