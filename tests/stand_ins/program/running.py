"""Starting, waiting for, killing and restarting the program. Nothing here knows what the program says."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

WRAPPER = Path(__file__).with_name("paused.py")
LATER = Path(__file__).with_name("later.py")
INVITATION = re.compile(r"/i/([A-Za-z0-9_-]+)")
PAGES = re.compile(r"Web pages: (http://\S+)")


class Ended(AssertionError):
    """The program ended although it should be running, or did not end although it should."""


class Program:
    """One installation. ``settings`` are environment variables; nothing of the test's own environment leaks in.

    Only English is offered, so that walks go straight to what they are about; settings may offer more.
    ``command``: what Python runs instead of the module ``bot``, for tests that start it changed.
    """

    def __init__(
        self,
        *,
        settings: Mapping[str, str] | None = None,
        folder: Path | None = None,
        command: Sequence[str] = ("-m", "bot"),
    ) -> None:
        # Short, so that the control socket fits.
        self.folder = folder or Path(tempfile.mkdtemp(prefix="ev-"))
        self._own_folder = folder is None
        self._command = command
        self.settings = {"WEB_ADDRESS": "127.0.0.1:0", "LOG_LEVEL": "DEBUG", "LANGUAGES": "en", **(settings or {})}
        self.days = 0
        """So many days its clock goes ahead, from the next start or command on."""
        self.output = ""
        self.url = ""
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._since = 0

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def keys(self) -> Path:
        """The key folder."""
        return self.folder / "keys"

    @property
    def paused(self) -> bool:
        """Whether the program waits at the function that ``start`` was told to pause at."""
        return (self.folder / "paused").exists()

    @property
    def running(self) -> bool:
        """Whether there is a process that was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    @property
    def invitation(self) -> str:
        """The token of the last invitation that was printed."""
        found: list[str] = INVITATION.findall(self.output)
        return found[-1]

    async def start(self, *, pause: str = "", armed: bool = True) -> Self:
        """Start it and wait until its pages answer. ``pause`` is where it is to wait, see paused.py; once ``arm`` was
        called, when not ``armed`` from the first.

        Raises:
            Ended: when it ended instead.
        """
        await self._launch(pause, armed=armed)
        await self._until_it_answers()
        return self

    async def ends(self, *, within: float = 20.0) -> tuple[int, str]:
        """Start it and wait until it ends by itself. Returns the exit status and what it printed.

        Raises:
            Ended: when it did not end within so many seconds.
        """
        process, reader = await self._launch()
        try:
            status = await asyncio.wait_for(process.wait(), within)
        except TimeoutError:
            process.kill()
            raise Ended(f"The program runs on.\n{self.output[self._since :]}") from None
        await reader
        return status, self.output[self._since :]

    async def command(self, *words: str, typed: str = "", within: float = 30.0) -> tuple[int, str]:
        """Run another command of the program on the same data, and type this. Returns its status and what it printed.

        Raises:
            Ended: when it did not end within so many seconds.
        """
        process = await asyncio.create_subprocess_exec(
            *self._python(*words),
            cwd=self.folder,
            env=self._environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            printed, _ = await asyncio.wait_for(process.communicate(typed.encode()), within)
        except TimeoutError:
            process.kill()
            raise Ended(f"The command {words[0]} runs on.") from None
        assert process.returncode is not None
        return process.returncode, printed.decode("utf-8", "replace")

    def _python(self, *words: str) -> list[str]:
        return [sys.executable, *([str(LATER), str(self.days)] if self.days else self._command), *words]

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "default", **self.settings}

    def arm(self) -> None:
        """Pause at the next call of the function that ``start`` was told to pause at."""
        (self.folder / "armed").touch()

    def let_go(self) -> None:
        """End the pause: the program goes on."""
        (self.folder / "paused").unlink()

    async def kill(self) -> None:
        """``kill -9``."""
        await self._end(signal.SIGKILL)

    async def stop(self, *, within: float = 20.0) -> int:
        """SIGTERM, and wait. Returns the exit status.

        Raises:
            Ended: when it did not end within so many seconds.
        """
        return await self._end(signal.SIGTERM, within=within)

    async def wait_until_paused(self, *, within: float = 20.0) -> None:
        """Wait until the program stands at the function it was told to pause at."""
        for _ in range(int(within / 0.02)):
            if self.paused:
                return
            await asyncio.sleep(0.02)
        raise Ended(f"The program did not come to its pause.\n{self.output[self._since :]}")

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.running:
            await self.kill()
        if self._own_folder:
            shutil.rmtree(self.folder)

    async def _launch(
        self, pause: str = "", *, armed: bool = True
    ) -> tuple[asyncio.subprocess.Process, asyncio.Task[None]]:
        for sign in ("paused", "armed"):
            (self.folder / sign).unlink(missing_ok=True)
        if pause and armed:
            self.arm()
        command = [sys.executable, str(WRAPPER), pause, str(self.folder), "run"] if pause else self._python("run")
        self._since = len(self.output)
        self._process = await asyncio.create_subprocess_exec(
            *command,
            cwd=self.folder,
            env=self._environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read(self._process))
        return self._process, self._reader

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while piece := await process.stdout.read(65536):
            self.output += piece.decode("utf-8", "replace")

    async def _until_it_answers(self) -> None:
        async with aiohttp.ClientSession() as session:
            for _ in range(600):
                assert self._process is not None
                found = PAGES.findall(self.output[self._since :])
                if found:
                    self.url = re.sub(r"\(.*", "", found[-1])
                    local = re.findall(r"on this machine: (http://\S+?)\)", self.output[self._since :])
                    self.url = local[-1] if local else self.url
                    try:
                        async with session.get(self.url + "/healthz"):
                            return
                    except aiohttp.ClientError:
                        pass
                if self._process.returncode is not None:
                    break
                await asyncio.sleep(0.05)
        raise Ended(f"The program did not start.\n{self.output[self._since :]}")

    async def _end(self, number: signal.Signals, *, within: float = 20.0) -> int:
        process, reader = self._process, self._reader
        assert process is not None
        assert reader is not None
        if process.returncode is None:
            process.send_signal(number)
        try:
            status = await asyncio.wait_for(process.wait(), within)
        except TimeoutError:
            process.kill()
            raise Ended(f"The program did not end.\n{self.output[self._since :]}") from None
        await reader
        return status
