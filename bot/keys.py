"""The key folder: one key for the installation and one for each assessment, a file each.

Only keys live here: no database and nothing that a back-up of the database takes along. Destroying an
assessment's key turns every copy that was ever made of its answers into noise, so the order of things
matters:

    create   writes ID.new, safely on disk before the assessment's row is written
    confirm  renames it to ID.key, after the row's transaction has committed
    destroy  removes it, after the closing has committed

After a crash between two of these, `reconcile` compares the folder with the assessments and finishes what
was begun.

Overwriting a file before removing it is the best a program can do; disks that write each change to a new
place, and copies that somebody made of the key folder, keep the old bytes. So the folder belongs on an
encrypted disk and in no back-up that is kept.

No message from here holds a key or the id of an assessment: operating-system errors, which name files, are
told without them.
"""

import errno
import os
import re
import stat
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.sealing import KEY_BYTES, new_key

_ID: Final = re.compile(r"[a-z0-9]{16,40}")
_INSTALLATION: Final = "installation"
_REMEMBERED: Final = 64


class KeyFolderFault(Exception):
    """The key folder, or a key in it, cannot be used. The message is one sentence that names the remedy."""


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """What `reconcile` did and found, in numbers only."""

    confirmed: int
    """Keys whose assessment was written just before the program stopped."""
    destroyed: int
    """Keys of closed assessments, and of assessments that were never written."""
    strangers: int
    """Keys of assessments unknown to the database: left alone, as it may be the wrong database."""
    missing: int
    """Open assessments without a key: their answers cannot be read."""


