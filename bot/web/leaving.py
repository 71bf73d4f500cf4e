"""Leaving a shared browser, and coming back to one that was left alone.

*Leave now* ends the browser here and there: its row goes, the cookie goes, and the browser is told to drop what it
keeps of this site. It needs no turn, so it works from a page that is out of date, and when the store is away the
browser forgets all the same. What is shown then names no subject. Only the POST is answered with Clear-Site-Data: any
other site could make a browser fetch a page.
"""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from bot.web.forms import posted
from bot.web.pages import Choice, Farewell
from bot.web.site import Site, Visit, page_response
from bot.web.site import hint as hint_of
from conversations.says import text
from storage.store import Unavailable

LEAVE = "leave-now"
"""The action of the button that leaves."""
LEFT = "/left"
GO_ON = "/go-on"


class LeavingRoom:
    """The pages before and after."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def leave(self, cookie: str, *, path: str = LEFT) -> web.Response:
        """End this browser, and lead on to a page. The form was checked before."""
        site = self._site
        with suppress(Unavailable):
            person = await site.browsers.end(cookie, now=int(site.clock()))
            if person is not None:
                site.mailbox.forget(person.id)
                site.presence.forget(person.id)
        return site.farewell(path)

    async def left(self, request: web.Request) -> web.Response:
        """GET /left: for whoever sits in front of the browser now."""
        page = Farewell(
            heading=text("web.left.heading"), paragraphs=[text("web.left.what")], onward=text("web.left.start")
        )
        pages = self._site.pages
        return page_response(pages.farewell(page, language=pages.likely(hint_of(request))))

    async def lock(self, visit: Visit) -> web.Response:
        """Instead of a card that nobody has looked at for half an hour."""
        site = self._site
        choice = Choice(
            heading=text("web.away.heading"),
            paragraphs=[text("web.away.what"), text("web.away.other")],
            submit=text("web.away.go-on"),
            other=text("web.away.not-me"),
            action=GO_ON,
            token=site.guard.token(visit.cookie),
        )
        return site.answer(visit, site.pages.choice(choice, language=await site.language(visit)))

    async def go_on(self, request: web.Request) -> web.Response:
        """POST /go-on: show the card again; or, for somebody else, end this browser and begin anew."""
        site = self._site
        fields = await posted(request, site.guard, site.browsers.read(request))
        visit = site.visit(request)
        if "other" in fields:
            return await self.leave(visit.cookie, path="/")
        person = await site.browsers.person(visit.cookie)
        if person is not None:
            site.presence.seen(person.id)
        return site.home(visit.cookie)
