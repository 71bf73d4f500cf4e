"""What must not change in the database, whatever a stranger does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256

from bot.sealing import participant_id
from bot.web.browsers import cookie_hash
from strangers.world import Stranger, World

Row = tuple[object, ...]
OF_AN_ASSESSMENT = {
    "assessments": "id",
    "groups": "assessment",
    "participants": "assessment",
    "spent": "assessment",
    "pools": "assessment",
    "shares": "assessment",
}
"""In which column of a table the assessment stands."""


class Keeper:
    """Compares the whole database with itself, but for what a stranger has of their own.

    Nothing that is there may go or change. To the assessment that is to be kept nothing may be added either.
    """

    def __init__(self, world: World, stranger: Stranger | None = None) -> None:
        self._world, self._stranger = world, stranger
        self._before = self.rows()

    @property
    def own(self) -> set[bytes]:
        """The ids under which the stranger has rows."""
        if self._stranger is None:
            return set()
        person, keys = self._stranger.walker.person, self._world.house.keys
        ids = {self._world.house.visitor(person), cookie_hash(self._stranger.cookie)}
        for made in (self._world.made, self._world.other):
            key = keys.get(made.id)
            assert key is not None, "an assessment was closed"
            ids.add(participant_id(key, person.channel, person.id))
        return ids

    def rows(self) -> dict[str, set[Row]]:
        """Every row of every table, by the table's name; without the stranger's own, and links for their devices."""
        own = self.own
        with closing(sqlite3.connect(self._world.database)) as connection:
            connection.execute("PRAGMA query_only = on")
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            kept = {name: {row for row in _read(connection, name) if row[0] not in own} for name in names}
            (account,) = connection.execute("SELECT facilitator FROM assessments WHERE id = ?", (self._world.made.id,))
        kept["tokens"] = {row for row in kept["tokens"] if row[1] != "device" or row[2] == account[0]}
        return kept

    def check(self, what: str) -> None:
        """Raises AssertionError when something is gone, or was added to the assessment. Shows no row, only digests."""
        after, world = self.rows(), self._world
        assert set(self._before) == set(after)
        for table, rows in self._before.items():
            assert rows <= after[table], f"{what}: {table} lost or changed {_digest(rows - after[table])}"
            added = [row for row in after[table] - rows if table in OF_AN_ASSESSMENT and world.made.id in row]
            assert not added, f"{what}: something was added to {table}"
        assert (world.house.folder / f"{world.made.id}.key").exists(), f"{what}: the key is gone"
        self._before = after


def _read(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    yield from connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name that the database itself gave


def _digest(rows: set[Row]) -> list[str]:
    return sorted(sha256(repr(row).encode()).hexdigest()[:12] for row in rows)
