"""The last page of somebody who asked to be forgotten. It says nothing about any organisation, question or answer."""

from __future__ import annotations

from aiohttp import web

from bot.web.forms import CardForm
from bot.web.pages import Farewell
from bot.web.site import Site, hint, page_response
from conversations.says import text

PATH = "/forgotten"
FORGET, FORGOTTEN = "forget", "forgotten"
"""The button that asks for it, and the state of the card that says it is done."""


class ForgottenRoom:
    """The page, and the way to it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """GET: gives no cookie. Whoever is known here was not forgotten, and goes to their card."""
        site = self._site
        visit = site.visit(request)
        if visit.known and await site.browsers.person(visit.cookie) is not None:
            return site.home(visit.cookie)
        page = Farewell(
            heading=text("forgotten.title"),
            paragraphs=[text("forgotten.done"), text("forgotten.anew")],
            onward=text("web.forgotten.start"),
        )
        return page_response(site.pages.farewell(page, language=site.pages.likely(hint(request))))

    async def was_before(self, form: CardForm, cookie: str) -> bool:
        """Whether this asks to forget somebody whose browser has ended: the same tap once more. Stores nothing."""
        asks = form.tap is not None and form.tap.action == FORGET and form.number > 0
        return asks and await self._site.browsers.person(cookie) is None

    def leave(self) -> web.Response:
        """On to the page; the cookie ends, and the browser keeps nothing else of ours either."""
        return self._site.farewell(PATH)
