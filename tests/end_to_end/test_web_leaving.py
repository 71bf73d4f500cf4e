"""Leaving the page in a real browser: no answer comes back by its Back button, by a reload or by the address."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest

from web_walk import USERS, Venue, venue
from web_walk.camera import CHROMIUM, Camera, chromium, telephone
from web_walk.instrument import OPEN_QUESTION, STATEMENTS

# In CI nothing is skipped: .ci/run brings the browser, and without it these fail.
pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="This machine has no Chromium.")

ORGANISATION = "Riverside Hospital"
WORDS = "Nobody but me may read this"
START, LEFT = "Hello", "You can close this page now"
PAGES = 12


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program running, and an assessment."""
    async with venue() as running:
        await running.facilitator(organisation=ORGANISATION)
        yield running


async def begin(phone: Camera, place: Venue) -> None:
    """Up to the check card of the first principle, with a text."""
    await phone.open(place.entrances[USERS].link)
    await phone.only_button()
    await phone.tap("agree")
    for score in "123":
        await phone.tap("score", score)
    assert await phone.heading() == OPEN_QUESTION
    await phone.send(WORDS)
    assert WORDS in await phone.page.content()


async def tells_nothing(phone: Camera) -> None:
    """What the browser shows now is one of the two pages that anybody may see."""
    told = await phone.page.content()
    assert await phone.heading() in {START, LEFT}
    for secret in (ORGANISATION, WORDS, USERS, *STATEMENTS):
        assert secret not in told


async def goes_back_as_far_as_it_can(phone: Camera) -> int:
    """Press Back again and again. How many pages of ours were seen."""
    seen = 0
    for _ in range(PAGES):
        await phone.page.go_back()
        if not phone.page.url.startswith(phone.base):
            break
        if "/c/" not in phone.page.url:  # the page of the link, which knows nothing of anybody
            await tells_nothing(phone)
            seen += 1
    return seen


async def test_no_answer_is_seen_after_leaving_and_the_code_leads_back(place: Venue) -> None:
    async with (
        chromium(keeps_pages=True) as browser,
        telephone(browser, place.program.url) as phone,
    ):
        await begin(phone, place)
        await phone.tap("menu")
        await phone.look("menu")
        await phone.tap("leave")
        await phone.look("leave")
        assert "you cannot get back to them" in await phone.page.content()
        await phone.tap("leave-code")
        await phone.look("leave-with-code")
        code = await phone.page.locator(".code code").inner_text()
        await phone.tap("leave-now")
        await phone.look("left")
        assert await phone.heading() == LEFT
        assert await phone.page.context.cookies() == []
        await phone.page.reload()
        await tells_nothing(phone)
        assert await goes_back_as_far_as_it_can(phone) > 5
        await phone.open()
        await tells_nothing(phone)
        assert await phone.heading() == START
        await phone.page.reload()
        await tells_nothing(phone)
        await phone.open("/resume")
        await phone.send_code(code)
        assert WORDS in await phone.page.content()


async def test_without_a_code_the_answers_stay_and_nobody_gets_back_to_them(place: Venue) -> None:
    async with chromium(keeps_pages=True) as browser, telephone(browser, place.program.url) as phone:
        await begin(phone, place)
        await phone.tap("hand-in")
        await phone.tap("menu")
        await phone.tap("leave")
        await phone.tap("leave-now")
        await tells_nothing(phone)
        await phone.page.locator("a[href='/']").click()
        await tells_nothing(phone)
        assert await phone.heading() == START


async def test_a_browser_that_was_left_alone_asks_first(place: Venue) -> None:
    """A restart stands for half an hour: nobody was seen by the program since."""
    async with chromium() as browser, telephone(browser, place.program.url) as phone:
        await begin(phone, place)
        await place.restart()
        await phone.open()
        await phone.look("left-alone")
        assert await phone.heading() == "Go on where you stopped?"
        told = await phone.page.content()
        assert not any(secret in told for secret in (ORGANISATION, WORDS, USERS, *STATEMENTS))
        await phone.only_button()
        assert WORDS in await phone.page.content()
