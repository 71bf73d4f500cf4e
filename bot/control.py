"""A door for the operator into the running program: ``equal-voice invite`` asks here for an invitation.

A Unix socket in the data folder, readable by this user only. It takes a connection, writes its answer and hangs up;
when there is no answer it only hangs up.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

log = logging.getLogger(__name__)

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
        except Exception as error:
            # Its kind only: a message of the store's may name what it could not keep.
            log.error("A question at the operator's door went unanswered: %s", type(error).__name__)
        finally:
            writer.close()


def ask(path: Path, *, timeout: float = 10.0) -> str | None:
    """The running program's answer; "" when it gave none in time, None when none is running here.

    ``timeout`` in seconds, for each piece of the answer.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.settimeout(timeout)
        try:
            door.connect(str(path))
        except OSError:
            return None
        answer = b""
        try:
            while piece := door.recv(4096):
                answer += piece
        except OSError:
            return ""
        return answer.decode()
