"""Calls that are wrong in themselves, the ways to encode a right one, and the journal of all of them."""

import json
from collections.abc import Callable

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from fake_bot_api import FakeBotApi, Person

Picture = Callable[..., bytes]
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def test_a_wrong_token_is_unauthorized(api: FakeBotApi) -> None:
    bot = Bot("123456:wrong", base_url=f"{api.url}/bot")
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{api.url}/bot1:x/getMe")
    assert (answer.status_code, answer.json()) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_an_unknown_method_is_not_found_and_a_violation(api: FakeBotApi, http: httpx.AsyncClient) -> None:
    answer = await http.post("sendMesage")
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert api.violations == ["there is no method 'sendMesage'"]


async def test_a_method_that_the_stand_in_lacks_is_a_violation(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    with pytest.raises(Exception, match=r"(?i)does not perform sendDice"):
        await bot.send_dice(ann.id)
    with pytest.raises(Exception, match=r"(?i)does not perform setWebhook"):
        await bot.set_webhook("https://a.uk/hook")
    assert len(api.violations) == 2


async def test_a_missing_parameter_is_refused_and_a_violation(
    api: FakeBotApi, http: httpx.AsyncClient, ann: Person
) -> None:
    answer = await http.post("sendMessage", data={"chat_id": ann.id})
    assert answer.status_code == 400
    assert answer.json()["description"] == "Bad Request: message text is empty"
    await http.post("sendPhoto", data={"chat_id": ann.id})
    await http.post("deleteMessages", data={"chat_id": ann.id, "message_ids": "all"})
    assert len(api.violations) == 3


async def test_unknown_parameters_are_violations_at_any_depth(
    api: FakeBotApi, bot: Bot, http: httpx.AsyncClient, ann: Person
) -> None:
    await bot.send_message(ann.id, "x", api_kwargs={"colour": "red"})
    await http.post(
        "sendMessage",
        json={
            "chat_id": ann.id,
            "text": "y",
            "reply_markup": {"inline_keyboard": [[{"text": "Go", "callback_data": "go", "callbackdata": "x"}]]},
        },
    )
    assert [violation.partition(": ")[2] for violation in api.violations] == [
        "unknown parameter colour",
        "unknown parameter reply_markup.inline_keyboard.0.0.callbackdata",
    ]


async def test_parse_modes_and_unused_files_are_violations(
    api: FakeBotApi, bot: Bot, http: httpx.AsyncClient, ann: Person
) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(ann.id, "<b>x</b>", parse_mode="HTML")
    await http.post("sendMessage", data={"chat_id": ann.id, "text": "x"}, files={"stray": b"x"})
    assert "parse_mode" in api.violations[0]
    assert "stray" in api.violations[1]
    assert [message.text for message in ann.screen[1:]] == ["x"]


async def test_a_correct_bot_violates_nothing(api: FakeBotApi, bot: Bot, ann: Person, picture: Picture) -> None:
    await bot.send_message(ann.id, "123", disable_notification=True)
    await bot.send_photo(ann.id, picture(), caption="5")
    await bot.get_updates(timeout=0, allowed_updates=["message", "callback_query"])
    assert api.violations == []
    assert [message.words for message in ann.screen[1:]] == ["123", "5"]


@pytest.mark.parametrize("encoding", ["json", "json in json", "form", "multipart", "query"])
async def test_every_encoding_that_telegram_takes_is_taken(
    api: FakeBotApi, http: httpx.AsyncClient, ann: Person, encoding: str
) -> None:
    values = {
        "chat_id": str(ann.id),
        "text": "12",
        "reply_markup": json.dumps(KEYBOARD),
        "protect_content": "true",
    }
    if encoding == "json":
        answer = await http.post(
            "sendMessage",
            json={
                "chat_id": ann.id,
                "text": "12",
                "reply_markup": KEYBOARD,
                "protect_content": True,
                "parse_mode": None,
            },
        )
    elif encoding == "json in json":
        answer = await http.post("sendMessage", json=values)
    elif encoding == "form":
        answer = await http.post("sendMessage", data=values)
    elif encoding == "multipart":
        answer = await http.post("sendMessage", files={name: (None, value) for name, value in values.items()})
    else:
        answer = await http.get("sendmessage", params=values)
    assert answer.json()["ok"], answer.text
    assert (ann.card.text, ann.card.labels, ann.card.protected) == ("12", [["Go"]], True)
    assert api.violations == []
    assert api.received[-1].parameters["chat_id"] == ann.id


async def test_truths_and_numbers_may_be_written_as_text(http: httpx.AsyncClient, ann: Person) -> None:
    sent = await http.post("sendMessage", json={"chat_id": ann.id, "text": "x", "protect_content": "False"})
    assert not ann.newest.protected
    message_id = str(sent.json()["result"]["message_id"])
    await http.post("editMessageText", json={"chat_id": str(ann.id), "message_id": message_id, "text": "y"})
    assert ann.newest.text == "y"


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff"])
async def test_a_body_that_is_no_json_object_is_refused(api: FakeBotApi, http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("sendMessage", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert "JSON" in answer.json()["description"]
    assert len(api.violations) == 1


async def test_the_journal_holds_each_call_in_order_with_its_outcome(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "before")
    bo = api.person(name="Bo")
    await bo.start()
    mark = api.mark()
    await bot.send_message(bo.id, "to another")
    tap = await ann.tap_data("x")
    await bot.get_updates()
    await bot.answer_callback_query(tap.query_id)
    with pytest.raises(BadRequest):
        await bot.edit_message_text("before", ann.id, ann.newest.id)
    end = api.mark()
    await bot.send_message(ann.id, "later")
    calls = api.calls_between(mark, end, chat=ann)
    assert [(call.method, call.chat, call.code, call.performed) for call in calls] == [
        ("answerCallbackQuery", ann.id, 200, True),
        ("editMessageText", ann.id, 400, False),
    ]
    assert api.refused == [calls[1]]
    assert len(api.polls) == 1
    assert [call.number for call in api.journal.calls] == list(range(len(api.journal.calls)))
    assert api.calls_between(end, method="sendMessage") == [api.received[-1]]
    assert [call.chat for call in api.calls_between(mark, end)] == [bo.id, ann.id, ann.id]


async def test_the_next_call_is_the_first_after_a_mark(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    mark = api.mark()
    await bot.send_message(ann.id, "one")
    await bot.send_message(ann.id, "two")
    call = await api.next_call("sendMessage", chat=ann, after=mark)
    assert call.parameters["text"] == "one"
    assert call.ok
    with pytest.raises(AssertionError, match=r"a call of sendPhoto; there came .*sendMessage"):
        await api.next_call("sendPhoto", after=mark, within=0.02)
