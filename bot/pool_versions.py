"""How often each cell of an assessment was poured: a small file beside its key, outside every back-up.

Only numbers lie here, no answers and nobody's id. They tell a database that was put back from an older copy: it knows
of fewer pourings than were ever shown. The order of things matters:

    intend   on disk before the transaction that pours commits
    confirm  on disk after it has committed, and before anybody sees what was poured
    compare  at start and before each pouring: what does the database say?
    destroy  with the key, after the closing has committed

A database that has at least the confirmed number of pourings is right, whatever was intended: a crash came before or
after the commit, or an older program poured without writing here. One that has fewer is behind, and what its cell holds
may have been shown already. `bot/going_back.py` then gives the cell up.

``intend``, ``compare`` and the transaction around them must not run beside another transaction that pours the same
assessment; the stores see to that by running one turn at a time.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import key_files
from bot.key_files import KeyFolderFault, check_id, told

Cell = tuple[str, str]
"""A group's id and a principle's; the group is "" for the left-over answers of everyone."""

SUFFIX: Final = "pools"
FRESH: Final = "pools-new"
_FORMAT: Final = 1


@dataclass(frozen=True, kw_only=True)
class Version:
    """How often a cell was to be poured, and how often it was for certain."""

    intended: int = 0
    confirmed: int = 0


class PoolVersions:
    """The pool versions in one folder, which exists. Any thread may call any method."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, dict[Cell, Version]] = {}
        self._unconfirmed: set[str] = set()
        self._destroyed: set[str] = set()
        self._lock = threading.Lock()

    def intend(self, assessment_id: str, pourings: Mapping[Cell, int]) -> None:
        """These cells are about to be poured for the time of that number, 1 or more. On disk when this returns.

        Raises:
            KeyFolderFault: it could not be written; then nothing may be poured.
        """
        with self._lock:
            cells = dict(self._cells(assessment_id))
            for cell, number in pourings.items():
                cells[cell] = Version(intended=number, confirmed=cells.get(cell, Version()).confirmed)
            self._keep(assessment_id, cells)

    def confirm(self, assessment_id: str, pourings: Mapping[Cell, int]) -> None:
        """The pourings were committed. Does nothing when a closing has destroyed the versions meanwhile.

        Raises:
            KeyFolderFault: it could not be written; `unconfirmed` names the assessment until it is.
        """
        with self._lock:
            if assessment_id in self._destroyed:
                return
            cells = dict(self._cells(assessment_id))
            for cell, number in pourings.items():
                before = cells.get(cell, Version())
                cells[cell] = Version(intended=max(before.intended, number), confirmed=max(before.confirmed, number))
            self._keep(assessment_id, cells)

    def unconfirmed(self) -> frozenset[str]:
        """Assessments with a pouring that was intended in this process and neither confirmed nor taken back."""
        with self._lock:
            return frozenset(self._unconfirmed)

    def compare(self, assessment_id: str, found: Mapping[Cell, int]) -> Mapping[Cell, int]:
        """Hold against the versions how often the database says that each cell was poured; cells it lacks count as 0.

        Returns the cells of which the database is behind, each with its confirmed number. For all others the database
        is right: an intention is confirmed or taken back, and what the versions did not know is taken over.

        Raises:
            KeyFolderFault: the versions could not be read or written.
        """
        with self._lock:
            cells = dict(self._cells(assessment_id))
            behind = {}
            for cell in {**cells, **found}:
                number, confirmed = found.get(cell, 0), cells.get(cell, Version()).confirmed
                if number < confirmed:
                    behind[cell] = number = confirmed
                cells[cell] = Version(intended=number, confirmed=number)
            self._keep(assessment_id, {cell: version for cell, version in cells.items() if version.intended})
            return behind

    def destroy(self, assessment_id: str) -> None:
        """Remove the versions of an assessment whose key is gone. Does nothing more when they are gone already."""
        check_id(assessment_id)
        with self._lock:
            self._destroyed.add(assessment_id)
            self._unconfirmed.discard(assessment_id)
            self._known.pop(assessment_id, None)
            with told(self._path):
                files = [self._file(assessment_id, suffix) for suffix in (SUFFIX, FRESH)]
                there = [file for file in files if file.exists()]
                for file in there:
                    file.unlink()
                if there:
                    key_files.sync_folder(self._path)

    def ids(self) -> set[str]:
        """The assessments that have versions, finished or half written."""
        with told(self._path):
            return key_files.ids(self._path, SUFFIX) | key_files.ids(self._path, FRESH)

    def _file(self, assessment_id: str, suffix: str) -> Path:
        return self._path / f"{assessment_id}.{suffix}"

    def _cells(self, assessment_id: str) -> Mapping[Cell, Version]:
        """What is known of an assessment; nothing where nothing was ever poured, or by an older program."""
        check_id(assessment_id)
        if assessment_id not in self._known:
            with told(self._path):
                content = key_files.read(self._file(assessment_id, SUFFIX))
            self._known[assessment_id] = {} if content is None else self._understood(content)
        return self._known[assessment_id]

    def _understood(self, content: bytes) -> dict[Cell, Version]:
        try:
            value = json.loads(content)
            if value["format"] != _FORMAT:
                raise ValueError
            rows = [(str(group), str(principle), int(i), int(c)) for group, principle, i, c in value["cells"]]
            if any(not 0 <= confirmed <= intended for _, _, intended, confirmed in rows):
                raise ValueError
        except (ValueError, TypeError, KeyError):
            raise KeyFolderFault(
                f"A file in {self._path} that ends in .{SUFFIX} is damaged: put a good copy of it in its place, "
                "or remove it if the database was never put back from an older copy."
            ) from None
        return {(group, principle): Version(intended=i, confirmed=c) for group, principle, i, c in rows}

    def _keep(self, assessment_id: str, cells: dict[Cell, Version]) -> None:
        """Write the versions if they are new, so that a crash leaves the old file or the new one."""
        if cells != self._known[assessment_id]:
            # Until the folder is synced nobody knows which file a crash would leave. If that fails, what is known stays
            # as it was, so that the next time everything is written and synced again.
            self._unconfirmed.add(assessment_id)
            self._write(assessment_id, cells)
            self._known[assessment_id] = cells
        if all(version.confirmed == version.intended for version in cells.values()):
            self._unconfirmed.discard(assessment_id)

    def _write(self, assessment_id: str, cells: Mapping[Cell, Version]) -> None:
        rows = [[*cell, version.intended, version.confirmed] for cell, version in sorted(cells.items())]
        content = json.dumps({"format": _FORMAT, "cells": rows}).encode()
        fresh = self._file(assessment_id, FRESH)
        with told(self._path):
            fresh.unlink(missing_ok=True)  # left by a crash
            key_files.write_new(fresh, content)
            fresh.rename(self._file(assessment_id, SUFFIX))
            key_files.sync_folder(self._path)
