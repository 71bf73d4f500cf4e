"""Browsers that remember every answer they got, and whose they are. Every answer's headers are held against a list."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from leaks.canaries import Canaries
from leaks.places import Look, chunks
from leaks.watching import Watched
from web_walk import Venue
from web_walk.browser import Answer, Browser
from web_walk.rules import POLICY

SOURCE = "203.0.113.177"
"""Where every request says that it comes from."""
AGENT = "Zq7agent/1.0"

HEADERS = {
    "Allow": r"(GET|HEAD|POST)(,(GET|HEAD|POST))*",
    "Cache-Control": r"no-store|public, max-age=31536000, immutable",
    "Clear-Site-Data": r'"cache", "cookies", "storage"',
    "Connection": r"close",
    "Content-Encoding": r"gzip|deflate",
    "Content-Length": r"\d+",
    "Content-Security-Policy": re.escape(POLICY),
    "Content-Type": r"text/(html|css|plain); charset=utf-8|image/png|application/octet-stream",
    "Cross-Origin-Opener-Policy": r"same-origin",
    "Cross-Origin-Resource-Policy": r"same-origin",
    "Date": r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT",
    "Location": r"/|/left|/forgotten",
    "Permissions-Policy": r"camera=\(\), [a-z(), =-]+",
    "Referrer-Policy": r"no-referrer",
    "Retry-After": r"\d{1,3}",
    "Set-Cookie": r'ev=[A-Za-z0-9_-]{43}; HttpOnly; Max-Age=\d+; Path=/; SameSite=Lax|ev="";[^"]*',
    "Transfer-Encoding": r"chunked",
    "Vary": r"Accept-Encoding",
    "X-Content-Type-Options": r"nosniff",
    "X-Robots-Tag": r"noindex, nofollow",
}
"""Every header that an answer may have, and all that it may say."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One answer, and who got it."""

    reader: str
    asked: str
    answer: Answer
    cookies_before: frozenset[str]


class Listening(Browser):
    """A browser that notes down all that it is told."""

    def __init__(self, base: str, *, heard: list[Heard], canaries: Canaries, old: bool = False) -> None:
        super().__init__(base, old=old)
        self.reader = ""
        self._heard, self._canaries = heard, canaries
        self._session.headers["X-Forwarded-For"] = SOURCE
        self._session.headers["User-Agent"] = AGENT

    def is_of(self, reader: str) -> None:
        """Say who sits in front of it."""
        self.reader = reader

    async def _answered(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Answer:
        before = frozenset(cookie.value for cookie in self._session.cookie_jar)
        answer = await super()._answered(method, path, headers, body)
        asked = f"{method} {answer.path}"
        self._heard.append(Heard(reader=self.reader, asked=asked, answer=answer, cookies_before=before))
        given = SimpleCookie(answer.headers.get("Set-Cookie", ""))
        if "ev" in given and given["ev"].value:
            self._canaries.release("cookie", given["ev"].value, owner=self.reader)
        for token in re.findall(rb'name="csrf" value="([^"]+)"', answer.body):
            self._canaries.release("form token", token.decode(), owner=self.reader, as_it_is=True)
        return answer


class Hall(Venue):
    """A venue where everything that is said is heard."""

    def __init__(self, program: Watched, stack: AsyncExitStack, canaries: Canaries) -> None:
        super().__init__(program, stack)
        self.watched = program
        self.canaries = canaries
        self.heard: list[Heard] = []

    async def browser(self, *, old: bool = False) -> Listening:
        browser = Listening(self.program.url, heard=self.heard, canaries=self.canaries, old=old)
        return await self._stack.enter_async_context(browser)

    def looks(self) -> list[Look]:
        """All that travelled so far, by place."""
        return [look for heard in self.heard for look in looks_at(heard)]

    def strange_headers(self) -> set[str]:
        """Headers that are on no list, say more than they may, or give a cookie that another browser has."""
        found = set()
        owners: dict[str, str] = {}
        for heard in self.heard:
            for name, value in heard.answer.headers.items():
                if not re.fullmatch(HEADERS.get(name, "nothing"), value):
                    found.add(f"{heard.asked}: {name}: {value}")
            for name, morsel in SimpleCookie(heard.answer.headers.get("Set-Cookie", "")).items():
                first = owners.setdefault(morsel.value, heard.reader)
                if morsel.value and (first != heard.reader or name != "ev"):
                    found.add(f"{heard.asked}: a cookie of {first} for {heard.reader}")
        return found


def looks_at(heard: Heard) -> list[Look]:
    """The places of one answer: headers, its page, the page's title and addresses, a picture."""
    told = {"where": f"{heard.asked} → {heard.answer.status}", "reader": heard.reader}
    headers = [(n, v) for n, v in heard.answer.headers.items()]
    found = [
        Look(place="headers", content="\n".join(f"{n}: {v}" for n, v in headers if n != "Set-Cookie").encode(), **told),
        Look(place="set-cookie", content="\n".join(v for n, v in headers if n == "Set-Cookie").encode(), **told),
        Look(place="addresses", content=heard.answer.headers.get("Location", "").encode(), **told),
    ]
    body = heard.answer.body
    if heard.answer.kind == "image/png":
        parts = chunks(body)
        found.append(Look(place="pictures", content=body, **told))
        found.append(Look(place="pictures", content=b" ".join(parts.values()), **told))
    elif heard.answer.kind == "text/html":
        role = heard.reader.partition(" ")[0]
        found.append(Look(place=f"page of a {role}", content=body, **told))
        found.append(Look(place="titles", content=b"".join(re.findall(rb"<title>(.*?)</title>", body)), **told))
        addresses = b"\n".join(re.findall(rb'(?:href|src|action)="([^"]*)"', body))
        found.append(Look(place="addresses", content=addresses, **told))
    else:
        found.append(Look(place="other answers", content=body, **told))
    return found


@asynccontextmanager
async def hall(settings: Mapping[str, str], canaries: Canaries, *, leaking: str = "") -> AsyncIterator[Hall]:
    """The program, watched, and nobody there yet."""
    async with AsyncExitStack() as stack:
        program = Watched(settings=settings, leaking=leaking)
        await stack.enter_async_context(program)
        yield Hall(program, stack, canaries)


def metadata(answers: list[Heard]) -> set[str]:
    """Names of parts of PNG files that are not picture data."""
    pictures: list[dict[str, Any]] = [chunks(h.answer.body) for h in answers if h.answer.kind == "image/png"]
    assert pictures
    strange = {name for parts in pictures for name in parts if parts[name] or name} - {"IHDR", "PLTE", "IDAT", "IEND"}
    return strange
