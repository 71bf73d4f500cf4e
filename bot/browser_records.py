"""What is kept of browsers and of resume codes, and how a code moves a person. No cookie, no page and no rule here.

A person of the web has one browser row and at most one code that is good: asking for another takes the one before it
back, and using one ends the row that it was asked for in. So there are never two browsers of the same person. A row
that somebody else's code replaces, or whose person leaves, frees its own code: that person has no browser then, and the
code is their way back.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.replies import Person
from bot.sealing import Unreadable, keyed_hash, open_json, seal_json
from storage.store import Transaction

Refusal = Literal["unknown", "taking-part"]
MayBecome = Callable[[Transaction, Person, Person], Awaitable[bool]]
"""Whether somebody (the first) may go on as somebody else (the second)."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class BrowserRecord:
    """What a browser's row holds: the person's id, and the hash of the code asked for here last, or b""."""

    person: str
    code: bytes = b""


def code_hash(key: bytes, code: str) -> bytes:
    """What is stored of a resume code, in the form of ``conversations.codes.normal``. ``key``: the installation's."""
    return keyed_hash(key, "resume", code)


async def find(tx: Transaction, cookie: bytes, *, key: bytes) -> BrowserRecord | None:
    """Whose browser this is, by the hash of its cookie; None for somebody new."""
    sealed = await tx.browser(cookie)
    if sealed is None:
        return None
    try:
        value = open_json(key, sealed, about=b"browser" + cookie)
    except Unreadable:
        log.warning("A browser's row does not open with the installation key: treated as new.")
        return None
    return BrowserRecord(person=value["person"], code=bytes.fromhex(value["code"]))


async def put(tx: Transaction, cookie: bytes, record: BrowserRecord, *, key: bytes) -> None:
    """Write a browser's row."""
    value = {"person": record.person, "code": record.code.hex()}
    await tx.put_browser(cookie, seal_json(key, value, about=b"browser" + cookie))


async def keep_code(tx: Transaction, code: str, *, person: Person, key: bytes, now: int, until: int) -> None:
    """Keep a code that moves this person away from this browser, in place of the one that was asked for before.

    Nothing is kept for a browser that has ended meanwhile: its code would make a second browser of this person.
    """
    own = await find(tx, person.cookie, key=key)
    if own is None or own.person != person.id:
        return
    if own.code:
        await tx.take_token(own.code, kind="resume", now=now)
    token = code_hash(key, code)
    await _put_code(tx, token, person=person.id, cookie=person.cookie, key=key, until=until)
    await put(tx, person.cookie, BrowserRecord(person=person.id, code=token), key=key)


async def move(
    tx: Transaction, code: str, *, former: bytes, fresh: bytes, key: bytes, now: int, may_become: MayBecome
) -> Person | Refusal:
    """Use a code up: its person goes on under the cookie hash ``fresh``, and whoever was under ``former`` ends there.

    A refusal changes nothing: "unknown" for a code that is not good, or no longer; "taking-part" when whoever is
    under ``former`` may not become that person.
    """
    token = code_hash(key, code)
    found = await _good(tx, token, key=key, now=now)
    if found is None:
        return "unknown"
    person, cookie = found
    moving = Person(channel="web", id=person, cookie=fresh)
    here = await find(tx, former, key=key)
    if here is not None and not await may_become(tx, Person(channel="web", id=here.person, cookie=former), moving):
        return "taking-part"
    await tx.take_token(token, kind="resume", now=now)
    if cookie:
        await tx.remove_browser(cookie)
    if here is not None and here.code != token:
        await _free(tx, here.code, key=key, now=now)
    await tx.remove_browser(former)
    await put(tx, fresh, BrowserRecord(person=moving.id), key=key)
    return moving


async def leave(tx: Transaction, cookie: bytes, *, key: bytes, now: int) -> str | None:
    """End a browser. A code that was asked for there stays good. The person's id; None for a browser nobody knows."""
    here = await find(tx, cookie, key=key)
    if here is None:
        return None
    await _free(tx, here.code, key=key, now=now)
    await tx.remove_browser(cookie)
    return here.person


async def behind(tx: Transaction, code: str, *, key: bytes, now: int) -> Person | None:
    """Whose code this is, in the form of ``conversations.codes.normal``; it stays good. None when it is not good."""
    found = await _good(tx, code_hash(key, code), key=key, now=now)
    return None if found is None else Person(channel="web", id=found[0])


async def forget(tx: Transaction, person: str, *, key: bytes) -> tuple[int, int]:
    """Remove every browser and every code that leads to a person of the web; how many there were of each."""
    browsers = [cookie for cookie in await tx.browsers() if await _leads_to(tx, cookie, person, key=key)]
    for cookie in browsers:
        await tx.remove_browser(cookie)
    codes = [
        token
        for token, sealed in (await tx.tokens(kind="resume")).items()
        if _person_in(sealed, token, key=key) == person
    ]
    for token in codes:
        # Before every end, so that one that is too old goes as well.
        await tx.take_token(token, kind="resume", now=0)
    return len(browsers), len(codes)


async def _leads_to(tx: Transaction, cookie: bytes, person: str, *, key: bytes) -> bool:
    found = await find(tx, cookie, key=key)
    return found is not None and found.person == person


async def _good(tx: Transaction, token: bytes, *, key: bytes, now: int) -> tuple[str, bytes] | None:
    """The person of a code, and the hash of the cookie that it ends (b"" for none); None for one that is not good."""
    sealed = await tx.token(token, kind="resume", now=now)
    if sealed is None:
        return None
    value = _opened(sealed, token, key=key)
    cookie = bytes.fromhex(value["cookie"])
    if cookie and await find(tx, cookie, key=key) != BrowserRecord(person=value["person"], code=token):
        return None
    return value["person"], cookie


async def _free(tx: Transaction, token: bytes, *, key: bytes, now: int) -> None:
    """Let a code stay good whose browser ends because somebody else goes on there, or because its person leaves."""
    sealed = await tx.token(token, kind="resume", now=now)
    if sealed is not None:
        value = _opened(sealed, token, key=key)
        await _put_code(tx, token, person=value["person"], cookie=b"", key=key, until=value["until"])


async def _put_code(tx: Transaction, token: bytes, *, person: str, cookie: bytes, key: bytes, until: int) -> None:
    """Write a code's row. ``cookie``: the hash of the browser's that it ends; b"" when that has ended already."""
    value = {"person": person, "cookie": cookie.hex(), "until": until}
    await tx.put_token(token, kind="resume", sealed=seal_json(key, value, about=b"resume" + token), until=until)


def _opened(sealed: bytes, token: bytes, *, key: bytes) -> dict[str, Any]:
    return dict(open_json(key, sealed, about=b"resume" + token))


def _person_in(sealed: bytes, token: bytes, *, key: bytes) -> str:
    """Whose a code is; "" for a row that is damaged, which must not keep anybody else from being forgotten."""
    try:
        return str(_opened(sealed, token, key=key)["person"])
    except Unreadable:
        return ""
