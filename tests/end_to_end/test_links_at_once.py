"""One link, opened by many at the same moment, over HTTP and with the real program: it works for exactly one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from web_walk import STAFF, Tab, Venue, venue

MANY = 8


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program running, nobody there yet."""
    async with venue() as running:
        yield running


async def all_at_once(place: Venue, path: str) -> list[Tab]:
    """So many new browsers open a link and press its button together; the pages that they see then."""
    tabs = [(await place.browser()).tab for _ in range(MANY)]
    for tab in tabs:
        await tab.open(path)
    await asyncio.gather(*(tab.only_button() for tab in tabs))
    return tabs


async def token_on(tab: Tab) -> str:
    """The path of the link that the card shows."""
    (link,) = [code for code in tab.page.codes if code.startswith("http")]
    return "/" + link.split("/", 3)[3]


def outcome(tabs: list[Tab], *, taken: str) -> list[int]:
    """Which of them it worked for; all others are told kindly that it did not."""
    worked = [number for number, tab in enumerate(tabs) if tab.page.remarks == [taken]]
    others = [tab.page.remarks for number, tab in enumerate(tabs) if number not in worked]
    assert others == [["This link was used before, is too old or is not complete. Ask for a new one."]] * len(others)
    return worked


async def test_an_invitation_makes_one_facilitator(place: Venue) -> None:
    tabs = await all_at_once(place, f"/i/{place.program.invitation}")
    (winner,) = outcome(tabs, taken="Welcome. You can create assessments now.")
    assert [tab.page.offers("new") for tab in tabs] == [number == winner for number in range(MANY)]


async def test_a_link_for_a_second_facilitator_makes_one(place: Venue) -> None:
    facilitator = await place.facilitator()
    await facilitator.tab.tap("f-second")
    await facilitator.tab.tap("make")
    tabs = await all_at_once(place, await token_on(facilitator.tab))
    told = "You can run this assessment now, together with the person who sent you the link."
    (winner,) = outcome(tabs, taken=told)
    assert tabs[winner].page.offers("f-close")
    assert [tab.page.offers("f-close") for tab in tabs].count(True) == 1
    await facilitator.tab.tap("f-assessment")
    await facilitator.tab.tap("f-second")
    assert "1 other person runs it now." in facilitator.page.words


async def test_one_person_who_joins_and_becomes_its_facilitator_at_once_is_never_both(place: Venue) -> None:
    facilitator = await place.facilitator()
    for _ in range(4):
        await facilitator.tab.tap("f-assessment")
        await facilitator.tab.tap("f-second")
        await facilitator.tab.tap("make")
        path, browser = await token_on(facilitator.tab), await place.browser()
        joins, runs = Tab(browser), Tab(browser)
        await joins.open(place.entrances[STAFF].link)
        await joins.only_button()
        await runs.open(path)
        agree, form = joins.page.button("agree"), joins.page.form
        await asyncio.gather(joins.press(form, agree), runs.only_button())
        await browser.tab.open("/")
        assert browser.tab.page.offers("score", "3") != browser.tab.page.offers("f-close")
        if browser.tab.page.offers("f-close"):
            await browser.tab.open(place.entrances[STAFF].link)
            await browser.tab.only_button()
            assert not browser.tab.page.offers("agree")
        else:
            await browser.tab.open(path)
            await browser.tab.only_button()
            assert browser.tab.page.offers("score", "3")
