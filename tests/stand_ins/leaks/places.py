"""Where something could stand: everything on the machine that a program leaves or shows, and what travels.

A ``Look`` is one place with what stands there now. Whose eyes see it is ``reader``: a page or a chat is searched
differently for its reader's own words than for those of others.
"""

from __future__ import annotations

import os
import re
import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from leaks.canaries import Canaries, Canary
from leaks.watching import Watched

BEGINNING = 6
"""Bytes; no shape is shorter."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """``place`` is what the table speaks of, ``where`` what helps to find it. ``reader``: who sees it."""

    place: str
    content: bytes
    where: str = ""
    reader: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A canary in a place, and what stands around it."""

    canary: Canary
    look: Look
    excerpt: str

    @property
    def cell(self) -> tuple[str, str]:
        """The kind and the place; what somebody sees of their own is a place of its own."""
        own = self.look.reader and self.look.reader == self.canary.owner
        return self.canary.kind, f"own {self.look.place}" if own else self.look.place

    def __str__(self) -> str:
        kind, place = self.cell
        return f"{kind} in {place} ({self.look.where}): {self.excerpt}"


def search(canaries: Canaries, looks: Iterable[Look]) -> list[Finding]:
    """Every canary in every place where it stands."""
    # There are thousands of shapes and megabytes of places: only shapes whose beginning is there are looked for.
    beginnings: dict[bytes, list[tuple[Canary, bytes]]] = defaultdict(list)
    for canary, shapes in canaries:
        for shape in shapes:
            beginnings[shape[:BEGINNING]].append((canary, shape))
    found = {}
    for look in looks:
        held = look.content
        there = {held[at : at + BEGINNING] for at in range(len(held) - BEGINNING + 1)} & beginnings.keys()
        for canary, shape in (each for beginning in there for each in beginnings[beginning]):
            at = held.find(shape)
            if at >= 0:
                excerpt = repr(held[max(0, at - 60) : at + 80])
                found[canary, look] = Finding(canary=canary, look=look, excerpt=excerpt)
    return list(found.values())


def on_the_machine(program: Watched) -> list[Look]:
    """What a running program has printed, written, was started with, and what a back-up of it would take along."""
    looks = [Look(place="output", content=program.output.encode())]
    looks += [
        Look(place="output", content=told.encode(), where=" ".join(words)) for words, told in program.commands_told
    ]
    for folder, place in ((program.data, "data folder"), (program.keys, "key files")):
        for file in sorted(folder.rglob("*")):
            looks.append(Look(place="file names", content=bytes(file.relative_to(program.folder)), where=str(file)))
            if file.is_file():
                name = (
                    PARTS.get(file.name.removeprefix("equal-voice.db"), place) if "equal-voice" in file.name else place
                )
                looks.append(Look(place=name, content=file.read_bytes(), where=file.name))
    for folder in (program.temporary, program.home):
        for file in sorted(folder.rglob("*")):
            looks.append(Look(place="file names", content=bytes(file.relative_to(program.folder)), where=str(file)))
            if file.is_file():
                looks.append(Look(place=folder.name, content=file.read_bytes(), where=str(file)))
    looks.append(Look(place="back-up", content=back_up(program.data / "equal-voice.db")))
    looks += [
        Look(place="arguments", content=Path(f"/proc/{program.pid}/cmdline").read_bytes()),
        Look(place="environment", content=Path(f"/proc/{program.pid}/environ").read_bytes()),
    ]
    looks += [Look(place="control socket", content=talk) for talk in program.door.heard]
    return looks


PARTS = {"": "database", "-wal": "write-ahead log", "-shm": "shared memory"}


def back_up(database: Path) -> bytes:
    """What the advice in the README makes: a copy by SQLite's own hand, while the program runs."""
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        source.backup(copy)
        return copy.serialize()


def open_files(program: Watched) -> Iterator[str]:
    """The files that the program holds open, such as one that has no name any more."""
    folder = Path(f"/proc/{program.pid}/fd")
    for entry in folder.iterdir():
        try:
            target = os.readlink(entry)
        except FileNotFoundError:
            continue
        if target.startswith("/"):
            yield target


def leaves_core(program: Watched) -> bool:
    """Whether a crash would write the program's memory into a file."""
    limits = Path(f"/proc/{program.pid}/limits").read_text("utf-8")
    return re.search(r"^Max core file size +0 ", limits, re.MULTILINE) is None


def chunks(png: bytes) -> dict[str, bytes]:
    """The parts of a PNG file by name, what comes before and after them under "" (the signature not counted)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found, place = {"": b""}, 8
    while place + 12 <= len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        name = png[place + 4 : place + 8].decode("latin-1")
        found[name] = found.get(name, b"") + png[place + 8 : place + 8 + length]
        place += 12 + length
        if name == "IEND":
            break
    found[""] = png[place:]
    return found
