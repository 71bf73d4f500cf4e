"""Starting, stopping, and what the bot says about itself."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from bot.telegram import menu
from bot.telegram.channel import TelegramChannel, TokenRefused, Unreachable
from bot.telegram.request import AioRequest
from bot.texts import TEXTS
from bot.wording import Wordings
from fake_bot_api import FakeBotApi
from tests.bot.telegram.conftest import FakeTurns, Sleeps, questions

Running = Callable[..., Awaitable[TelegramChannel]]
Make = Callable[..., TelegramChannel]
SUBJECTS = ("birth", "bab", "matern", "neonat", "pregnan", "mother", "hospital", "nhs", "health")


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


async def test_the_menu_and_descriptions_are_told_once(
    api: FakeBotApi, channel: Make, caplog: pytest.LogCaptureFixture
) -> None:
    for calls in (3, 0):
        mark = api.mark()
        one = channel(FakeTurns(questions))
        await one.start()
        runs = asyncio.create_task(one.run())
        await api.wait_for(lambda mark=mark: api.calls_between(mark, method="getMyShortDescription"))  # type: ignore[misc]
        await asyncio.sleep(0.05)
        await one.stop()
        await runs
        told = [call.method for call in api.calls_between(mark) if call.method.startswith("setMy")]
        assert len(told) == calls
    commands = api.commands(scope="all_private_chats")
    assert list(commands) == list(menu.COMMANDS)
    assert commands["urgent"] == "I need help now"
    assert api.commands() == {}
    assert api.profile("description").startswith("Equal Voice asks")


async def test_other_languages_are_told_under_their_code(api: FakeBotApi, running: Running, tmp_path: Path) -> None:
    language = {"name": "Cymraeg", "direction": "ltr", "script": "Latn", "reviewed": False}
    listed = {"languages": {"en": {**language, "name": "English"}, "cy": language}}
    (tmp_path / "locales.json").write_text(json.dumps(listed))
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po += 'msgid "I need help now"\nmsgstr "Mae angen help arnaf nawr"\n\n'
    short = TEXTS["telegram.short_description"].singular
    po += f'msgid "{short}"\nmsgstr "{"hir " * 40}"\n'
    (folder / "messages.po").write_text(po)
    await running(FakeTurns(questions), wordings=Wordings(folder=tmp_path))
    await api.wait_for(lambda: api.commands("cy", scope="all_private_chats"))
    assert api.commands("cy", scope="all_private_chats")["urgent"] == "Mae angen help arnaf nawr"
    assert api.commands("", scope="all_private_chats")["urgent"] == "I need help now"
    await api.wait_for(lambda: len([c for c in api.received if c.method == "getMyShortDescription"]) == 2)
    await asyncio.sleep(0.1)
    assert api.profile("short_description", "cy") is None, "too long for Telegram: English stays"
    assert api.refused == []


async def test_a_menu_that_cannot_be_told_stops_nothing(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail("setMyCommands", kind=429, retry_after=3600)
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.say("hello")
    await ann.settled()
    assert ann.card.text == "question 1"
    assert "The menu and the descriptions may be out of date (RetryAfter)." in caplog.messages


def test_what_a_shared_phone_shows_names_no_subject_and_keeps_the_limits() -> None:
    limits = {"telegram.description": 512, "telegram.short_description": 120}
    limits |= {f"telegram.command.{name}": 256 for name in menu.COMMANDS}
    for name, limit in limits.items():
        words = TEXTS[name].singular
        assert len(words) <= limit
        assert not any(subject in words.lower() for subject in SUBJECTS), words


async def test_the_librarys_own_loggers_are_silent_after_a_start(running: Running) -> None:
    for name in ("telegram", "httpx"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    await running(FakeTurns(questions))
    for name in ("telegram", "telegram.Bot", "httpx"):
        assert not logging.getLogger(name).isEnabledFor(logging.CRITICAL)
