"""What people do, and what they see."""

import asyncio
import time

import pytest
from telegram import Bot, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest

from fake_bot_api import FakeBotApi, Person


async def test_start_carries_its_payload_and_a_command_its_entity(api: FakeBotApi) -> None:
    bo = api.person(id=6_000_000_001, name="Bo", language_code="cy")
    started = await bo.start("CODE_42-x")
    assert started.body["text"] == "/start CODE_42-x"
    assert started.body["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert started.body["from"] == {
        "id": 6_000_000_001,
        "is_bot": False,
        "first_name": "Bo",
        "language_code": "cy",
    }
    assert started.body["chat"] == {"id": 6_000_000_001, "type": "private", "first_name": "Bo"}


@pytest.mark.parametrize("payload", ["", "x" * 65, "a b", "é"])
async def test_no_link_carries_a_payload_that_telegram_forbids(api: FakeBotApi, payload: str) -> None:
    with pytest.raises(AssertionError, match="payload"):
        await api.person().start(payload)


async def test_an_edited_text_is_on_the_screen_and_in_an_update(api: FakeBotApi, ann: Person) -> None:
    said = await ann.say("one")
    await ann.edit(said, "two")
    assert [(message.text, message.edited) for message in ann.screen[1:]] == [("two", True)]
    assert api.updates[-1].kind == "edited_message"
    assert said.body["text"] == "one"


async def test_a_cleared_chat_is_empty_for_the_person_only(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "one")
    await ann.delete_chat()
    assert ann.screen == []
    await bot.edit_message_text("two", ann.id, sent.message_id)
    await bot.send_message(ann.id, "three")
    assert [message.text for message in ann.screen] == ["three"]


async def test_somebody_who_blocked_the_bot_cannot_write(ann: Person) -> None:
    await ann.block()
    with pytest.raises(AssertionError, match="blocked"):
        await ann.say("x")


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    group = ann.in_group(-4001, title="Ward 3")
    with pytest.raises(Exception, match="not a member"):
        await bot.send_message(-4001, "x")
    await group.add_bot()
    welcome = await bot.send_message(-4001, "welcome")
    heard = [
        await group.mention("hello"),
        await group.command("help"),
        await group.say("/help"),
        await group.say("thanks", reply_to=welcome.message_id),
    ]
    unheard = [await group.say("hello all"), await group.say("/help@other_bot")]
    assert [update.waiting for update in heard + unheard] == [True] * 4 + [False] * 2
    assert heard[1].body["text"] == "/help@equal_voice_bot"
    assert heard[0].body["chat"] == {"id": -4001, "type": "group", "title": "Ward 3"}
    assert api.person().in_group(-4001).screen == group.screen
    assert len(group.screen) == 7
    await group.remove_bot()
    with pytest.raises(Exception, match="kicked from the group chat"):
        await bot.send_message(-4001, "x")


async def test_leaving_a_group_keeps_the_bot_out(bot: Bot, ann: Person) -> None:
    group = ann.in_group(-4001)
    await group.add_bot()
    await bot.leave_chat(-4001)
    with pytest.raises(Exception, match="not a member"):
        await bot.send_message(-4001, "x")


