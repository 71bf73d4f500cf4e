"""Clearing a chat on a shared phone: what goes, what stays, in which order, and what is remembered for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.desk import Desk
from bot.records import MESSAGES, Chat, open_chat, seal_chat
from bot.replies import Person as Someone
from bot.replies import Reply
from bot.sealing import new_key, seal_json
from bot.telegram.channel import TelegramChannel
from conversations.cards import Card, Picture, paragraph
from conversations.inputs import Typed
from conversations.says import Verbatim
from fake_bot_api import FakeBotApi, Person
from storage.store import Store, Transaction, Unavailable
from tests.bot.telegram.conftest import FakeTurns, Taken, card, reply
from walking import House, assessment, facilitator

T = TypeVar("T")
Running = Callable[..., Awaitable[TelegramChannel]]
Make = Callable[..., TelegramChannel]
NEUTRAL = "This chat is cleared. Send any message to go on.\n\nIf you still see messages above, delete them yourself."
DAY = 24 * 3600


class Counted:
    """A store that counts its transactions, and can be away."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.turns = 0
        self.fails = False

    async def turn(self, visitor: bytes, work: Callable[[Transaction], Awaitable[T]]) -> T:
        self.turns += 1
        if self.fails:
            raise Unavailable
        return await self._store.turn(visitor, work)

    async def close(self) -> None:
        await self._store.close()


class Place:
    """An installation with an assessment, and the link into its group of people who use services."""

    def __init__(self, house: House, store: Counted, link: str) -> None:
        self.house, self.store, self.link = house, store, link

    async def chat(self, person: Person) -> Chat:
        """What is kept of somebody's chat."""
        someone = Someone(channel="telegram", id=str(person.id))

        async def work(tx: Transaction) -> Chat:
            house, bot = self.house, self.house.turns.links.bot
            desk = await Desk.load(tx, someone, keys=house.keys, installation=house.installation, bot=bot)
            return desk.chat

        return await self.house.store.turn(b"test", work)

    async def answers(self, person: Person) -> int:
        """How many parts of theirs are stored."""
        desk = await self.house.desk(Someone(channel="telegram", id=str(person.id)))
        assert desk.seat is not None
        participant = desk.seat.row.id

        async def work(tx: Transaction) -> int:
            return len(await tx.parts(participant))

        return await self.house.store.turn(b"test", work)


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    house = House(tmp_path)
    made = await assessment(await facilitator(house), organisation="Riverside")
    counted = Counted(house.store)
    house.store = counted
    house.open()
    return Place(house, counted, made.link("users"))


@pytest.fixture
async def ann(api: FakeBotApi, running: Running, place: Place) -> Person:
    """Somebody at the second question, the channel running."""
    await running(place.house.turns)
    return await at_a_question(api, place)


async def at_a_question(api: FakeBotApi, place: Place) -> Person:
    ann = api.person()
    await ann.start(place.link)
    await ann.settled()
    await ann.tap("I agree")
    await ann.settled()
    await ann.tap("Nothing done yet")
    await ann.settled()
    return ann


async def clear(person: Person, *, within: float = 5) -> None:
    await person.command("clear")
    await person.settled()
    await person.tap("Yes, clear")
    await person.settled(within=within)


def only_the_neutral_card(person: Person) -> None:
    assert [message.text for message in person.screen] == [NEUTRAL]
    assert person.card.labels == [["Go on"], ["I need help"]]


async def test_everything_of_both_sides_goes_and_one_neutral_card_is_left(
    api: FakeBotApi, ann: Person, place: Place
) -> None:
    await ann.say("what is this about")
    await ann.send_photo("a photo")
    await ann.settled()
    assert len(ann.screen) == 6
    await clear(ann)
    only_the_neutral_card(ann)
    assert await place.answers(ann) == 1
    deletions = [call for call in api.received if call.method.startswith("delete")]
    assert [call.method for call in deletions] == ["deleteMessages"]
    assert api.refused == []
    await ann.say("it is me again")
    await ann.settled()
    assert "question 2 of 20" in ann.card.text


async def test_the_menu_leads_there_and_asks_once(ann: Person) -> None:
    await ann.tap("Menu")
    await ann.tap("Clear this chat")
    await ann.settled()
    assert "last 48 hours" in ann.card.text
    assert "Your answers stay." in ann.card.text
    before = len(ann.screen)
    await ann.tap("No, keep it")
    await ann.settled()
    assert "question 2 of 20" in ann.card.text
    assert len(ann.screen) == before


async def test_what_is_older_than_48_hours_stays_and_costs_few_calls(
    api: FakeBotApi, ann: Person, place: Place
) -> None:
    for number in range(20):
        await ann.say(f"old {number}")
    await ann.settled()
    old = [message.id for message in ann.screen]
    api.clock.advance(2 * DAY + 60)
    await ann.say("young")
    await ann.settled()
    mark = api.mark()
    await clear(ann)
    assert [message.id for message in ann.screen][:-1] == old
    assert ann.screen[-1].text == NEUTRAL
    deletions = [call for call in api.calls_between(mark) if call.method.startswith("delete")]
    assert len(deletions) <= 20
    assert len((await place.chat(ann)).messages) <= 1, "what can never be deleted is not kept on"
    await ann.say("go on")
    await ann.settled()
    await clear(ann)
    assert [message.id for message in ann.screen][:-1] == old


