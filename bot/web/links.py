"""Links that somebody sent or printed: a session code, an invitation, a second device, a second facilitator.

Previews in chats open links on their own. So opening one only shows a page with a button; the button does it.
"""

from __future__ import annotations

from aiohttp import web

from bot.languages import ENGLISH
from bot.web.forms import posted
from bot.web.pages import Choice
from bot.web.site import Site
from conversations.inputs import Opened
from conversations.says import InLanguage, Say, text

PATH = "/{kind:[cidf]}/{rest:[A-Za-z0-9_-]{1,60}}"

_WORDS = {
    "c": "web.link.code",
    "i": "web.link.invitation",
    "d": "web.link.device",
    "f": "web.link.facilitator",
}


class LinkRoom:
    """The page with the one button."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """GET: stores nothing and uses nothing up, and does not even look whether the link is good."""
        visit = self._site.visit(request)
        language = await self._site.language(visit)
        choice = Choice(
            heading=text("web.link.heading"),
            paragraphs=self._words(request.match_info["kind"], language),
            submit=text("web.link.go"),
            action=request.path,
            token=self._site.guard.token(visit.cookie),
            telegram=self._site.telegram(payload_of(request)),
        )
        return self._site.answer(visit, self._site.pages.choice(choice, language=language))

    def _words(self, kind: str, language: str) -> list[Say]:
        """What the link is for. The first page of all: its language is only guessed, so English stands beneath."""
        words = text(_WORDS[kind])
        said: list[Say] = [words]
        if language != ENGLISH:
            said.append(InLanguage(ENGLISH, words))
        if not self._site.pages.reviewed(language):
            said.append(text("language.unreviewed"))
        return said

    async def take(self, request: web.Request) -> web.Response:
        """POST: the link is opened.

        Somebody else may open it in a browser that was left alone: a neutral page then stands before the card.
        """
        site = self._site
        await posted(request, site.guard, site.browsers.read(request))
        visit = site.visit(request)
        before = await site.browsers.person(visit.cookie)
        person = await site.settle(visit)
        if before is None or not site.presence.away(person.id):
            site.presence.seen(person.id)
        given = Opened(payload_of(request))
        reply = await site.turns.take(person, given, hint=visit.hint)
        site.mailbox.tell(person.id, reply.notices)
        return site.home(visit.cookie)


def payload_of(request: web.Request) -> str:
    """The payload of a link's path: ``c-CODE``, ``i-TOKEN``, ``d-TOKEN`` or ``f-TOKEN``."""
    return f"{request.match_info['kind']}-{request.match_info['rest']}"
