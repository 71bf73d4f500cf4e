"""The queue of updates, and getUpdates with its offsets, waiting and quarrels between pollers.

Makes no updates: people.py and its neighbours put them in.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from .clock import Clock
from .refusals import Refusal

KEPT_FOR = 24 * 3600
LONGEST_WAIT = 50
UNASKED_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that are given only to a bot that names them in allowed_updates."""


@dataclass(kw_only=True, eq=False)
class Update:
    """Something that happened, on its way to the bot."""

    id: int
    kind: str
    body: dict[str, Any]
    person: int
    """The id of whoever did it."""
    made_at: float
    handed_out: int = 0
    """How often getUpdates gave it to the bot."""
    confirmed_at: float | None = None
    """By time.monotonic()."""
    dropped: bool = False
    """It never was for the bot: its kind was not among allowed_updates, or it grew a day old."""

    @property
    def confirmed(self) -> bool:
        """The bot has asked for later ones, so this one is done."""
        return self.confirmed_at is not None

    @property
    def waiting(self) -> bool:
        """Neither confirmed nor dropped."""
        return not self.confirmed and not self.dropped

    @property
    def json(self) -> dict[str, Any]:
        """The Update object."""
        return {"update_id": self.id, self.kind: self.body}

    def __str__(self) -> str:
        state = "confirmed" if self.confirmed else "dropped" if self.dropped else "waiting"
        return f"update {self.id} ({self.kind} of {self.person}): {state}, handed out {self.handed_out} times"


class _Poller:
    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.ousted = False


class UpdateQueue:
    """All updates there ever were, oldest first."""

    def __init__(self, clock: Clock, *, first_id: int = 700_000_001) -> None:
        self._clock = clock
        self._next_id = first_id
        self._allowed: frozenset[str] | None = None
        self._poller: _Poller | None = None
        self._waiting: list[Update] = []
        self.all: list[Update] = []
        self._last_confirmed: dict[int, float] = {}

    @property
    def waiting(self) -> list[Update]:
        """Not confirmed yet, oldest first."""
        return [update for update in self._waiting if update.waiting]

    def last_confirmed(self, person: int) -> float | None:
        """When an update of this person was last confirmed, by time.monotonic(); None if none was."""
        return self._last_confirmed.get(person)

    def add(self, kind: str, body: dict[str, Any], *, person: int, heard: bool = True) -> Update:
        """Queue an update; one that the bot is not to hear is only written down."""
        update = Update(
            id=self._next_id,
            kind=kind,
            body=body,
            person=person,
            made_at=self._clock.now(),
            dropped=not (heard and self._wanted(kind)),
        )
        self._next_id += 1
        self.all.append(update)
        if update.waiting:
            self._waiting.append(update)
        self._wake()
        return update

    async def poll(
        self, *, offset: int = 0, limit: int = 100, wait: float = 0, allowed: list[str] | None = None
    ) -> list[Update]:
        """getUpdates: confirm what lies below the offset and give the rest.

        When there is none, waits up to `wait` seconds for some.

        Raises:
            Refusal: 409, when another getUpdates came in the meantime.
        """
        if allowed is not None:
            self._allowed = frozenset(allowed) or None
        poller = self._take_over()
        self._confirm(offset)
        deadline = asyncio.get_running_loop().time() + min(max(wait, 0), LONGEST_WAIT)
        while not (batch := self.waiting[: min(max(limit, 1), 100)]):
            try:
                async with asyncio.timeout_at(deadline):
                    await poller.wake.wait()
            except TimeoutError:
                return []
            poller.wake.clear()
            if poller.ousted:
                raise Refusal(
                    409,
                    "terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        for update in batch:
            update.handed_out += 1
        return batch

    def _take_over(self) -> _Poller:
        if self._poller is not None:
            self._poller.ousted = True
            self._poller.wake.set()
        self._poller = _Poller()
        return self._poller

    def _wake(self) -> None:
        if self._poller is not None:
            self._poller.wake.set()

    def _confirm(self, offset: int) -> None:
        waiting = self.waiting
        earlier = [update for update in waiting if update.id < offset]
        forgotten = waiting[:offset] if offset < 0 else earlier
        for update in forgotten:
            update.confirmed_at = self._last_confirmed[update.person] = time.monotonic()
        for update in waiting:
            if update.made_at < self._clock.now() - KEPT_FOR:
                update.dropped = update.waiting
        self._waiting = self.waiting

    def _wanted(self, kind: str) -> bool:
        return kind not in UNASKED_KINDS if self._allowed is None else kind in self._allowed
