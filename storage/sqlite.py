"""The store on SQLite: one file, one connection, one turn at a time.

A turn holds the lock from BEGIN IMMEDIATE to the end of its COMMIT or ROLLBACK. aiosqlite runs statements
in a thread of its own, in the order in which they were asked for, so a statement whose task was cancelled
still happens. That is why the ROLLBACK is queued behind it and waited for, whatever happens to the task
meanwhile, and why a COMMIT that was asked for is waited for too.

One connection only: two that write or checkpoint at once can damage the file in versions of SQLite that are
still common.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self, TypeVar

import aiosqlite

from storage.schema import prepare
from storage.sqlite_errors import told_apart
from storage.sqlite_queries import QUERIES
from storage.sqlite_transaction import SqliteTransaction
from storage.store import Transaction, Unavailable

T = TypeVar("T")
LOG = logging.getLogger(__name__)


class SqliteStore:
    """The `Store` that keeps everything in one file. Made by `open` only."""

    def __init__(self, connection: aiosqlite.Connection, *, pause: float) -> None:
        self._connection = connection
        self._pause = pause
        self._lock = asyncio.Lock()
        self._closed = False
        # What is left of erasing. The log is emptied after the file was rebuilt, so it is due whenever that is.
        self._rebuild_due = False
        self._emptying_due = False
        self._eraser: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path, *, patience: float = 2.0, pause: float = 10.0) -> Self:
        """Open the database, making or migrating it first.

        Args:
            path: the file, in a folder that exists.
            patience: seconds to wait for another program that holds the file, here and in each turn.
            pause: seconds until it is tried again to get erased bytes out of the files, when that was not
            possible.

        Raises:
            Refused: the database cannot be used as it is; nothing was changed.
        """
        # At debug level aiosqlite logs every statement with its values.
        logging.getLogger("aiosqlite").disabled = True
        await asyncio.to_thread(prepare, path, patience=patience)
        connection = await aiosqlite.connect(path, timeout=patience, isolation_level=None)
        store = cls(connection, pause=pause)
        try:
            await QUERIES.set_up_connection(connection)
            # The last run may have been killed between a commit and its erasing.
            store._rebuild_due = True
            await store._erase()
        except BaseException:
            await _to_the_end(store.close())
            raise
        return store

    async def turn(self, visitor: bytes, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with self._lock:
            if self._closed:
                raise Unavailable("The store has been closed: start the program again.")
            transaction = SqliteTransaction(self._connection)
            committed = erases = False
            try:
                await self._begin()
                result = await work(transaction)
                transaction.check()
                erases = transaction.erases
                with told_apart():
                    await _to_the_end(self._connection.commit())
                committed = True
            finally:
                transaction.end()
                if not committed:
                    await _to_the_end(self._roll_back())
                if erases:
                    self._rebuild_due = True
                    await _to_the_end(self._erase())
            return result

    async def close(self) -> None:
        async with self._lock:
            if self._closed:
                return
            self._closed = True
            await _to_the_end(self._release())

    async def _begin(self) -> None:
        with told_apart():
            if self._connection.in_transaction:
                # The last ROLLBACK failed, for instance because the disk did.
                await self._connection.rollback()
            await QUERIES.begin_turn(self._connection)

    async def _roll_back(self) -> None:
        """Leave no transaction open. Does nothing when there is none, as after a cancelled commit."""
        try:
            await self._connection.rollback()
        except sqlite3.Error as error:
            LOG.warning("A turn could not be rolled back (%s): the next one tries again.", error)

    async def _erase(self) -> None:
        """Get what was deleted out of the files, or see to it that this is tried again. Needs the lock."""
        self._emptying_due = True
        try:
            if self._rebuild_due:
                await QUERIES.rebuild_file(self._connection)
                self._rebuild_due = False
            (busy, *_) = await QUERIES.empty_log(self._connection)
            self._emptying_due = bool(busy)
        except sqlite3.Error as error:
            LOG.warning("Rebuilding the database failed (%s).", error)
        if self._emptying_due and not self._closed and self._eraser is None:
            LOG.warning("Erased data is not out of the database's files yet: another program may be reading them.")
            self._eraser = asyncio.create_task(self._erase_later())

    async def _erase_later(self) -> None:
        while self._emptying_due:
            await asyncio.sleep(self._pause)
            async with self._lock:
                if self._emptying_due and not self._closed:
                    await _to_the_end(self._erase())
        self._eraser = None

    async def _release(self) -> None:
        if self._eraser is not None:
            self._eraser.cancel()
            await asyncio.wait({self._eraser})
        if self._emptying_due:
            await self._erase()
        await self._connection.close()


async def _to_the_end(awaitable: Awaitable[T]) -> T:
    """Wait until it is done, even if this task is cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(awaitable)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # so that nobody is told it was never looked at
        raise cancelled
    return task.result()
