"""What is erased is in no file of the data folder any more: no text, no id, no sealed byte, not even of older versions.

Before each step every value that stands in the database is read and remembered, while the real program runs.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from at_rest import Remembered, found_in, held_in, sealed_under_the_assessments_key
from web_walk import STAFF, USERS, Participant, Venue, venue
from web_walk.instrument import ORDER, statements

MARK = "Zq7erased"


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program, with one assessment to come."""
    async with venue({"LOG_LEVEL": "DEBUG"}) as running:
        yield running


class Files:
    """The data folder of a walk, and what was ever in it."""

    def __init__(self, place: Venue) -> None:
        self.memory = Remembered(place.program.data)
        self.data = place.program.data
        self._before: frozenset[tuple[str, bytes]] = frozenset()

    def before(self) -> None:
        """Remember how things are before something is erased, and see that all of it can be found."""
        self._before = self.memory.look()
        assert found_in(held_in(self.data), self._before) == self._before
        assert MARK.encode() not in held_in(self.data)

    def erased(self, *tables: str) -> None:
        """Something of each of these tables went, and nothing that ever went is in a file, nor anybody's words."""
        gone = self._before - self.memory.look()
        assert {table for table, _ in gone} >= set(tables)
        assert self.memory.left() == frozenset()
        assert MARK.encode() not in held_in(self.data)


async def takes_part(place: Venue, files: Files, number: int, group: str) -> Participant:
    """Hands in two principles, having changed their mind; few have a score for the second's first statement."""
    skips = {} if number < 3 else {statements(ORDER[1])[0]: "skip"}
    lot = random.Random(number)
    # Of many lengths, so that SQLite moves rows between pages, which leaves copies behind.
    comments = {name: f"{MARK} {number} on {name}" + " word" * lot.randrange(350) for name in ORDER[:2]}
    person = await place.person(number, group, choices=skips, comments=comments)
    await person.arrive(place.entrances[group].link)
    await person.until(principle=ORDER[0], check=True)
    files.memory.look()
    await person.tab.tap("previous")
    await person.comment(f"{MARK} {number} anew" + " word" * lot.randrange(350))
    files.memory.look()
    await person.after(ORDER[1])
    files.memory.look()
    return person


async def code_of(person: Participant) -> str:
    await person.tab.tap("menu")
    await person.tab.tap("resume-code")
    (code,) = person.page.codes
    return code


async def test_what_is_withdrawn_shown_forgotten_closed_and_erased_is_in_no_file(place: Venue) -> None:
    facilitator = await place.facilitator()
    files = Files(place)
    staff = [await takes_part(place, files, number, STAFF) for number in range(9)]
    await takes_part(place, files, 20, USERS)

    files.before()
    await staff[8].tab.tap("menu")
    await staff[8].tab.tap("withdraw")
    await staff[8].tab.tap("erase")
    files.erased("participants", "parts")

    files.before()
    await facilitator.tab.open()
    await facilitator.show(ORDER[0])
    files.erased("parts")

    code = await code_of(staff[7])
    files.before()
    status, _ = await place.program.command("forget", typed=f"{code}\n")
    assert status == 0
    files.erased("participants", "parts", "visitors", "browsers", "tokens")

    files.before()
    await staff[6].tab.tap("menu")
    await staff[6].tab.tap("privacy")
    await staff[6].tab.tap("forget-me")
    await staff[6].tab.tap("forget")
    files.erased("participants", "parts", "visitors", "browsers")

    await facilitator.tab.open()
    await facilitator.show(ORDER[1])
    files.before()
    assert "pools" in {trial.table for trial in sealed_under_the_assessments_key(files.memory.database)}
    await facilitator.close()
    files.erased("participants", "parts", "spent", "pools")
    assert not [table for table, _ in files.memory.look() if table in {"participants", "parts", "spent"}]

    files.before()
    await facilitator.tab.tap("f-erase")
    await facilitator.tab.tap("erase")
    files.erased("assessments", "groups", "pools")
    await place.program.stop()
    assert files.memory.left() == frozenset()


async def test_what_nobody_used_for_long_is_in_no_file_and_then_its_results_are_in_none(place: Venue) -> None:
    facilitator = await place.facilitator()
    files = Files(place)
    for number in range(6):
        await takes_part(place, files, number, STAFF)
    await facilitator.tab.open()
    await facilitator.show(ORDER[0])
    await later(place, days=80)
    files.before()
    await later(place, days=95)
    await until_its_key_is_gone(place)
    files.erased("participants", "parts", "spent")
    await later(place, days=160)
    files.before()
    status, _ = await place.program.command("purge", "--results-older-than", "1")
    assert status == 0
    files.erased("assessments", "groups", "pools")


async def until_its_key_is_gone(place: Venue) -> None:
    """The program erases what is past its day while it answers already; the key goes last. Nobody reads meanwhile."""
    for _ in range(400):
        if {file.name for file in place.program.keys.iterdir()} == {"installation.key"}:
            return
        await asyncio.sleep(0.05)
    pytest.fail("nothing was erased")


async def later(place: Venue, *, days: int) -> None:
    """Stop, and start again with a clock that goes so many days ahead."""
    program = place.program
    assert await program.stop() == 0
    program.days = days
    program.settings["WEB_ADDRESS"] = program.url.removeprefix("http://")
    await program.start()


async def test_the_search_finds_what_is_half_left(place: Venue, tmp_path: Path) -> None:
    """A piece of a value in the middle of another file is enough."""
    await place.facilitator()
    files = Files(place)
    now = files.memory.look()
    value = max((value for _, value in now), key=len)
    shutil.copytree(place.program.data, tmp_path / "copy", ignore=shutil.ignore_patterns("*.sock"))
    (tmp_path / "copy" / "other").write_bytes(b"before" + value[57:90] + b"after")
    for file in (tmp_path / "copy").glob("equal-voice.db*"):
        file.unlink()
    assert {found for _, found in found_in(held_in(tmp_path / "copy"), now)} == {value}
