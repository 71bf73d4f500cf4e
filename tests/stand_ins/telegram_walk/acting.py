"""One person at their phone: taps what stands on the current card, writes, and waits for the next card.

Knows Telegram and the wording of buttons. What taps mean for results is the book's.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from dataclasses import dataclass

from fake_bot_api import Button, Call, FakeBotApi, Person, ScreenMessage

QUESTION = re.compile(r"^(\w+) · (\d) of 4 · question (\d+) of 20$", re.MULTILINE)
CHOSEN = "✓ "
PATIENCE = 60.0
"""Seconds until a card must have come. Generous: a busy machine is no fault."""


@dataclass
class Done:
    """One tap: the card's text before, the text after, and between which marks its calls came."""

    label: str
    before: str
    after: str
    start: int
    end: int | None = None
    """When they did the next thing."""


class Actor:
    """Somebody in their private chat. Waits for a card after everything they do."""

    def __init__(self, api: FakeBotApi, name: str, *, person: Person | None = None) -> None:
        self.api = api
        self.name = name
        self.person = person or api.person(name=name)
        self.taps: list[Done] = []

    # what they see

    @property
    def card(self) -> ScreenMessage:
        """The newest message with buttons."""
        return self.person.card

    @property
    def words(self) -> str:
        """What the current card says."""
        return self.card.text

    @property
    def question(self) -> int:
        """The number of the question on the card, 1 to 20; 0 when there is none."""
        found = QUESTION.search(self.words)
        return int(found[3]) if found else 0

    def has(self, label: str) -> bool:
        """Whether the card has such a button."""
        return any(_fits(button, label) for button in self.card.buttons)

    def button(self, label: str) -> Button:
        """The button of the card with this label, or the first that begins so."""
        exact = (each for each in self.card.buttons if each.label.removeprefix(CHOSEN) == label)
        button = next(exact, None) or next((each for each in self.card.buttons if _fits(each, label)), None)
        assert button is not None, f"no button {label!r} on the card of {self.name}:\n{self.card}"
        assert button.data is not None, f"{label!r} tells the bot nothing"
        return button

    def since(self, message: int) -> list[ScreenMessage]:
        """The bot's messages after the one with this id, oldest first."""
        return [each for each in self.person.screen if each.from_bot and each.id > message]

    # what they do

    async def tap(self, label: str) -> str:
        """Press a button of the current card, by its label or how it begins; returns what the card says then.

        Raises:
            AssertionError: there is no such button on the card, or no card came.
        """
        card, button = self.card, self.button(label)
        start = self.api.mark()
        await self._and_wait(self.person.tap_data(button.data or "", message=card))
        self.taps.append(Done(label=label, before=card.text, after=self.words, start=start))
        self.tapped(button.label.removeprefix(CHOSEN), card.text)
        return self.words

    async def press(self, label: str) -> None:
        """The same without waiting for the next card. It counts as done: somebody has to see to that."""
        card, button = self.card, self.button(label)
        await self.person.tap_data(button.data or "", message=card)
        self.tapped(button.label.removeprefix(CHOSEN), card.text)

    async def send(self, words: str) -> None:
        """``say`` without waiting for the next card."""
        before = self.words
        await self.person.say(words)
        self.said(words, before)

    async def say(self, words: str) -> str:
        """Write a text; returns what the card says then."""
        before = self.card.text if any(message.rows for message in self.person.screen) else ""
        await self._and_wait(self.person.say(words))
        self.said(words, before)
        return self.words

    async def start(self, payload: str | None = None) -> str:
        """Open a deep link, or send /start."""
        await self._and_wait(self.person.start(payload))
        return self.words

    async def does(self, act: Awaitable[object]) -> str:
        """Anything else that is answered with a card: a photo, a command, an old button."""
        await self._and_wait(act)
        return self.words

    # what the book is told

    def sees(self) -> None:
        """A card has come."""

    def tapped(self, label: str, before: str) -> None:
        """A tap has been answered. ``before`` is what the card said when it was tapped."""

    def said(self, words: str, before: str) -> None:
        """A text has been answered."""

    async def _and_wait(self, act: Awaitable[object]) -> None:
        mark = self.api.mark()
        if self.taps and self.taps[-1].end is None:
            self.taps[-1].end = mark
        await act
        await self.card_after(mark)
        self.sees()

    async def card_after(self, mark: int) -> None:
        """Wait until a card has come in after a mark."""
        await self.api.wait_for(
            lambda: any(map(_is_card, self.api.calls_between(mark, chat=self.person))),
            PATIENCE,
            what=lambda: f"a card for {self.name}:\n{self.person.shown()}",
        )


async def together(*acts: Awaitable[object]) -> None:
    """Several people at once."""
    await asyncio.gather(*acts)


def _fits(button: Button, label: str) -> bool:
    return button.label.removeprefix(CHOSEN).startswith(label)


def _is_card(call: Call) -> bool:
    if call.method not in {"sendMessage", "editMessageText"} or call.ended is None:
        return False
    markup = call.parameters.get("reply_markup")
    there = call.ok or "not modified" in call.description
    return there and isinstance(markup, dict) and bool(markup.get("inline_keyboard"))
