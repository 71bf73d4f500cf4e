"""Forgetting and purging with the real program, while it runs and while it does not, on a clock that goes ahead.

What is erased is looked for in every byte of the data folder; no id and no code is said or logged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from fake_bot_api import FakeBotApi
from program import Program
from telegram_walk import LABELS, STAFF, Book, Invite, assessments, bytes_of, keys, settings_for
from telegram_walk import Facilitator as Organiser
from telegram_walk import Participant as Chatter
from web_walk import GROUPS, Facilitator, Participant, Tab, Venue, venue
from web_walk.instrument import ORDER

RUNNING = pytest.mark.parametrize("running", [True, False], ids=["while it runs", "while it does not"])
PEOPLE = ("participants", "parts", "spent", "visitors", "addresses", "browsers")


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program, talking as much as it can."""
    async with venue({"LOG_LEVEL": "DEBUG"}) as running:
        yield running


def stored(data: Path, *tables: str) -> set[bytes]:
    """Every id and sealed value that stands in these tables."""
    with closing(sqlite3.connect(f"{(data / 'equal-voice.db').as_uri()}?mode=ro", uri=True)) as file:
        rows = [row for table in tables for row in file.execute(f"SELECT * FROM {table}")]  # noqa: S608 - our own names
    return {value for row in rows for value in row if isinstance(value, bytes) and value}


def left_of(values: set[bytes], data: Path) -> set[bytes]:
    """Which of them stand in any file of the folder: an id whole, of something longer a piece."""
    held = b"".join(bytes_of(data).values())
    return {value for value in values if (value[40:60] or value) in held}


async def pause(program: Program, *, running: bool) -> None:
    """Stop the program unless it is meant to run meanwhile."""
    if not running:
        assert await program.stop() == 0


async def code_for_another_browser(tab: Tab) -> str:
    await tab.tap("menu")
    await tab.tap("resume-code")
    (code,) = tab.page.codes
    return code


@RUNNING
async def test_somebody_on_the_web_is_forgotten_by_the_code_that_they_read_out(place: Venue, running: bool) -> None:
    program = place.program
    facilitator = await place.facilitator()
    before = stored(program.data, *PEOPLE, "tokens")
    ana = await place.arrived(1, GROUPS[0])
    await ana.after(ORDER[1])
    code = await code_for_another_browser(ana.tab)
    theirs = stored(program.data, *PEOPLE, "tokens") - before
    assert len(theirs) > 8
    ben = await place.arrived(2, GROUPS[0])
    await ben.after(ORDER[0])
    bens = stored(program.data, *PEOPLE) - theirs - before
    await pause(program, running=running)
    status, told = await program.command("forget", typed=code.lower() + "\n")
    assert status == 0, told
    assert [line.strip() for line in told.splitlines() if line.startswith("  ")] == [
        "record of the person: 1",
        "open assessments that they took part in: 1",
        "principles with answers that were not shown: 2",
        "browsers: 1",
        "codes for another browser: 1",
    ]
    assert code not in told + program.output
    assert code.lower() not in told + program.output
    assert left_of(theirs, program.data) == set()
    assert left_of(bens, program.data) == bens
    if not running:
        await again_at_the_same_address(program)
    await ana.tab.open()
    assert ana.page.heading == "Hello"
    await ben.tab.open()
    assert ben.page.heading != "Hello"
    numbers = await facilitator.numbers()
    assert numbers[GROUPS[0]][0] == 2, "joined never falls"
    assert await program.command("forget", typed=code + "\n") == (
        2,
        told.partition("> ")[0] + "> This code is not good, or not any more: ask the person for a new one.\n",
    )


async def again_at_the_same_address(program: Program) -> None:
    program.settings["WEB_ADDRESS"] = program.url.removeprefix("http://")
    await program.start()


@RUNNING
async def test_somebody_on_telegram_is_forgotten_by_their_number(api: FakeBotApi, running: bool) -> None:
    async with Program(settings=settings_for(api, LOG_LEVEL="DEBUG")) as program:
        organiser = Organiser(api, "Fay")
        await organiser.start(f"i-{program.invitation}")
        invites = await organiser.create(organisation="Riverside", least=5, groups=(STAFF,))
        before = stored(program.data, *PEOPLE)
        book = Book(STAFF, least=5)
        ana = await handed_in(api, book, invites[STAFF])
        theirs = stored(program.data, *PEOPLE) - before
        await pause(program, running=running)
        number = str(ana.person.id)
        status, told = await program.command("forget", typed=f" {number} \n")
        assert status == 0, told
        assert "open assessments that they took part in: 1" in told
        assert number not in told
        assert number not in program.output
        assert left_of(theirs, program.data) == set()
        status, told = await program.command("forget", typed=number)
        assert (status, "Nothing that could be erased is kept of this person." in told) == (0, True)
        if not running:
            await program.start()
        # Whoever comes back is somebody new.
        again = Chatter(api, "Ana", Book(STAFF, least=5), person=ana.person)
        await again.join(invites[STAFF])


async def handed_in(api: FakeBotApi, book: Book, invite: Invite) -> Chatter:
    """Somebody who has handed in the first principle, with a comment."""
    ana = Chatter(api, "Ana", book)
    await ana.join(invite)
    await ana.answer(LABELS[:3], comments=["More time."])
    return ana


