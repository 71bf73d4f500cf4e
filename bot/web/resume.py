"""Going on in another browser: a page that takes a resume code.

The code works once; it moves the person here, and the browser that made it ends. Where somebody guesses must wait:
bot/throttling.py counts, here by the browser, as its person may not be known yet.
"""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from bot.web.browsers import cookie_hash
from bot.web.forms import broken, posted
from bot.web.pages import Choice
from bot.web.site import Site, Visit
from conversations.codes import normal
from conversations.inputs import Opened
from conversations.says import Text, text
from storage.store import Unavailable

LONGEST_CODE = 64


class ResumeRoom:
    """The page and its form."""

    def __init__(self, site: Site) -> None:
        self._site = site

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
        now, browser = int(site.clock()), cookie_hash(visit.cookie)
        until = site.throttling.until(now=now, source=visit.source, browser=browser)
        if until:
            wait = until - now
            minutes = -(-wait // 60)
            return await self._page(visit, text("web.resume.wait", n=minutes), status=429, retry_after=wait)
        typed = fields["code"][:LONGEST_CODE]
        found = await site.browsers.resume(
            normal(typed), cookie=visit.cookie, now=now, may_become=site.turns.may_become
        )
        if found == "taking-part":
            return await self._page(visit, text("web.resume.both"), value=typed, status=422)
        if found == "unknown":
            site.throttling.wrong(now=now, source=visit.source, browser=browser)
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
