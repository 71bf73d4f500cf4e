"""Both stores, as the contract suite and the others use them.

A new implementation is added to `store`: then the whole contract suite runs on it too.
"""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from storage.memory import MemoryStore
from storage.schema import prepare
from storage.sqlite import SqliteStore
from storage.store import AssessmentRow, GroupRow, ParticipantRow, Store


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest version, made once: to be copied, not used."""
    path = tmp_path_factory.mktemp("migrated") / "voices.db"
    prepare(path, patience=0)
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """An empty database of the newest version, alone in a folder of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(migrated, folder / "voices.db"))


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, database: Path) -> AsyncIterator[Store]:
    """Each store in its turn."""
    opened: Store = await (MemoryStore.open() if request.param == "memory" else SqliteStore.open(database))
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite(database: Path) -> AsyncIterator[SqliteStore]:
    """The one on SQLite, which does not wait for anybody."""
    opened = await SqliteStore.open(database, patience=0, pause=0.01)
    yield opened
    await opened.close()


Call = Callable[..., Any]


@pytest.fixture
def call() -> Call:
    """`await call(store, "spend", ...)`: one turn with one call."""

    async def call(store: Store, method: str, *values: object, **named: object) -> Any:
        return await store.turn(b"visitor", lambda transaction: getattr(transaction, method)(*values, **named))

    return call


ASSESSMENT = AssessmentRow(id="round", facilitator=b"facilitator", threshold=5, closed=False, sealed=b"words")
GROUPS = [
    GroupRow(id="staff", assessment="round", position=0, code=b"code 0", joined=0, sealed=b"name 0"),
    GroupRow(id="others", assessment="round", position=1, code=b"code 1", joined=0, sealed=b"name 1"),
]


@pytest.fixture
def begun(store: Store, call: Call) -> Callable[[], Any]:
    """`await begun()`: an assessment "round", the groups "staff" and "others" and participants p0 to p5.

    The even ones are staff. All have handed in "assets", whose sealed answers are "assets of p0" and so on.
    """

    async def begun() -> None:
        await call(store, "add_assessment", ASSESSMENT, GROUPS)
        for number in range(6):
            participant, group = b"p%d" % number, ("staff", "others")[number % 2]
            row = ParticipantRow(id=participant, assessment="round", group=group, sealed=b"dialogue")
            assert await call(store, "add_participant", row)
            assert await call(store, "put_part", participant, "assets", b"assets of " + participant)
            assert await call(store, "hand_in", participant, "assets", sealed_if_new=b"")

    return begun
