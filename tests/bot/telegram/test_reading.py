"""What people do in Telegram reaches the conversation as what it is, and forged things do no harm."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Update

from bot.telegram.channel import TelegramChannel
from bot.telegram.reading import Heard, InGroup, Membership, line_of, read
from conversations.inputs import Asked, Input, Opened, Stale, Tap, Typed, Unreadable
from fake_bot_api import FakeBotApi
from tests.bot.telegram.conftest import FakeTurns, questions

Running = Callable[..., Awaitable[TelegramChannel]]

USER = {"id": 77, "is_bot": False, "first_name": "Ann", "language_code": "ur"}
PRIVATE = {"id": 77, "type": "private", "first_name": "Ann"}
GROUP = {"id": -5, "type": "group", "title": "Ward"}


def of(**content: Any) -> Heard | InGroup | Membership | None:
    """What a message with this content means."""
    message = {"message_id": 9, "date": 1, "chat": PRIVATE, "from": USER} | content
    update = Update.de_json({"update_id": 1, "message": message}, None)
    return read(update, username="our_bot")


def given(**content: Any) -> Input:
    heard = of(**content)
    assert isinstance(heard, Heard)
    assert (heard.person.id, heard.chat, heard.message, heard.hint) == ("77", 77, 9, "ur")
    return heard.given


def tapped(data: str | None, **more: Any) -> Heard:
    message = {"message_id": 9, "date": 1, "chat": PRIVATE}
    query = {"id": "q", "from": USER, "chat_instance": "c", "message": message, "data": data} | more
    heard = read(Update.de_json({"update_id": 1, "callback_query": query}, None), username="our_bot")
    assert isinstance(heard, Heard)
    assert heard.message is None
    return heard


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hello", Typed("hello")),
        ("/start", Opened("")),
        ("/START", Opened("")),
        ("/start c-KVMT7RXW", Opened("c-KVMT7RXW")),
        ("/start@our_bot i-abc_DEF", Opened("i-abc_DEF")),
        ("/start two words", Opened("")),
        ("/start " + "x" * 65, Opened("")),
        ("/start c-ä", Opened("")),
        ("/help", Asked("help")),
        ("/Help@our_bot", Asked("help")),
        ("/help me with this", Asked("help")),
        ("/nonsense", Asked("nonsense")),
        ("/7 of us agree", Typed("/7 of us agree")),
        ("/ no command", Typed("/ no command")),
        ("see /help", Typed("see /help")),
        ("and/or", Typed("and/or")),
        ("half \ud83d a pair", Typed("half \ufffd a pair")),
        ("<b>&amp;*_`[", Typed("<b>&amp;*_`[")),
    ],
)
def test_texts_and_commands(words: str, expected: Input) -> None:
    assert given(text=words) == expected


@pytest.mark.parametrize(
    ("data", "number", "expected"),
    [
        ("12:score:4", 12, Tap("score", "4")),
        ("1:back:", 1, Tap("back", "")),
        ("12:score", None, Stale()),
        ("12:score:4:5", None, Stale()),
        ("-1:score:4", None, Stale()),
        ("1 :score:4", None, Stale()),
        ("१:score:4", None, Stale()),
        ("1:SCORE:4", None, Stale()),
        ("1:score:4\n", None, Stale()),
        ("1:a-name-too-long:4", None, Stale()),
        ("9" * 13 + ":score:4", None, Stale()),
        ("'; drop table", None, Stale()),
        ("", None, Stale()),
        (None, None, Stale()),
    ],
)
def test_buttons_and_forged_buttons(data: str | None, number: int | None, expected: Input) -> None:
    heard = tapped(data)
    assert (heard.given, heard.number) == (expected, number)
    assert (heard.query, heard.tapped) == ("q", 9)


def test_a_tap_on_a_message_that_telegram_no_longer_knows() -> None:
    assert tapped("1:go:", message={"message_id": 9, "date": 0, "chat": PRIVATE}).tapped == 9
    assert tapped("1:go:", message=None).tapped is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"voice": {"file_id": "a", "file_unique_id": "a", "duration": 1}}, "voice"),
        ({"audio": {"file_id": "a", "file_unique_id": "a", "duration": 1}}, "voice"),
        ({"video_note": {"file_id": "a", "file_unique_id": "a", "length": 1, "duration": 1}}, "video"),
        ({"dice": {"emoji": "🎲", "value": 1}}, "other"),
        ({"story": {"chat": PRIVATE, "id": 1}}, "other"),
    ],
)
def test_rarer_kinds(content: dict[str, Any], kind: str) -> None:
    heard = given(**content)
    assert isinstance(heard, Unreadable)
    assert heard.what == kind


async def test_every_common_kind_over_the_wire(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    said = await ann.say("hello")
    await ann.send_photo("with words")
    await ann.send_sticker()
    await ann.send_voice()
    await ann.send_document()
    await ann.send_location()
    await ann.send_contact()
    await ann.send_poll()
    await ann.edit(said, "hello again")
    turns = FakeTurns(questions)
    await running(turns)
    await ann.settled()
    kinds = [given.what for given in turns.of(ann.id) if isinstance(given, Unreadable)]
    assert kinds == ["photo", "sticker", "voice", "file", "place", "contact", "poll", "edited"]
    assert turns.taken[-1].message is None, "the text before the edit had this id already"


@pytest.mark.parametrize(
    "content",
    [{"pinned_message": {"message_id": 1, "date": 1, "chat": PRIVATE}}, {"write_access_allowed": {"x": 1}}],
)
def test_what_telegram_itself_writes_is_not_answered(content: dict[str, Any]) -> None:
    assert of(**content) is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("/help", True),
        ("/help@our_bot", True),
        ("/help@OUR_BOT", True),
        ("/help@other_bot", False),
        ("ask @our_bot!", True),
        ("ask @our_bottle", False),
        ("me@our_bot", False),
        ("hello", False),
    ],
)
def test_groups_are_heard_only_when_they_speak_to_us(words: str, meant: bool) -> None:
    for content in ({"text": words}, {"caption": words, "photo": []}):
        assert isinstance(of(chat=GROUP, **content), InGroup) is meant


def test_nobody_in_a_group_is_a_person() -> None:
    message = {"message_id": 9, "date": 1, "chat": GROUP, "from": USER, "text": "hi"}
    edited = Update.de_json({"update_id": 1, "edited_message": message}, None)
    assert read(edited, username="our_bot") is None
    assert line_of(edited) == -5


async def test_a_group_is_pointed_to_the_private_chat_once_a_minute_and_no_turn_is_taken(
    api: FakeBotApi, running: Running
) -> None:
    ann = api.person()
    seat = ann.in_group(-100, title="Ward")
    turns = FakeTurns(questions)
    await running(turns)
    await seat.add_bot()
    await seat.command("start", "c-KVMT7RXW")
    await seat.mention("are you there?")
    await seat.say("not for the bot")
    await seat.settled()
    [answer] = [message for message in seat.screen if message.from_bot]
    assert answer.text.endswith("https://t.me/equal_voice_bot")
    tap = await seat.tap_data("1:go:", message=answer.id)
    await seat.settled()
    assert tap.toast is not None
    assert len([message for message in seat.screen if message.from_bot]) == 1
    assert turns.taken == []
    other = ann.in_group(-200, title="Other")
    await other.add_bot()
    await other.mention("hello")
    await other.settled()
    assert other.newest.text == answer.text


async def test_a_group_that_threw_the_bot_out_is_left_alone(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    seat = ann.in_group(-100)
    turns = FakeTurns(questions)
    await seat.add_bot()
    await seat.mention("hello")
    await seat.remove_bot()
    await running(turns)
    await ann.say("hello")
    await ann.settled()
    assert ann.card.text == "question 1"


async def test_a_group_that_became_a_supergroup_is_no_trouble(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    seat = ann.in_group(-100)
    await seat.add_bot()
    await seat.mention("hello")
    grown = await seat.upgrade(-1001)
    await running(FakeTurns(questions))
    await grown.mention("hello")
    await grown.settled()
    assert grown.newest.text.endswith("https://t.me/equal_voice_bot")
