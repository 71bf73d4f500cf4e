"""Every value that ever stood in a database, and whether any piece of it is still in a folder's files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

PIECE = 12
"""Bytes: short enough to find a value that was half overwritten, too long to meet by chance."""
TABLES = {
    "visitors": ("id", "sealed"),
    "addresses": ("visitor", "sealed"),
    "browsers": ("cookie", "sealed"),
    "tokens": ("token", "sealed"),
    "assessments": ("id", "sealed"),
    "groups": ("id", "code", "sealed"),
    "participants": ("id", "sealed"),
    "parts": ("participant", "sealed"),
    "spent": ("participant",),
    "pools": ("shown", "hidden"),
}
"""Ids and sealed values. An id of a facilitator stays for good: it is a random number."""

Values = frozenset[tuple[str, bytes]]
"""Tables, and values that stand in them."""


def rows_of(database: Path) -> Values:
    """What stands in a database now, read while the program runs."""
    found: set[tuple[str, bytes]] = set()
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        for table, columns in TABLES.items():
            for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608 - our own names
                values = (value.encode() if isinstance(value, str) else value for value in row)
                found |= {(table, value) for value in values if len(value) >= PIECE}
    return frozenset(found)


def held_in(folder: Path) -> bytes:
    """All bytes of all files of a folder."""
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def found_in(held: bytes, values: Iterable[tuple[str, bytes]]) -> Values:
    """Those of which at least a piece stands in these bytes."""
    pieces = {held[place : place + PIECE] for place in range(len(held))}
    return frozenset(
        (table, value)
        for table, value in values
        if any(value[place : place + PIECE] in pieces for place in range(0, len(value) - PIECE + 1, PIECE // 2))
    )


class Remembered:
    """Remembers what stood in the database of a data folder whenever it was looked at."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.ever: Values = frozenset()

    @property
    def database(self) -> Path:
        """The file."""
        return self.data / "equal-voice.db"

    def look(self) -> Values:
        """What stands there now."""
        now = rows_of(self.database)
        self.ever |= now
        return now

    def gone(self) -> Values:
        """What stood there once and does not now, not even in another table, as an id that is marked as poured."""
        still = {value for _, value in self.look()}
        return frozenset((table, value) for table, value in self.ever if value not in still)

    def left(self) -> Values:
        """What of that is still somewhere in the files."""
        return found_in(held_in(self.data), self.gone())
