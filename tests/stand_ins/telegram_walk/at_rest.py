"""The files that a program left: which assessments the database holds, which keys lie in the key folder."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Assessments:
    """Ids of assessments."""

    open: frozenset[str]
    closed: frozenset[str]


def assessments(data: Path) -> Assessments:
    """What the database says, read without writing to it."""
    with closing(sqlite3.connect(f"{(data / 'equal-voice.db').as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT id, closed FROM assessments").fetchall()
    return Assessments(
        open=frozenset(id_ for id_, closed in rows if not closed),
        closed=frozenset(id_ for id_, closed in rows if closed),
    )


def keys(folder: Path) -> frozenset[str]:
    """The names of all files in the key folder, but for the installation's own key and pool versions."""
    return frozenset(file.name for file in folder.iterdir() if file.suffix != ".pools") - {"installation.key"}


def versions(folder: Path) -> dict[str, list[tuple[str, str, int, int]]]:
    """By assessment, the cells of its pool versions: group, principle, intended and confirmed number of pourings."""
    read = {file.stem: json.loads(file.read_bytes()) for file in folder.glob("*.pools")}
    return {assessment: [tuple(cell) for cell in value["cells"]] for assessment, value in read.items()}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its name; sockets are left out."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
