"""getUpdates: confirming, waiting, and who may ask."""

import asyncio
import time

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from fake_bot_api import FakeBotApi, Person


async def ids(bot: Bot, offset: int | None = None, *, limit: int = 100, wait: int = 0) -> list[int]:
    return [update.update_id for update in await bot.get_updates(offset=offset, limit=limit, timeout=wait)]


async def test_updates_are_handed_out_again_until_a_higher_offset_confirms_them(
    api: FakeBotApi, bot: Bot, ann: Person
) -> None:
    await ann.say("one")
    first, second = api.updates
    assert await ids(bot) == await ids(bot) == await ids(bot, first.id) == [first.id, second.id]
    assert first.handed_out == 3
    assert await ids(bot, first.id + 1) == [second.id]
    assert first.confirmed
    assert not second.confirmed
    assert await ids(bot, second.id + 1) == []
    assert not api.waiting_updates


async def test_a_limit_gives_the_oldest(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    await ann.say("one")
    assert await ids(bot, limit=1) == [api.updates[0].id]


async def test_a_negative_offset_keeps_only_the_last(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    await ann.say("one")
    await ann.say("two")
    assert await ids(bot, -1) == await ids(bot) == [api.updates[-1].id]
    assert [update.confirmed for update in api.updates] == [True, True, False]


async def test_a_long_poll_waits_for_the_first_update(api: FakeBotApi, bot: Bot) -> None:
    ann = api.person()
    poll = asyncio.create_task(ids(bot, wait=5))
    await api.wait_for(lambda: api.polls)
    await asyncio.sleep(0.1)
    assert not poll.done()
    await ann.start()
    assert await asyncio.wait_for(poll, 1) == [api.updates[0].id]


async def test_a_long_poll_ends_empty_after_its_time(bot: Bot) -> None:
    before = time.monotonic()
    assert await ids(bot, wait=1) == []
    assert time.monotonic() - before >= 1


async def test_of_two_pollers_the_earlier_is_told_of_a_conflict(api: FakeBotApi, bot: Bot) -> None:
    first = asyncio.create_task(ids(bot, wait=5))
    await api.wait_for(lambda: api.polls)
    async with Bot(api.token, base_url=f"{api.url}/bot") as other:
        second = asyncio.create_task(ids(other, wait=5))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await first
        await api.person().start()
        assert await second == [api.updates[0].id]


async def test_a_poller_that_was_killed_is_in_nobodys_way(api: FakeBotApi, bot: Bot) -> None:
    poll = asyncio.create_task(ids(bot, wait=5))
    await api.wait_for(lambda: api.polls)
    poll.cancel()
    await asyncio.wait([poll])
    await api.wait_for(lambda: api.polls[0].ended)
    assert api.polls[0].code is None
    await api.person().start()
    assert len(await ids(bot, wait=1)) == 1


async def test_kinds_that_were_not_asked_for_are_dropped(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    await ann.block()
    assert api.updates[-1].dropped
    assert [update.id for update in api.waiting_updates] == await ids(bot) == [api.updates[0].id]
    await bot.get_updates(allowed_updates=[])
    await ann.unblock()
    assert api.waiting_updates[-1].kind == "my_chat_member"


async def test_updates_are_kept_for_a_day(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    api.clock.advance(25 * 3600)
    await ann.say("young")
    assert await ids(bot) == [api.updates[-1].id]


async def test_a_confirmed_update_can_be_given_again_under_a_new_id(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    old = api.updates[0]
    await ids(bot, old.id + 1)
    new = api.resend(old)
    given = await bot.get_updates(offset=old.id + 1)
    assert [update.update_id for update in given] == [new.id] != [old.id]
    assert given[0].message is not None
    assert given[0].message.message_id == old.body["message_id"]


async def test_python_telegram_bot_reads_every_kind_of_update(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    said = await ann.say("words for @equal_voice_bot")
    await ann.edit(said, "other words")
    for send in (
        ann.send_photo,
        ann.send_document,
        ann.send_sticker,
        ann.send_voice,
        ann.send_location,
        ann.send_contact,
        ann.send_poll,
    ):
        await send()
    sent = await bot.send_message(ann.id, "x")
    await ann.tap_data("forged")
    await bot.delete_message(ann.id, sent.message_id)
    await ann.tap_data("stale", message=sent.message_id)
    await ann.block()
    await ann.unblock()
    group = ann.in_group(-4001)
    await group.add_bot()
    await group.command("help")
    await group.remove_bot()
    for update in api.updates:
        read = Update.de_json(update.json, bot)
        assert read.update_id == update.id
        assert getattr(read, update.kind) is not None
        assert read.effective_user is not None
        assert read.effective_user.id == ann.id > 2**32
        assert read.effective_chat is not None
    assert {update.kind for update in api.updates} == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
    assert [update.id for update in api.updates] == await ids(bot)
    assert all(a.id < b.id for a, b in zip(api.updates, api.updates[1:], strict=False))
