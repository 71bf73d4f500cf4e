from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.web.pages import STYLE_URL

if TYPE_CHECKING:
    from tests.bot.web.conftest import Make, Rig

EVERY_PATH = [
    "/",
    "/c/BCDF2345",
    "/i/token",
    "/d/token",
    "/resume",
    "/left",
    "/healthz",
    "/favicon.ico",
    "/nowhere",
    STYLE_URL,
]

EXPECTED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", EVERY_PATH)
async def test_every_answer_carries_the_protective_headers(rig: Rig, path: str) -> None:
    page = await (await rig.browser()).get(path)
    assert {name: page.headers.get(name) for name in EXPECTED} == EXPECTED
    assert page.headers["Permissions-Policy"].startswith("camera=()")
    assert "Server" not in page.headers
    assert "Strict-Transport-Security" not in page.headers


@pytest.mark.parametrize("path", [path for path in EVERY_PATH if path != STYLE_URL])
async def test_no_answer_but_the_style_sheet_is_kept(rig: Rig, path: str) -> None:
    assert (await (await rig.browser()).get(path)).headers["Cache-Control"] == "no-store"


async def test_redirects_carry_them_too(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get()
    answer = await browser.post({"csrf": page.field("csrf"), "number": "1", "tap": "urgent:"})
    assert answer.status == 303
    assert answer.headers["Location"] == "/"
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Server" not in answer.headers


async def test_https_is_told_to_stay_https(make: Make) -> None:
    page = await (await (await make(public_url="https://equal.example")).browser()).get()
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_the_style_sheet_is_kept_only_under_the_address_that_names_its_contents(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get()
    assert f'href="{STYLE_URL}"' in page.html
    style = await browser.get(STYLE_URL)
    assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert (await browser.get("/style.css?v=old")).headers["Cache-Control"] == "no-cache"


async def test_nothing_but_the_pages_of_a_person_sets_a_cookie(rig: Rig) -> None:
    for path in ("/left", "/healthz", "/favicon.ico", "/nowhere", STYLE_URL, "/picture/poster/abcd.png"):
        assert (await (await rig.browser()).get(path)).cookies == (), path


async def test_health_and_icon_say_next_to_nothing(rig: Rig) -> None:
    browser = await rig.browser()
    assert (await browser.get("/healthz")).html == "ok"
    icon = await browser.get("/favicon.ico")
    assert (icon.status, icon.html) == (204, "")


async def test_what_is_no_http_at_all_gets_a_short_answer_without_a_traceback(rig: Rig) -> None:
    host, port = rig.channel.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"NOT HTTP \x00\x01 canary-in-request\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 400") or answer.startswith(b"HTTP/1.0 400")
    assert b"Traceback" not in answer


async def test_pages_are_compressed_for_browsers_that_can(rig: Rig) -> None:
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.get(rig.channel.url, headers={"Accept-Encoding": "gzip"}) as answer,
    ):
        assert answer.headers["Content-Encoding"] == "gzip"
