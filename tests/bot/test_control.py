"""The operator's door: a real socket, for this user only, that answers or hangs up and never breaks the program."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.control import LONGEST_PATH, Control, ask
from storage.store import Unavailable


@pytest.fixture
def door() -> Iterator[Path]:
    """Where a socket fits: pytest's own folders can have too long a name."""
    folder = Path(tempfile.mkdtemp(prefix="ev-"))
    yield folder / "control.sock"
    shutil.rmtree(folder)


async def two_lines() -> list[str]:
    return ["An invitation:", "  for Zoë"]


async def asked(path: Path, *, patience: float = 10.0) -> str | None:
    return await asyncio.to_thread(ask, path, timeout=patience)


async def test_whoever_asks_gets_the_answer_every_time(door: Path) -> None:
    async with Control(door, answer=two_lines):
        assert await asked(door) == "An invitation:\n  for Zoë"
        assert list(await asyncio.gather(asked(door), asked(door))) == ["An invitation:\n  for Zoë"] * 2


async def test_only_this_user_may_ask(door: Path) -> None:
    async with Control(door, answer=two_lines):
        assert stat.filemode(os.stat(door).st_mode) == "srw-------"


async def test_nobody_answers_before_or_after(door: Path) -> None:
    assert await asked(door) is None
    async with Control(door, answer=two_lines):
        pass
    assert os.listdir(door.parent) == []
    assert await asked(door) is None


async def test_a_socket_that_a_killed_program_left_is_replaced(door: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(door))
    assert await asked(door) is None
    async with Control(door, answer=two_lines):
        assert await asked(door) == "An invitation:\n  for Zoë"


async def test_a_data_folder_with_too_long_a_name_has_no_door(door: Path) -> None:
    deep = door.parent / ("d" * LONGEST_PATH) / door.name
    deep.parent.mkdir()
    async with Control(deep, answer=two_lines):
        assert not deep.exists()
        assert await asked(deep) is None


@pytest.mark.parametrize("error", [Unavailable("the disk holding Zoë's answers is full"), ValueError("Zoë")])
async def test_an_answer_that_fails_is_an_empty_one_and_only_its_kind_is_logged(
    door: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))

    async def fails() -> list[str]:
        raise error

    with caplog.at_level(logging.DEBUG):
        async with Control(door, answer=fails):
            assert await asked(door) == ""
            assert await asked(door) == ""
            await asyncio.sleep(0.05)
    assert complaints == []
    ours = [record for record in caplog.records if record.name == "bot.control"]
    assert [type(error).__name__ in record.getMessage() for record in ours] == [True, True]
    assert all(record.exc_info is None for record in ours)
    assert "Zoë" not in caplog.text


async def test_an_answer_that_takes_too_long_is_an_empty_one(door: Path) -> None:
    free = asyncio.Event()

    async def waits() -> list[str]:
        await free.wait()
        return ["late"]

    async with Control(door, answer=waits):
        assert await asked(door, patience=0.1) == ""
        free.set()
        assert await asked(door) == "late"
