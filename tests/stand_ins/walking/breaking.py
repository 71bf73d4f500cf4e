"""A store that can be told to lose a turn at the last moment, as a full disk or a power cut does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from storage.memory import MemoryStore
from storage.store import Transaction, Unavailable

T = TypeVar("T")


class BreakingStore(MemoryStore):
    """While ``breaking``, the work of a turn is done and then not committed.

    ``before_commit`` is called when the work of a turn is done, for looking at what is outside the store then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.breaking = False
        self.before_commit: Callable[[], None] | None = None

    async def turn(self, visitor: bytes, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """As ``Store.turn``. Raises Unavailable while ``breaking``."""

        async def then_break(tx: Transaction) -> T:
            result = await work(tx)
            if self.before_commit is not None:
                self.before_commit()
            if self.breaking:
                raise Unavailable("There is no room left: make some.")
            return result

        return await super().turn(visitor, then_break)
