"""The web server: binds the address, knows every path, and nothing of what the pages say.

Identity is the cookie alone, and no access log is kept. Where a request came from is used only to slow down guessing
(sources.py).
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from aiohttp import web

from bot.throttling import Throttling
from bot.web import links, pictures
from bot.web.browsers import Browsers
from bot.web.card import CardRoom
from bot.web.fault_pages import FaultPages
from bot.web.faults import QUIET, Handler
from bot.web.forgotten import PATH as FORGOTTEN_PATH
from bot.web.forgotten import ForgottenRoom
from bot.web.forms import BODY_BYTES
from bot.web.guard import Guard
from bot.web.leaving import GO_ON, LEFT, LeavingRoom
from bot.web.links import LinkRoom
from bot.web.mailbox import Mailbox
from bot.web.pages import STYLE, STYLE_MARK, Pages
from bot.web.pictures import Pictures
from bot.web.presence import Presence
from bot.web.resume import ResumeRoom
from bot.web.site import Site, Turns
from bot.wording import Wordings
from conversations.situation import Support
from storage.store import Store

SHUTDOWN_SECONDS = 5.0
YEAR = 31536000
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - recognised, not bound
"""Addresses that mean every address of the machine, and one of them that a browser can open."""


class AddressUnusable(Exception):
    """The web pages cannot listen where they should. The message is one sentence that names the remedy."""


class AddressInUse(AddressUnusable):
    """Another program listens there already."""


class WebChannel:
    """The web pages as one channel. ``start`` it, give out its links, ``stop`` it."""

    def __init__(
        self,
        *,
        address: tuple[str, int],
        public_url: str,
        turns: Turns,
        wordings: Wordings,
        store: Store,
        installation_key: bytes,
        clock: Callable[[], float],
        telegram: Callable[[str], str] = lambda payload: "",
        throttling: Throttling | None = None,
        support: Sequence[Support] = (),
    ) -> None:
        """``public_url`` begins every link; "" is the address itself. ``clock`` gives seconds since 1970.

        ``throttling``: what the turns count wrong codes with; None counts for these pages alone.
        ``support``: where people find help, for the pages that have no card.
        """
        self._host, self._port = address
        self._public_url = public_url.rstrip("/")
        self._turns, self._wordings, self._store = turns, wordings, store
        self._key, self._clock, self._telegram = installation_key, clock, telegram
        self._throttling = throttling or Throttling()
        self._support = tuple(support)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where this machine itself reaches the pages; with the port that was really taken, once started."""
        host = EVERYWHERE.get(self._host, self._host)
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    async def start(self) -> None:
        """Listen.

        Raises:
            AddressInUse: another program does so already.
            AddressUnusable: this address cannot be had at all.
        """
        site = web.AppRunner(
            self._application(),
            access_log=None,
            logger=QUIET,
            shutdown_timeout=SHUTDOWN_SECONDS,
            handle_signals=False,
        )
        await site.setup()
        try:
            await web.TCPSite(site, self._host, self._port).start()
        except OSError as error:
            await site.cleanup()
            place = f"{self._host}:{self._port}"
            if error.errno == errno.EADDRINUSE:
                raise AddressInUse(
                    f"Another program already listens on {place}: stop it, or choose another WEB_ADDRESS."
                ) from None
            raise AddressUnusable(
                f"The web pages cannot listen on {place}: choose another WEB_ADDRESS, such as 127.0.0.1:8080."
            ) from None
        self._runner = site
        self._port = int(site.addresses[0][1])

    async def stop(self) -> None:
        """Finish the answers under way and stop listening. A second call does nothing."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    def _application(self) -> web.Application:
        pages = Pages(self._wordings, self._support)
        public = self._public_url or self.url
        guard = Guard(installation_key=self._key, public_url=public)
        site = Site(
            turns=self._turns,
            browsers=Browsers(store=self._store, installation_key=self._key, secure=urlsplit(public).scheme == "https"),
            guard=guard,
            mailbox=Mailbox(self._clock),
            presence=Presence(self._clock),
            pages=pages,
            clock=self._clock,
            telegram=self._telegram,
            throttling=self._throttling,
        )
        faults = FaultPages(site)

        @web.middleware
        async def kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await faults.around(request, handler)

        application = web.Application(middlewares=[kindly], client_max_size=BODY_BYTES)
        application.on_response_prepare.append(guard.dress)
        application.add_routes(_routes(site))
        return application


def _routes(site: Site) -> list[web.RouteDef]:
    drawn = Pictures(site)
    leaving, forgotten, link, resume = LeavingRoom(site), ForgottenRoom(site), LinkRoom(site), ResumeRoom(site)
    card = CardRoom(site, drawn, leaving, forgotten)
    return [
        # HEAD is not GET here: remarks that wait must not be used up by a program that looks whether we are
        # there.
        web.get("/", card.show, allow_head=False),
        web.post("/", card.take),
        web.get(links.PATH, link.show),
        web.post(links.PATH, link.take),
        web.get(LEFT, leaving.left),
        web.post(GO_ON, leaving.go_on),
        web.get("/resume", resume.show),
        web.post("/resume", resume.take),
        web.get(FORGOTTEN_PATH, forgotten.show),
        *(web.get(path, drawn.show, allow_head=False) for path in pictures.PATHS),
        web.get("/style.css", _style),
        web.get("/favicon.ico", _favicon),
        web.get("/healthz", _health),
    ]


async def _style(request: web.Request) -> web.Response:
    """The style sheet. Its address names its contents, so a browser may keep it."""
    kept = f"public, max-age={YEAR}, immutable" if request.query.get("v") == STYLE_MARK else "no-cache"
    response = web.Response(body=STYLE, content_type="text/css", charset="utf-8")
    response.headers.update({"Cache-Control": kept, "Vary": "Accept-Encoding"})
    response.enable_compression()
    return response


async def _favicon(request: web.Request) -> web.Response:
    """No picture in the tab: nothing for others to see."""
    return web.Response(status=204)


async def _health(request: web.Request) -> web.Response:
    """For whoever watches whether the program runs."""
    return web.Response(text="ok")
