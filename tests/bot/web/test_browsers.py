"""The cookie, and that looking at pages stores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.web.browsers import cookie_hash
from conversations.inputs import Opened, Tap
from conversations.situation import Links

if TYPE_CHECKING:
    from storage.store import Transaction
    from tests.bot.web.conftest import Make, Rig


def flags(line: str) -> set[str]:
    """A Set-Cookie line without name and value."""
    return {part.strip().lower() for part in line.split(";")[1:]}


async def test_the_first_page_gives_a_cookie_that_scripts_cannot_read(rig: Rig) -> None:
    page = await (await rig.browser()).get()
    (line,) = page.cookies
    assert line.startswith("ev=")
    assert flags(line) == {"httponly", "max-age=15552000", "path=/", "samesite=lax"}


async def test_over_https_the_cookie_is_secure_and_bound_to_the_host(make: Make) -> None:
    page = await (await (await make(public_url="https://equal.example")).browser()).get()
    (line,) = page.cookies
    assert line.startswith("__Host-ev=")
    assert flags(line) == {"httponly", "max-age=15552000", "path=/", "samesite=lax", "secure"}


async def test_a_browser_with_a_cookie_gets_no_other(rig: Rig) -> None:
    browser = await rig.browser()
    await browser.get()
    cookie = browser.cookie
    assert (await browser.get()).cookies == ()
    answer = await browser.post({"csrf": (await browser.get()).field("csrf"), "number": "1", "tap": "urgent:"})
    assert answer.cookies[0].startswith(f"ev={cookie};"), "its 180 days begin anew"
    assert browser.cookie == cookie


@pytest.mark.parametrize("value", ["", "short", "x" * 44, "ü" * 43, "a b" + "c" * 40])
async def test_a_cookie_that_we_never_gave_is_replaced(rig: Rig, value: str) -> None:
    page = await (await rig.browser()).get("/", Cookie=f"ev={value}")
    assert len(page.cookies) == 1


@pytest.mark.parametrize("path", ["/", "/c/BCDF2345", "/i/some-token", "/d/some_token", "/resume", "/nowhere"])
async def test_looking_stores_nothing_and_uses_nothing_up(rig: Rig, path: str) -> None:
    browser = await rig.browser()
    for _ in range(2):
        await browser.get(path)
        await browser.ask("HEAD", path)
    assert rig.store.written() == []
    assert rig.turns.taken == []


async def test_the_first_thing_that_a_person_does_writes_one_row(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get()
    await browser.send(page, tap="urgent:")
    assert rig.store.written() == ["put_browser"]
    await browser.send(await browser.get(), tap="back:")
    assert rig.store.written() == ["put_browser"]
    first, second = (person for person, _ in rig.turns.taken)
    assert first == second
    assert first.channel == "web"
    assert first.cookie == cookie_hash(browser.cookie)
    assert len(bytes.fromhex(first.id)) == 16


async def test_what_is_stored_of_a_browser_tells_nothing(rig: Rig) -> None:
    browser = await rig.browser()
    await browser.send(await browser.get(), tap="urgent:")
    ((person, _),) = rig.turns.taken

    async def work(transaction: Transaction) -> bytes | None:
        return await transaction.browser(cookie_hash(browser.cookie))

    sealed = await rig.store.turn(b"test", work)
    assert sealed is not None
    for secret in (person.id.encode(), bytes.fromhex(person.id), browser.cookie.encode()):
        assert secret not in sealed


async def test_two_browsers_are_two_people(rig: Rig) -> None:
    for _ in range(2):
        browser = await rig.browser()
        await browser.send(await browser.get(), tap="urgent:")
    (one, _), (other, _) = rig.turns.taken
    assert one.id != other.id


async def test_a_cookie_whose_row_has_gone_becomes_somebody_new(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.send(await browser.get(), tap="urgent:")

    async def work(transaction: Transaction) -> None:
        await transaction.remove_browser(cookie_hash(browser.cookie))

    await rig.store.turn(b"test", work)
    page = await browser.get()
    assert "Do you have a code?" in page.text
    await browser.send(page, tap="urgent:")
    (one, _), (other, _) = rig.turns.taken
    assert one.id != other.id


async def test_addresses_that_a_proxy_claims_make_nobody_somebody_else(rig: Rig) -> None:
    browser = await rig.browser()
    for address in ("1.2.3.4", "5.6.7.8"):
        fields = {"csrf": (await browser.get()).field("csrf"), "number": "1", "tap": "score:1"}
        headers = {
            "X-Forwarded-For": address,
            "X-Forwarded-Host": "evil.example",
            "Forwarded": f"for={address}",
        }
        assert (await browser.post(fields, "/", **headers)).status == 303
    (one, _), (other, _) = rig.turns.taken
    assert one == other


class TestALinkThatSomebodySent:
    @pytest.mark.parametrize(
        ("path", "payload"),
        [("/c/BCDF-2345", "c-BCDF-2345"), ("/i/To_k-en9", "i-To_k-en9"), ("/d/To_k-en9", "d-To_k-en9")],
    )
    async def test_is_opened_by_its_button_only(self, rig: Rig, path: str, payload: str) -> None:
        browser = await rig.browser()
        page = await browser.get(path)
        assert page.status == 200
        assert rig.turns.taken == []
        after = await browser.send(page, path)
        assert rig.turns.inputs() == [Opened(payload)]
        assert "skills and experience" in after.text
        assert Links(web=rig.channel.url).page(payload) == rig.channel.url + path

    async def test_leads_into_the_chat_too_where_there_is_a_bot(self, make: Make) -> None:
        chat = "https://t.me/equal_voice_bot?start=c-BCDF2345"
        alone, both = await make(), await make(bot="equal_voice_bot")
        assert chat not in (await (await alone.browser()).get("/c/BCDF2345")).html
        assert chat in (await (await both.browser()).get("/c/BCDF2345")).html

    async def test_gives_the_preview_nothing_of_itself(self, rig: Rig) -> None:
        page = await (await rig.browser()).get("/i/secret-token")
        assert "<title>Equal Voice</title>" in page.html
        assert "secret-token" not in page.text

    async def test_needs_our_own_form(self, rig: Rig) -> None:
        browser = await rig.browser()
        await browser.get("/c/BCDF2345")
        assert (await browser.post({}, "/c/BCDF2345")).status == 403
        assert rig.turns.taken == []
        assert rig.store.written() == []

    @pytest.mark.parametrize("path", ["/c/", "/c/a.b", "/c/" + "A" * 61, "/x/abc", "/c/a/b", "/c/%00", "/i/<b>"])
    async def test_is_told_kindly_when_it_is_broken(self, rig: Rig, path: str) -> None:
        page = await (await rig.browser()).get(path)
        assert page.status == 404
        assert "no such page" in page.text

    async def test_keeps_the_persons_remarks_for_the_next_page(self, rig: Rig) -> None:
        browser = await rig.browser()
        await browser.send(await browser.get(), tap="urgent:")
        rig.turns.taken.clear()
        page = await browser.send(await browser.get("/c/BCDF2345"), "/c/BCDF2345")
        assert page.status == 200
        assert Tap("urgent") not in rig.turns.inputs()
