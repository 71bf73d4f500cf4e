"""SQLite only: what happens before the first turn. Making, migrating and refusing a database."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage.schema import MIGRATIONS, VERSIONS, prepare
from storage.sqlite import SqliteStore
from storage.store import AssessmentRow, GroupRow, ParticipantRow, PartRow, PoolRow, Refused

Call = Callable[..., Any]
ROOT = Path(__file__).parents[2]

# For each version: statements that put rows in, as the program of that version could have written them. A
# new version gets an entry of its own. SqliteStore reads the same from all: migrating loses nothing.
ROWS = {
    "0001": """
        INSERT INTO visitors VALUES (x'01', x'11');
        INSERT INTO addresses VALUES (x'01', x'12');
        INSERT INTO browsers VALUES (x'02', x'13');
        INSERT INTO tokens VALUES (x'03', 'resume', x'14', 1000);
        INSERT INTO assessments VALUES ('round', x'04', 5, 0, x'15');
        INSERT INTO groups VALUES ('staff', 'round', 0, x'05', 3, x'16');
        INSERT INTO participants VALUES (x'06', 'round', 'staff', x'17');
        INSERT INTO parts VALUES (x'06', 'assets', 1, x'18');
        INSERT INTO spent VALUES (x'06', 'networks', 'round');
        INSERT INTO pools VALUES ('round', 'staff', 'networks', x'19', x'20');
    """,
    "0002": """
        INSERT INTO visitors VALUES (x'01', x'11');
        INSERT INTO addresses VALUES (x'01', x'12');
        INSERT INTO browsers VALUES (x'02', x'13');
        INSERT INTO tokens VALUES (x'03', 'resume', x'14', 1000);
        INSERT INTO assessments VALUES ('round', x'04', 5, 0, x'15', 30000, 30014);
        INSERT INTO groups VALUES ('staff', 'round', 0, x'05', 3, x'16');
        INSERT INTO participants VALUES (x'06', 'round', 'staff', x'17');
        INSERT INTO parts VALUES (x'06', 'assets', 1, x'18');
        INSERT INTO spent VALUES (x'06', 'networks', 'round');
        INSERT INTO pools VALUES ('round', 'staff', 'networks', x'19', x'20');
        INSERT INTO facilitators VALUES (x'07');
        INSERT INTO shares VALUES ('round', x'07');
    """,
}


def dump(path: Path) -> list[str]:
    """Everything in a database, as text that can be compared."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def database_at(version: str, folder: Path) -> Path:
    """A database with rows in it, made by migrating to that version and no further."""
    path = folder / f"at {version}.db"
    prepare(path, patience=0, versions=VERSIONS[: VERSIONS.index(version) + 1])
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA foreign_keys = ON;" + ROWS[version])
    return path


def refusal(path: Path) -> str:
    """The sentence with which a database is refused."""
    with pytest.raises(Refused) as refused:
        prepare(path, patience=0.05)
    message = str(refused.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_the_versions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(VERSIONS))
    assert set(ROWS) == set(VERSIONS)
    assert {path.name[:6] for path in (MIGRATIONS / "versions").glob("*.py")} == {f"v{v}_" for v in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS)
async def test_rows_of_every_version_are_carried_over(version: str, tmp_path: Path, call: Call) -> None:
    store = await SqliteStore.open(database_at(version, tmp_path))
    assert await call(store, "visitor", b"\x01") == b"\x11"
    assert await call(store, "address", b"\x01") == b"\x12"
    assert await call(store, "browser", b"\x02") == b"\x13"
    assert await call(store, "token", b"\x03", kind="resume", now=999) == b"\x14"
    (assessment,) = await call(store, "assessments")
    assert replace(assessment, active=0, due=0) == AssessmentRow(
        id="round", facilitator=b"\x04", threshold=5, closed=False, sealed=b"\x15"
    )
    assert await call(store, "groups", "round") == [
        GroupRow(id="staff", assessment="round", position=0, code=b"\x05", joined=3, sealed=b"\x16")
    ]
    assert await call(store, "participant", b"\x06") == ParticipantRow(
        id=b"\x06", assessment="round", group="staff", sealed=b"\x17"
    )
    assert await call(store, "parts", b"\x06") == {
        "assets": PartRow(participant=b"\x06", principle="assets", handed_in=True, sealed=b"\x18")
    }
    assert await call(store, "spent", b"\x06") == {"networks"}
    assert await call(store, "pools", "round") == [
        PoolRow(assessment="round", group="staff", principle="networks", shown=b"\x19", hidden=b"\x20")
    ]
    await store.close()


