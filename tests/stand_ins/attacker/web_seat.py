"""Somebody in front of a browser that keeps its connection open: real forms over real HTTP, without the checks of
every page that the walk over the web makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import aiohttp

from attacker.cards import Card, Picture, headed
from web_walk.page import Form, Page, read
from web_walk.tree import Element

COOKIE = re.compile(r"^([^=]+)=([^;]*)")
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "null", "Sec-Fetch-Site": "same-origin"}
MOST_REDIRECTS = 3


class WebSeat:
    """One browser. ``session`` is shared by all of them and keeps no cookies; ``url`` is the program's address."""

    channel = "web"

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.url = url
        self._session = session
        self._cookies: dict[str, str] = {}
        self._page: Page | None = None
        self._card = Card(blocks=())

    @property
    def card(self) -> Card:
        """What the page shows."""
        return self._card

    @property
    def page(self) -> Page:
        """The page itself."""
        assert self._page is not None, "nothing was opened yet"
        return self._page

    async def follow(self, payload: str) -> Card:
        kind, _, secret = payload.partition("-")
        await self._go("GET", f"/{kind}/{secret}")
        (button,) = self.page.form.buttons()
        return await self._send(self.page.form, self.page.form.sent_by(button))

    async def look(self) -> Card:
        return await self._go("GET", "/")

    async def tap(self, action: str, value: str = "") -> Card:
        form = self.page.forms[-1]
        hidden = [(control.name, control.value) for control in form.controls if control.kind == "hidden"]
        return await self._send(form, [*hidden, ("tap", f"{action}:{value}")])

    async def say(self, words: str) -> Card:
        form = next(form for form in self.page.forms if any(each.kind in {"line", "box"} for each in form.controls))
        form.field().value = words
        return await self._send(form, form.sent_by(form.buttons()[0]))

    async def picture(self, path: str) -> bytes | None:
        """What is behind the address of a picture; None when there is nothing for this browser."""
        status, _, body = await self._answered("GET", path, None)
        return body if status == 200 else None

    async def _send(self, form: Form, fields: list[tuple[str, str]]) -> Card:
        return await self._go("POST", form.action or self.page.path, urlencode(fields).encode())

    async def _go(self, method: str, path: str, body: bytes | None = None) -> Card:
        for _ in range(MOST_REDIRECTS):
            status, headers, answer = await self._answered(method, path, body)
            if status != 303:
                break
            method, path, body = "GET", headers["Location"], None
        self._page = read(path=path, status=status, headers=headers, html=answer.decode())
        pictures = [await self._drawn(figure) for figure in self._page.main.all("figure") if figure.all("img")]
        self._card = Card(
            blocks=headed(_blocks(self._page.main)), pictures=tuple(pictures), taps=tuple(self._page.taps())
        )
        return self._card

    async def _drawn(self, figure: Element) -> Picture:
        """The picture of a figure and its words. Where there is nothing to draw, a figure has words only."""
        path = figure.one("img").attributes["src"]
        png = await self.picture(path)
        assert png is not None, path
        return Picture(png, "\n".join(line.words for line in figure.one("figcaption").all("span")))

    async def _answered(self, method: str, path: str, body: bytes | None) -> tuple[int, dict[str, str], bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookie} if cookie else {}
        headers |= FORM if method == "POST" else {"Sec-Fetch-Site": "none"}
        async with self._session.request(
            method, self.url + path, data=body, headers=headers, allow_redirects=False
        ) as answer:
            for line in answer.headers.getall("Set-Cookie", []):
                if found := COOKIE.match(line):
                    self._cookies[found[1]] = found[2]
            return answer.status, dict(answer.headers), await answer.read()


def _blocks(main: Element) -> Iterator[tuple[str, str]]:
    """What can be read, top to bottom; captions and buttons are read elsewhere."""
    for each in main.children:
        if not isinstance(each, Element):
            continue
        if each.tag in {"h1", "h2"}:
            yield "heading", each.words
        elif each.tag == "blockquote":
            yield "quote", each.text
        elif each.tag in {"ul", "div", "details"}:
            yield from (("line", line.words) for line in each.all("li", "p"))
        elif each.tag == "p":
            yield "line", each.words
