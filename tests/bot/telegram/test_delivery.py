"""What goes out: in each chat's order, in few calls, through every trouble, and never holding up others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.replies import Drawn, Reply
from bot.telegram.channel import TelegramChannel
from conversations.cards import Button, Card, Picture, paragraph
from conversations.inputs import Tap, Typed
from conversations.says import Verbatim
from fake_bot_api import FakeBotApi
from fake_bot_api.faults import Kind
from tests.bot.telegram.conftest import FakeTurns, Sleeps, Taken, card, picture_bytes, questions, reply

Running = Callable[..., Awaitable[TelegramChannel]]


def echo(taken: Taken) -> Reply:
    """Says what was typed."""
    assert isinstance(taken.given, Typed)
    return reply(card(taken.given.words))


async def test_a_tap_takes_two_calls_and_changes_the_message(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.start()
    await ann.settled()
    first = ann.card
    mark = api.mark()
    tap = await ann.tap("Yes")
    await ann.settled()
    assert [call.method for call in api.calls_between(mark, chat=ann)] == [
        "answerCallbackQuery",
        "editMessageText",
    ]
    assert tap.toast is not None
    assert tap.toast.text is None
    assert ann.card.id == first.id
    assert ann.card.text == "question 2 after yes"


async def test_a_repeated_tap_shows_the_same_card_and_no_error(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    def same(taken: Taken) -> Reply:
        return reply(card("question 1", "Yes"), again=isinstance(taken.given, Tap))

    ann = api.person()
    await running(FakeTurns(same))
    await ann.start()
    await ann.settled()
    mark = api.mark()
    await ann.tap("Yes")
    await ann.tap_again()
    await ann.settled()
    calls = api.calls_between(mark, chat=ann)
    assert [call.method for call in calls] == ["answerCallbackQuery", "editMessageText"] * 2
    assert all(call.code == 400 for call in calls[1::2]), "Telegram says: not modified"
    assert [message.text for message in ann.screen if message.from_bot] == ["question 1"]
    assert "could not" not in caplog.text


async def test_a_query_that_is_too_old_is_no_trouble(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.start()
    await ann.settled()
    with api.hold("answerCallbackQuery") as held:
        tap = await ann.tap("Yes")
        await held.arrived()
        api.clock.advance(3600)
    await ann.settled()
    assert tap.toast is None
    assert ann.card.text == "question 2 after yes"
    assert "could not" not in caplog.text


async def test_a_fresh_card_is_a_new_message_and_old_ones_lose_their_buttons_with_the_next_text(
    api: FakeBotApi, running: Running
) -> None:
    def fresh(taken: Taken) -> Reply:
        return reply(card(f"card {len(turns.taken)}", "Go", fresh=True), len(turns.taken))

    turns = FakeTurns(fresh)
    ann = api.person()
    await running(turns)
    await ann.start()
    await ann.settled()
    await ann.tap("Go")
    await ann.settled()
    old, new = (message for message in ann.screen if message.from_bot)
    assert (old.text, old.labels) == ("card 1", [["Go"]]), "a tap costs two calls, and both are spent"
    assert (new.text, new.labels) == ("card 2", [["Go"]])
    await ann.say("words")
    await ann.settled()
    labels = [message.labels for message in ann.screen if message.from_bot]
    assert labels == [[], [], [["Go"]]]


async def test_a_repeated_tap_adds_no_second_copy_of_a_fresh_card(api: FakeBotApi, running: Running) -> None:
    def fresh(taken: Taken) -> Reply:
        return reply(card("open question", "Skip", fresh=True), again=isinstance(taken.given, Tap))

    ann = api.person()
    await running(FakeTurns(fresh))
    await ann.start()
    await ann.settled()
    await ann.tap("Skip")
    await ann.settled()
    assert len([message for message in ann.screen if message.from_bot]) == 1


async def test_a_typed_text_gets_a_new_card_and_the_old_one_loses_its_buttons(
    api: FakeBotApi, running: Running
) -> None:
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.say("one")
    await ann.say("two")
    await ann.settled()
    old, new = (message for message in ann.screen if message.from_bot)
    assert old.labels == []
    assert new.labels == [["Yes", "No"]]


async def test_a_message_that_is_gone_is_sent_anew(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.start()
    await ann.settled()
    data, number = ann.card.button("Yes").data or "", ann.card.id
    ann.chat.delete(ann.chat.messages[number])
    await ann.tap_data(data, message=number)
    await ann.settled()
    assert ann.card.text == "question 2 after yes"
    assert ann.card.id != number


async def test_a_card_too_long_for_one_message_is_split_and_the_keyboard_is_on_the_last(
    api: FakeBotApi, running: Running
) -> None:
    blocks = tuple(paragraph(Verbatim(f"{count} " + "🙂" * 900)) for count in range(4))
    row = (Button(label=Verbatim("Go"), action="go"),)

    def long(taken: Taken) -> Reply:
        return reply(Card(state="test", blocks=blocks, rows=(row,)))

    ann = api.person()
    await running(FakeTurns(long))
    await ann.start()
    await ann.settled()
    messages = [message for message in ann.screen if message.from_bot]
    assert [message.text[0] for message in messages] == ["0", "2"]
    assert [message.labels for message in messages] == [[], [["Go"]]]
    await ann.tap("Go")
    await ann.settled()
    assert len([message for message in ann.screen if message.from_bot]) == 4
    assert [message.labels for message in ann.screen if message.rows] == [[["Go"]]]


@pytest.mark.parametrize("kind", [429, 500, 502, "close", "garbage"])
async def test_a_chat_in_trouble_gets_everything_in_order_and_others_do_not_wait(
    api: FakeBotApi, running: Running, sleeps: Sleeps, kind: Kind
) -> None:
    ann, ben = api.person(name="Ann"), api.person(name="Ben")
    fault = api.fail("sendMessage", kind=kind, chat=ann, times=4, retry_after=7)
    sleeping = asyncio.Event()
    benefits = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await sleeps(seconds)
        sleeping.set()
        await benefits.wait()

    await running(FakeTurns(echo), sleep=sleep)
    for count in range(3):
        await ann.say(f"a{count}")
    async with asyncio.timeout(2):
        await sleeping.wait()
    await ben.say("b")
    await ben.settled()
    assert ben.newest.text == "b"
    assert [message for message in ann.screen if message.from_bot] == []
    benefits.set()
    await api.wait_for(lambda: len([message for message in ann.screen if message.from_bot]) == 3)
    assert fault.struck == 4
    assert [message.text for message in ann.screen if message.from_bot] == ["a0", "a1", "a2"]
    assert sleeps.asked[:4] == ([7] * 4 if kind == 429 else [0.5, 1, 2, 4])


async def test_after_ten_tries_a_message_is_given_up_and_the_next_one_sent(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person()
    fault = api.fail("sendMessage", kind=500, times=10)
    await running(FakeTurns(echo))
    await ann.say("lost")
    await ann.say("kept")
    await api.wait_for(lambda: fault.struck == 10)
    await ann.settled(within=10)
    assert [message.text for message in ann.screen if message.from_bot] == ["kept"]
    assert "A message could not be delivered in all tries (NetworkError)." in caplog.messages


async def test_an_answer_to_a_tap_that_fails_does_not_keep_the_card_away(api: FakeBotApi, running: Running) -> None:
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.start()
    await ann.settled()
    fault = api.fail("answerCallbackQuery", kind=500, times=20)
    await ann.tap("Yes")
    await api.wait_for(lambda: ann.card.text == "question 2 after yes")
    assert fault.struck == 3


async def test_a_message_refused_for_another_reason_is_told_by_class_and_the_next_one_sent(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person()
    api.fail("sendMessage", kind=400, description="marked 4711")
    await running(FakeTurns(echo))
    await ann.say("lost")
    await ann.say("kept")
    await ann.settled()
    assert [message.text for message in ann.screen if message.from_bot] == ["kept"]
    assert "A message could not be delivered (BadRequest)." in caplog.messages
    assert "4711" not in caplog.text


async def test_somebody_who_blocked_the_bot_gets_nothing_until_they_write_again(
    api: FakeBotApi, running: Running
) -> None:
    ann = api.person()
    await running(FakeTurns(echo))
    with api.hold("sendMessage", chat=ann) as held:
        for count in range(3):
            await ann.say(f"a{count}")
        await held.arrived()
        ann.chat.refusal = "bot was blocked by the user"
    await ann.settled()
    assert len(api.calls_between(0, chat=ann)) == 1, "one 403 is enough"
    ann.chat.refusal = None
    await ann.say("here again")
    await ann.settled()
    assert [message.text for message in ann.screen if message.from_bot] == ["here again"]


async def test_the_news_that_somebody_blocked_the_bot_empties_their_queue(api: FakeBotApi, running: Running) -> None:
    waits = list[str]()

    async def wait_for_ever(seconds: float) -> None:
        waits.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            waits.append("ended")

    ann = api.person()
    api.fail("sendMessage", kind=429, retry_after=60)
    turns = FakeTurns(echo)
    await running(turns, sleep=wait_for_ever)
    await ann.say("hello")
    await api.wait_for(lambda: waits)
    await ann.block()
    await ann.unblock()
    await api.wait_for(lambda: waits == ["begun", "ended"])
    await ann.say("here again")
    await api.wait_for(lambda: len(turns.taken) == 2)
    await ann.settled()
    assert len(turns.taken) == 2, "no turn is taken for the news itself"
    assert [message.text for message in ann.screen if message.from_bot] == ["here again"]


async def test_pictures_come_first_with_their_words_and_the_card_last(api: FakeBotApi, running: Running) -> None:
    pictures = (
        Picture(kind="principle", assessment="x", about="assets"),
        Picture(kind="poster", assessment="x", about="staff"),
        Picture(kind="gaps", assessment="x", about="nothing"),
    )

    async def draw(picture: Picture) -> Drawn | None:
        if picture.kind == "gaps":
            return None
        return Drawn(png=picture_bytes(), caption=f"In words: {picture.about}")

    turns = FakeTurns(
        lambda taken: reply(card("results", "Go", pictures=pictures), again=isinstance(taken.given, Tap)),
        drawing=draw,
    )
    ann = api.person()
    await running(turns)
    await ann.start()
    await ann.settled()
    chart, poster, last = (message for message in ann.screen if message.from_bot)
    assert (chart.photo, chart.caption) == (picture_bytes(), "In words: assets")
    assert chart.protected
    assert poster.caption == "In words: staff"
    assert not poster.protected
    assert last.text == "results"
    await ann.tap("Go")
    await ann.settled()
    assert len(turns.drawn) == 3, "the same card once more needs no pictures"
    assert len([message for message in ann.screen if message.from_bot]) == 3


async def test_a_caption_too_long_for_a_picture_follows_as_text(api: FakeBotApi, running: Running) -> None:
    caption = "First line 🙂\n" + "more words " * 500

    async def draw(picture: Picture) -> Drawn | None:
        return Drawn(png=picture_bytes(), caption=caption)

    shown = card("results", pictures=(Picture(kind="overview", assessment="x"),))
    ann = api.person()
    await running(FakeTurns(lambda taken: reply(shown), drawing=draw))
    await ann.start()
    await ann.settled()
    photo, *texts, last = (message for message in ann.screen if message.from_bot)
    assert photo.caption == "First line 🙂"
    assert " ".join(text.text for text in texts) == caption.strip()
    assert all(text.protected for text in texts)
    assert last.text == "results"


async def test_drawing_holds_up_no_turn_and_a_failure_is_told_kindly(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    drawn = asyncio.Event()

    async def draw(picture: Picture) -> Drawn | None:
        await drawn.wait()
        raise OSError("marked 4711")

    def answer(taken: Taken) -> Reply:
        pictures = (Picture(kind="gaps", assessment="x"),) if taken.given == Typed("show") else ()
        return reply(card("results", pictures=pictures))

    ann, ben = api.person(name="Ann"), api.person(name="Ben")
    turns = FakeTurns(answer, drawing=draw)
    await running(turns)
    update = await ann.say("show")
    await ann.say("next")
    await ben.say("hello")
    await api.wait_for(lambda: len(turns.taken) == 3)
    await ben.settled()
    assert ben.newest.text == "results"
    assert update.confirmed
    drawn.set()
    await api.wait_for(lambda: len([message for message in ann.screen if message.from_bot]) == 3)
    told = [message.text for message in ann.screen if message.from_bot]
    assert told[0].startswith("Sorry, a picture could not be made.")
    assert told[1:] == ["results", "results"]
    assert "4711" not in caplog.text


async def test_a_picture_that_telegram_refuses_leaves_its_words(api: FakeBotApi, running: Running) -> None:
    api.fail("sendPhoto", kind=400, description="IMAGE_PROCESS_FAILED")
    shown = card("results", pictures=(Picture(kind="overview", assessment="x", about="all"),))
    ann = api.person()
    await running(FakeTurns(lambda taken: reply(shown)))
    await ann.start()
    await ann.settled()
    assert [message.text for message in ann.screen if message.from_bot] == ["In words: all", "results"]


async def test_a_stop_does_not_wait_for_ever_for_a_chat_in_trouble(
    api: FakeBotApi, channel: Callable[..., TelegramChannel], caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person()
    turns = FakeTurns(echo)
    one = channel(turns, sleep=asyncio.sleep, last_deliveries=0.1)
    await one.start()
    runs = asyncio.create_task(one.run())
    fault = api.fail("sendMessage", kind=429, retry_after=3600)
    update = await ann.say("hello")
    await api.wait_for(lambda: fault.struck)
    async with asyncio.timeout(2):
        await one.stop()
        await runs
    assert update.confirmed
    assert "1 chats had not got everything" in caplog.text
