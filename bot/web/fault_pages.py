"""Turns whatever a page raises into a kind page. The outermost layer around every page."""

from __future__ import annotations

import logging

from aiohttp import web

from bot.web.faults import Fault, Handler
from bot.web.forms import POSTED, TYPED
from bot.web.site import Site, hint, page_response
from conversations.says import Text, text
from storage.store import Unavailable

RETRY_AFTER_SECONDS = "5"

WORDS = {404: "web.fault.missing", 405: "web.fault.method", 413: "web.fault.too-large"}
"""What the framework itself refuses."""

log = logging.getLogger(__name__)


class FaultPages:
    """Makes the pages about faults."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer with the page, or with a page about what went wrong. Only cancelling passes through."""
        try:
            return await handler(request)
        except Fault as fault:
            return self._page(request, fault.status, fault.words, typed=request.get(TYPED, ""))
        except Unavailable:
            log.warning("The store is unavailable.")
            response = self._once_more(request, 503, text("web.fault.unavailable"))
            response.headers["Retry-After"] = RETRY_AFTER_SECONDS
            return response
        except web.HTTPException as refused:
            if refused.status < 400:
                raise
            response = self._page(request, refused.status, text(WORDS.get(refused.status, "web.fault.form")))
            if "Allow" in refused.headers:
                response.headers["Allow"] = refused.headers["Allow"]
            return response
        except Exception as error:
            # Only the class: a message may quote what a person typed.
            log.error("A page failed with %s.", type(error).__name__)
            return self._once_more(request, 500, text("web.fault.unexpected"))

    def _once_more(self, request: web.Request, status: int, words: Text) -> web.Response:
        """A page that brings back what was sent, ready to be sent again.

        The card's number makes sure that a second sending changes nothing twice.
        """
        fields = request.get(POSTED)
        if fields is None:
            return self._page(request, status, words)
        cookie = self._site.browsers.read(request) or ""
        again = {**fields, "csrf": self._site.guard.token(cookie)}
        return page_response(self._site.pages.fault(words, hint=hint(request), again=again), status=status)

    def _page(self, request: web.Request, status: int, words: Text, *, typed: str = "") -> web.Response:
        return page_response(self._site.pages.fault(words, hint=hint(request), typed=typed), status=status)
