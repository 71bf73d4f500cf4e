"""The operator's errands on what is stored: the daily sweep, ``equal-voice purge`` and ``equal-voice forget``.

They run inside the program that serves, or in a command while nothing is served. Requests and answers are small
mappings that fit into JSON. No answer holds an id or a word that anybody wrote: numbers only.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict

from bot import browser_records, retention
from bot.forgetting import forget, runs
from bot.keys import KeyFolder
from bot.replies import Person
from bot.retention import Swept, Terms
from conversations.codes import ALPHABET, RESUME_LENGTH, normal
from conversations.days import day_of
from storage.store import Store, Transaction

Request = Mapping[str, object]
Answer = Mapping[str, object]


class Upkeep:
    """Keeps the store within its terms. ``serving`` is set as long as people are being served meanwhile."""

    def __init__(self, *, store: Store, keys: KeyFolder, clock: Callable[[], int], terms: Terms) -> None:
        self.serving = False
        self._store = store
        self._keys = keys
        self._clock = clock
        self._terms = terms
        self._lonely: frozenset[bytes] = frozenset()
        self._swept_on = -1

    async def hourly(self) -> None:
        """Remove one-time links that are too old; once a day sweep; destroy keys where that has failed."""
        now = self._clock()
        await self._store.turn(b"", lambda tx: tx.forget_tokens(now=now))
        if day_of(now) != self._swept_on:
            await self._sweep(now, late=False)
            self._swept_on = day_of(now)
        closed = {row.id for row in await self._store.turn(b"", lambda tx: tx.assessments()) if row.closed}
        await asyncio.to_thread(self._keys.finish, closed)

    def errands(self) -> dict[str, Callable[[Request], Awaitable[Answer]]]:
        """What can be asked for, by name."""
        return {"purge": self.purge, "forget": self.forget}

    async def purge(self, request: Request) -> Answer:
        """Do now what is due; with ``months``, also erase results of closed assessments as old as that."""
        now = self._clock()
        await self._store.turn(b"", lambda tx: tx.forget_tokens(now=now))
        swept = await self._sweep(now, late=True)
        results, months = swept.results, request.get("months")
        if isinstance(months, int):
            results += await retention.erase_results(self._store, self._keys, now=now, months=months)
        return {
            "told": swept.told,
            "answers": swept.answers,
            "results": results,
            "people": swept.people,
            "browsers": swept.browsers,
        }

    async def forget(self, request: Request) -> Answer:
        """Forget the person of a Telegram user id (``telegram``) or of a resume code (``code``).

        Answers "unknown" for a code that is not good; "runs" for a facilitator while ``sure`` is not set, with nothing
        changed; else "receipt".
        """
        installation, now = self._keys.installation(), self._clock()

        async def work(tx: Transaction) -> Answer:
            if "telegram" in request:
                person: Person | None = Person(channel="telegram", id=str(request["telegram"]))
            else:
                person = await browser_records.behind(tx, str(request["code"]), key=installation, now=now)
            if person is None:
                return {"unknown": True}
            account = None if request.get("sure") is True else await runs(tx, person, installation=installation)
            if account is not None:
                return {"runs": asdict(account)}
            return {"receipt": asdict(await forget(tx, person, self._keys, installation=installation))}

        return await self._store.turn(b"", work)

    async def _sweep(self, now: int, *, late: bool) -> Swept:
        swept = await retention.sweep(
            self._store,
            self._keys,
            now=now,
            terms=self._terms,
            lonely=self._lonely if self.serving else None,
            late=late,
        )
        self._lonely = swept.lonely
        return swept


def whom(typed: str) -> Request | None:
    """What an operator typed, as a request to forget: a Telegram user id or a resume code. None when it is neither."""
    words = typed.strip()
    if re.fullmatch(r"[0-9]{1,20}", words):
        return {"telegram": str(int(words))}
    code = normal(words)
    if len(code) == RESUME_LENGTH and all(letter in ALPHABET for letter in code):
        return {"code": code}
    return None
