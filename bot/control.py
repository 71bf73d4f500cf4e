"""A door for the operator into the running program: ``equal-voice invite`` asks here for an invitation.

A Unix socket in the data folder, readable by this user only. It takes a connection, writes its answer and hangs up.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

LONGEST_PATH: Final = 100
"""Longer names do not fit a Unix socket's address on every system."""


class Control:
    """The running program's side. A data folder with too long a name has no door; everything else works."""

    def __init__(self, path: Path, *, answer: Callable[[], Awaitable[list[str]]]) -> None:
        self._path = path
        self._answer = answer
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        if len(str(self._path).encode()) <= LONGEST_PATH:
            self._path.unlink(missing_ok=True)
            self._server = await asyncio.start_unix_server(self._talk, str(self._path))
            self._path.chmod(0o600)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._path.unlink(missing_ok=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write("\n".join(await self._answer()).encode())
            await writer.drain()
        finally:
            writer.close()


def ask(path: Path, *, timeout: float = 10.0) -> str | None:
    """The running program's answer; None when none is running here. ``timeout`` in seconds."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.settimeout(timeout)
        try:
            door.connect(str(path))
        except OSError:
            return None
        answer = b""
        while piece := door.recv(4096):
            answer += piece
        return answer.decode()
