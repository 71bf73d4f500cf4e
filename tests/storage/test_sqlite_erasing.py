"""SQLite only: what is erased is in none of the files any more. The bytes of every file are searched."""

import asyncio
import random
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.sqlite import SqliteStore
from storage.store import AssessmentRow, GroupRow, ParticipantRow, PoolRow, Transaction

Call = Callable[..., Any]
PRINCIPLES = ("assets", "networks", "outcomes", "relationships", "catalysts")
PIECE = 12  # bytes; short enough to find a value that was half overwritten, too long to meet by chance


def found(values: Sequence[bytes], folder: Path) -> int:
    """How many of the values can be found in the folder's files, at least a piece of them."""
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    pieces = {everything[place : place + PIECE] for place in range(len(everything))}
    return sum(
        any(value[place : place + PIECE] in pieces for place in range(0, len(value) - PIECE + 1, PIECE // 2))
        for value in values
    )


class Crowd:
    """People who answer, change their answers and go, and every byte of theirs that was ever stored."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.people = [self.random.randbytes(32) for _ in range(20)]
        self.dialogues = {person: [self.value()] for person in self.people}
        self.parts: dict[tuple[bytes, str], list[bytes]] = {}

    def value(self) -> bytes:
        return self.random.randbytes(self.random.randrange(40, 600))

    async def join(self, transaction: Transaction) -> None:
        row = AssessmentRow(id="round", facilitator=b"f", threshold=5, closed=False, sealed=b"words")
        group = GroupRow(id="staff", assessment="round", position=0, code=b"code", joined=0, sealed=b"name")
        await transaction.add_assessment(row, [group])
        for person, dialogues in self.dialogues.items():
            row_of_one = ParticipantRow(id=person, assessment="round", group="staff", sealed=dialogues[0])
            await transaction.add_participant(row_of_one)

    async def answer(self, transaction: Transaction) -> None:
        for _ in range(len(self.people) * 15):
            person, principle = self.random.choice(self.people), self.random.choice(PRINCIPLES)
            values = self.parts.setdefault((person, principle), [])
            values.append(self.value())
            await transaction.put_part(person, principle, values[-1])
            self.dialogues[person].append(self.value())
            await transaction.put_dialogue(person, self.dialogues[person][-1])
        for person, principle in self.parts:
            await transaction.hand_in(person, principle, sealed_if_new=b"")

    def written(self, person: bytes) -> list[bytes]:
        parts = [value for key, values in self.parts.items() if key[0] == person for value in values]
        return [person, *self.dialogues[person], *parts]


async def withdraw_half(crowd: Crowd, transaction: Transaction) -> list[bytes]:
    gone = crowd.people[::2]
    for person in gone:
        await transaction.remove_participant(person)
    return [value for person in gone for value in crowd.written(person)]


async def pour_two(crowd: Crowd, transaction: Transaction) -> list[bytes]:
    for principle in PRINCIPLES[:2]:
        batch = await transaction.batch("staff", principle)
        await transaction.spend("round", principle, [part.participant for part in batch])
    return [v for (_, principle), vs in crowd.parts.items() if principle in PRINCIPLES[:2] for v in vs]


async def close(crowd: Crowd, transaction: Transaction) -> list[bytes]:
    hidden = b"a tally that was too small to show"
    pool = PoolRow(assessment="round", group="staff", principle="assets", shown=b"shown", hidden=hidden)
    await transaction.put_pool(pool)
    assert await transaction.close("round", sealed=b"words")
    return [hidden, *(value for person in crowd.people for value in crowd.written(person))]


@pytest.mark.parametrize(
    ("erase", "seed"),
    [(withdraw_half, 12), (withdraw_half, 15), (pour_two, 8), (pour_two, 11), (close, 1)],
)
async def test_erased_bytes_are_in_no_file(
    sqlite: SqliteStore,
    database: Path,
    erase: Callable[[Crowd, Transaction], Awaitable[list[bytes]]],
    seed: int,
) -> None:
    """Many values of many lengths, so that SQLite moves rows between pages, which leaves copies behind.

    With secure_delete alone these seeds find some (SQLite 3.40), except in closing. A rebuilt file has none.
    """
    crowd = Crowd(seed)
    await sqlite.turn(b"visitor", crowd.join)
    await sqlite.turn(b"visitor", crowd.answer)
    everything = [value for person in crowd.people for value in crowd.written(person)]
    assert found(everything, database.parent) > 100

    gone = await sqlite.turn(b"visitor", lambda transaction: erase(crowd, transaction))

    assert len(gone) > 100
    assert found(gone, database.parent) == 0


async def test_a_forgotten_visitor_is_in_no_file(sqlite: SqliteStore, database: Path, call: Call) -> None:
    visitor, record, address = (bytes([n]) * 40 for n in (201, 202, 203))
    await call(sqlite, "put_visitor", visitor, record)
    await call(sqlite, "put_address", visitor, address)
    assert found([visitor, record, address], database.parent) == 3
    await call(sqlite, "remove_address", visitor)
    assert found([address], database.parent) == 0
    await call(sqlite, "remove_visitor", visitor)
    assert found([visitor, record], database.parent) == 0


async def test_erasing_is_tried_again_while_another_program_reads(
    sqlite: SqliteStore, database: Path, call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    record = bytes([201]) * 40
    await call(sqlite, "put_visitor", b"a", record)
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM visitors").fetchall()
        await call(sqlite, "remove_visitor", b"a")
        assert found([record], database.parent) == 1
        # Turns go on meanwhile, and trying again does not pile up one rebuilt file after the other.
        await call(sqlite, "put_visitor", b"b", b"record")
        log = database.with_name("voices.db-wal")
        before = log.stat().st_size
        await asyncio.sleep(0.2)
        assert log.stat().st_size == before
        reader.execute("COMMIT")
    for _ in range(200):
        if found([record], database.parent) == 0:
            break
        await asyncio.sleep(0.01)
    else:
        pytest.fail("the erased bytes never left the files")
    assert "not out of the database's files yet" in caplog.text
    assert await call(sqlite, "visitor", b"b") == b"record"


async def test_what_a_killed_process_left_is_erased_at_the_next_start(database: Path) -> None:
    record = bytes([201]) * 40
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("INSERT INTO visitors VALUES (x'01', ?)", [record])
        connection.execute("DELETE FROM visitors")
        assert found([record], database.parent) == 1
        # Opened beside the other, so that nobody tidies up by closing.
        store = await SqliteStore.open(database)
        assert found([record], database.parent) == 0
        await store.close()


async def test_closing_erases_what_is_due(database: Path, call: Call) -> None:
    store = await SqliteStore.open(database, patience=0, pause=3_600)
    record = bytes([201]) * 40
    await call(store, "put_visitor", b"a", record)
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM visitors").fetchall()
        await call(store, "remove_visitor", b"a")
        assert found([record], database.parent) == 1
    await store.close()
    assert found([record], database.parent) == 0