async def test_settled_waits_for_confirmation_and_for_calls_in_flight(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    settled = asyncio.create_task(ann.settled())
    await asyncio.sleep(0.2)
    assert not settled.done()
    with api.hold("sendMessage") as held:
        sending = asyncio.create_task(bot.send_message(ann.id, "x"))
        await held.arrived()
        await bot.get_updates(offset=api.updates[0].id + 1)
        await asyncio.sleep(0.2)
        assert not settled.done()
    await sending
    ended = time.monotonic()
    await asyncio.wait_for(settled, 1)
    assert time.monotonic() - ended > 0.1


async def test_settled_says_what_is_outstanding(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    with pytest.raises(AssertionError, match="never asked for updates") as raised:
        await ann.settled(within=0.05)
    assert str(api.updates[0]) in str(raised.value)
    await bot.get_updates()
    with pytest.raises(AssertionError, match="handed out 1 times"):
        await ann.settled(within=0.05)


async def test_one_persons_updates_do_not_keep_another_from_settling(api: FakeBotApi, ann: Person) -> None:
    await api.person().settled(within=0.05)


async def test_nothing_is_forgotten_while_the_server_is_away(api: FakeBotApi, bot: Bot, ann: Person) -> None:
    url = api.url
    await bot.send_message(ann.id, "before")
    await api.go_away()
    with pytest.raises(Exception, match="ConnectError"):
        await bot.send_message(ann.id, "meanwhile")
    await api.come_back()
    assert api.url == url
    await bot.send_message(ann.id, "after")
    assert [message.text for message in ann.screen[1:]] == ["before", "after"]


async def test_the_bot_tells_about_itself_in_several_languages(api: FakeBotApi, bot: Bot) -> None:
    await bot.set_my_commands([("help", "What this is")])
    await bot.set_my_commands([("help", "Beth yw hyn")], language_code="cy")
    assert api.commands() == {"help": "What this is"}
    assert api.commands("cy") == {"help": "Beth yw hyn"}
    assert [command.command for command in await bot.get_my_commands(language_code="cy")] == ["help"]
    await bot.set_my_description("x" * 512, language_code="cy")
    await bot.set_my_short_description("y" * 120)
    await bot.set_my_name("Equal Voice")
    assert (await bot.get_my_description("cy")).description == api.profile("description", "cy") == "x" * 512
    assert api.profile("short_description") == "y" * 120
    assert (await bot.get_my_name()).name == "Equal Voice"


async def test_what_is_removed_in_one_language_is_answered_as_for_everybody(api: FakeBotApi, bot: Bot) -> None:
    scope = BotCommandScopeAllPrivateChats()
    for code, words in ((None, "all"), ("cy", "pawb"), ("pl", "wszyscy")):
        await bot.set_my_commands([("help", words)], scope=scope, language_code=code)
        await bot.set_my_commands([("help", words)], language_code=code)
        await bot.set_my_description(words, language_code=code)
        await bot.set_my_short_description(words, language_code=code)
    await bot.delete_my_commands(scope=scope, language_code="cy")
    await bot.set_my_description("", language_code="cy")
    await bot.set_my_short_description("", language_code="cy")
    assert await bot.get_my_commands(scope=scope, language_code="cy") == (), "a menu is never answered in another one"
    assert api.commands("cy") == {"help": "pawb"}, "another scope is another menu"
    assert (await bot.get_my_description("cy")).description == "all"
    assert (await bot.get_my_short_description("cy")).short_description == "all"
    assert api.profile("description", "cy") is api.profile("short_description", "cy") is None
    for code, words in (("", "all"), ("pl", "wszyscy")):
        assert api.commands(code, scope="all_private_chats") == {"help": words}
        assert api.profile("description", code) == api.profile("short_description", code) == words
    with pytest.raises(BadRequest, match="language code"):
        await bot.delete_my_commands(language_code="pt-BR")


@pytest.mark.parametrize(
    ("name", "description", "code"),
    [
        ("Help", "x", None),
        ("h" * 33, "x", None),
        ("help", "", None),
        ("help", "x" * 257, None),
        ("help", "x", "pt-BR"),
        ("help", "x", "zh_Hans"),
    ],
)
async def test_commands_keep_to_the_limits(bot: Bot, name: str, description: str, code: str | None) -> None:
    with pytest.raises(BadRequest):
        await bot.set_my_commands([(name, description)], language_code=code)


async def test_descriptions_keep_to_the_limits(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="description is too long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match="short description is too long"):
        await bot.set_my_short_description("x" * 121)


async def test_a_chat_can_be_looked_up_and_the_webhook_is_off(bot: Bot, ann: Person) -> None:
    assert (await bot.get_chat(ann.id)).first_name == "Ann"
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    me = await bot.get_me()
    assert (me.username, me.can_read_all_group_messages) == ("equal_voice_bot", False)
