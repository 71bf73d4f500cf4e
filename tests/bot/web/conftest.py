"""A running web channel over real sockets, with a pretend conversation behind it and a browser in front."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any, TypeVar

import aiohttp
import pytest

from bot import browser_records
from bot.replies import Drawn, Person, Reply
from bot.sealing import new_key
from bot.web.browsers import cookie_hash
from bot.web.server import WebChannel
from bot.wording import Wordings
from conversations.cards import Button, Card, Field, Picture, heading, item, paragraph, quote, small
from conversations.codes import normal
from conversations.comments import normalised
from conversations.inputs import Input, Opened, Tap, Typed
from conversations.says import Phrase, Text, Verbatim, text
from conversations.situation import Links, Support
from storage.memory import MemoryStore
from storage.store import Store, Transaction

T = TypeVar("T")
CLOSED = Text("closed.while-away")
PNG = b"\x89PNG\r\n\x1a\n made up"
NOON = 1_800_000_000.0


def says(words: str) -> Phrase:
    """Made-up words of a card."""
    return Phrase(words)


NEED_HELP = Button(label=says("I need help"), action="urgent", look="quiet")
BACK = Button(label=says("Back"), action="previous")

HOME = Card(
    state="home",
    title=says("Welcome"),
    blocks=(paragraph(says("Do you have a code?")),),
    field=Field(label=says("Your session code"), submit=says("Go on"), limit=40, lines=1),
    rows=((NEED_HELP,),),
)
QUESTION = Card(
    state="question",
    progress=says("Assets · 1 of 5 · question 1 of 20"),
    title=says(
        "This service knows that everyone, staff and the people it supports, has skills and experience to offer."
    ),
    rows=(
        (Button(label=says("1 Nothing done yet"), action="score", value="1"),),
        (Button(label=says("2 A start has been made"), action="score", value="2"),),
        (Button(label=says("3 Progress in several ways"), action="score", value="3", chosen=True),),
        (Button(label=says("4 Really good in some areas, not all"), action="score", value="4"),),
        (Button(label=says("5 Really good throughout"), action="score", value="5"),),
        (Button(label=says("I don't know"), action="score", value="unknown"),),
        (BACK, Button(label=says("Skip"), action="skip"), Button(label=says("More"), action="more")),
        (NEED_HELP, Button(label=says("Menu"), action="menu", look="quiet")),
    ),
)
COMMENT = Card(
    state="comment",
    progress=says("Assets · 4 of 4"),
    title=says("What would help you to improve in this area?"),
    blocks=(paragraph(says("Do not name anybody. Nobody answers here.")),),
    field=Field(label=says("Your words"), submit=says("Save"), lines=5),
    rows=(
        (Button(label=says("Remove my text"), action="erase", look="danger"),),
        (BACK, Button(label=says("Skip"), action="go-on"), Button(label=says("More"), action="more")),
        (NEED_HELP,),
    ),
)
TOO_LONG = Card(
    state="too-long",
    title=says("That is too long"),
    field=Field(label=says("Make it shorter"), submit=says("Save"), lines=8),
    rows=((Button(label=says("Leave it out"), action="drop"),), (NEED_HELP,)),
)
URGENT = Card(
    state="urgent",
    title=says("Get help now"),
    blocks=(heading(says("Danger to life")), item(says("999")), item(says("NHS 111"))),
    rows=((Button(label=says("Back"), action="back"),),),
)


def check(words: str) -> Card:
    """A check card that shows a comment."""
    return Card(
        state="check",
        title=says("Check what you said"),
        blocks=(
            item(says("Statement one: 3")),
            item(says("Statement two: I don't know")),
            item(says("Statement three: 5")),
            heading(says("What would help")),
            quote(Verbatim(words)),
            small(says("You can change this until you hand it in.")),
        ),
        rows=(
            (Button(label=says("Hand in"), action="hand-in", look="main"),),
            (BACK, Button(label=says("Change"), action="change")),
            (NEED_HELP,),
        ),
    )


@dataclass(kw_only=True)
class Talk:
    """One person's place in the pretend conversation."""

    card: Card = HOME
    below: Card = HOME
    number: int = 1


