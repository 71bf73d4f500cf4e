"""The statements of sql/ as functions, each done and read to its end in one visit to SQLite's thread.

aiosql's own adapter for aiosqlite visits three times, to execute, fetch and close. A turn that is cancelled
in between leaves a half-read statement behind, and as long as that exists SQLite refuses to commit the
turns after it.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosql
import aiosqlite

Row = tuple[Any, ...]


class _InOneVisit:
    """What aiosql wants of a driver: a method for each kind of statement that sql/ uses."""

    is_aio_driver = True

    def process_sql(self, query_name: str, op_type: Any, sql: str) -> str:
        return sql

    async def select(
        self, conn: aiosqlite.Connection, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> AsyncIterator[Row]:
        for row in await conn.execute_fetchall(sql, parameters):
            yield tuple(row)

    async def select_one(
        self, conn: aiosqlite.Connection, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> Row | None:
        rows = await conn.execute_fetchall(sql, parameters)
        return next((tuple(row) for row in rows), None)

    async def insert_update_delete(
        self, conn: aiosqlite.Connection, query_name: str, sql: str, parameters: Any
    ) -> None:
        await conn.execute_fetchall(sql, parameters)

    async def execute_script(self, conn: aiosqlite.Connection, sql: str) -> None:
        await conn.executescript(sql)


# Any, because aiosql would have a method for kinds of statements that sql/ does not use,
_DRIVER: Any = _InOneVisit
# and because it makes its functions at run time. A test compares the names in use with those in sql/.
QUERIES: Any = aiosql.from_path(Path(__file__).parent / "sql", _DRIVER, encoding="utf-8")
