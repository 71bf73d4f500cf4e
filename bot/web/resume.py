"""Going on in another browser: a page that takes a resume code.

The code works once; it moves the person here, and the browser that made it ends. A browser in which somebody
guesses must wait. Addresses are not counted: behind a proxy everybody has the same one, and a code is too long
to be guessed by many browsers either.
"""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from bot.web.forms import broken, posted
from bot.web.pages import Choice
from bot.web.site import Site, Visit
from bot.web.throttle import Throttle
from conversations.codes import normal
from conversations.inputs import Opened
from conversations.says import Text, text
from storage.store import Unavailable

LONGEST_CODE = 64


class ResumeRoom:
    """The page and its form."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._throttle = Throttle(site.clock)

    async def show(self, request: web.Request) -> web.Response:
        """GET /resume."""
        return await self._page(self._site.visit(request))

    async def take(self, request: web.Request) -> web.Response:
        """POST /resume."""
        site = self._site
        fields = await posted(request, site.guard, site.browsers.read(request))
        visit = site.visit(request)
        if "code" not in fields:
            raise broken()
        wait = self._throttle.wait(visit.cookie)
        if wait:
            minutes = -(-wait // 60)
            return await self._page(visit, text("web.resume.wait", n=minutes), status=429, retry_after=wait)
        typed = fields["code"][:LONGEST_CODE]
        found = await site.browsers.resume(
            normal(typed), cookie=visit.cookie, now=int(site.clock()), may_become=site.turns.may_become
        )
        if found == "taking-part":
            return await self._page(visit, text("f-invited.taking-part"), value=typed, status=422)
        if found == "unknown":
            self._throttle.wrong(visit.cookie)
            return await self._page(visit, text("web.resume.wrong"), value=typed, status=422)
        cookie, person = found
        site.presence.seen(person.id)
        site.mailbox.tell(person.id, [text("web.resume.done")])
        # Away from the card with the code, which is used up now. The new cookie must reach the browser in any case.
        with suppress(Unavailable):
            reply = await site.turns.take(person, Opened())
            site.mailbox.tell(person.id, reply.notices)
        return site.home(cookie)

    async def _page(
        self, visit: Visit, *notices: Text, value: str = "", status: int = 200, retry_after: int = 0
    ) -> web.Response:
        site = self._site
        used = visit.known and await site.browsers.person(visit.cookie) is not None
        choice = Choice(
            heading=text("web.resume.heading"),
            paragraphs=[text("web.resume.explain"), *([text("web.resume.replaces")] if used else [])],
            submit=text("web.resume.submit"),
            action="/resume",
            token=site.guard.token(visit.cookie),
            notices=notices,
            label=text("web.resume.label"),
            value=value,
            back=text("web.fault.back") if used else text("web.resume.without"),
        )
        html = site.pages.choice(choice, language=await site.language(visit))
        response = site.answer(visit, html, status=status)
        if retry_after:
            response.headers["Retry-After"] = str(retry_after)
        return response
