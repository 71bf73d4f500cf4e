"""Going on in another browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations.inputs import Opened, Tap
from storage.store import Unavailable

if TYPE_CHECKING:
    from tests.bot.web.conftest import Browser, Rig

CODE = "BCDF-GHJK-2345"
DAY = 24 * 60 * 60
WRONG = "We do not know this code."


async def begin(rig: Rig, *, until: int | None = None) -> tuple[Browser, str]:
    """Somebody who started in one browser and asked for a code there: the browser and the person's id."""
    browser = await rig.browser()
    await browser.send(await browser.get(), tap="urgent:")
    person = rig.turns.taken[-1][0].id
    end = int(rig.clock.now) + DAY if until is None else until
    await rig.put_resume_code(CODE, cookie=browser.cookie, person=person, until=end)
    return browser, person


async def resume(browser: Browser, code: str = CODE) -> str:
    """Type a code; the text of the page that follows."""
    return (await browser.send(await browser.get("/resume"), "/resume", code=code)).text


@pytest.mark.parametrize("typed", [CODE, "bcdf ghjk 2345", "  BCDFGHJK2345 ", "bcdf–ghjk–2345"])
async def test_a_code_moves_the_person_however_it_is_typed(rig: Rig, typed: str) -> None:
    _, person = await begin(rig)
    browser = await rig.browser()
    text = await resume(browser, typed)
    assert "Welcome back" in text
    assert rig.turns.inputs()[-1:] == [Opened()], "the card with the used code is left behind"
    assert rig.turns.taken[-1][0].id == person
    await browser.send(await browser.get(), tap="urgent:")
    assert rig.turns.taken[-1][0].id == person
    assert rig.turns.inputs()[-1:] == [Tap("urgent")]


async def test_the_old_browser_ends(rig: Rig) -> None:
    old, person = await begin(rig)
    await resume(await rig.browser())
    page = await old.get()
    assert "Do you have a code?" in page.text
    await old.send(page, tap="urgent:")
    assert rig.turns.taken[-1][0].id != person


async def test_a_code_works_once(rig: Rig) -> None:
    await begin(rig)
    await resume(await rig.browser())
    assert WRONG in await resume(await rig.browser())


async def test_a_code_works_until_its_time_is_over(rig: Rig) -> None:
    await begin(rig, until=int(rig.clock.now) + DAY)
    rig.clock.now += DAY + 1
    assert WRONG in await resume(await rig.browser())


async def test_a_wrong_code_is_told_kindly_stays_in_the_field_and_changes_nothing(rig: Rig) -> None:
    await begin(rig)
    browser = await rig.browser()
    page = await browser.send(await browser.get("/resume"), "/resume", code='BCDF "><b>')
    assert page.status == 422
    assert WRONG in page.text
    assert page.field("code") == 'BCDF "><b>'
    assert "Start without a code" in page.text
    assert rig.store.written() == []


async def test_the_cookie_is_a_new_one_so_that_a_planted_one_is_worth_nothing(rig: Rig) -> None:
    await begin(rig)
    browser = await rig.browser()
    await browser.get("/resume")
    planted = browser.cookie
    await resume(browser)
    assert browser.cookie != planted
    page = await (await rig.browser()).get("/", Cookie=f"ev={planted}")
    assert "Do you have a code?" in page.text


async def test_whoever_used_this_browser_before_is_forgotten_and_that_is_said_first(rig: Rig) -> None:
    await begin(rig)
    shared = await rig.browser()
    await shared.send(await shared.get(), tap="urgent:")
    former = rig.turns.taken[-1][0].id
    cookie = shared.cookie
    assert "Somebody has used this browser before." in (await shared.get("/resume")).text
    await resume(shared)
    page = await (await rig.browser()).get("/", Cookie=f"ev={cookie}")
    assert "Do you have a code?" in page.text
    await shared.send(await shared.get(), tap="back:")
    assert rig.turns.taken[-1][0].id != former


async def test_in_the_same_browser_a_code_changes_only_the_cookie(rig: Rig) -> None:
    browser, person = await begin(rig)
    assert "Welcome back" in await resume(browser)
    await browser.send(await browser.get(), tap="urgent:")
    assert rig.turns.taken[-1][0].id == person


async def test_only_the_home_card_leads_here(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get()
    assert 'href="/resume"' in page.html
    assert 'href="/resume"' not in (await browser.send(page, tap="urgent:")).html


async def test_a_form_without_a_code_or_token_is_refused(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get("/resume")
    assert (await browser.post({"csrf": page.field("csrf")}, "/resume")).status == 400
    assert (await browser.post({"code": CODE}, "/resume")).status == 403


async def test_a_failing_store_uses_no_code_up(rig: Rig) -> None:
    await begin(rig)
    browser = await rig.browser()
    page = await browser.get("/resume")
    rig.store.fails = Unavailable()
    answer = await browser.send(page, "/resume", code=CODE)
    assert answer.status == 503
    rig.store.fails = None
    assert answer.field("code") == CODE
    assert "Welcome back" in (await browser.send(answer, "/resume", code=CODE)).text


class TestGuessing:
    async def test_ten_wrong_codes_from_one_browser_mean_waiting_with_the_time(self, rig: Rig) -> None:
        await begin(rig)
        browser = await rig.browser()
        for _ in range(10):
            assert WRONG in await resume(browser, "WRONG")
            rig.clock.now += 6
        page = await browser.send(await browser.get("/resume"), "/resume", code=CODE)
        assert page.status == 429
        assert "You can try again in 9 minutes." in page.text
        assert page.headers["Retry-After"] == "540"
        rig.clock.now += 540
        assert "Welcome back" in await resume(browser)

    async def test_nobody_else_behind_the_same_proxy_waits(self, rig: Rig) -> None:
        await begin(rig)
        guesser = await rig.browser()
        for _ in range(11):
            await resume(guesser, "WRONG")
        assert "You can try again in 10 minutes." in await resume(guesser)
        assert "Welcome back" in await resume(await rig.browser())

    async def test_one_minute_is_said_as_one(self, rig: Rig) -> None:
        browser = await rig.browser()
        for _ in range(10):
            await resume(browser, "WRONG")
        rig.clock.now += 599
        assert "in 1 minute." in await resume(browser)
