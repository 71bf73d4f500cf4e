"""Marked words walk through the program over HTTP, and are then looked for in every place there is.

What may stand where is one table; everything else fails, and so does a line of the table that is not needed. A second
walk has the program leak into every place on purpose: the search finds each.
"""

from __future__ import annotations

import pytest

from bot.charts import render
from bot.charts.jobs import Poster
from bot.wording import Wordings
from conversations.says import Verbatim, text
from leaks import Canaries, Hall, hall, leaves_core, metadata, open_files
from leaks.web_canaries import GROUP, ORGANISATION, Walk
from leaks.web_table import ALLOWED, NOWHERE, ONLY_ONCE_SHOWN
from web_walk import Facilitator, rules

LEAKED = "Zq7leaked"
SETTINGS = {"LOG_LEVEL": "DEBUG", "OPERATOR_NAME": "Riverside Voices", "OPERATOR_CONTACT": "hello@voices.example"}


async def test_nothing_that_is_secret_stands_where_it_may_not() -> None:
    canaries = Canaries()
    async with hall(SETTINGS, canaries) as place:
        walk, program = Walk(place), place.watched
        await walk.until_shown()
        walk.none_leaks(but=ONLY_ONCE_SHOWN)
        program.break_("tidy")
        await place.restart()
        await program.door.step_aside()
        walk.none_leaks(but=ONLY_ONCE_SHOWN)
        program.mend("tidy")
        await place.restart()
        await walk.until_closed()
        walk.none_leaks()
        assert place.strange_headers() == set()
        assert metadata(place.heard) == set()
        assert_only_our_files_are_written(place)
        assert program.broke() == {"turn", "page", "store", "background", "drawing", "door", "tidy"}
        assert ALLOWED.keys() - walk.seen == set(), "lines of the table that nothing needs"
        assert canaries.kinds - {kind for kind, _ in walk.seen} == NOWHERE
        for token in [canary.words for canary, _ in canaries if canary.kind == "invitation"]:
            told = program.output + "".join(told for _, told in program.commands_told)
            assert told.count(token) == 1
        assert "Traceback" not in program.output
        assert not leaves_core(program), "a crash would leave its memory behind"
        assert await program.stop() == 0


def assert_only_our_files_are_written(place: Hall) -> None:
    """Data folder, key folder and the drawing library's cache; no temporary file, not even one without a name."""
    program = place.watched
    ours = tuple(f"{folder}" for folder in (program.data, program.keys, program.home, "data", "keys"))
    # The folder around them is there before: asking for it makes nothing.
    strange = {path for path in program.written() if not path.startswith(ours)} - {"/dev/null", str(program.folder)}
    assert strange == set()
    assert [path for path in program.home.rglob("*") if path.is_file() and "matplotlib" not in str(path)] == []
    assert list(program.temporary.iterdir()) == []
    assert program.temporary.stat().st_mtime_ns == program.temporary_since, "a file was made there and removed"
    assert {path for path in open_files(program) if "deleted" in path or str(program.temporary) in path} == set()
    assert {path for path in open_files(program) if path.startswith(str(program.folder))} <= {
        str(program.data / name)
        for name in ("equal-voice.db", "equal-voice.db-wal", "equal-voice.db-shm", "equal-voice.lock")
    } | {str(program.watch / "events")}
    assert program.connected() <= {str(program.data / "control.sock"), "data/control.sock", "fc-list"}


async def test_the_poster_says_who_asks_whom_and_how_and_nothing_else() -> None:
    """Its bytes are those of a poster that is drawn from these words alone."""
    canaries = Canaries()
    async with hall(SETTINGS, canaries) as place:
        walk = Walk(place)
        walk.facilitator = Facilitator(await walk.browser("facilitator"))
        await walk.set_up()
        assert walk.poster is not None
        entrance = place.entrances[GROUP]
        job = Poster(
            organisation=ORGANISATION,
            group=Verbatim(GROUP),
            code=entrance.code,
            link=entrance.link,
            practice=False,
            wording=Wordings().speak("en"),
        )
        render.load()
        assert walk.poster.answer.body == render.render(job).png
        drawn = "".join(line.words for line in render.lay_out(job).texts)
        say = job.wording.say
        group = say(text("chart.poster.group", group=GROUP))
        head = [ORGANISATION, say(text("chart.poster.title")), group, say(text("chart.poster.how"))]
        foot = [say(text("chart.poster.code")), entrance.code, say(text("chart.poster.promise")), entrance.link]
        assert "".join(drawn.split()) == "".join("".join([*head, *foot]).split())


PLACES = {place.removeprefix("own ") for _, place in ALLOWED} | {
    "home",
    "temporary",
    "arguments",
    "environment",
    "headers",
    "titles",
    "pictures",
    "data folder",
    "key files",
    "shared memory",
    "other answers",
}


async def test_every_place_is_really_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same walk with a program that leaks into each place: each leak is found, and by its own check too."""
    monkeypatch.setattr(rules, "check", lambda page, *, style_bytes, speaks: None)
    canaries = Canaries()
    canaries.release("leaked", LEAKED)
    async with hall(SETTINGS, canaries, leaking=LEAKED) as place:
        walk, program = Walk(place), place.watched
        await walk.until_shown()
        found = {where for kind, where in walk.found() if kind == "leaked"}
        await walk.until_closed()
        with (program.data / "equal-voice.db-shm").open("ab") as shared:
            shared.write(LEAKED.encode())
        found |= {where for kind, where in walk.found() if kind == "leaked"}
        assert PLACES - found == {"other answers"}
        assert found - PLACES == set()
        assert any("X-Trace" in header for header in place.strange_headers())
        assert any("a cookie of" in header for header in place.strange_headers())
        assert metadata(place.heard) == {"tEXt"}
        assert any(path.startswith(str(program.temporary)) for path in program.written())
        assert program.temporary.stat().st_mtime_ns != program.temporary_since
        assert any("deleted" in path for path in open_files(program))
        assert any("9)" in other for other in program.connected())