@dataclass
class PretendTurns:
    """Keeps the promises of bot/turns.py with a conversation of a few cards; remembers what it was given."""

    talks: dict[str, Talk] = field(default_factory=dict)
    taken: list[tuple[Person, Input]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    pictures: dict[Picture, Drawn] = field(default_factory=dict)
    drawn: int = 0
    fails: Exception | None = None
    language: str = "en"
    start: Card = HOME
    poured: bool = False
    runs_it: bool = True
    """Whether people may still see the pictures that were drawn for them."""
    closed: bool = False
    """Answers were closed while everybody was away: the next turn only says so and leads home."""

    async def take(
        self,
        person: Person,
        given: Input,
        *,
        number: int | None = None,
        hint: str = "",
        message: int | None = None,
    ) -> Reply:
        if self.fails:
            raise self.fails
        self.hints.append(hint)
        talk = self.talks.setdefault(person.id, Talk(card=self.start, below=self.start))
        if self.closed:
            self.closed, talk.card = False, HOME
            talk.number += 1
            return self._reply(talk, CLOSED)
        if number is not None and number != talk.number:
            return self._reply(talk, again=True)
        self.taken.append((person, given))
        before = talk.card
        notices = self._move(talk, given)
        again = talk.card == before
        talk.number += not again
        return self._reply(talk, *notices, again=again)

    async def look(self, person: Person, *, hint: str = "") -> Reply:
        if self.fails:
            raise self.fails
        talk = self.talks.get(person.id, Talk(card=self.start, below=self.start))
        if self.closed:
            return self._reply(replace(talk, card=HOME), CLOSED)
        return self._reply(talk)

    async def draw(self, person: Person, picture: Picture, *, hint: str = "") -> Drawn | None:
        if self.fails:
            raise self.fails
        self.drawn += 1
        return self.pictures.get(picture)

    async def may_see(self, person: Person, picture: Picture) -> bool:
        return self.runs_it

    async def may_become(self, tx: Transaction, former: Person, new: Person) -> bool:
        return True

    def inputs(self) -> list[Input]:
        """Everything that counted, in order."""
        return [given for _, given in self.taken]

    def _reply(self, talk: Talk, *notices: Text, again: bool = False) -> Reply:
        return Reply(notices=notices, card=talk.card, number=talk.number, again=again, language=self.language)

    def _move(self, talk: Talk, given: Input) -> tuple[Text, ...]:
        match given, talk.card.state:
            case Tap("urgent"), _:
                talk.below, talk.card = talk.card, URGENT
            case Tap("back"), _:
                talk.card = talk.below
            case Tap("previous"), "check":
                quoted = next(block.text for block in talk.card.blocks if isinstance(block.text, Verbatim))
                talk.card = replace(COMMENT, field=replace(COMMENT_FIELD, value=quoted.words))
            case Tap("previous"), "comment":
                talk.card = QUESTION
            case Tap("score" | "skip"), "question":
                talk.card = COMMENT
            case Tap("erase"), "comment":
                talk.card = check("")
            case Typed(typed, whole=True), "comment" | "too-long":
                words = normalised(typed)
                if self.poured:
                    talk.card = check("")
                    return (text("web.limit", n=1), Text("check.mixed"))
                if len(words) > 2000:
                    talk.card = replace(TOO_LONG, field=replace(TOO_LONG_FIELD, value=words))
                elif given.stays:
                    talk.card = replace(COMMENT, field=replace(COMMENT_FIELD, value=words))
                else:
                    talk.card = check(words)
            case Typed(words, whole=True), "home":
                if normal(words) == "BCDF2345":
                    talk.card = QUESTION
                else:
                    return (text("web.fault.missing"),)
            case Opened(), _:
                talk.card = QUESTION
            case _:
                pass
        return ()


assert COMMENT.field is not None
assert TOO_LONG.field is not None
COMMENT_FIELD, TOO_LONG_FIELD = COMMENT.field, TOO_LONG.field


class Watched:
    """A store that tells which of its methods were used in turns."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.used: list[str] = []
        self.fails: Exception | None = None

    async def turn(self, visitor: bytes, work: Callable[[Transaction], Awaitable[T]]) -> T:
        if self.fails:
            raise self.fails
        return await self._store.turn(visitor, lambda transaction: work(_Spy(transaction, self.used)))

    async def close(self) -> None:
        await self._store.close()

    def written(self) -> list[str]:
        """The methods that change something."""
        return [name for name in self.used if name.startswith(("put", "remove", "take", "add", "forget"))]


class _Spy:
    def __init__(self, transaction: Transaction, used: list[str]) -> None:
        self._transaction, self._used = transaction, used

    def __getattr__(self, name: str) -> Any:
        self._used.append(name)
        return getattr(self._transaction, name)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer, read to the end."""

    status: int
    html: str
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    """The Set-Cookie lines."""

    def field(self, name: str) -> str:
        """The value of a hidden or one-line field; "" when there is none."""
        found = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', self.html)
        return unescape(found[1]) if found else ""

    def box(self, id_: str) -> str | None:
        """What stands in a textarea; None when there is none."""
        found = re.search(rf'<textarea id="{id_}"[^>]*>\n?(.*?)</textarea>', self.html, re.DOTALL)
        return unescape(found[1]) if found else None

    @property
    def text(self) -> str:
        """The page without tags."""
        return unescape(re.sub(r"<[^>]*>", " ", self.html))


class Browser:
    """A browser without JavaScript: it keeps cookies, follows nothing by itself, and fills in forms."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def get(self, path: str = "/", **headers: str) -> Page:
        return await self.ask("GET", path, headers=headers)

    async def post(self, fields: Mapping[str, str], path: str = "/", **headers: str) -> Page:
        """Send fields as they are."""
        return await self.ask("POST", path, data=dict(fields), headers=headers)

    async def send(self, page: Page, path: str = "/", **fields: str) -> Page:
        """Send the form of a page, filled in; then follow the redirect, if there is one."""
        hidden = {name: page.field(name) for name in ("csrf", "number") if page.field(name)}
        answer = await self.post({**hidden, **fields}, path)
        return await self.get(answer.headers["Location"]) if answer.status == 303 else answer

    async def ask(self, method: str, path: str, **options: Any) -> Page:
        async with self.session.request(method, self.url + path, allow_redirects=False, **options) as answer:
            return Page(
                status=answer.status,
                html=await answer.text("utf-8", "replace"),
                headers=answer.headers.copy(),
                cookies=tuple(answer.headers.getall("Set-Cookie", [])),
            )

    @property
    def cookie(self) -> str:
        """What the server gave this browser; "" when it has nothing."""
        return next((each.value for each in self.session.cookie_jar), "")


@dataclass(kw_only=True)
class Rig:
    """Everything that a test of the pages needs."""

    channel: WebChannel
    turns: PretendTurns
    store: Watched
    clock: Clock
    key: bytes
    stack: AsyncExitStack

    async def browser(self) -> Browser:
        """A new browser, without a cookie."""
        session = await self.stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))
        return Browser(session, self.channel.url)

    async def put_resume_code(self, code: str, *, cookie: str, person: str, until: int) -> None:
        """What bot/turns.py keeps of a resume code."""
        of = Person(channel="web", id=person, cookie=cookie_hash(cookie))
        now = int(self.clock.now)

        async def work(transaction: Transaction) -> None:
            await browser_records.keep_code(transaction, normal(code), person=of, key=self.key, now=now, until=until)

        await self.store.turn(b"somebody", work)
        self.store.used.clear()


Make = Callable[..., Awaitable[Rig]]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """Makes running channels, and stops them at the end."""
    async with AsyncExitStack() as stack:

        async def made(
            *,
            public_url: str = "",
            bot: str = "",
            wordings: Wordings | None = None,
            start: Card = HOME,
            support: Sequence[Support] = (),
            **turns: Any,
        ) -> Rig:
            store, clock, key = Watched(MemoryStore()), Clock(), new_key()
            pretend = PretendTurns(start=start, **turns)
            channel = WebChannel(
                address=("127.0.0.1", 0),
                public_url=public_url,
                turns=pretend,
                wordings=wordings or Wordings(),
                store=store,
                installation_key=key,
                clock=clock,
                telegram=Links(bot=bot).telegram,
                support=support,
            )
            await channel.start()
            stack.push_async_callback(channel.stop)
            return Rig(channel=channel, turns=pretend, store=store, clock=clock, key=key, stack=stack)

        yield made


class Cards:
    """The cards of the pretend conversation, for tests, which cannot import this file."""

    HOME, QUESTION, COMMENT, TOO_LONG, URGENT = HOME, QUESTION, COMMENT, TOO_LONG, URGENT


@pytest.fixture
def cards() -> Cards:
    return Cards()


@pytest.fixture
async def rig(make: Make) -> Rig:
    """A running channel on plain http whose conversation begins at the home card."""
    return await make()