async def test_who_runs_an_assessment_and_until_when_is_carried_over(tmp_path: Path, call: Call) -> None:
    store = await SqliteStore.open(database_at("0002", tmp_path))
    (assessment,) = await call(store, "assessments", b"\x07")
    assert (assessment.active, assessment.due) == (30_000, 30_014)
    assert await call(store, "sharers", "round") == {b"\x07"}
    await store.close()


async def test_the_time_of_an_older_assessment_begins_on_the_day_it_is_migrated(tmp_path: Path, call: Call) -> None:
    before = int(time.time()) // 86_400
    store = await SqliteStore.open(database_at("0001", tmp_path))
    (assessment,) = await call(store, "assessments")
    assert before <= assessment.active <= int(time.time()) // 86_400
    assert assessment.due == 0
    await store.close()


def test_preparing_twice_changes_nothing(tmp_path: Path) -> None:
    path = database_at(VERSIONS[-1], tmp_path)
    before = path.read_bytes()
    prepare(path, patience=0)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


def test_only_its_owner_can_read_the_database(tmp_path: Path) -> None:
    path = tmp_path / "voices.db"
    prepare(path, patience=0)
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_table_keeps_an_order_of_arrival(migrated: Path) -> None:
    """Neither numbered rows nor times, except until when a token can be used and an assessment's day."""
    with closing(sqlite3.connect(migrated)) as connection:
        tables = connection.execute("PRAGMA table_list").fetchall()
        names = {row[1] for row in tables if row[2] == "table" and not row[1].startswith("sqlite_")}
        without_rowid = {row[1] for row in tables if row[4]}
        strict = {row[1] for row in tables if row[5]}
        assert names - without_rowid == names - strict == {"alembic_version"}
        numbers = {
            (name, column)
            for name in names
            for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({name})")
            if kind == "INTEGER"
        }
    assert numbers == {
        ("tokens", "until"),
        ("assessments", "threshold"),
        ("assessments", "closed"),
        ("assessments", "active"),
        ("assessments", "due"),
        ("groups", "position"),
        ("groups", "joined"),
        ("parts", "handed_in"),
    }


def test_a_folder_with_odd_characters_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "50% ?ünusual#folder"
    folder.mkdir()
    prepare(folder / "voices.db", patience=0)
    prepare(folder / "voices.db", patience=0)
    assert os.listdir(folder) == ["voices.db"]


