"""The real program, watched: which files it opens to write, whom it connects to, what passes its control socket.

It runs through ``wrapper.py``, with a home and a temporary folder of its own. ``break_`` and ``mend`` plant a bug that
raises an error full of people's words, or take it away again.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from program import Program

WRAPPER = Path(__file__).with_name("wrapper.py")


class Door:
    """Stands between the operator's commands and the control socket, and hears what passes."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._server: asyncio.Server | None = None

    async def stand_before(self, socket: Path) -> None:
        """Take the socket's place."""
        real = socket.with_name("real.sock")
        os.rename(socket, real)

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there, onward = await asyncio.open_unix_connection(str(real))
            asked = await reader.readline()
            onward.write(asked)
            answer = await there.read()
            self.heard.append(asked + answer)
            writer.write(answer)
            await writer.drain()
            writer.close()
            onward.close()

        self._server = await asyncio.start_unix_server(talk, str(socket))

    async def step_aside(self) -> None:
        """Close it."""
        if self._server is not None:
            self._server.close()
            self._server = None


class Watched(Program):
    """``leaking``: it leaks something into every place, to see whether the search finds it there."""

    def __init__(self, *, settings: Mapping[str, str], leaking: str = "") -> None:
        super().__init__(settings=settings)
        self.leaking = leaking
        self.door = Door()
        self.commands_told: list[tuple[tuple[str, ...], str]] = []
        for folder in (self.home, self.temporary, self.watch):
            folder.mkdir()
        self.temporary_since = self.temporary.stat().st_mtime_ns
        """When something was last made there, before the program was."""
        self.settings |= {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
            "WATCH": str(self.watch),
        }
        if leaking:
            self.settings["LEAKING"] = leaking

    @property
    def home(self) -> Path:
        """Where caches of libraries go."""
        return self.folder / "home"

    @property
    def temporary(self) -> Path:
        """Where temporary files would go."""
        return self.folder / "temporary"

    @property
    def watch(self) -> Path:
        """What the wrapper writes and reads. No part of the program."""
        return self.folder / "watch"

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process is not None
        return self._process.pid

    def break_(self, what: str) -> None:
        """Plant one of the bugs of wrapper.py."""
        (self.watch / what).touch()

    def mend(self, what: str) -> None:
        """Take it away again."""
        (self.watch / what).unlink()

    def broke(self) -> set[str]:
        """Which bugs have struck so far."""
        return {event["struck"] for event in self._events() if "struck" in event}

    def written(self) -> set[str]:
        """Every path that was opened to be written, made, or renamed to."""
        return {event["path"] for event in self._events() if "path" in event}

    def connected(self) -> set[str]:
        """Every address that was connected to, and every program that was started."""
        return {event["other"] for event in self._events() if "other" in event}

    def _events(self) -> Iterator[dict[str, str]]:
        for line in (self.watch / "events").read_text("utf-8").splitlines():
            yield json.loads(line)

    async def start(self, *, pause: str = "", armed: bool = True) -> Self:
        await super().start(pause=pause, armed=armed)
        await self.door.stand_before(self.data / "control.sock")
        return self

    async def command(self, *words: str, typed: str = "", within: float = 30.0) -> tuple[int, str]:
        status, told = await super().command(*words, typed=typed, within=within)
        self.commands_told.append((words, told))
        return status, told

    async def kill(self) -> None:
        await self.door.step_aside()
        await super().kill()

    async def stop(self, *, within: float = 20.0) -> int:
        await self.door.step_aside()
        status = await super().stop(within=within)
        (self.data / "control.sock").unlink(missing_ok=True)
        (self.data / "real.sock").unlink(missing_ok=True)
        return status

    def _python(self, *words: str) -> list[str]:
        command = super()._python(*words)
        return [
            command[0],
            str(WRAPPER),
            *words,
            *([f"--{self.leaking}"] if self.leaking and words == ("run",) else []),
        ]
