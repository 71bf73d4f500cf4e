"""A stranger's way in by the web: any request with a cookie of their choice, over real sockets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

import aiohttp

from strangers.world import World

ORDINARY = {"Sec-Fetch-Site": "same-origin"}
ELSEWHERE = ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"})


@dataclass(frozen=True)
class Got:
    """An answer: its status, and everything in it that somebody could read."""

    status: int
    words: str


class Page:
    """A client with one cookie, "" for none. It follows redirects as a browser does."""

    def __init__(self, world: World, session: aiohttp.ClientSession, cookie: str) -> None:
        self._url, self._session = world.channel.url, session
        self._cookie = cookie

    async def ask(
        self, method: str, path: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] = ORDINARY
    ) -> Got:
        """One request, and where it leads. A form brings the token that fits the cookie."""
        if form is not None:
            page = await self._send("GET", "/", None, {})
            token = re.search(r'name="csrf" value="([^"]*)"', page.words)
            form = {"csrf": token[1] if token else "", **form}
        return await self._send(method, path, form, headers)

    async def number(self) -> str:
        """The number of the current card, as somebody finds it out who looks at the page first."""
        page = await self._send("GET", "/", None, {})
        if 'action="/go-on"' in page.words:
            await self.ask("POST", "/go-on", form={})
            page = await self._send("GET", "/", None, {})
        found = re.search(r'name="number" value="([^"]*)"', page.words)
        assert found, "no card"
        return found[1]

    async def _send(self, method: str, path: str, form: Mapping[str, str] | None, headers: Mapping[str, str]) -> Got:
        told = dict(headers) | ({"Cookie": f"ev={self._cookie}"} if self._cookie else {})
        async with self._session.request(
            method, self._url + path, data=form, headers=told, allow_redirects=False
        ) as answer:
            body = await answer.read()
            given = answer.cookies.get("ev")
            if given is not None:
                self._cookie = given.value
            status, leads = answer.status, answer.headers.get("Location")
            words = unescape(body.decode("utf-8", "replace")) + repr(sorted(answer.headers.items()))
        if leads:
            led = await self._send("GET", leads, None, ORDINARY)
            return Got(led.status, words + led.words)
        return Got(status, words)
