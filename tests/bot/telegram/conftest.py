"""A channel over real sockets: the pretend Telegram on one side, made-up turns on the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Protocol

import pytest
from PIL import Image

from bot.replies import Drawn, Person, Reply
from bot.telegram.channel import TelegramChannel
from bot.wording import Wordings
from conversations.cards import Button, Card, Picture, paragraph
from conversations.inputs import Input, Stale, Tap
from conversations.says import Verbatim
from fake_bot_api import FakeBotApi

Next = Callable[["Taken"], Awaitable[Reply] | Reply]


def picture_bytes() -> bytes:
    """A small PNG."""
    into = BytesIO()
    Image.new("RGB", (40, 30), "white").save(into, "PNG")
    return into.getvalue()


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One call of ``take``."""

    person: str
    given: Input
    number: int | None
    hint: str
    message: int | None
    sent: tuple[int, ...]


def card(words: str, *labels: str, **more: Any) -> Card:
    """A card with one paragraph and one row of buttons."""
    row = tuple(Button(label=Verbatim(label), action="go", value=label.lower()) for label in labels)
    return Card(state="test", blocks=(paragraph(Verbatim(words)),), rows=(row,) if row else (), **more)


def reply(shown: Card, number: int = 1, **more: Any) -> Reply:
    """A reply without notices, in English."""
    return Reply(**{"notices": (), "card": shown, "number": number, "again": False, "language": "en", **more})


@dataclass
class FakeTurns:
    """Turns that remember what they were asked. ``answer`` makes the replies; it may raise."""

    answer: Next
    taken: list[Taken] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    drawn: list[Picture] = field(default_factory=list)
    noted: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)
    look_reply: Reply = field(default_factory=lambda: reply(card("current card", "Go")))
    drawing: Callable[[Picture], Awaitable[Drawn | None]] | None = None

    async def take(
        self,
        person: Person,
        given: Input,
        *,
        number: int | None = None,
        hint: str = "",
        message: int | None = None,
        sent: Collection[int] = (),
    ) -> Reply:
        assert person.channel == "telegram"
        taken = Taken(person=person.id, given=given, number=number, hint=hint, message=message, sent=tuple(sent))
        self.taken.append(taken)
        answer = self.answer(taken)
        return answer if isinstance(answer, Reply) else await answer

    async def look(self, person: Person, *, hint: str = "") -> Reply:
        self.looked.append(person.id)
        return self.look_reply

    async def note(self, person: Person, *, sent: Collection[int] = (), gone: Collection[int] = ()) -> None:
        self.noted += [(person.id, tuple(sent), tuple(gone))]

    async def draw(self, person: Person, picture: Picture, *, hint: str = "") -> Drawn | None:
        self.drawn.append(picture)
        if self.drawing is not None:
            return await self.drawing(picture)
        return Drawn(png=picture_bytes(), caption=f"In words: {picture.about}")

    def of(self, person_id: int) -> list[Input]:
        """What one person did, in order."""
        return [taken.given for taken in self.taken if taken.person == str(person_id)]


def questions(taken: Taken) -> Reply:
    """A conversation of numbered questions: a tap on the current button leads to the next number."""
    if isinstance(taken.given, Stale):
        return reply(card("question 1", "Yes", "No"), again=True)
    number = (taken.number or 0) + 1
    tapped = f" after {taken.given.value}" if isinstance(taken.given, Tap) else ""
    return reply(card(f"question {number}{tapped}", "Yes", "No"), number)


class Sleeps:
    """Sleeps a hundredth of the time it is asked for, and remembers."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(seconds / 100)


class Running(Protocol):
    """Starts channels; each is stopped when its block is left."""

    def __call__(self, turns: FakeTurns, **settings: Any) -> Any: ...


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api
    assert api.violations == []


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest.fixture
def channel(api: FakeBotApi, sleeps: Sleeps) -> Callable[..., TelegramChannel]:
    """Makes channels that talk to the pretend Telegram."""

    def make(turns: FakeTurns, **settings: Any) -> TelegramChannel:
        given: dict[str, Any] = {
            "token": api.token,
            "api_url": api.url,
            "wordings": Wordings(only=("en",)),
            "sleep": sleeps,
        }
        given |= {"random": lambda: 0.0, "poll": 2, "turns": turns}
        return TelegramChannel(**(given | settings))

    return make


@pytest.fixture
async def running(
    channel: Callable[..., TelegramChannel],
) -> AsyncIterator[Callable[..., Awaitable[TelegramChannel]]]:
    """Starts a channel and lets it run until the end of the test."""
    async with AsyncExitStack() as stack:

        async def start(turns: FakeTurns, **settings: Any) -> TelegramChannel:
            made = channel(turns, **settings)
            await stack.enter_async_context(_run(made))
            return made

        yield start


@asynccontextmanager
async def _run(channel: TelegramChannel) -> AsyncIterator[None]:
    await channel.start()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(channel.run())
        try:
            yield
        finally:
            await channel.stop()


@pytest.fixture(autouse=True)
def no_secret_in_logs(caplog: pytest.LogCaptureFixture, api: FakeBotApi) -> Any:
    """Every test here is one of rule 7 too: no token and no id reaches a log at any level."""
    caplog.set_level(logging.DEBUG)
    yield
    told = "\n".join([*caplog.messages, *(record.exc_text or "" for record in caplog.records)])
    assert api.token not in told
    assert api.token.partition(":")[2] not in told
    for person in api.people:
        assert str(person.id) not in told