async def test_one_old_message_saves_no_young_one(api: FakeBotApi, ann: Person) -> None:
    old = [message.id for message in ann.screen]
    api.clock.advance(2 * DAY + 60)
    for number in range(15):
        await ann.say(f"young {number}")
    await ann.settled()
    await clear(ann)
    assert [message.id for message in ann.screen][:-1] == old


async def test_hundreds_go_in_calls_of_a_hundred(api: FakeBotApi, ann: Person, place: Place) -> None:
    for number in range(120):
        await ann.say(f"words {number}")
    await ann.settled(within=20)
    assert len(ann.screen) > 230
    await clear(ann)
    only_the_neutral_card(ann)
    sizes = [len(call.parameters["message_ids"]) for call in api.received if call.method == "deleteMessages"]
    assert sizes[:2] == [100, 100]
    assert len(sizes) == 3


async def test_what_the_person_deleted_themself_is_no_trouble(
    api: FakeBotApi, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    chat = api.state.chats[ann.id]
    chat.delete(chat.messages[ann.screen[0].id])
    api.fail("deleteMessages", kind=400, description="Bad Request: message can't be deleted")
    await clear(ann)
    only_the_neutral_card(ann)
    assert [record for record in caplog.records if record.name.startswith("bot") and record.levelname == "ERROR"] == []


async def test_one_message_that_telegram_keeps_for_a_reason_of_its_own_saves_no_other(
    api: FakeBotApi, ann: Person
) -> None:
    api.fail("deleteMessages", kind=400, description="Bad Request: message can't be deleted")
    api.fail("deleteMessage", kind=400, description="Bad Request: message can't be deleted for everyone")
    await ann.command("clear")
    await ann.settled()
    kept = ann.newest.id
    await ann.tap("Yes, clear")
    await ann.settled()
    assert [message.id for message in ann.screen][:-1] == [kept]


async def test_a_pause_that_telegram_asks_for_is_kept(api: FakeBotApi, ann: Person) -> None:
    api.fail("deleteMessages", kind=429, retry_after=2)
    api.fail("deleteMessages", kind="after")
    await clear(ann)
    only_the_neutral_card(ann)


async def test_two_taps_leave_one_card(api: FakeBotApi, ann: Person) -> None:
    await ann.command("clear")
    await ann.settled()
    await ann.tap("Yes, clear")
    await ann.tap_again()
    await ann.settled()
    only_the_neutral_card(ann)


async def test_a_turn_opens_no_transaction_for_the_ids(api: FakeBotApi, ann: Person, place: Place) -> None:
    before = place.store.turns
    await ann.say("hello")
    await ann.settled()
    await ann.tap("Skip")
    await ann.settled()
    assert place.store.turns - before == 2
    assert ann.screen[-2].id in (await place.chat(ann)).messages


async def test_each_id_is_handed_over_until_a_turn_has_kept_it_and_then_never_again(
    api: FakeBotApi, running: Running
) -> None:
    failures = [Unavailable(), RuntimeError("once")]

    def sometimes(taken: Taken) -> Reply:
        if taken.given == Typed("two") and failures:
            raise failures.pop()
        return reply(card("a card"))

    turns = FakeTurns(sometimes)
    ann = api.person()
    await running(turns)
    for words in ("one", "two", "three"):
        await ann.say(words)
        await ann.settled()
    sent = [message.id for message in ann.screen if message.from_bot]
    assert [(taken.given, taken.sent) for taken in turns.taken] == [
        (Typed("one"), ()),
        *[(Typed("two"), (sent[0],))] * 3,
        (Typed("three"), (sent[1],)),
    ]


async def test_the_ids_lie_in_the_record_of_the_address_and_go_once_cleared(
    api: FakeBotApi, ann: Person, place: Place
) -> None:
    await ann.say("hello")
    await ann.settled()
    await ann.tap("Skip")
    await ann.settled()
    kept = await place.chat(ann)
    assert kept.messages == tuple(message.id for message in ann.screen)
    assert kept.last == max(message.id for message in ann.screen if not message.from_bot)
    await clear(ann)
    after = await place.chat(ann)
    assert after.messages == ()
    assert after.last > kept.last, "a message that comes twice is still known"


async def test_an_orderly_stop_writes_the_last_ids_down(api: FakeBotApi, channel: Make, place: Place) -> None:
    for _ in range(2):
        one = channel(place.house.turns)
        await one.start()
        runs = asyncio.create_task(one.run())
        if not api.people:
            ann = await at_a_question(api, place)
            await ann.say("the last words")
            await ann.settled()
        else:
            await clear(ann)
        await one.stop()
        await runs
    only_the_neutral_card(ann)


async def test_a_kill_between_two_turns_loses_only_what_was_not_written(
    api: FakeBotApi, channel: Make, place: Place
) -> None:
    one = channel(place.house.turns)
    await one.start()
    runs = asyncio.create_task(one.run())
    ann = await at_a_question(api, place)
    await ann.say("hello")
    await ann.settled()
    place.store.fails = True  # as if killed: nothing more is written
    await one.stop()
    await runs
    place.store.fails = False
    lost = ann.card
    two = channel(place.house.turns)
    await two.start()
    runs = asyncio.create_task(two.run())
    await ann.tap("Skip")  # its button proves that it is there
    await ann.settled()
    assert ann.card.id == lost.id
    await clear(ann)
    only_the_neutral_card(ann)
    await two.stop()
    await runs


async def test_clearing_again_finishes_what_was_cut_short(api: FakeBotApi, ann: Person, place: Place) -> None:
    api.fail("deleteMessages", kind=500, times=10)
    await ann.command("clear")
    await ann.settled()
    await ann.tap("Yes, clear")
    await api.wait_for(lambda: ann.newest.text == NEUTRAL)
    await ann.settled()
    assert len(ann.screen) > 2, "nothing could be deleted"
    assert (await place.chat(ann)).messages != ()
    await ann.command("clear")
    await ann.settled()
    await ann.tap("Yes, clear")
    await ann.settled()
    only_the_neutral_card(ann)


async def test_a_store_that_is_away_stops_no_clearing(api: FakeBotApi, ann: Person, place: Place) -> None:
    await ann.command("clear")
    await ann.settled()
    with api.hold("deleteMessages") as held:
        await ann.tap("Yes, clear")
        await held.arrived()
        place.store.fails = True
    await ann.settled()
    place.store.fails = False
    only_the_neutral_card(ann)


async def test_somebody_who_blocks_the_bot_meanwhile_gets_nothing(api: FakeBotApi, ann: Person) -> None:
    await ann.command("clear")
    await ann.settled()
    with api.hold("deleteMessages") as held:
        await ann.tap("Yes, clear")
        await held.arrived()
        await ann.block()
    await ann.settled()
    assert all(message.text != NEUTRAL for message in ann.screen)


def picture_then_clear(taken: Taken) -> Reply:
    """A card with a chart, then one that clears."""
    assert isinstance(taken.given, Typed)
    if taken.given.words == "chart":
        return reply(card("a chart", "Yes", pictures=(Picture(kind="gaps", assessment="a"),)))
    gone = Card(state="cleared", blocks=(paragraph(Verbatim("nothing here")),), clears=True)
    return reply(gone, messages=(*taken.sent, taken.message or 0))


async def test_it_comes_after_what_was_sent_before_and_takes_charts_along(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    turns = FakeTurns(picture_then_clear)
    await running(turns)
    with api.hold("sendPhoto") as held:
        first = await ann.say("chart")
        await held.arrived()
        await ann.say("clear")
    await ann.settled()
    assert [message.text for message in ann.screen if message.from_bot] == ["nothing here"]
    methods = [call.method for call in api.calls_between(0, chat=ann)]
    assert methods == ["sendPhoto", "sendMessage", "deleteMessages", "sendMessage"]
    assert first.body["message_id"] in [message.id for message in ann.screen], "only the ids that were kept"
    [(person, _, gone)] = turns.noted
    assert person == str(ann.id)
    assert len(gone) == 3


async def test_pictures_of_one_album_are_cleared_too(api: FakeBotApi, ann: Person) -> None:
    for _ in range(3):
        update = await ann.send_photo()
        update.body["media_group_id"] = "album"
    await ann.settled()
    assert len([message for message in ann.screen if "cannot look at photos" in message.text]) == 1
    await clear(ann)
    only_the_neutral_card(ann)


async def test_nothing_is_kept_of_a_group(api: FakeBotApi, channel: Make) -> None:
    ann = api.person()
    turns = FakeTurns(lambda taken: reply(card("a card")))
    one = channel(turns)
    await one.start()
    runs = asyncio.create_task(one.run())
    seat = ann.in_group(-100, title="Ward")
    await seat.add_bot()
    await seat.mention("hello")
    await seat.settled()
    assert seat.newest.text.startswith("I answer in a private chat only")
    await one.stop()
    await runs
    assert turns.noted == []


def test_the_newest_four_hundred_ids_are_kept_without_a_time() -> None:
    chat = Chat().noting(message=5, others=range(1000, 2000))
    assert chat == Chat(last=5, messages=tuple(range(2000 - MESSAGES, 2000)))
    assert chat.noting(message=3).last == 5
    assert chat.without(range(1700, 2000)).messages == tuple(range(1600, 1700))


def test_an_address_of_an_older_program_still_opens_and_another_bot_has_a_chat_of_its_own() -> None:
    key, visitor = new_key(), b"v" * 32
    older = seal_json(key, {"last": 7, "bot": "a"}, about=b"address" + visitor)
    assert open_chat(key, visitor, older, bot="a") == Chat(last=7)
    kept = seal_chat(key, visitor, Chat(last=7, messages=(7, 8)), bot="a")
    assert open_chat(key, visitor, kept, bot="a") == Chat(last=7, messages=(7, 8))
    assert open_chat(key, visitor, kept, bot="b") == open_chat(key, visitor, None, bot="a") == Chat()
