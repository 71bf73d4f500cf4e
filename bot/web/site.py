"""What all pages share: their parts, who is asking, and how an answer leaves. No page lives here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from aiohttp import web

from bot.replies import Drawn, Person, Reply
from bot.throttling import Throttling
from bot.web.browsers import Browsers
from bot.web.guard import Guard
from bot.web.mailbox import Mailbox
from bot.web.pages import Pages
from bot.web.presence import Presence
from bot.web.sources import Sources
from conversations.cards import Picture
from conversations.inputs import Input
from storage.store import Transaction

HINT_CHARACTERS = 200
HTTP_SEE_OTHER = 303


class Turns(Protocol):
    """What the pages need of bot/turns.py."""

    async def take(
        self,
        person: Person,
        given: Input,
        *,
        number: int | None = None,
        hint: str = "",
        message: int | None = None,
    ) -> Reply: ...

    async def look(self, person: Person, *, hint: str = "") -> Reply: ...

    async def draw(self, person: Person, picture: Picture, *, hint: str = "") -> Drawn | None: ...

    async def may_see(self, person: Person, picture: Picture) -> bool: ...

    async def may_become(self, tx: Transaction, former: Person, new: Person) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request's browser.

    ``known`` is False when it brought no cookie of ours: ``cookie`` is then a new one. ``source`` names the network
    address; "" where it is not known.
    """

    cookie: str
    known: bool
    hint: str
    source: str = ""

    def __repr__(self) -> str:
        """Without the cookie."""
        return "<Visit>"


@dataclass(frozen=True, kw_only=True)
class Site:
    """The parts. ``clock`` gives seconds since 1970.

    ``telegram`` makes a link into the bot of a payload; "" where there is no bot.
    """

    turns: Turns
    browsers: Browsers
    guard: Guard
    mailbox: Mailbox
    presence: Presence
    pages: Pages
    clock: Callable[[], float]
    telegram: Callable[[str], str]
    throttling: Throttling = field(default_factory=Throttling)
    sources: Sources = field(default_factory=Sources)

    def visit(self, request: web.Request) -> Visit:
        """Who is asking. Nothing is stored."""
        cookie = self.browsers.read(request)
        return Visit(
            cookie=cookie or self.browsers.new(),
            known=cookie is not None,
            hint=hint(request),
            source=self.sources.of(request),
        )

    async def settle(self, visit: Visit) -> Person:
        """Whose browser this is, and where it is. Somebody new gets a row, in a turn of its own."""
        return replace(await self.browsers.settle(visit.cookie), source=visit.source)

    async def language(self, visit: Visit) -> str:
        """This person's language; for somebody new the nearest to what the browser asks for."""
        person = await self.browsers.person(visit.cookie) if visit.known else None
        if person is None:
            return self.pages.likely(visit.hint)
        return (await self.turns.look(person, hint=visit.hint)).language

    def answer(self, visit: Visit, html: str, *, status: int = 200) -> web.Response:
        """A page, with the cookie when the browser has none yet."""
        response = page_response(html, status=status)
        if not visit.known:
            self.browsers.give(response, visit.cookie)
        return response

    def home(self, cookie: str) -> web.Response:
        """On to the card. The cookie is given again, so that its 180 days begin anew."""
        response = web.Response(status=HTTP_SEE_OTHER, headers={"Location": "/"})
        self.browsers.give(response, cookie)
        return response

    def farewell(self, path: str) -> web.Response:
        """On to a page that knows nobody: the browser forgets the cookie and all else that it keeps of this site."""
        response = web.Response(status=HTTP_SEE_OTHER, headers={"Location": path})
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        self.browsers.take_away(response)
        return response


def hint(request: web.Request) -> str:
    """The browser's languages, cut to a sane length."""
    return request.headers.get("Accept-Language", "")[:HINT_CHARACTERS]


def page_response(html: str, *, status: int = 200) -> web.Response:
    """An HTML page, compressed where the browser can take it."""
    response = web.Response(text=html, status=status, content_type="text/html", charset="utf-8")
    response.enable_compression()
    return response
