"""Updates come in at least once, in each person's order, and are confirmed only when they are done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from bot.replies import Reply
from bot.telegram.channel import TelegramChannel
from conversations.inputs import Typed
from fake_bot_api import FakeBotApi
from fake_bot_api.faults import Kind
from storage.store import Unavailable
from tests.bot.telegram.conftest import FakeTurns, Sleeps, Taken, card, questions, reply

Running = Callable[..., Awaitable[TelegramChannel]]


async def test_a_text_becomes_a_turn_and_its_card_arrives(api: FakeBotApi, running: Running) -> None:
    turns = FakeTurns(questions)
    ann = api.person(language_code="cy")
    await running(turns)
    said = await ann.say("hello")
    await ann.settled()
    [taken] = turns.taken
    assert taken.given == Typed("hello")
    assert taken.hint == "cy"
    assert taken.message == said.body["message_id"]
    assert taken.number is None
    assert ann.card.text == "question 1"
    assert ann.card.labels == [["Yes", "No"]]


async def test_nothing_is_confirmed_before_the_turn_is_done(api: FakeBotApi, running: Running) -> None:
    done = asyncio.Event()

    async def slowly(taken: Taken) -> Reply:
        await done.wait()
        return questions(taken)

    ann = api.person()
    turns = FakeTurns(slowly)
    await running(turns)
    update = await ann.say("hello")
    await api.wait_for(lambda: turns.taken)
    later = await ann.say("more")
    await asyncio.sleep(0.1)
    assert not update.confirmed
    assert later.handed_out == 0, "the next batch is asked for only when this one is done"
    done.set()
    await ann.settled()
    assert update.confirmed


async def test_one_persons_order_is_kept_while_others_go_on(api: FakeBotApi, running: Running) -> None:
    go = asyncio.Event()
    under_way = set[str]()

    async def one_at_a_time(taken: Taken) -> Reply:
        assert taken.person not in under_way
        under_way.add(taken.person)
        if taken.given == Typed("a1"):
            await go.wait()
        else:
            await asyncio.sleep(0.001)
        under_way.remove(taken.person)
        return questions(taken)

    ann, ben = api.person(name="Ann"), api.person(name="Ben")
    for count in range(1, 6):
        await ann.say(f"a{count}")
        await ben.say(f"b{count}")
    turns = FakeTurns(one_at_a_time)
    await running(turns)
    await api.wait_for(lambda: len(turns.of(ben.id)) == 5)
    assert turns.of(ann.id) == [Typed("a1")]
    go.set()
    await ann.settled()
    assert turns.of(ann.id) == [Typed(f"a{count}") for count in range(1, 6)]
    assert turns.of(ben.id) == [Typed(f"b{count}") for count in range(1, 6)]


async def test_while_the_store_is_away_nothing_is_confirmed_and_only_the_undone_is_taken_again(
    api: FakeBotApi, running: Running, sleeps: Sleeps, caplog: pytest.LogCaptureFixture
) -> None:
    away = {"a2"}

    def answer(taken: Taken) -> Reply:
        assert isinstance(taken.given, Typed)
        if taken.given.words in away:
            raise Unavailable
        return questions(taken)

    ann, ben = api.person(name="Ann"), api.person(name="Ben")
    updates = [await ann.say("a1"), await ann.say("a2"), await ann.say("a3"), await ben.say("b1")]
    turns = FakeTurns(answer)
    await running(turns)
    await api.wait_for(lambda: len(sleeps.asked) >= 9)
    assert sleeps.asked[:8] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert not any(update.confirmed for update in updates)
    away.clear()
    await ann.settled()
    await ben.settled()
    words = [given.words for given in turns.of(ann.id) if isinstance(given, Typed)]
    assert words[0] == "a1"
    assert set(words[1:-2]) == {"a2"}
    assert words[-2:] == ["a2", "a3"]
    assert turns.of(ben.id) == [Typed("b1")]
    assert all(update.confirmed for update in updates)
    assert {update.handed_out for update in updates} == {1}
    assert "The store is unavailable; 2 updates wait for it." in caplog.messages


async def test_an_update_that_fails_three_times_is_set_aside_with_a_kind_notice(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(taken: Taken) -> Reply:
        if taken.given == Typed("poison 4711"):
            raise ZeroDivisionError("poison 4711")
        return questions(taken)

    ann, ben = api.person(name="Ann"), api.person(name="Ben")
    turns = FakeTurns(answer)
    poison = await ann.say("poison 4711")
    await ann.say("fine")
    await ben.say("fine")
    await running(turns)
    await ann.settled()
    assert turns.of(ann.id) == [Typed("poison 4711")] * 3 + [Typed("fine")]
    assert turns.of(ben.id) == [Typed("fine")]
    assert poison.confirmed
    [notice, shown] = [message for message in ann.screen if message.from_bot]
    assert notice.text.startswith("ℹ️ Sorry, something went wrong on our side.")  # noqa: RUF001 - the sign is meant
    assert notice.text.endswith("current card")
    assert shown.text == "question 1"
    assert "An update failed, try 3 of 3 (ZeroDivisionError)." in caplog.messages
    assert "4711" not in caplog.text


async def test_the_notice_comes_as_plain_words_when_even_the_card_cannot_be_shown(
    api: FakeBotApi, running: Running
) -> None:
    class Broken(FakeTurns):
        async def look(self, person: object, *, hint: str = "") -> Reply:
            raise KeyError("nothing works")

    def answer(taken: Taken) -> Reply:
        raise KeyError("nothing works")

    ann = api.person()
    await running(Broken(answer))
    await ann.say("hello")
    await ann.settled()
    assert ann.newest.text.startswith("Sorry, something went wrong")


async def test_a_malformed_update_is_set_aside_alone_and_untold(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person()
    turns = FakeTurns(questions)
    malformed = [
        api.state.updates.add("message", {"text": "marked 4711"}, person=ann.id),
        api.state.updates.add("callback_query", {"id": "1", "data": "marked 4711"}, person=ann.id),
    ]
    good = await ann.say("hello")
    await running(turns)
    await ann.settled()
    assert turns.of(ann.id) == [Typed("hello")]
    assert all(update.confirmed for update in [*malformed, good])
    assert caplog.text.count("could not be read and was set aside") == 2
    assert "4711" not in caplog.text


async def test_a_stop_finishes_and_confirms_the_batch_under_way(
    api: FakeBotApi, channel: Callable[..., TelegramChannel]
) -> None:
    go = asyncio.Event()

    async def slowly(taken: Taken) -> Reply:
        await go.wait()
        return questions(taken)

    ann = api.person()
    turns = FakeTurns(slowly)
    one = channel(turns)
    await one.start()
    runs = asyncio.create_task(one.run())
    first = await ann.say("first")
    await api.wait_for(lambda: turns.taken)
    second = await ann.say("second")
    stops = asyncio.create_task(one.stop())
    await asyncio.sleep(0.05)
    assert not stops.done()
    go.set()
    await asyncio.gather(runs, stops)
    assert first.confirmed
    assert not second.confirmed, "what the last call handed out was not answered, so it must come again"
    assert ann.card.text == "question 1", "what was ready is delivered"
    assert [taken.given for taken in turns.taken] == [Typed("first")]

    again = FakeTurns(questions)
    two = channel(again)
    await two.start()
    runs = asyncio.create_task(two.run())
    await ann.settled()
    await two.stop()
    await two.stop()
    await runs
    assert [taken.given for taken in again.taken] == [Typed("second")]
    assert second.confirmed


async def test_a_stop_while_waiting_for_updates_is_quick_and_asks_nothing_more(
    api: FakeBotApi, channel: Callable[..., TelegramChannel]
) -> None:
    one = channel(FakeTurns(questions), poll=30)
    await one.start()
    runs = asyncio.create_task(one.run())
    await api.wait_for(lambda: api.polls)
    async with asyncio.timeout(1):
        await one.stop()
        await runs
    assert len(api.polls) == 1


async def test_a_stop_while_the_store_is_away_confirms_nothing(
    api: FakeBotApi, channel: Callable[..., TelegramChannel]
) -> None:
    def answer(taken: Taken) -> Reply:
        raise Unavailable

    ann = api.person()
    turns = FakeTurns(answer)
    one = channel(turns)
    await one.start()
    runs = asyncio.create_task(one.run())
    update = await ann.say("hello")
    await api.wait_for(lambda: turns.taken)
    async with asyncio.timeout(2):
        await one.stop()
        await runs
    assert not update.confirmed


@pytest.mark.parametrize("kind", [500, 502, "close", "garbage", 429])
async def test_polling_goes_on_after_trouble(
    api: FakeBotApi, running: Running, kind: Kind, sleeps: Sleeps, caplog: pytest.LogCaptureFixture
) -> None:
    fault = api.fail("getUpdates", kind=kind, times=3)
    ann = api.person()
    await running(FakeTurns(questions))
    update = await ann.say("hello")
    await ann.settled()
    assert fault.struck == 3
    assert sleeps.asked[:3] == ([1, 1, 1] if kind == 429 else [0.5, 1, 2])
    assert update.confirmed
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warnings) == 1, "a trouble is told once, however long it lasts"
    assert "Updates are fetched again." in caplog.messages


async def test_a_second_poller_is_told_in_one_sentence(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    fault = api.fail("getUpdates", kind=409, times=2, description="terminated by other getUpdates request")
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.say("hello")
    await ann.settled()
    assert fault.struck == 2
    assert caplog.text.count("Another program fetches updates with the same bot token: stop it") == 1


async def test_a_webhook_from_earlier_is_removed(api: FakeBotApi, running: Running) -> None:
    api.fail("getUpdates", kind=409, description="can't use getUpdates method while webhook is active")
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.say("hello")
    await ann.settled()
    assert [call.method for call in api.received].count("deleteWebhook") == 1


async def test_ten_pictures_sent_in_one_go_get_one_answer(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    photo = await ann.send_photo()
    photo.body["media_group_id"] = "album"
    for count in range(1, 4):
        body = {**photo.body, "message_id": photo.body["message_id"] + count}
        api.state.updates.add("message", body, person=ann.id)
    await ann.say("words")
    turns = FakeTurns(lambda taken: reply(card("hm")))
    await running(turns)
    await ann.settled()
    assert len(turns.taken) == 2
