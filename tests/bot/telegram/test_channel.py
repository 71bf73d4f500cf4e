"""Starting and stopping."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
from telegram.error import NetworkError, TimedOut

from bot.telegram.channel import TelegramChannel, TokenRefused, Unreachable
from bot.telegram.request import AioRequest
from fake_bot_api import FakeBotApi
from tests.bot.telegram.conftest import FakeTurns, Sleeps, questions

Running = Callable[..., Awaitable[TelegramChannel]]
Make = Callable[..., TelegramChannel]


@pytest.mark.parametrize("token", ["123456:wrong", "no token at all", "", "../../../etc", "1:a?b#c"])
async def test_a_refused_token_is_one_sentence(api: FakeBotApi, channel: Make, token: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        await channel(FakeTurns(questions), token=token).start()
    assert str(refused.value) == "Telegram refused the bot token. Copy it again from BotFather into BOT_TOKEN."
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


async def test_telegram_out_of_reach_is_one_sentence(api: FakeBotApi, channel: Make, sleeps: Sleeps) -> None:
    await api.go_away()
    with pytest.raises(Unreachable, match="could not be reached"):
        await channel(FakeTurns(questions)).start()
    assert sleeps.asked == [0.5, 1, 2, 4]


async def test_a_start_survives_a_short_outage(api: FakeBotApi, running: Running) -> None:
    api.fail("getMe", kind="close", times=2)
    one = await running(FakeTurns(questions))
    assert one.username == "equal_voice_bot"


async def test_a_channel_that_never_ran_can_be_stopped(channel: Make) -> None:
    one = channel(FakeTurns(questions))
    await one.stop()
    await one.start()
    await one.stop()
    with pytest.raises(RuntimeError):
        await channel(FakeTurns(questions)).run()


async def test_an_outage_in_the_middle_loses_nothing(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.start()
    await ann.settled()
    await api.go_away()
    await ann.tap("Yes")
    await asyncio.sleep(0.1)
    await api.come_back()
    await ann.settled()
    assert ann.card.text == "question 2 after yes"


async def test_silence_is_a_time_out_and_a_broken_connection_names_no_address(api: FakeBotApi) -> None:
    request = AioRequest(connections=2, proxies=False, read=0.1)
    url = f"{api.url}/bot{api.token}/getMe"
    async with request:
        api.fail("getMe", kind="hang")
        with pytest.raises(TimedOut):
            await request.post(url)
        api.fail("getMe", kind="close")
        with pytest.raises(NetworkError) as broken:
            await request.post(url)
        with pytest.raises(NetworkError) as malformed:
            await request.post(f"http://[{api.token}/")
        api.fail("getMe", kind="garbage")
        with pytest.raises(NetworkError) as garbage:
            await request.post(url)
    for error in (broken, malformed, garbage):
        assert api.token not in repr(error.value)
        assert "127.0.0.1" not in str(error.value)
    with pytest.raises(NetworkError):
        await request.post(url)


async def test_the_librarys_own_loggers_are_silent_after_a_start(running: Running) -> None:
    for name in ("telegram", "httpx"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    await running(FakeTurns(questions))
    for name in ("telegram", "telegram.Bot", "httpx"):
        assert not logging.getLogger(name).isEnabledFor(logging.CRITICAL)
