"""The operator's door: a real socket, for this user only, that answers or hangs up and never breaks the program."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.control import LONGEST_PATH, Control, ask
from storage.store import Unavailable


@pytest.fixture
def door() -> Iterator[Path]:
    """Where a socket fits: pytest's own folders can have too long a name."""
    folder = Path(tempfile.mkdtemp(prefix="ev-"))
    yield folder / "control.sock"
    shutil.rmtree(folder)


ANSWER = {"lines": ["One for", "Zoë"]}


async def two_lines(asked: Mapping[str, object]) -> dict[str, object]:
    return {"lines": ["One for", "Zoë"]}


async def asked(path: Path, *, patience: float = 10.0, **more: object) -> dict[str, Any] | None:
    return await asyncio.to_thread(ask, path, "invite", timeout=patience, **more)


async def test_whoever_asks_gets_the_answer_every_time(door: Path) -> None:
    async with Control(door, errands={"invite": two_lines}):
        assert await asked(door) == ANSWER
        assert list(await asyncio.gather(asked(door), asked(door))) == [ANSWER] * 2


async def test_only_this_user_may_ask(door: Path) -> None:
    async with Control(door, errands={"invite": two_lines}):
        assert stat.filemode(os.stat(door).st_mode) == "srw-------"


async def test_nobody_answers_before_or_after(door: Path) -> None:
    assert await asked(door) is None
    async with Control(door, errands={"invite": two_lines}):
        pass
    assert os.listdir(door.parent) == []
    assert await asked(door) is None


async def test_a_socket_that_a_killed_program_left_is_replaced(door: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(door))
    assert await asked(door) is None
    async with Control(door, errands={"invite": two_lines}):
        assert await asked(door) == ANSWER


async def test_a_data_folder_with_too_long_a_name_has_no_door(door: Path) -> None:
    deep = door.parent / ("d" * LONGEST_PATH) / door.name
    deep.parent.mkdir()
    async with Control(deep, errands={"invite": two_lines}):
        assert not deep.exists()
        assert await asked(deep) is None


@pytest.mark.parametrize("error", [Unavailable("the disk holding Zoë's answers is full"), ValueError("Zoë")])
async def test_an_answer_that_fails_is_an_empty_one_and_only_its_kind_is_logged(
    door: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))

    async def fails(asked: Mapping[str, object]) -> dict[str, object]:
        raise error

    with caplog.at_level(logging.DEBUG):
        async with Control(door, errands={"invite": fails}):
            assert await asked(door) == {}
            assert await asked(door) == {}
            await asyncio.sleep(0.05)
    assert complaints == []
    ours = [record for record in caplog.records if record.name == "bot.control"]
    assert [type(error).__name__ in record.getMessage() for record in ours] == [True, True]
    assert all(record.exc_info is None for record in ours)
    assert "Zoë" not in caplog.text


async def test_an_answer_that_takes_too_long_is_an_empty_one(door: Path) -> None:
    free = asyncio.Event()

    async def waits(asked: Mapping[str, object]) -> dict[str, object]:
        await free.wait()
        return {"lines": ["late"]}

    async with Control(door, errands={"invite": waits}):
        assert await asked(door, patience=0.1) == {}
        free.set()
        assert await asked(door) == {"lines": ["late"]}


async def test_what_is_asked_arrives_and_leads_to_its_errand(door: Path) -> None:
    async def repeats(asked: Mapping[str, object]) -> Mapping[str, object]:
        return asked

    async with Control(door, errands={"invite": repeats, "other": two_lines}):
        answer = await asked(door, code="Zoë\n", sure=True)
        assert answer == {"errand": "invite", "code": "Zoë\n", "sure": True}
        assert await asyncio.to_thread(ask, door, "other") == ANSWER


@pytest.mark.parametrize("line", [b"", b"\n", b"Zo\xc3\xab\n", b"[]\n", b'{"errand": "Zo"}\n', b"{" * 100_000 + b"\n"])
async def test_what_is_no_question_gets_no_answer_and_is_not_logged(
    door: Path, caplog: pytest.LogCaptureFixture, line: bytes
) -> None:
    async with Control(door, errands={"invite": two_lines}):
        reader, writer = await asyncio.open_unix_connection(str(door))
        writer.write(line)
        writer.write_eof()
        with suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()
        assert await asked(door) == ANSWER
    assert "Zo" not in caplog.text
    assert "went unanswered" in caplog.text