class KeyFolder:
    """The keys in one folder. Any thread may call any method; two processes must not share a folder."""

    def __init__(self, path: Path) -> None:
        """Make the folder if there is none, and look it over.

        Raises:
            KeyFolderFault: it is not a folder, not this user's, or others may read it or a key in it.
        """
        self._path = path
        self._remembered: OrderedDict[str, bytes] = OrderedDict()
        self._destroyed: set[str] = set()
        self._memory = threading.Lock()
        with self._told():
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.mkdir(mode=0o700)
                _sync_folder(path.parent)
            self._look_over()

    @staticmethod
    def holds_installation(path: Path) -> bool:
        """Whether the installation's key lies in that folder. Makes nothing."""
        return (path / f"{_INSTALLATION}.key").exists()

    def installation(self) -> bytes:
        """The installation's own key of 32 bytes, made at the first call ever."""
        with self._told():
            final, fresh = self._file(_INSTALLATION, "key"), self._file(_INSTALLATION, "new")
            key = self._read(final)
            if key is None:
                fresh.unlink(missing_ok=True)  # left by a crash before anybody could use it
                key = new_key()
                self._write(fresh, key)
                fresh.rename(final)
                _sync_folder(self._path)
            return key

    def create(self, assessment_id: str) -> bytes:
        """A new key of 32 bytes, on disk when this returns. Call `confirm` once the assessment is."""
        _check(assessment_id)
        with self._told():
            if self._file(assessment_id, "key").exists():
                raise FileExistsError(errno.EEXIST, "")
            key = new_key()
            self._write(self._file(assessment_id, "new"), key)
            _sync_folder(self._path)
        with self._memory:
            self._destroyed.discard(assessment_id)
        return key

    def confirm(self, assessment_id: str) -> None:
        """Keep the key for good.

        To be called after the assessment's transaction has committed; twice does no harm.
        """
        _check(assessment_id)
        final = self._file(assessment_id, "key")
        with self._told():
            if not final.exists():
                self._file(assessment_id, "new").rename(final)
            _sync_folder(self._path)

    def get(self, assessment_id: str) -> bytes | None:
        """The key of an assessment, confirmed or not; None when there is none, or no longer."""
        _check(assessment_id)
        with self._memory:
            if assessment_id in self._remembered:
                self._remembered.move_to_end(assessment_id)
                return self._remembered[assessment_id]
        with self._told():
            # The first name is looked at twice: `confirm` may rename the second to it in between.
            looks = (self._read(self._file(assessment_id, suffix)) for suffix in ("key", "new", "key"))
            key = next((found for found in looks if found is not None), None)
        with self._memory:
            if key is None or assessment_id in self._destroyed:
                return None
            self._remembered[assessment_id] = key
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return key

    def destroy(self, assessment_id: str) -> None:
        """Overwrite and remove the key.

        Does nothing more when it is gone already, so a failed closing can be tried again.
        """
        _check(assessment_id)
        with self._memory:
            self._destroyed.add(assessment_id)
            self._remembered.pop(assessment_id, None)
        with self._told():
            for suffix in ("key", "new"):
                _overwrite_and_remove(self._file(assessment_id, suffix))
            _sync_folder(self._path)

    def reconcile(self, open_ids: set[str], closed_ids: set[str]) -> Reconciled:
        """Finish what a crash cut short. To be called at start, before anybody is served.

        A new key without an assessment is destroyed: its assessment was never written. Only beside keys
        that this database does not know either is it left alone, as this may be the wrong database.
        """
        with self._told():
            confirmed_keys, new_keys = self._ids("key"), self._ids("new")
        strangers = confirmed_keys - open_ids - closed_ids
        to_confirm = (new_keys & open_ids) - confirmed_keys
        to_destroy = (confirmed_keys | new_keys) & closed_ids
        unwritten = new_keys - open_ids - closed_ids - confirmed_keys
        if strangers:
            strangers |= unwritten
        else:
            to_destroy |= unwritten
        for assessment_id in sorted(to_confirm):
            self.confirm(assessment_id)
        for assessment_id in sorted(to_destroy):
            self.destroy(assessment_id)
        return Reconciled(
            confirmed=len(to_confirm),
            destroyed=len(to_destroy),
            strangers=len(strangers),
            missing=len(open_ids - confirmed_keys - new_keys),
        )

    def _look_over(self) -> None:
        found = self._path.stat()
        if not stat.S_ISDIR(found.st_mode):
            raise KeyFolderFault(
                f"The key folder {self._path} is not a folder: move that file away, or choose another KEY_FOLDER."
            )
        if found.st_uid != os.geteuid():
            raise KeyFolderFault(
                f"The key folder {self._path} belongs to another user: "
                "give it to the user who runs Equal Voice with chown, or choose another KEY_FOLDER."
            )
        if stat.S_IMODE(found.st_mode) & 0o077:
            raise KeyFolderFault(
                f"Other users of this machine can open the key folder {self._path}: "
                f"run chmod 700 {self._path} and start again."
            )
        for file in self._path.iterdir():
            if file.suffix in {".key", ".new"} and stat.S_IMODE(file.lstat().st_mode) & 0o077:
                raise KeyFolderFault(
                    f"Other users of this machine can read a key in {self._path}: "
                    f"run chmod 600 {self._path}/* and start again."
                )

    def _file(self, name: str, suffix: str) -> Path:
        return self._path / f"{name}.{suffix}"

    def _ids(self, suffix: str) -> set[str]:
        files = (file for file in self._path.iterdir() if file.suffix == f".{suffix}")
        return {file.stem for file in files if _ID.fullmatch(file.stem)}

    def _read(self, file: Path) -> bytes | None:
        try:
            descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        with open(descriptor, "rb") as stream:
            key = stream.read()
        if len(key) != KEY_BYTES:
            raise KeyFolderFault(f"A key in {self._path} is damaged: put a good copy of that key in its place.")
        return key

    def _write(self, file: Path, key: bytes) -> None:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with open(descriptor, "wb") as stream:
                stream.write(key)
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            file.unlink(missing_ok=True)
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise KeyFolderFault(
                f"The key folder {self._path} cannot be used ({os.strerror(error.errno or 0)}): "
                "let the user who runs Equal Voice read and write there, or choose another KEY_FOLDER."
            ) from None


def _check(assessment_id: str) -> None:
    if not _ID.fullmatch(assessment_id):
        raise ValueError("an assessment's id has 16 to 40 of a-z and 0-9")


def _overwrite_and_remove(file: Path) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    with open(descriptor, "wb") as stream:
        stream.write(bytes(os.fstat(descriptor).st_size))
        stream.flush()
        os.fsync(descriptor)
    file.unlink()


def _sync_folder(path: Path) -> None:
    """A new, renamed or removed name is safe only when its folder has been synced."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
