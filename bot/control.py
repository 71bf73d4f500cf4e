"""A door for the operator into the running program: ``equal-voice invite``, ``purge`` and ``forget`` ask here.

A Unix socket in the data folder, readable by this user only. It takes a connection and one line of JSON, a mapping
whose "errand" says what is asked; it writes its answer, a mapping in JSON, and hangs up. When there is no answer it
only hangs up.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

log = logging.getLogger(__name__)

LONGEST_PATH: Final = 100
"""Longer names do not fit a Unix socket's address on every system."""
PATIENCE: Final = 10.0
"""So many seconds an asker may take to say what is asked."""

Errand = Callable[[Mapping[str, object]], Awaitable[Mapping[str, object]]]


class Control:
    """The running program's side. A data folder with too long a name has no door; everything else works."""

    def __init__(self, path: Path, *, errands: Mapping[str, Errand]) -> None:
        self._path = path
        self._errands = errands
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
            async with asyncio.timeout(PATIENCE):
                asked = json.loads(await reader.readline())
            answer = await self._errands[asked["errand"]](asked)
            writer.write(json.dumps(answer).encode())
            await writer.drain()
        except Exception as error:
            # Its kind only: a message of the store's may name what it could not keep, and one of JSON's what was asked.
            log.error("A question at the operator's door went unanswered: %s", type(error).__name__)
        finally:
            writer.close()


def ask(path: Path, errand: str, *, timeout: float = 10.0, **more: object) -> dict[str, Any] | None:
    """The running program's answer; empty when it gave none in time, None when none is running here.

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
            door.sendall(json.dumps({"errand": errand, **more}).encode() + b"\n")
            while piece := door.recv(4096):
                answer += piece
        except OSError:
            return {}
        return dict(json.loads(answer)) if answer else {}
