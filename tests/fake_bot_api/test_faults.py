"""Trouble that a test orders: floods, broken answers, broken connections, and calls that wait."""

import asyncio
import time

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from fake_bot_api import Burst, FakeBotApi, Person


async def test_too_many_requests_names_the_seconds(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    fault = api.fail("sendMessage", kind=429, retry_after=7)
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(ann.id, "one")
    assert api.received[-1].description == "Too Many Requests: retry after 7"
    await bot.send_message(ann.id, "two")
    assert [message.text for message in ann.screen[1:]] == ["two"]
    assert fault.struck == 1
    assert not api.refused


@pytest.mark.parametrize(("kind", "reason"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_a_server_error_is_a_network_error(
    api: FakeBotApi, bot: Bot, ann: Person, kind: int, reason: str
) -> None:
    api.fail("sendMessage", kind=kind)
    with pytest.raises(NetworkError, match=reason):
        await bot.send_message(ann.id, "one")
    assert (api.received[-1].code, api.received[-1].performed) == (kind, False)


async def test_any_refusal_can_be_ordered(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    api.fail("sendMessage", kind=400, description="message thread not found")
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(ann.id, "one")


async def test_a_connection_can_be_cut_before_the_call_is_performed(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    api.fail("sendMessage", kind="close")
    with pytest.raises(NetworkError, match=r"ReadError|RemoteProtocolError"):
        await bot.send_message(ann.id, "one")
    assert not ann.screen[1:]
    assert (api.received[-1].code, api.received[-1].performed) == (None, False)


async def test_a_connection_can_be_cut_after_the_call_is_performed(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    api.fail("sendMessage", kind="after")
    with pytest.raises(NetworkError, match=r"ReadError|RemoteProtocolError"):
        await bot.send_message(ann.id, "one")
    assert ann.newest.text == "one"
    assert (api.received[-1].code, api.received[-1].performed) == (None, True)


async def test_a_call_can_hang_until_the_bot_gives_up(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    api.fail("sendMessage", kind="hang")
    before = time.monotonic()
    with pytest.raises(TimedOut):
        await bot.send_message(ann.id, "one", read_timeout=0.2)
    assert time.monotonic() - before >= 0.2
    await api.wait_for(lambda: api.received[-1].ended)
    assert api.received[-1].description == "the bot hung up"
    assert not ann.screen[1:]


async def test_garbage_is_no_json(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    api.fail("sendMessage", kind="garbage")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(ann.id, "one")
    assert not ann.screen[1:]


async def test_orders_are_served_oldest_first_and_strike_only_what_they_name(
    api: FakeBotApi, bot: Bot, ann: Person
) -> None:
    bo = api.person()
    await bo.start()
    api.fail("sendMessage", chat=ann, kind=500, times=2)
    api.fail("sendMessage", chat=ann, kind=429)
    await bot.send_message(bo.id, "x")
    await bot.send_chat_action(ann.id, "typing")
    outcomes = []
    for _ in range(4):
        try:
            await bot.send_message(ann.id, "x")
            outcomes.append("sent")
        except TelegramError as error:
            outcomes.append(type(error).__name__)
    assert outcomes == ["NetworkError", "NetworkError", "RetryAfter", "sent"]


async def test_only_a_fault_that_names_getupdates_strikes_it(api: FakeBotApi, bot: Bot) -> None:
    api.fail(kind=500)
    await bot.get_updates()
    api.fail("getUpdates", kind=502)
    with pytest.raises(NetworkError):
        await bot.get_updates()


async def test_a_held_call_takes_effect_when_it_is_released(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    with api.hold("sendMessage", chat=ann) as held:
        sending = asyncio.create_task(bot.send_message(ann.id, "one"))
        (call,) = await held.arrived()
        await asyncio.sleep(0.05)
        assert call.parameters["text"] == "one"
        assert not ann.screen[1:]
    await sending
    assert ann.newest.text == "one"
    await bot.send_message(ann.id, "two")


async def test_a_held_call_of_a_bot_that_is_killed_never_takes_effect(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    with api.hold("sendMessage") as held:
        sending = asyncio.create_task(bot.send_message(ann.id, "one"))
        (call,) = await held.arrived()
        sending.cancel()
        await api.wait_for(lambda: call.ended)
    assert (call.code, call.performed) == (None, False)
    assert not ann.screen[1:]


async def test_an_answer_can_be_held_after_the_call_took_effect(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    with api.hold("sendMessage", performed=True) as held:
        sending = asyncio.create_task(bot.send_message(ann.id, "one"))
        await held.arrived()
        assert ann.newest.text == "one"
        assert not sending.done()
    await sending


async def test_waiting_for_a_held_call_that_never_comes_says_so(api: FakeBotApi) -> None:
    with api.hold("sendPhoto") as held, pytest.raises(AssertionError, match="1 held calls of sendPhoto"):
        await held.arrived(within=0.02)


async def test_a_flood_is_refused_for_one_chat_and_passes(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    bo = api.person()
    await bo.start()
    api.limit_flood(2, seconds=0.5)
    for text in "ab":
        await bot.send_message(ann.id, text)
    with pytest.raises(RetryAfter):
        await bot.send_message(ann.id, "c")
    assert api.refused[-1].description == "Too Many Requests: retry after 1"
    await bot.send_message(bo.id, "x")
    await asyncio.sleep(0.5)
    await bot.send_message(ann.id, "d")
    assert [message.text for message in ann.screen[1:]] == ["a", "b", "d"]


async def test_bursts_are_counted_even_when_nothing_is_refused(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    for text in "abc":
        await bot.send_message(ann.id, text)
    assert api.bursts == []
    await bot.send_message(ann.id, "d")
    assert api.bursts == [Burst(chat=ann.id, calls=4)]