@RUNNING
async def test_a_facilitator_is_forgotten_only_after_a_yes(place: Venue, running: bool) -> None:
    program = place.program
    facilitator = await place.facilitator()
    await facilitator.tab.tap("f-home")
    code = await code_for_another_browser(facilitator.tab)
    await pause(program, running=running)
    for no in ("no\n", "\n", ""):
        status, told = await program.command("forget", typed=f"{code}\n{no}")
        assert status == 2, told
        assert "Assessments of their account: 1, of which open: 1." in told
        assert "Nothing was erased" in told
    status, told = await program.command("forget", typed=f"{code}\nyes\n")
    assert status == 0, told
    assert "This person is forgotten. Erased:" in told
    assert len(assessments(program.data).open) == 1
    assert stored(program.data, "visitors", "browsers") == set()
    if not running:
        await again_at_the_same_address(program)
    await facilitator.tab.open()
    assert facilitator.page.heading == "Hello"


@pytest.mark.parametrize("typed", ["", "\n", "Zoë\n", "12 34\n", "-5\n", "BCDF-2345\n"])
async def test_what_names_nobody_erases_nothing(tmp_path: Path, typed: str) -> None:
    program = Program(folder=tmp_path)
    async with program:
        before = stored(program.data, "tokens")
        status, told = await program.command("forget", typed=typed)
        assert status == 2
        assert "Traceback" not in told
        assert told.strip().endswith(".")
        assert stored(program.data, "tokens") == before


@pytest.mark.parametrize("words", [["forget"], ["purge"], ["purge", "--results-older-than", "3"]])
async def test_where_there_is_no_data_none_is_made(tmp_path: Path, words: list[str]) -> None:
    status, told = await Program(folder=tmp_path).command(*words, typed="1\n")
    assert status == 2
    assert told.startswith(f"There is no data in {tmp_path / 'data'}: ")
    assert bytes_of(tmp_path) == {}


@pytest.mark.parametrize("months", ["0", "121", "two", "-1", "1.5", ""])
async def test_months_that_are_none_are_refused(tmp_path: Path, months: str) -> None:
    status, told = await Program(folder=tmp_path).command("purge", f"--results-older-than={months}")
    assert status == 2
    assert "give a whole number of months from 1 to 120" in told
    assert "Traceback" not in told
    assert bytes_of(tmp_path) == {}


async def test_what_nobody_uses_is_told_of_and_then_erased(place: Venue) -> None:
    program = place.program
    facilitator, people = await five_who_hand_in(place)
    await facilitator.tab.open()
    await facilitator.show(ORDER[0])
    theirs = stored(program.data, "participants", "parts", "spent")
    assert len(theirs) > 10
    await later(place, days=75)
    await facilitator.tab.open()
    assert "Nobody used this" not in facilitator.page.words
    await later(place, days=80)
    await open_assessment(facilitator)
    assert "Nobody used this for a long time." in facilitator.page.words
    assert left_of(theirs, program.data) == theirs
    await later(place, days=94)
    await open_assessment(facilitator)
    assert "Nobody used this for 90 days. So answers that were not shown were erased on" in facilitator.page.words
    assert facilitator.page.offers("f-results")
    await people[0].tab.open()
    assert "Answers were closed while you were away." in people[0].page.words
    assert left_of(theirs, program.data) == set()
    assert keys(program.keys) == set()
    assert "Traceback" not in program.output


async def open_assessment(facilitator: Facilitator) -> None:
    """From wherever they are to the page of the one assessment."""
    await facilitator.tab.open()
    if facilitator.page.offers("f-home"):
        await facilitator.tab.tap("f-home")
    elif facilitator.page.offers("f-results"):
        await facilitator.tab.tap("f-results")
        await facilitator.tab.tap("f-home")
    (value,) = [value for action, value in facilitator.page.taps() if action == "open"]
    await facilitator.tab.tap("open", value)


async def five_who_hand_in(place: Venue) -> tuple[Facilitator, list[Participant]]:
    facilitator = await place.facilitator()
    people = []
    for number in range(5):
        person = await place.arrived(number, GROUPS[0])
        await person.after(ORDER[1])
        people.append(person)
    return facilitator, people


async def later(place: Venue, *, days: int) -> None:
    """Stop, and start again with a clock that goes so many days ahead."""
    program = place.program
    assert await program.stop() == 0
    program.days = days
    await again_at_the_same_address(program)


@RUNNING
async def test_purge_erases_what_is_due_and_old_results_on_request(place: Venue, running: bool) -> None:
    program = place.program
    facilitator, _ = await five_who_hand_in(place)
    await open_assessment(facilitator)
    await facilitator.tab.tap("f-close")
    await facilitator.tab.tap("close")
    results = stored(program.data, "assessments", "groups", "pools") - stored(program.data, "facilitators")
    assert len(results) > 5
    await later(place, days=40)
    await pause(program, running=running)
    status, told = await program.command("purge")
    assert status == 0, told
    assert numbers_of(told) == [0, 0, 0, 0, 0]
    assert left_of(results, program.data) == results
    status, told = await program.command("purge", "--results-older-than", "1")
    assert status == 0, told
    assert numbers_of(told) == [0, 1, 0, 0, 0]
    assert left_of(results, program.data) == set()
    assert assessments(program.data).closed == set()
    if not running:
        await again_at_the_same_address(program)
    await facilitator.tab.open()
    assert not [tap for tap in facilitator.page.taps() if tap[0] == "open"]
    assert await program.stop() == 0
    program.days = 800
    status, told = await program.command("purge")
    assert (status, numbers_of(told)[2:4]) == (0, [6, 6]), told
    assert stored(program.data, "visitors", "browsers") == set()


def numbers_of(told: str) -> list[int]:
    return [int(line.rpartition(" ")[2]) for line in told.splitlines() if line[-1:].isdigit()]
