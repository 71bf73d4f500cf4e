"""One process at a time on one data folder.

The lock is the operating system's own, on a file that is never removed: it ends with the process, however
that ends, so no stale lock can keep the next start out. What lies in the data folder is not looked at here.
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

LOCK_FILE = "equal-voice.lock"


class AlreadyRunning(Exception):
    """Another process works on the same data. The message is one sentence that names the remedy."""


class UnusableDataFolder(Exception):
    """The data folder cannot be made or written to. The message is one sentence that names the remedy."""


class DataLock:
    """Held from entering to leaving `with`, or from `acquire` to `release`, or until the process ends."""

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock, making the data folder (for this user only) if there is none. Never waits.

        Raises:
            AlreadyRunning: another process, or another lock of this one, has it.
            UnusableDataFolder: the folder cannot be made or written to.
        """
        if self._descriptor is not None:
            raise RuntimeError("this lock is held already")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Not inherited by programs started from here: they would hold the lock on after this process
            # has ended.
            descriptor = os.open(self._folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise UnusableDataFolder(
                f"The data folder {self._folder} cannot be used ({os.strerror(error.errno or 0)}): "
                "let the user who runs Equal Voice write there, or choose another DATA_FOLDER."
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if not isinstance(error, BlockingIOError):
                raise UnusableDataFolder(
                    f"The data folder {self._folder} cannot be locked ({os.strerror(error.errno or 0)}): "
                    "choose a DATA_FOLDER on a disk of this machine."
                ) from None
            raise AlreadyRunning(
                f"Equal Voice is already running on the data in {self._folder}: "
                "stop that one first, or choose another DATA_FOLDER."
            ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next process in. Does nothing when the lock is not held."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
