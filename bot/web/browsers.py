"""Which browser is whose: the cookie, and the table that leads from its hash to a person.

The cookie is 32 random bytes that only the browser keeps; stored is its hash. A person of the web is a random
id that stands nowhere in the open: it is sealed beside the hash and bound to it. Looking at a page stores
nothing. The row is written by the first thing that a person does.
"""

from __future__ import annotations

import logging
import re
import secrets
from hashlib import sha256

from aiohttp import web

from bot.replies import Person
from bot.sealing import Unreadable, open_json, seal_json, token_hash
from storage.store import Store, Transaction

COOKIE_BYTES = 32
COOKIE_SECONDS = 180 * 24 * 60 * 60
PERSON_BYTES = 16

_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")

log = logging.getLogger(__name__)


def cookie_hash(cookie: str) -> bytes:
    """What is stored of a cookie. It is random enough to need no salt."""
    return sha256(cookie.encode()).digest()


class Browsers:
    """The browsers of this installation. ``secure``: the pages are reached by https."""

    def __init__(self, *, store: Store, installation_key: bytes, secure: bool) -> None:
        self._store = store
        self._key = installation_key
        self._secure = secure
        # The prefix makes browsers refuse the cookie unless it is Secure, for the whole site and for this
        # host only.
        self.name = "__Host-ev" if secure else "ev"

    def new(self) -> str:
        """A new cookie."""
        return secrets.token_urlsafe(COOKIE_BYTES)

    def read(self, request: web.BaseRequest) -> str | None:
        """The cookie that came along; None when there is none, or something that we never gave."""
        cookie = request.cookies.get(self.name, "")
        return cookie if _COOKIE.fullmatch(cookie) else None

    def give(self, response: web.StreamResponse, cookie: str) -> None:
        """Let the browser keep it for 180 days."""
        response.set_cookie(
            self.name,
            cookie,
            max_age=COOKIE_SECONDS,
            path="/",
            httponly=True,
            secure=self._secure,
            samesite="Lax",
        )

    async def person(self, cookie: str) -> Person | None:
        """Whose browser this is; None for somebody new. Stores nothing."""
        hashed = cookie_hash(cookie)

        async def work(transaction: Transaction) -> str | None:
            return self._opened(hashed, await transaction.browser(hashed))

        id_ = await self._store.turn(hashed, work)
        return None if id_ is None else _person(id_, hashed)

    async def settle(self, cookie: str) -> Person:
        """Whose browser this is. Somebody new gets a row, in a turn of its own."""
        hashed = cookie_hash(cookie)

        async def work(transaction: Transaction) -> str:
            id_ = self._opened(hashed, await transaction.browser(hashed))
            if id_ is None:
                id_ = secrets.token_hex(PERSON_BYTES)
                await transaction.put_browser(hashed, self._sealed(hashed, id_))
            return id_

        return _person(await self._store.turn(hashed, work), hashed)

    def somebody(self, cookie: str) -> Person:
        """A person whom nobody knows, to show the first page to."""
        return _person(secrets.token_hex(PERSON_BYTES), cookie_hash(cookie))

    async def resume(self, code: str, *, cookie: str, now: int) -> tuple[str, Person] | None:
        """Use a resume code up: this browser becomes that person's, and the browser that made the code ends.

        Gives a new cookie, so that one that somebody else may have planted or copied is worth nothing. What
        this browser was before is forgotten. ``code`` is in the form of ``conversations.codes.normal``. None
        when the code is unknown, used or too old; nothing is changed then.
        """
        token, former, fresh = token_hash(code), cookie_hash(cookie), self.new()
        hashed = cookie_hash(fresh)

        async def work(transaction: Transaction) -> str | None:
            sealed = await transaction.take_token(token, kind="resume", now=now)
            if sealed is None:
                return None
            value = open_json(self._key, sealed, about=b"resume" + token)
            await transaction.remove_browser(bytes.fromhex(value["cookie"]))
            await transaction.remove_browser(former)
            await transaction.put_browser(hashed, self._sealed(hashed, value["person"]))
            return str(value["person"])

        id_ = await self._store.turn(former, work)
        return None if id_ is None else (fresh, _person(id_, hashed))

    def _sealed(self, hashed: bytes, id_: str) -> bytes:
        return seal_json(self._key, id_, about=b"browser" + hashed)

    def _opened(self, hashed: bytes, sealed: bytes | None) -> str | None:
        if sealed is None:
            return None
        try:
            return str(open_json(self._key, sealed, about=b"browser" + hashed))
        except Unreadable:
            log.warning("A browser's row does not open with the installation key: treated as new.")
            return None


def _person(id_: str, hashed: bytes) -> Person:
    return Person(channel="web", id=id_, cookie=hashed)
