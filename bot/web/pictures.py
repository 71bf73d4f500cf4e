"""Pictures: their captions on the page, and the PNG behind the page's link.

A page draws its pictures anew each time, so that nobody sees yesterday's numbers. What was drawn waits for a
minute for the browser, which asks for the PNG right afterwards. A picture is kept for the person it was drawn
for and for nobody else.
"""

from __future__ import annotations

import logging
from collections import OrderedDict

from aiohttp import web

from bot.replies import Drawn, Person
from bot.web.faults import Fault
from bot.web.pages import Figure
from bot.web.site import Site
from conversations.cards import Picture, PictureKind
from conversations.moves.posters import BETWEEN
from conversations.says import text
from storage.store import Unavailable

SECONDS = 60
KEPT = 48

ID = "[A-Za-z0-9_-]{1,64}"
PATHS = (
    f"/picture/{{kind:principle|gaps|overview|poster}}/{{assessment:{ID}}}.png",
    f"/picture/{{kind:principle|gaps|overview|poster}}/{{assessment:{ID}}}/{{about:{ID}}}.png",
    f"/picture/{{kind:poster}}/{{assessment:{ID}}}/{{about:{ID}}}/{{languages:[A-Za-z0-9_+-]{{1,64}}}}.png",
)
KINDS: dict[str, PictureKind] = {
    "principle": "principle",
    "gaps": "gaps",
    "overview": "overview",
    "poster": "poster",
}

log = logging.getLogger(__name__)


class Pictures:
    """Draws for one page and keeps the last few for the browser's second question."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: OrderedDict[tuple[str, Picture], tuple[float, Drawn]] = OrderedDict()

    async def figure(self, person: Person, picture: Picture, *, hint: str) -> Figure:
        """A picture as it stands on a page. One that cannot be drawn does not take the page with it."""
        try:
            drawn = await self._drawn(person, picture, hint=hint)
        except Unavailable:
            raise
        except Exception as error:
            log.error("A picture failed with %s.", type(error).__name__)
            drawn = None
        return Figure(picture=picture, caption=None if drawn is None else drawn.caption)

    async def show(self, request: web.Request) -> web.Response:
        """GET /picture/… : the PNG, for a person who may see it; for everybody else there is no such page."""
        visit = self._site.visit(request)
        person = await self._site.browsers.person(visit.cookie) if visit.known else None
        if person is None:
            raise Fault(404, text("web.fault.missing"))
        told = request.match_info
        languages = told.get("languages", "")
        picture = Picture(
            kind=KINDS[told["kind"]],
            assessment=told["assessment"],
            about=told.get("about", ""),
            languages=tuple(languages.split(BETWEEN)) if languages else (),
        )
        lately = self._lately(person, picture)
        # What was drawn a moment ago is not shown to somebody who has stopped running it since.
        drawn = lately if lately and await self._site.turns.may_see(person, picture) else None
        drawn = drawn or await self._drawn(person, picture, hint=visit.hint)
        if drawn is None:
            raise Fault(404, text("web.fault.missing"))
        return web.Response(body=drawn.png, content_type="image/png")

    async def _drawn(self, person: Person, picture: Picture, *, hint: str) -> Drawn | None:
        key = (person.id, picture)
        self._kept.pop(key, None)
        drawn = await self._site.turns.draw(person, picture, hint=hint)
        if drawn is not None:
            self._kept[key] = (self._site.clock(), drawn)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return drawn

    def _lately(self, person: Person, picture: Picture) -> Drawn | None:
        now = self._site.clock()
        while self._kept and next(iter(self._kept.values()))[0] + SECONDS <= now:
            self._kept.popitem(last=False)
        kept = self._kept.get((person.id, picture))
        return None if kept is None else kept[1]