def test_alembic_is_loaded_only_when_there_is_a_step_to_take(migrated: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from storage.schema import prepare;"
        "prepare(Path(sys.argv[1]), patience=0); print('alembic' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    run = [sys.executable, "-c", program, str(migrated)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """The files of the folder have the same names and bytes afterwards."""

    def files() -> dict[str, bytes]:
        # SQLite's index of the log holds only what can be made anew.
        everything = (each for each in path.parent.iterdir() if each.is_file() and each.suffix != ".db-shm")
        return {each.name: each.read_bytes() for each in everything}

    before = files()
    yield
    assert files() == before


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def test_a_newer_database_is_refused(database: Path) -> None:
    make_newer(database)
    with unchanged(database):
        message = refusal(database)
    assert "newer" in message
    assert "install" in message


def test_a_newer_database_that_was_killed_is_refused_with_its_log(database: Path) -> None:
    make_newer(database)
    program = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute(\"INSERT INTO visitors VALUES (x'01', x'02')\"); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(database)], check=False)
    assert database.with_name("voices.db-wal").stat().st_size > 0
    with unchanged(database):
        assert "newer" in refusal(database)


@pytest.mark.parametrize("content", [b"not a database\n" * 100, b"SQLite format 3\0" + bytes(4_080), b"xy"])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "voices.db"
    path.write_bytes(content)
    with unchanged(path):
        assert "is not a database of Equal Voice" in refusal(path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "voices.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    with unchanged(path):
        assert "is not a database of Equal Voice" in refusal(path)


def test_a_file_that_an_interrupted_start_left_empty_is_used(tmp_path: Path, migrated: Path) -> None:
    path = tmp_path / "voices.db"
    path.touch()
    prepare(path, patience=0)
    assert dump(path) == dump(migrated)


def test_a_database_that_another_program_holds_is_refused(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with unchanged(database):
            assert "in use by another program" in refusal(database)
        other.execute("PRAGMA user_version = 5")
        other.execute("COMMIT")
    prepare(database, patience=0)


@pytest.mark.parametrize("place", ["a/folder/that/is/not/there/voices.db", "file/voices.db", "folder"])
def test_a_place_where_no_file_can_be_made_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    assert "cannot be read and written" in refusal(tmp_path / place)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


@contextmanager
def nobody() -> Iterator[None]:
    """As a user for whom file modes count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("file_mode", [0o444, 0o000])
def test_a_database_that_may_not_be_written_is_refused(database: Path, file_mode: int) -> None:
    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(database, folder))
        before = path.read_bytes()
        path.chmod(file_mode)
        Path(folder).chmod(0o555)
        with nobody():
            message = refusal(path)
        Path(folder).chmod(0o755)
        path.chmod(0o644)
        assert "cannot be read and written" in message
        assert "let the user who runs Equal Voice write there" in message
        assert path.read_bytes() == before
        assert os.listdir(folder) == ["voices.db"]


def test_a_folder_that_may_not_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with nobody():
            message = refusal(Path(folder) / "voices.db")
        assert "cannot be read and written" in message
        assert os.listdir(folder) == []


FAILING = """
from alembic import op
revision = "{version}"
down_revision = {before}
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    op.execute("INSERT INTO half VALUES (1)")
    op.execute("DROP TABLE IF EXISTS parts")
    op.execute("{last}")
"""


def migrations_with(folder: Path, *, version: str, before: str | None, last: str) -> Path:
    """A copy of the migrations with one more."""
    copy = Path(shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__")))
    if before is None:
        for path in (copy / "versions").iterdir():
            path.unlink()
    text = FAILING.format(version=version, before=repr(before), last=last)
    (copy / "versions" / f"v{version}_failing.py").write_text(text)
    return copy


@pytest.mark.parametrize(
    ("last", "error"),
    [
        ("SELECT 1 FROM nowhere", sqlite3.OperationalError),
        ("INSERT INTO half VALUES (1)", sqlite3.IntegrityError),
        ("UPDATE participants SET group_id = 'missing'", RuntimeError),
    ],
    ids=["mistake", "constraint", "rows that refer to nothing"],
)
def test_a_step_that_fails_half_way_leaves_nothing_behind(tmp_path: Path, last: str, error: type[Exception]) -> None:
    path = database_at(VERSIONS[-1], tmp_path)
    before = dump(path)
    folder = migrations_with(tmp_path, version="9999", before=VERSIONS[-1], last=last)
    with pytest.raises(error):
        prepare(path, patience=0, migrations=folder, versions=(*VERSIONS, "9999"))
    assert dump(path) == before
    prepare(path, patience=0)


def test_a_step_that_succeeds_is_taken(tmp_path: Path) -> None:
    """So that the test above fails for the right reason."""
    path = database_at(VERSIONS[-1], tmp_path)
    folder = migrations_with(tmp_path, version="9999", before=VERSIONS[-1], last="INSERT INTO half VALUES (2)")
    prepare(path, patience=0, migrations=folder, versions=(*VERSIONS, "9999"))
    assert 'INSERT INTO "half" VALUES(2);' in dump(path)
    assert "newer" in refusal(path)


def test_a_new_database_whose_making_fails_is_not_there(tmp_path: Path) -> None:
    folder = migrations_with(tmp_path, version="0001", before=None, last="SELECT 1 FROM nowhere")
    data = tmp_path / "data"
    data.mkdir()
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        prepare(data / "voices.db", patience=0, migrations=folder, versions=("0001",))
    assert os.listdir(data) == []
