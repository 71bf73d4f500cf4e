"""What most tests of the program without a channel begin with. A file that needs another house makes its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.memory import MemoryStore
from storage.sqlite import SqliteStore
from storage.store import Store
from walking import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house with everything of its own, in memory but for the keys."""
    return House(tmp_path)


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Each store in its turn; the files of the one on SQLite lie in ``data``."""
    (tmp_path / "data").mkdir()
    opened: Store = await (
        MemoryStore.open() if request.param == "memory" else SqliteStore.open(tmp_path / "data/voices.db")
    )
    yield opened
    await opened.close()
