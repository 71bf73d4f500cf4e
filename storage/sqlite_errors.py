"""What SQLite's errors mean here: something is in the way, the store is misused, or the program is wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from storage.store import Unavailable

# The disk, the file or another program is in the way.
_IN_THE_WAY = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOTADB,
    }
)


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its details; -1 when the error came from Python's side."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else code


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn SQLite's errors into those of the protocol, and leave mistakes of this program as they are.

    SQLite names tables and columns in its messages, never values.

    Raises:
        Unavailable: the disk is full, the file locked, and the like.
        ValueError: a rule of the schema would be broken.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise ValueError(f"the database does not allow this: {error}") from error
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in _IN_THE_WAY:
            raise
        raise Unavailable(
            f"The database cannot be used right now ({error}): see that the disk is not full, the file is "
            "writable and no other program holds it."
        ) from error
