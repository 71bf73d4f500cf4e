"""Every statement has a name, a reason and a use, and every table is documented."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.sqlite_queries import QUERIES

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "storage" / "sql").glob("*.sql"))
NAME = re.compile(r"^-- name: (\w+)\(", re.MULTILINE)
SOURCES = [ROOT / "storage" / "sqlite.py", ROOT / "storage" / "sqlite_transaction.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_statement_says_why(path: Path) -> None:
    opening, *statements = re.split(r"^(?=-- name:)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert re.fullmatch(r"-- [A-Z].+\.\n\n", opening), "a file begins with one sentence about what is in it"
    for statement in statements:
        name, why, first, *_ = statement.splitlines()
        assert NAME.match(name), name
        assert re.match(r"-- [A-Z]", why), name
        assert statement.strip().endswith(";"), name
        assert first, name


def test_names_are_used_once_and_all_are_used() -> None:
    named = [name for path in FILES for name in NAME.findall(path.read_text(encoding="utf-8"))]
    assert len(named) == len(set(named))
    used = {name for path in SOURCES for name in re.findall(r"QUERIES\.(\w+)", path.read_text(encoding="utf-8"))}
    assert used == set(named) == {name for name in QUERIES.available_queries if not name.endswith("_cursor")}


def test_every_statement_fits_the_tables(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated, isolation_level=None)) as connection:
        for name in QUERIES.available_queries:
            query = getattr(QUERIES, name)
            if query.sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
                values = dict.fromkeys(re.findall(r":(\w+)", query.sql))
                connection.execute(f"EXPLAIN {query.sql}", values).fetchall()


def test_every_table_and_column_is_documented(migrated: Path) -> None:
    text = (ROOT / "docs" / "storage.md").read_text(encoding="utf-8")
    with closing(sqlite3.connect(migrated)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            section = re.search(rf"^### {table}$(.*?)(?=^#|\Z)", text, flags=re.MULTILINE | re.DOTALL)
            assert section, f"docs/storage.md does not say what {table} is"
            for _, column, *_ in connection.execute(f"PRAGMA table_info({table})"):
                assert f"`{column}`" in section[1], f"docs/storage.md does not say what {table}.{column} is"
