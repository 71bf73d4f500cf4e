"""Sharing a browser: leaving the page, and what whoever opens it next gets to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.web import presence
from bot.web.presence import Presence
from conversations.inputs import Opened, Tap
from storage.store import Unavailable

if TYPE_CHECKING:
    from tests.bot.web.conftest import Browser, Cards, Make, Page, Rig

CODE = "BCDF-GHJK-2345"
HOUR = 60 * 60
WEEK = 7 * 24 * HOUR
CLEARED = '"cache", "cookies", "storage"'


async def begin(rig: Rig) -> Browser:
    """Somebody who is in the middle of something."""
    browser = await rig.browser()
    await browser.send(await browser.get(), words="BCDF-2345")
    return browser


async def leave(browser: Browser, page: Page | None = None) -> Page:
    """Press "Leave now": the answer itself."""
    page = page or await browser.get()
    return await browser.post({"csrf": page.field("csrf"), "number": page.field("number"), "tap": "leave-now:"})


async def test_leaving_ends_the_cookie_here_and_there(rig: Rig) -> None:
    browser = await begin(rig)
    cookie = browser.cookie
    answer = await leave(browser)
    assert (answer.status, answer.headers["Location"]) == (303, "/left")
    assert answer.headers["Clear-Site-Data"] == CLEARED
    [given] = answer.cookies
    assert given.startswith('ev=""; ')
    assert "Max-Age=0" in given
    assert "Path=/" in given
    assert browser.cookie == ""
    assert "remove_browser" in rig.store.used
    stolen = await (await rig.browser()).get("/", Cookie=f"ev={cookie}")
    assert "Do you have a code?" in stolen.text


async def test_the_cookie_of_an_https_page_is_taken_away_under_its_own_name(make: Make) -> None:
    rig = await make(public_url="https://equal.example")
    browser = await rig.browser()
    page = await browser.get()
    cookie = page.cookies[0].partition(";")[0]
    answer = await browser.post(
        {"csrf": page.field("csrf"), "number": page.field("number"), "tap": "leave-now:"}, Cookie=cookie
    )
    assert answer.status == 303
    [given] = answer.cookies
    assert given.startswith('__Host-ev=""; ')
    # A browser takes no Set-Cookie of such a name that lacks one of these.
    assert {"Secure", "Path=/", "Max-Age=0"} <= set(given.split("; "))


async def test_what_is_seen_afterwards_names_nothing_and_leads_to_the_start_page_only(rig: Rig) -> None:
    browser = await begin(rig)
    await leave(browser)
    page = await browser.get("/left")
    assert page.html.count("<a ") == 1
    assert 'href="/"' in page.html
    assert "<form" not in page.html
    assert page.cookies == ()
    assert "Clear-Site-Data" not in page.headers, "any other site could have a browser fetch this"
    assert "skills and experience" not in page.text
    assert "Do you have a code?" in (await browser.get()).text


async def test_nothing_is_taken_or_changed_by_it(rig: Rig) -> None:
    browser = await begin(rig)
    before = list(rig.turns.inputs())
    await leave(browser)
    assert rig.turns.inputs() == before


async def test_it_works_from_a_page_that_is_out_of_date(rig: Rig) -> None:
    browser = await begin(rig)
    old = await browser.get()
    await browser.send(old, tap="score:3")
    assert (await leave(browser, old)).status == 303
    assert browser.cookie == ""


async def test_a_form_from_elsewhere_ends_nobody(rig: Rig) -> None:
    browser = await begin(rig)
    page = await browser.get()
    fields = {"csrf": page.field("csrf"), "number": page.field("number"), "tap": "leave-now:"}
    assert (await browser.post({**fields, "csrf": "wrong"})).status == 403
    assert (await browser.post(fields, **{"Sec-Fetch-Site": "cross-site"})).status == 403
    assert "remove_browser" not in rig.store.used
    assert "skills and experience" in (await browser.get()).text


async def test_the_browser_forgets_even_when_the_store_is_away(rig: Rig) -> None:
    browser = await begin(rig)
    page = await browser.get()
    rig.store.fails = Unavailable()
    answer = await leave(browser, page)
    assert (answer.status, answer.headers["Clear-Site-Data"]) == (303, CLEARED)
    assert browser.cookie == ""


async def test_a_code_that_was_taken_along_leads_back_even_a_week_later(rig: Rig) -> None:
    browser = await begin(rig)
    person = rig.turns.taken[-1][0].id
    await rig.put_resume_code(CODE, cookie=browser.cookie, person=person, until=int(rig.clock.now) + WEEK)
    await leave(browser)
    rig.clock.now += WEEK - 1
    page = await browser.send(await browser.get("/resume"), "/resume", code=CODE)
    assert "Welcome back" in page.text
    assert rig.turns.taken[-1][0].id == person
    assert rig.turns.inputs()[-1] == Opened()


async def test_words_that_wait_are_not_shown_to_whoever_comes_next(rig: Rig, cards: Cards) -> None:
    browser = await begin(rig)
    old = await browser.get()
    await browser.send(old, tap="score:3")
    await browser.send(old, tap="score:1", words="not for everybody")
    page = await browser.get()
    assert "not for everybody" in page.text
    person = rig.turns.taken[-1][0].id
    await rig.put_resume_code(CODE, cookie=browser.cookie, person=person, until=int(rig.clock.now) + WEEK)
    await leave(browser)
    page = await browser.send(await browser.get("/resume"), "/resume", code=CODE)
    assert "not for everybody" not in page.text


class TestLeftAlone:
    async def test_after_half_an_hour_a_neutral_page_stands_before_the_card(self, rig: Rig) -> None:
        browser = await begin(rig)
        rig.clock.now += 30 * 60 - 1
        assert "skills and experience" in (await browser.get()).text
        rig.clock.now += 30 * 60
        page = await browser.get()
        assert "Go on where you stopped?" in page.text
        assert "skills and experience" not in page.text
        assert "tap" not in page.html
        assert "skills and experience" not in (await browser.get()).text, "a reload shows no more"
        assert "skills and experience" in (await browser.send(page, "/go-on")).text
        assert "skills and experience" in (await browser.get()).text

    async def test_somebody_whom_nobody_knows_sees_the_start_page(self, rig: Rig) -> None:
        browser = await rig.browser()
        await browser.get()
        rig.clock.now += HOUR
        assert "Do you have a code?" in (await browser.get()).text

    async def test_a_form_that_was_open_all_the_time_still_works(self, rig: Rig) -> None:
        browser = await begin(rig)
        page = await browser.get()
        rig.clock.now += HOUR
        assert "improve in this area" in (await browser.send(page, tap="score:3")).text
        assert rig.turns.inputs()[-1] == Tap("score", "3")

    async def test_a_link_shows_no_earlier_answers_to_whoever_opens_it_next(self, rig: Rig) -> None:
        browser = await begin(rig)
        rig.clock.now += HOUR
        page = await browser.send(await browser.get("/c/BCDF2345"), "/c/BCDF2345")
        assert rig.turns.inputs()[-1] == Opened("c-BCDF2345"), "it is opened all the same"
        assert "Go on where you stopped?" in page.text
        assert "skills and experience" not in page.text
        assert "skills and experience" in (await browser.send(page, "/go-on")).text

    async def test_a_link_needs_no_detour_for_somebody_who_is_here_or_new(self, rig: Rig) -> None:
        browser = await begin(rig)
        for each in (browser, await rig.browser()):
            page = await each.send(await each.get("/c/BCDF2345"), "/c/BCDF2345")
            assert "skills and experience" in page.text

    async def test_going_on_stores_nothing_and_needs_our_own_form(self, rig: Rig) -> None:
        browser = await begin(rig)
        rig.clock.now += HOUR
        rig.store.used.clear()
        page = await browser.get()
        assert (await browser.post({}, "/go-on")).status == 403
        assert "Go on where you stopped?" in (await browser.get()).text
        await browser.send(page, "/go-on")
        assert rig.store.written() == []


class Ticking:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nobody_is_remembered_longer_than_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Ticking()
    here = Presence(clock)
    here.seen("a")
    clock.now = 1000
    here.seen("b")
    clock.now = presence.SECONDS
    assert (here.away("a"), here.away("b")) == (True, False)
    assert list(here._seen) == ["b"]
    monkeypatch.setattr(presence, "PEOPLE", 2)
    for name in "cd":
        here.seen(name)
    assert [here.away(name) for name in "bcd"] == [True, False, False]
    here.forget("d")
    assert here.away("d")
