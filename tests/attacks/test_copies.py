"""A copy of the whole data folder, taken before closing, is worth nothing with what is left of the keys afterwards."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from at_rest import keys_in, sealed_under_the_assessments_key
from web_walk import STAFF, Facilitator, Participant, Venue, venue
from web_walk.instrument import ORDER, statements

MARK = "Zq7copied"
K = 5


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program, with one assessment to come."""
    async with venue({"LOG_LEVEL": "DEBUG"}) as running:
        yield running


async def six_answer(place: Venue) -> list[Participant]:
    """All of them two principles; too few have a score for the first statement of the first."""
    people = []
    for number in range(6):
        skips = {} if number < 3 else {statements(ORDER[0])[0]: "skip"}
        comments = {name: f"{MARK} {number} on {name}" for name in ORDER[:2]}
        person = await place.person(number, STAFF, choices=skips, comments=comments)
        await person.arrive(place.entrances[STAFF].link)
        await person.after(ORDER[1])
        people.append(person)
    return people


async def test_nothing_of_an_older_copy_opens_with_what_is_left_of_the_keys(place: Venue, tmp_path: Path) -> None:
    program = place.program
    facilitator = await place.facilitator()
    await six_answer(place)
    await facilitator.tab.open()
    await facilitator.show(ORDER[0])
    shown = await what_is_shown(facilitator)
    assert await program.stop() == 0
    shutil.copytree(program.data, tmp_path / "data")
    shutil.copytree(program.keys, tmp_path / "keys-before")
    await again(place)
    await facilitator.tab.open()
    await facilitator.close()
    assert await program.stop() == 0

    sealed = sealed_under_the_assessments_key(tmp_path / "data" / "equal-voice.db")
    tables = [trial.table for trial in sealed]
    assert [tables.count(table) for table in ("participants", "parts", "pools")] == [6, 6, 1]
    before, left = [*keys_in(tmp_path / "keys-before")], [*keys_in(program.keys)]
    assert all(any(trial.opens(key) for key in before) for trial in sealed), "the trial itself can open them"
    assert left
    assert not [trial for trial in sealed for key in left if trial.opens(key)]
    assert {file.name for file in program.keys.iterdir()} == {"installation.key"}
    # Nor does anything that lies in the copy itself, or in the data folder of today.
    for folder in (tmp_path / "data", program.data):
        assert not [key for key in set(keys_in(folder)) if sealed[-1].opens(key) or sealed[0].opens(key)]

    await the_program_can_only_close_it(place, facilitator, tmp_path / "data", shown)


async def the_program_can_only_close_it(place: Venue, facilitator: Facilitator, copy: Path, shown: list[str]) -> None:
    """Put back, with the keys that are left: what was shown before stays, nothing more is ever shown."""
    program = place.program
    shutil.rmtree(program.data)
    shutil.copytree(copy, program.data)
    before = len(program.output)
    await again(place)
    assert "1 open assessments have lost their key. They can only be closed." in program.output[before:]
    await facilitator.tab.open()
    if facilitator.page.offers("f-home"):
        await facilitator.tab.tap("f-home")
    await facilitator.tab.tap(*next(tap for tap in facilitator.page.taps() if tap[0] == "open"))
    assert "The key to these answers is missing" in facilitator.page.words
    for action, value in (("f-show", ""), ("show", "all"), ("show", "networks"), ("now", "")):
        await forged(facilitator, action, value)
    assert await what_is_shown(facilitator) == shown
    await facilitator.close()
    assert await what_is_shown(facilitator) == shown
    assert sealed_under_the_assessments_key(program.data / "equal-voice.db") == []
    assert MARK not in program.output
    assert "Traceback" not in program.output


async def forged(facilitator: Facilitator, action: str, value: str) -> None:
    """Send a tap, whether the page offers it or not."""
    form = facilitator.page.forms[-1]
    fields = [(control.name, control.value) for control in form.controls if control.kind == "hidden"]
    await facilitator.browser.post("/", [*fields, ("tap", f"{action}:{value}")])
    await facilitator.tab.open()


async def what_is_shown(facilitator: Facilitator) -> list[str]:
    """Everything that a facilitator reads of results, without the order of comments."""
    words = [(await facilitator.principle(ORDER[0])).caption, (await facilitator.overview()).caption]
    comments = await facilitator.comments(ORDER[0])
    sheet = await facilitator.sheet()
    await facilitator.tab.tap("f-assessment")
    # Before closing there may be more to come.
    words = [caption.replace(" yet", "") for caption in words]
    return [*words, *sorted(str(sorted(group.items())) for group in comments.values()), *sorted(sheet.items)]


async def again(place: Venue) -> None:
    """Start at the same address."""
    place.program.settings["WEB_ADDRESS"] = place.program.url.removeprefix("http://")
    await place.program.start()
