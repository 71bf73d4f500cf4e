"""The store in memory: for tests, and for trying things out. Nothing of it outlasts the process.

A turn works on a copy, which takes the place of what is kept when its work has returned.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self, TypeVar

from storage.memory_tables import Tables
from storage.memory_transaction import MemoryTransaction
from storage.store import Transaction, Unavailable

T = TypeVar("T")


class MemoryStore:
    """The `Store` that keeps everything in this process."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._lock = asyncio.Lock()
        self._closed = False

    @classmethod
    async def open(cls) -> Self:
        """An empty store."""
        return cls()

    async def turn(self, visitor: bytes, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with self._lock:
            if self._closed:
                raise Unavailable("The store has been closed: start the program again.")
            transaction = MemoryTransaction(self._tables.copy())
            try:
                result = await work(transaction)
                self._tables = transaction.tables
            finally:
                transaction.end()
            return result

    async def close(self) -> None:
        async with self._lock:
            self._closed = True
