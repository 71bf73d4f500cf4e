"""Somebody at their phone: the pretend Telegram's messages as cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attacker.cards import Card, Picture, headed
from fake_bot_api import FakeBotApi, Person, ScreenMessage
from telegram_walk import Actor

BUTTON = re.compile(r"([0-9]{1,12}):([a-z0-9-]+):([a-z0-9-]*)")
QUOTES = frozenset({"blockquote", "expandable_blockquote"})


class TelegramSeat:
    """One private chat."""

    channel = "telegram"

    def __init__(self, api: FakeBotApi, name: str, *, person: Person | None = None) -> None:
        self.actor = Actor(api, name, person=person)
        self._card = Card(blocks=())

    @property
    def card(self) -> Card:
        """What the last messages show."""
        return self._card

    @property
    def person(self) -> Person:
        """Whose chat it is."""
        return self.actor.person

    async def follow(self, payload: str) -> Card:
        return await self._after(self._newest(), self.person.start(payload))

    async def look(self) -> Card:
        return await self._after(self._newest(), self.person.start())

    async def tap(self, action: str, value: str = "") -> Card:
        message, number = self.at()
        data = f"{number}:{action}:{value}"
        return await self._after(message.id, self.person.tap_data(data, message=message))

    async def say(self, words: str) -> Card:
        return await self._after(self._newest(), self.person.say(words))

    def at(self) -> tuple[ScreenMessage, str]:
        """The message with the buttons, and the number of its card."""
        message = self.person.card
        numbers = {found[1] for button in message.buttons if (found := BUTTON.fullmatch(button.data or ""))}
        (number,) = numbers
        return message, number

    def _newest(self) -> int:
        return max((message.id for message in self.person.screen), default=0)

    async def _after(self, before: int, act: object) -> Card:
        await self.actor.does(act)  # type: ignore[arg-type]  # an awaitable of any kind
        came = [message for message in self.actor.since(before) if message.words or message.photo]
        self._card = card_of(came or [self.person.card])
        return self._card


def card_of(messages: Iterable[ScreenMessage]) -> Card:
    """Messages, oldest first, as one card."""
    blocks: list[tuple[str, str]] = []
    pictures: list[Picture] = []
    taps: list[tuple[str, str]] = []
    for message in messages:
        if message.photo is not None:
            pictures.append(Picture(message.photo, message.caption))
        blocks += _blocks(message)
        taps += [(found[2], found[3]) for each in message.buttons if (found := BUTTON.fullmatch(each.data or ""))]
    return Card(blocks=headed(blocks), pictures=tuple(pictures), taps=tuple(taps))


def _blocks(message: ScreenMessage) -> Iterator[tuple[str, str]]:
    units, at = message.text.encode("utf-16-le"), 0

    def words(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le")

    for entity in sorted(message.entities, key=lambda each: int(each["offset"])):
        kind = "heading" if entity["type"] == "bold" else "quote" if entity["type"] in QUOTES else ""
        if not kind or message.photo is not None:
            continue
        start, end = int(entity["offset"]), int(entity["offset"]) + int(entity["length"])
        yield from _lines(words(at, start))
        yield kind, words(start, end)
        at = end
    if message.photo is None:
        yield from _lines(words(at, len(units) // 2))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        if line.strip():
            yield "line", line.strip().removeprefix("• ")
