"""Which browser is whose: the cookie, and the table that leads from its hash to a person.

The cookie is 32 random bytes that only the browser keeps; stored is its hash. A person of the web is a random
id that stands nowhere in the open: it is sealed beside the hash and bound to it. Looking at a page stores
nothing. The row is written by the first thing that a person does.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from aiohttp import web

from bot import browser_records
from bot.browser_records import BrowserRecord, MayBecome, Refusal
from bot.replies import Person
from storage.store import Store, Transaction

COOKIE_BYTES = 32
COOKIE_SECONDS = 180 * 24 * 60 * 60
PERSON_BYTES = 16

_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")


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

    def take_away(self, response: web.StreamResponse) -> None:
        """Let the browser forget it."""
        response.del_cookie(self.name, path="/", httponly=True, secure=self._secure, samesite="Lax")

    async def person(self, cookie: str) -> Person | None:
        """Whose browser this is; None for somebody new. Stores nothing."""
        hashed = cookie_hash(cookie)

        async def work(transaction: Transaction) -> BrowserRecord | None:
            return await browser_records.find(transaction, hashed, key=self._key)

        found = await self._store.turn(hashed, work)
        return None if found is None else _person(found.person, hashed)

    async def settle(self, cookie: str) -> Person:
        """Whose browser this is. Somebody new gets a row, in a turn of its own."""
        hashed = cookie_hash(cookie)

        async def work(transaction: Transaction) -> str:
            found = await browser_records.find(transaction, hashed, key=self._key)
            if found is None:
                found = BrowserRecord(person=secrets.token_hex(PERSON_BYTES))
                await browser_records.put(transaction, hashed, found, key=self._key)
            return found.person

        return _person(await self._store.turn(hashed, work), hashed)

    def somebody(self, cookie: str) -> Person:
        """A person whom nobody knows, to show the first page to."""
        return _person(secrets.token_hex(PERSON_BYTES), cookie_hash(cookie))

    async def end(self, cookie: str, *, now: int) -> Person | None:
        """End this browser: its cookie leads to nobody any more. Whose it was; None for somebody new."""
        hashed = cookie_hash(cookie)

        async def work(transaction: Transaction) -> str | None:
            return await browser_records.leave(transaction, hashed, key=self._key, now=now)

        found = await self._store.turn(hashed, work)
        return None if found is None else _person(found, hashed)

    async def resume(self, code: str, *, cookie: str, now: int, may_become: MayBecome) -> tuple[str, Person] | Refusal:
        """Use a resume code up: this browser becomes that person's, and the browser that made the code ends.

        Gives a new cookie, so that one that somebody else may have planted or copied is worth nothing. What
        this browser was before is forgotten. ``code`` is in the form of ``conversations.codes.normal``. A
        refusal changes nothing: "unknown" when the code is unknown, used, replaced by a newer one or too old,
        "taking-part" when ``may_become`` says no.
        """
        former, fresh = cookie_hash(cookie), self.new()

        async def work(transaction: Transaction) -> Person | Refusal:
            return await browser_records.move(
                transaction,
                code,
                former=former,
                fresh=cookie_hash(fresh),
                key=self._key,
                now=now,
                may_become=may_become,
            )

        found = await self._store.turn(former, work)
        return (fresh, found) if isinstance(found, Person) else found


def _person(id_: str, hashed: bytes) -> Person:
    return Person(channel="web", id=id_, cookie=hashed)
