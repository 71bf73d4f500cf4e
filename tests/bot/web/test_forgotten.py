"""Being forgotten on the web pages: the browser ends with its person, and the page that follows says nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from aiohttp import web

from bot.replies import Person
from bot.web import server
from bot.web.browsers import Browsers, cookie_hash
from bot.web.mailbox import Mailbox
from bot.web.server import WebChannel
from storage.memory import MemoryStore
from walking import Assessment, House, assessment, facilitator
from walking.house import wordings
from web_walk.browser import Answer, Browser, Tab

DONE = "We have erased everything of yours that we could find."
SECRET = "Words that only I know"


class Place:
    """A house with its web pages, and one assessment in it. ``public``: what links begin with."""

    def __init__(self, folder: Path, stack: AsyncExitStack, *, public: str = "") -> None:
        self.store = MemoryStore()
        self.house = House(folder, store=self.store)
        self.stack = stack
        self.channel = WebChannel(
            address=("127.0.0.1", 0),
            public_url=public,
            turns=self.house.turns,
            wordings=wordings(),
            store=self.store,
            installation_key=self.house.installation,
            clock=self.house.clock,
        )
        self.made: Assessment

    async def open(self) -> None:
        await self.channel.start()
        self.stack.push_async_callback(self.channel.stop)
        self.made = await assessment(await facilitator(self.house))

    async def participant(self) -> Tab:
        """Somebody who has answered something and asked for a code, at the question whether to be forgotten."""
        browser = await self.stack.enter_async_context(Browser(self.channel.url))
        tab = browser.tab
        await tab.open("/c/" + self.made.codes["users"])
        await tab.only_button()
        await tab.tap("agree")
        for choice in ("1", "2", "3"):
            await tab.tap("score", choice)
        await tab.send(SECRET)
        await tab.tap("menu")
        await tab.tap("resume-code")
        await tab.tap("menu")
        await tab.tap("held")
        assert SECRET in tab.page.words
        assert "cookie" in tab.page.words
        await tab.tap("forget-me")
        return tab


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        made = Place(tmp_path, stack)
        await made.open()
        yield made


async def press(tab: Tab, cookie: str | None = None) -> Answer:
    """Send "Yes, forget me" as this page has it; with that cookie, if one is given."""
    button = tab.page.button("forget")
    form = next(form for form in tab.page.forms if button in form.controls)
    if cookie is not None:
        tab.browser.plant(cookie)
    fields = [(each.name, each.value) for each in form.controls if each.name in {"csrf", "number"}]
    return await tab.browser.post("/", [*fields, ("tap", "forget:")])


def given(answer: Answer) -> dict[str, str]:
    """The attributes of the cookie in an answer."""
    jar = SimpleCookie(answer.headers["Set-Cookie"])
    [morsel] = jar.values()
    return {"key": morsel.key, "value": morsel.value, **{name: value for name, value in morsel.items() if value}}


def counts(place: Place) -> list[int]:
    """How many rows there are of people on the web and of what leads to them."""
    tables = place.store._tables
    return [len(tables.browsers), len(tables.tokens), len(tables.participants), len(tables.parts)]


async def test_the_browser_ends_with_its_person(place: Place) -> None:
    tab = await place.participant()
    cookie, visitors = tab.browser.cookie, len(place.store._tables.visitors)
    tokens = len(place.store._tables.tokens)
    answer = await press(tab)
    assert (answer.status, answer.headers["Location"]) == (303, "/forgotten")
    ended = given(answer)
    assert (ended["key"], ended["value"], ended["max-age"], ended["path"]) == ("ev", "", "0", "/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    page = await tab.browser.page(answer)
    assert DONE in page.words
    before_help = page.words.partition("I need help")[0]
    for told in ("Elsewhere", SECRET, "service", "answer"):
        assert told not in before_help
    assert SECRET not in page.words
    assert not page.forms
    assert "Set-Cookie" not in page.headers
    assert counts(place) == [0, tokens - 1, 0, 0]
    assert len(place.store._tables.visitors) == visitors - 1
    assert await place.store.turn(b"x", lambda tx: tx.browser(cookie_hash(cookie))) is None
    assert "session code" in (await tab.open()).words
    assert tab.browser.cookie != cookie


async def test_the_same_tap_again_leads_to_the_same_page_and_stores_nothing(place: Place) -> None:
    tab = await place.participant()
    cookie = tab.browser.cookie
    await press(tab)
    before = counts(place)
    answer = await press(tab, cookie)
    assert (answer.status, answer.headers["Location"], given(answer)["value"]) == (303, "/forgotten", "")
    assert counts(place) == before


async def test_two_taps_at_once_forget_once_and_both_end_the_cookie(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, settle, both = await place.participant(), Browsers.settle, asyncio.Barrier(2)

    async def together(browsers: Browsers, cookie: str) -> Person:
        """Let nobody go on before both are known."""
        person = await settle(browsers, cookie)
        await both.wait()
        return person

    monkeypatch.setattr(Browsers, "settle", together)
    answers = await asyncio.gather(press(tab), press(tab))
    assert [answer.headers["Location"] for answer in answers] == ["/forgotten"] * 2
    assert [given(answer)["value"] for answer in answers] == ["", ""]
    assert counts(place)[0] == 0


async def test_an_old_page_with_the_ended_cookie_shows_nothing_of_them(place: Place) -> None:
    tab = await place.participant()
    cookie = tab.browser.cookie
    await press(tab)
    tab.browser.plant(cookie)
    for path in ("/", "/resume"):
        assert SECRET not in (await tab.open(path)).words
    assert counts(place)[0] == 0


async def test_nothing_waits_in_memory_for_somebody_who_was_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailboxes: list[Mailbox] = []

    class Kept(Mailbox):
        def __init__(self, clock: Callable[[], float]) -> None:
            super().__init__(clock)
            mailboxes.append(self)

    monkeypatch.setattr(server, "Mailbox", Kept)
    async with AsyncExitStack() as stack:
        place = Place(tmp_path, stack)
        await place.open()
        tab = await place.participant()
        [mailbox] = mailboxes
        assert len(mailbox._mail) == 1
        await press(tab)
        assert len(mailbox._mail) == 0


async def test_somebody_who_is_known_does_not_read_that_they_were_forgotten(place: Place) -> None:
    tab = await place.participant()
    assert DONE not in (await tab.open("/forgotten")).words
    assert tab.page.offers("forget")


@pytest.mark.parametrize(("secure", "name"), [(False, "ev"), (True, "__Host-ev")])
def test_the_cookie_ends_under_the_name_and_with_the_marks_that_it_was_given(
    place: Place, *, secure: bool, name: str
) -> None:
    browsers, marks = Browsers(store=place.store, installation_key=b"k" * 32, secure=secure), []
    for do in (lambda response: browsers.give(response, "cookie"), browsers.take_away):
        response = web.Response()
        do(response)
        [morsel] = response.cookies.values()
        marks.append((morsel.key, morsel["path"], bool(morsel["secure"]), morsel["httponly"], morsel["samesite"]))
        ages = morsel["max-age"]
    assert marks[0] == marks[1] == (name, "/", secure, True, "Lax")
    assert (morsel.value, str(ages)) == ("", "0")
