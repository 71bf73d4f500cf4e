"""The key folder: one key for the installation and one for each assessment, a file each.

Only keys live here: no database and nothing that a back-up of the database takes along. Destroying an
assessment's key turns every copy that was ever made of its answers into noise, so the order of things
matters:

    create   writes ID.new, safely on disk before the assessment's row is written
    confirm  renames it to ID.key, after the row's transaction has committed
    destroy  removes it, after the closing has committed

After a crash between two of these, `reconcile` compares the folder with the assessments and finishes what
was begun. Beside a key lies how often each cell was poured (bot/pool_versions.py); it goes with the key.

Overwriting a file before removing it is the best a program can do; disks that write each change to a new
place, and copies that somebody made of the key folder, keep the old bytes. So the folder belongs on an
encrypted disk and in no back-up that is kept.

No message from here holds a key or the id of an assessment: operating-system errors, which name files, are
told without them.
"""

import errno
import os
import stat
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import key_files
from bot.key_files import KeyFolderFault, check_id, told
from bot.pool_versions import FRESH, SUFFIX, PoolVersions
from bot.sealing import KEY_BYTES, new_key

__all__ = ["KeyFolder", "KeyFolderFault", "Reconciled"]

_INSTALLATION: Final = "installation"
_REMEMBERED: Final = 64
_PRIVATE: Final = {".key", ".new", f".{SUFFIX}", f".{FRESH}"}
"""How the names of files end that nobody else may read."""


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

    versions: PoolVersions
    """How often each cell was poured, of every assessment that has a key here."""

    def __init__(self, path: Path) -> None:
        """Make the folder if there is none, and look it over.

        Raises:
            KeyFolderFault: it is not a folder, not this user's, or others may read it or a key in it.
        """
        self._path = path
        self._remembered: OrderedDict[str, bytes] = OrderedDict()
        self._destroyed: set[str] = set()
        self._memory = threading.Lock()
        with told(self._path):
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.mkdir(mode=0o700)
                key_files.sync_folder(path.parent)
            self._look_over()
        self.versions = PoolVersions(path)

    @staticmethod
    def holds_installation(path: Path) -> bool:
        """Whether the installation's key lies in that folder. Makes nothing."""
        return (path / f"{_INSTALLATION}.key").exists()

    def installation(self) -> bytes:
        """The installation's own key of 32 bytes, made at the first call ever."""
        with told(self._path):
            final, fresh = self._file(_INSTALLATION, "key"), self._file(_INSTALLATION, "new")
            key = self._read(final)
            if key is None:
                fresh.unlink(missing_ok=True)  # left by a crash before anybody could use it
                key = new_key()
                key_files.write_new(fresh, key)
                fresh.rename(final)
                key_files.sync_folder(self._path)
            return key

    def create(self, assessment_id: str) -> bytes:
        """A new key of 32 bytes, on disk when this returns. Call `confirm` once the assessment is."""
        check_id(assessment_id)
        with told(self._path):
            if self._file(assessment_id, "key").exists():
                raise FileExistsError(errno.EEXIST, "")
            key = new_key()
            key_files.write_new(self._file(assessment_id, "new"), key)
            key_files.sync_folder(self._path)
        with self._memory:
            self._destroyed.discard(assessment_id)
        return key

    def confirm(self, assessment_id: str) -> None:
        """Keep the key for good.

        To be called after the assessment's transaction has committed; twice does no harm.
        """
        check_id(assessment_id)
        final = self._file(assessment_id, "key")
        with told(self._path):
            if not final.exists():
                self._file(assessment_id, "new").rename(final)
            key_files.sync_folder(self._path)

    def get(self, assessment_id: str) -> bytes | None:
        """The key of an assessment, confirmed or not; None when there is none, or no longer."""
        check_id(assessment_id)
        with self._memory:
            if assessment_id in self._remembered:
                self._remembered.move_to_end(assessment_id)
                return self._remembered[assessment_id]
        with told(self._path):
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
        """Overwrite and remove the key, and then the pool versions.

        Does nothing more when it is gone already, so a failed closing can be tried again.
        """
        check_id(assessment_id)
        with self._memory:
            self._destroyed.add(assessment_id)
            self._remembered.pop(assessment_id, None)
        with told(self._path):
            for suffix in ("key", "new"):
                key_files.overwrite_and_remove(self._file(assessment_id, suffix))
            key_files.sync_folder(self._path)
        # A key without its versions would open an older copy of the database as if nothing had been shown.
        self.versions.destroy(assessment_id)

    def finish(self, closed_ids: set[str]) -> int:
        """Destroy what a failed closing has left of these, while people are served. Returns of how many."""
        with told(self._path):
            left = set().union(*(key_files.ids(self._path, suffix) for suffix in ("key", "new"))) & closed_ids
        for assessment_id in sorted(left):
            self.destroy(assessment_id)
        return len(left)

    def reconcile(self, open_ids: set[str], closed_ids: set[str]) -> Reconciled:
        """Finish what a crash cut short. To be called at start, before anybody is served.

        A new key without an assessment is destroyed: its assessment was never written. Only beside keys
        that this database does not know either is it left alone, as this may be the wrong database.
        """
        with told(self._path):
            confirmed_keys, new_keys = (key_files.ids(self._path, suffix) for suffix in ("key", "new"))
        strangers = confirmed_keys - open_ids - closed_ids
        to_confirm = (new_keys & open_ids) - confirmed_keys
        versions = self.versions.ids()
        to_destroy = (confirmed_keys | new_keys | versions) & closed_ids
        unwritten = new_keys - open_ids - closed_ids - confirmed_keys
        if strangers:
            strangers |= unwritten
        else:
            to_destroy |= unwritten | (versions - open_ids)
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
            if file.suffix in _PRIVATE and stat.S_IMODE(file.lstat().st_mode) & 0o077:
                raise KeyFolderFault(
                    f"Other users of this machine can read a file in {self._path}: "
                    f"run chmod 600 {self._path}/* and start again."
                )

    def _file(self, name: str, suffix: str) -> Path:
        return self._path / f"{name}.{suffix}"

    def _read(self, file: Path) -> bytes | None:
        key = key_files.read(file)
        if key is not None and len(key) != KEY_BYTES:
            raise KeyFolderFault(f"A key in {self._path} is damaged: put a good copy of that key in its place.")
        return key
