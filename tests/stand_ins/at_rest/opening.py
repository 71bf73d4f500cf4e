"""Trying keys on a copy of a database: which of its sealed values open, and whom could be recognised in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.sealing import KEY_BYTES, Unreadable, open_json


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One sealed value, and what it is bound to."""

    table: str
    sealed: bytes
    about: bytes

    def opens(self, key: bytes) -> bool:
        """Whether this key opens it."""
        with suppress(Unreadable):
            open_json(key, self.sealed, about=self.about)
            return True
        return False


def sealed_under_the_assessments_key(database: Path) -> list[Trial]:
    """Everything that tells what a single person answered, or a few people."""
    found = []
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        for id_, sealed in connection.execute("SELECT id, sealed FROM participants"):
            found.append(Trial(table="participants", sealed=sealed, about=b"dialogue" + id_))
        for id_, principle, sealed in connection.execute("SELECT participant, principle, sealed FROM parts"):
            found.append(Trial(table="parts", sealed=sealed, about=b"part" + id_ + principle.encode()))
        for *place, hidden in connection.execute("SELECT assessment, group_id, principle, hidden FROM pools"):
            if hidden:
                found.append(Trial(table="pools", sealed=hidden, about=b"hidden" + "/".join(place).encode()))
    return found


def keys_in(folder: Path) -> Iterator[bytes]:
    """Every run of as many bytes as a key has, in every file of a folder, its versions of text included."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            held = file.read_bytes()
            yield from (held[place : place + KEY_BYTES] for place in range(len(held) - KEY_BYTES + 1))
