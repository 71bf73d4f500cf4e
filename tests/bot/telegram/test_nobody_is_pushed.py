"""Nobody gets a message that they did not ask for, nothing rings, and nobody has to answer anything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.replies import Drawn
from bot.telegram.channel import TelegramChannel
from fake_bot_api import FakeBotApi, Person
from tests.bot.telegram.conftest import picture_bytes
from walking import Assessment, House, assessment, facilitator, small_questionnaire

Running = Callable[..., Awaitable[TelegramChannel]]
FAY = 5_100_000_000
DAY = 24 * 3600
LAST = 4
"""Cards of a principle of the small questionnaire: two scored questions, the open one, the check card."""


class Painter:
    """Paints the same small picture for everything."""

    async def draw(self, job: object) -> Drawn:
        """The picture."""
        return Drawn(png=picture_bytes(), caption="In words")


class Place:
    """A house whose facilitator is on Telegram, and the people who have joined."""

    def __init__(self, api: FakeBotApi, house: House, made: Assessment, fay: Person) -> None:
        self.api, self.house, self.made, self.fay = api, house, made, fay

    async def joined(self, name: str) -> Person:
        """Somebody at the first question."""
        person = self.api.person(name=name)
        await person.start(self.made.link("staff"))
        await press(person, "I agree")
        return person

    def heard_since(self, mark: int) -> set[int | None]:
        """Which chats anything was sent to, or changed in."""
        told = [call for call in self.api.calls_between(mark) if not call.method.startswith(("getMy", "setMy"))]
        return {call.chat for call in told} - {None}


async def press(person: Person, *labels: str) -> None:
    for label in labels:
        await person.settled()
        await person.tap(label)
    await person.settled()


async def hand_in(person: Person) -> None:
    await press(person, "Nothing done yet", "Skip", "Nothing to add", "Hand in")


@pytest.fixture
async def place(api: FakeBotApi, running: Running, tmp_path: Path) -> Place:
    house = House(tmp_path, questionnaire=small_questionnaire())
    house.artist = Painter()  # type: ignore[assignment]  # it paints, where the house's own does not
    house.open()
    walker = await facilitator(house, str(FAY))
    made = await assessment(walker)
    fay = api.person(id=FAY, name="Fay")
    await running(house.turns)
    await fay.start()
    await fay.settled()
    return Place(api, house, made, fay)


async def test_only_who_does_something_gets_something(api: FakeBotApi, place: Place) -> None:
    people = [await place.joined(name) for name in ("Ann", "Ben", "Cem", "Dee", "Eve")]
    away = await place.joined("Away")
    await press(away, "Menu", "Stop for now")
    for person in people:
        mark = api.mark()
        await hand_in(person)
        assert place.heard_since(mark) == {person.id}
    mark = api.mark()
    await press(place.fay, "Show answers", "Show all that is ready", "Show now", "Assets")
    assert any(message.photo for message in place.fay.screen), place.fay.shown()
    assert place.heard_since(mark) == {FAY}
    mark = api.mark()
    await press(people[0], "Menu", "Take everything back", "Yes, erase")
    assert place.heard_since(mark) == {people[0].id}
    mark = api.mark()
    await press(place.fay, "Assessment", "Close answers", "Close answers now")
    assert "The key to all answers of single people is destroyed" in place.fay.newest.text
    place.house.clock.now += 30 * DAY
    api.clock.advance(30 * DAY)
    await asyncio.sleep(0.3)
    assert place.heard_since(mark) == {FAY}, "nobody is reminded, thanked or told"


async def test_a_start_and_a_stop_send_nobody_anything(
    api: FakeBotApi, channel: Callable[..., TelegramChannel], running: Running, place: Place
) -> None:
    await place.joined("Ann")
    mark = api.mark()
    one = channel(place.house.turns)
    await one.start()
    runs = asyncio.create_task(one.run())
    await asyncio.sleep(0.3)
    await one.stop()
    await runs
    assert place.heard_since(mark) == set()


async def test_nothing_rings_and_nothing_previews_a_link(api: FakeBotApi, place: Place) -> None:
    people = [await place.joined(name) for name in ("Ann", "Ben", "Cem", "Dee", "Eve")]
    for person in people:
        await hand_in(person)
    await press(place.fay, "Show answers", "Show all that is ready", "Show now", "Assets")
    sent = [call for call in api.received if call.method.startswith("send")]
    assert {call.method for call in sent} == {"sendMessage", "sendPhoto"}
    assert [call for call in sent if call.parameters.get("disable_notification") is not True] == []
    worded = [call for call in api.received if call.method in {"sendMessage", "editMessageText"}]
    assert [call for call in worded if call.parameters["link_preview_options"] != {"is_disabled": True}] == []


async def test_nobody_has_to_answer_anything(place: Place) -> None:
    """Somebody skips everything, hands in nothing of their own, and gets to the end as everybody does."""
    ann = await place.joined("Ann")
    seen = 0
    while "Thank you" not in ann.card.text:
        labels = [label for row in ann.card.labels for label in row]
        assert {"I need help", "Menu"} <= set(labels)
        if "Skip" in labels:
            assert "I don't know" in labels
            await press(ann, "Skip")
        else:
            await press(ann, "Nothing to add" if "Nothing to add" in labels else "Hand in")
        seen += 1
        assert seen <= 2 * LAST
    assert seen == 2 * LAST


async def test_nobody_has_to_take_part_or_stay(place: Place, api: FakeBotApi) -> None:
    ann = api.person()
    await ann.start(place.made.link("staff"))
    await press(ann, "No thanks")
    assert "You have not joined." in ann.card.text
    ben = await place.joined("Ben")
    await press(ben, "Menu", "Take everything back", "Yes, erase")
    assert "You no longer take part." in ben.card.text
