"""Bringing a database file to the version of the tables that this program knows, or refusing it.

It looks first, without changing a byte, and only then writes. Alembic costs half a second to import, so it
is loaded only when there is a step to take. Versions are the revisions in migrations/versions/; there is no
way back: put back a back-up instead.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from storage.sqlite_errors import primary_code
from storage.store import Refused

# From the first to the newest; a test compares them with the files.
VERSIONS = ("0001", "0002")
MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(path: Path, *, patience: float, migrations: Path = MIGRATIONS, versions: Sequence[str] = VERSIONS) -> None:
    """Make the database if there is none, and take the steps that it lacks. Blocks: call it in a thread.

    Args:
        path: the file, in a folder that exists.
        patience: seconds to wait for another program that holds it.
        migrations: the folder that Alembic reads; its versions/ holds the steps.
        versions: those that may be there; the last is where to go.

    Raises:
        Refused: the database is newer, not of this program, damaged, in use or not writable.
    """
    made = False
    try:
        new = not path.exists()
        found = None if new else _version(path)
        if found is not None and found not in versions:
            raise Refused(
                f"The database {path} was written by a newer Equal Voice (its tables are version {found}, "
                f"this program knows {versions[-1]}): install that newer version again, or put back a "
                "back-up from before it."
            )
        if new:
            _make(path)
            made = True
        with closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as connection:
            # Take the right to write and give it back: better refused now than at somebody's first answer.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            _set_up(connection, path)
            if found != versions[-1]:
                _migrate(connection, migrations, versions[-1])
        made = False
    except OSError as error:
        raise Refused(_unusable(path, os.strerror(error.errno or 0))) from error
    except sqlite3.Error as error:
        remedy = _remedy(path, error)
        if remedy is None:
            raise
        raise Refused(remedy) from error
    finally:
        if made:
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)


def _version(path: Path) -> str | None:
    """The version of the tables in a file; None when it holds no tables at all."""
    # Where there is no log to read as well, immutable keeps SQLite from making one.
    log = path.with_name(path.name + "-wal")
    options = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "alembic_version" in tables:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if row is not None:
                return str(row[0])
    raise Refused(_foreign(path))


def _make(path: Path) -> None:
    """An empty file for its owner only, whose name survives power loss.

    SQLite gives the files that it makes beside it the same rights.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise Refused(
            f"The database {path} lies where SQLite cannot keep a write-ahead log: "
            "choose a DATA_FOLDER on a disk of this machine."
        )


def _migrate(connection: sqlite3.Connection, migrations: Path, target: str) -> None:
    """All steps up to the target in one transaction of this connection; if one fails, none is taken."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True)
    # Left to itself Python's driver sends no BEGIN before a CREATE TABLE, and a failed step would leave its
    # first half.
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    try:
        with engine.connect() as config.attributes["connection"]:
            command.upgrade(config, target)
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise error.orig from None
        raise
    finally:
        engine.dispose()


def _remedy(path: Path, error: sqlite3.Error) -> str | None:
    """The sentence for an error of SQLite's; None when it is a mistake of this program."""
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"The database {path} is in use by another program: stop that one, then start again."
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return _foreign(path)
        case sqlite3.SQLITE_FULL:
            return f"There is no room for the database {path}: make some room on this disk, then start again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return _unusable(path, str(error))
        case _:
            return None


def _unusable(path: Path, why: str) -> str:
    return (
        f"The database {path} cannot be read and written ({why}): "
        "let the user who runs Equal Voice write there, or choose another DATA_FOLDER."
    )


def _foreign(path: Path) -> str:
    return (
        f"The file {path} is damaged or is not a database of Equal Voice: "
        "put back a back-up, or move the file away to begin afresh."
    )
