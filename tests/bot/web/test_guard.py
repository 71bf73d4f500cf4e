from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.web.guard import Guard

if TYPE_CHECKING:
    from tests.bot.web.conftest import Make, Rig


async def test_a_form_without_a_token_changes_nothing(rig: Rig) -> None:
    browser = await rig.browser()
    await browser.get()
    answer = await browser.post({"number": "1", "tap": "urgent:"})
    assert answer.status == 403
    assert 'href="/"' in answer.html
    assert rig.turns.taken == []
    assert rig.store.written() == []


@pytest.mark.parametrize("token", ["", "x", "!!!!", "A" * 86 + "==", "ü", "A" * 5000])
async def test_a_made_up_token_changes_nothing(rig: Rig, token: str) -> None:
    browser = await rig.browser()
    await browser.get()
    assert (await browser.post({"csrf": token, "number": "1", "tap": "urgent:"})).status == 403
    assert rig.turns.taken == []


async def test_a_token_of_another_browser_changes_nothing(rig: Rig) -> None:
    mine, other = await rig.browser(), await rig.browser()
    await mine.get()
    stolen = (await other.get()).field("csrf")
    assert (await mine.post({"csrf": stolen, "number": "1", "tap": "urgent:"})).status == 403
    assert rig.turns.taken == []


async def test_a_form_without_the_cookie_changes_nothing_and_says_why(rig: Rig) -> None:
    page = await (await rig.browser()).get()
    answer = await (await rig.browser()).post({"csrf": page.field("csrf"), "number": "1", "tap": "urgent:"})
    assert answer.status == 403
    assert "cookie" in answer.text
    assert rig.turns.taken == []


async def test_tokens_differ_each_time_and_stay_good(rig: Rig) -> None:
    browser = await rig.browser()
    first, second = (await browser.get()).field("csrf"), (await browser.get()).field("csrf")
    assert first != second
    assert (await browser.post({"csrf": first, "number": "1", "tap": "urgent:"})).status == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "nonsense"}, 403),
        # With Referrer-Policy no-referrer browsers say "null" for our own forms too.
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "https://equal.example"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Origin": "https://equal.example.evil.example"}, 403),
    ],
)
async def test_where_a_form_comes_from_is_checked(make: Make, headers: dict[str, str], status: int) -> None:
    rig = await make(public_url="http://equal.example".replace("http:", "https:"))
    browser = await rig.browser()
    page = await browser.get()
    # A test's client does not keep a Secure cookie on plain http; it is sent along by hand.
    cookie = page.cookies[0].split(";")[0]
    answer = await browser.post(
        {"csrf": page.field("csrf"), "number": "1", "tap": "urgent:"}, "/", Cookie=cookie, **headers
    )
    assert answer.status == status
    assert len(rig.turns.taken) == (status == 303)


async def test_an_origin_that_is_the_address_asked_for_is_ours(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get()
    fields = {"csrf": page.field("csrf"), "number": "1", "tap": "urgent:"}
    assert (await browser.post(fields, "/", Origin=rig.channel.url)).status == 303


async def test_words_of_a_form_with_an_old_token_come_back_when_our_own_page_sent_them(rig: Rig) -> None:
    browser = await rig.browser()
    await browser.get()
    fields = {"csrf": "old", "number": "1", "words": "my long <b>words</b>"}
    answer = await browser.post(fields, "/", **{"Sec-Fetch-Site": "same-origin"})
    assert answer.status == 403
    assert answer.box("typed") == "my long <b>words</b>"
    # Another site must not be able to put its words on our page.
    answer = await browser.post(fields, "/", **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    assert "my long" not in answer.html
    assert "my long" not in (await browser.post(fields)).html


def test_a_token_fits_one_cookie_and_one_installation_only() -> None:
    guard = Guard(installation_key=b"k" * 32, public_url="http://x")
    other = Guard(installation_key=b"o" * 32, public_url="http://x")
    token = guard.token("cookie")
    assert guard.fits(token, "cookie")
    assert not guard.fits(token, "another")
    assert not other.fits(token, "cookie")
