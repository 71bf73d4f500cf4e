"""SQLite only: what is confirmed stays, and what is in the way is told as it is."""

import asyncio
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from storage.sqlite import SqliteStore
from storage.store import Transaction, Unavailable

Call = Callable[..., Any]
WRITER = Path(__file__).parent / "write_until_killed.py"
ROOT = Path(__file__).parents[2]


def write_and_kill(path: Path, start: int, confirmations: int) -> int:
    """Kill a writing process after so many confirmations; the last number that it confirmed."""
    arguments = [sys.executable, str(WRITER), str(path), str(start)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for _ in range(confirmations):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        # It confirmed more before the signal came, and the last line may be cut off.
        lines = process.stdout.read().split("\n")[:-1]
    assert process.returncode == -signal.SIGKILL
    return start + confirmations - 1 + len(lines)


async def test_what_was_confirmed_survives_kill_9(database: Path, call: Call) -> None:
    start = 0
    for confirmations in (1, 9, 10, 37, 60):
        last = write_and_kill(database, start, confirmations)
        store = await SqliteStore.open(database)
        for number in range(last + 2):
            there = [await call(store, table, b"%d" % number) for table in ("visitor", "address")]
            # Each turn is there whole or not at all: one more may have been committed, but not confirmed.
            assert there[0] == there[1]
            erased = number % 10 == 5 and number + 5 <= last
            unsure = number > last or (number % 10 == 5 and number + 5 == last + 1)
            if not unsure:
                assert there[0] == (None if erased else b"%d" % (number * 7))
        await store.close()
        start = last + 1


async def test_every_write_is_synced_and_rules_are_enforced(sqlite: SqliteStore) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
    }
    for pragma, value in expected.items():
        rows = await sqlite._connection.execute_fetchall(f"PRAGMA {pragma}")
        assert list(rows) == [(value,)], pragma


async def test_closing_leaves_one_whole_file(database: Path, call: Call) -> None:
    store = await SqliteStore.open(database)
    await call(store, "put_visitor", b"a", b"record")
    await store.close()
    assert [path.name for path in database.parent.iterdir()] == ["voices.db"]
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that is writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("ROLLBACK")


async def test_a_database_that_another_program_holds_is_unavailable(
    sqlite: SqliteStore, database: Path, call: Call
) -> None:
    with held(database), pytest.raises(Unavailable, match="no other program"):
        await call(sqlite, "put_visitor", b"a", b"record")
    assert await call(sqlite, "visitor", b"a") is None
    await call(sqlite, "put_visitor", b"a", b"record")
    assert await call(sqlite, "visitor", b"a") == b"record"


@contextmanager
def no_file_grows() -> Iterator[None]:
    """The kernel refuses to make any file of this process large: as good as a disk without room."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_disk_without_room_is_unavailable_and_keeps_nothing(sqlite: SqliteStore, call: Call) -> None:
    await call(sqlite, "put_visitor", b"before", b"record")

    async def large(transaction: Transaction) -> None:
        await transaction.put_visitor(b"small", b"record")
        for number in range(20):
            await transaction.put_visitor(b"large %d" % number, bytes(100_000))

    with no_file_grows(), pytest.raises(Unavailable, match="disk is not full"):
        await sqlite.turn(b"visitor", large)
    assert await call(sqlite, "visitor", b"before") == b"record"
    assert await call(sqlite, "visitor", b"small") is None
    assert await call(sqlite, "visitor", b"large 0") is None
    await sqlite.turn(b"visitor", large)
    assert await call(sqlite, "visitor", b"large 19") == bytes(100_000)


async def test_a_work_that_overlooks_a_full_database_keeps_nothing(sqlite: SqliteStore, call: Call) -> None:
    """SQLite may have rolled back by itself: what is written after that would be kept on its own."""
    (pages,) = await sqlite._connection.execute_fetchall("PRAGMA page_count")
    await sqlite._connection.execute_fetchall(f"PRAGMA max_page_count = {pages[0]}")

    async def careless(transaction: Transaction) -> None:
        await transaction.put_visitor(b"first", b"record")
        for _ in range(2):
            try:
                await transaction.put_visitor(b"second", bytes(100_000))
            except Unavailable:
                continue
        try:
            await transaction.put_visitor(b"third", b"record")
        except Unavailable:
            return

    with pytest.raises(Unavailable):
        await sqlite.turn(b"visitor", careless)
    for visitor in (b"first", b"second", b"third"):
        assert await call(sqlite, "visitor", visitor) is None


async def test_mistakes_of_the_program_are_not_masked(sqlite: SqliteStore) -> None:
    async def wrong(transaction: Any) -> None:
        await transaction._connection.execute_fetchall("SELECT 1 FROM nowhere")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await sqlite.turn(b"visitor", wrong)

    async def mistyped(transaction: Any) -> None:
        await transaction.put_visitor(b"a", object())

    with pytest.raises(sqlite3.Error, match=r"bind|type"):
        await sqlite.turn(b"visitor", mistyped)


async def test_a_rollback_that_failed_is_made_up_for(
    sqlite: SqliteStore, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise sqlite3.OperationalError("disk I/O error")

    async def work(transaction: Transaction) -> None:
        await transaction.put_visitor(b"a", b"record")
        raise KeyError

    with monkeypatch.context() as patch:
        patch.setattr(sqlite._connection, "rollback", fail)
        with pytest.raises(KeyError):
            await sqlite.turn(b"visitor", work)
    assert await call(sqlite, "visitor", b"a") is None


@pytest.mark.parametrize("cancellations", [1, 2, 5])
async def test_a_commit_under_way_is_waited_for(
    sqlite: SqliteStore, call: Call, monkeypatch: pytest.MonkeyPatch, cancellations: int
) -> None:
    commit, committing, may_go_on = sqlite._connection.commit, asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        committing.set()
        await may_go_on.wait()
        await commit()

    monkeypatch.setattr(sqlite._connection, "commit", slow)
    turn = asyncio.create_task(sqlite.turn(b"a", lambda t: t.put_visitor(b"a", b"record")))
    await committing.wait()
    for _ in range(cancellations):
        turn.cancel()
        await asyncio.sleep(0)
        assert not turn.done()
    may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert await call(sqlite, "visitor", b"a") == b"record"


async def test_a_turn_cancelled_while_it_waits_for_its_place_does_nothing(sqlite: SqliteStore, call: Call) -> None:
    may_go_on = asyncio.Event()

    async def slow(transaction: Transaction) -> None:
        await may_go_on.wait()

    first = asyncio.create_task(sqlite.turn(b"a", slow))
    second = asyncio.create_task(sqlite.turn(b"b", lambda t: t.put_visitor(b"b", b"record")))
    await asyncio.sleep(0.01)
    second.cancel()
    may_go_on.set()
    await asyncio.wait({first, second})
    assert second.cancelled()
    assert await call(sqlite, "visitor", b"b") is None
