"""A browser without JavaScript: cookies, tabs, forms and redirects, over aiohttp. It sends what a real one sends."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from web_walk import rules
from web_walk.page import Control, Form, Page, read

SEE_OTHER = 303
MOST_REDIRECTS = 3


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One HTTP answer, read to its end. ``body`` is uncompressed."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("Content-Type", "").split(";")[0]


class Browser:
    """One browser with its cookies. ``base`` is the address of the program. ``old``: it sends no Sec-Fetch-Site.

    ``speaks``: the languages in which its pages may come.
    """

    def __init__(
        self, base: str, *, language: str = "en-GB,en;q=0.8", old: bool = False, speaks: Collection[str] = ("en",)
    ) -> None:
        self.base = base
        self.speaks = speaks
        self.old = old
        self._session = aiohttp.ClientSession(
            # A connection of its own each time: the program is killed and started again on the same address.
            connector=aiohttp.TCPConnector(force_close=True),
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            headers={"Accept-Language": language, "User-Agent": "web_walk"},
        )
        self._style_bytes: dict[str, int] = {}
        self.tab = Tab(self)

    @property
    def cookie(self) -> str:
        """What the program gave this browser to be known by."""
        (cookie,) = self._session.cookie_jar
        return cookie.value

    def forget(self) -> None:
        """Clear the cookies, as somebody does on a shared phone."""
        self._session.cookie_jar.clear()

    def plant(self, cookie: str) -> None:
        """Use somebody else's cookie, as somebody with a copy of it would."""
        self._session.cookie_jar.update_cookies({"ev": cookie}, URL(self.base))

    async def get(self, path: str) -> Answer:
        """The answer to a plain GET; redirects are not followed."""
        headers = {} if self.old else {"Sec-Fetch-Site": "none"}
        return await self._answered("GET", path, headers, None)

    async def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """The answer to a form; redirects are not followed."""
        # With no-referrer a browser's Origin is "null" for our own forms as well.
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "null"}
        if not self.old:
            headers["Sec-Fetch-Site"] = "same-origin"
        return await self._answered("POST", path, headers, urlencode(fields).encode())

    async def _answered(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Answer:
        url = path if path.startswith("http") else self.base + path
        async with self._session.request(method, url, data=body, headers=headers, allow_redirects=False) as answer:
            read = await answer.read()
            return Answer(path=answer.url.path, status=answer.status, headers=answer.headers, body=read)

    async def page(self, answer: Answer) -> Page:
        """Follow redirects, read the page that is found, and check it."""
        for _ in range(MOST_REDIRECTS):
            if answer.status != SEE_OTHER:
                break
            assert answer.headers["Cache-Control"] == "no-store"
            answer = await self.get(answer.headers["Location"])
        html = answer.body.decode("utf-8")
        page = read(path=answer.path, status=answer.status, headers=answer.headers, html=html)
        rules.check(page, style_bytes=await self._style(page), speaks=self.speaks)
        return page

    async def _style(self, page: Page) -> int:
        """The size of the page's style sheet, which a browser asks for once."""
        (sheet,) = [each for each in page.tree.all("link") if each.attributes["rel"] == "stylesheet"]
        path = sheet.attributes["href"]
        if path not in self._style_bytes:
            answer = await self.get(path)
            assert (answer.status, answer.kind) == (200, "text/css")
            self._style_bytes[path] = len(gzip.compress(answer.body))
        return self._style_bytes[path]

    async def close(self) -> None:
        """Close it. The cookies go with it."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class Tab:
    """One tab. Tabs of one browser share its cookies; each keeps its own page, which may be out of date."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """The page that this tab shows."""
        assert self._page is not None, "nothing was opened yet"
        return self._page

    async def open(self, path: str = "/") -> Page:
        """Type an address, or reload. Asked whether to go on, as after half an hour or a restart, go on."""
        self._page = await self.browser.page(await self.browser.get(path))
        for form in self._page.forms:
            if form.action == "/go-on":
                return await self.press(form, form.buttons()[0])
        return self._page

    async def tap(self, action: str, value: str = "", *, words: str | None = None) -> Page:
        """Press a button of the card; with something typed into its field before, unless that is None."""
        button = self.page.button(action, value)
        form = next(form for form in self.page.forms if button in form.controls)
        if words is not None:
            form.field().value = words
        return await self.press(form, button)

    async def send(self, words: str) -> Page:
        """Type into the field and send it with the form's first button, which is what the Enter key does."""
        form = self.page.form
        form.field().value = words
        return await self.press(form, form.buttons()[0])

    async def only_button(self) -> Page:
        """Press the only button there is, as on the page of a link."""
        (button,) = self.page.form.buttons()
        return await self.press(self.page.form, button)

    async def press(self, form: Form, button: Control) -> Page:
        """Send a form and go where it leads."""
        self._page = await self.browser.page(await self.post(form, button))
        return self._page

    async def post(self, form: Form, button: Control) -> Answer:
        """Send a form, and stay on the page: the answer is what a browser that lost its connection never sees."""
        return await self.browser.post(form.action or self.page.path, form.sent_by(button))
