"""Marked texts, names, ids and secrets go through the whole of Telegram's way, in trouble too, and are then looked for.

What may stand where is one table; everything else fails, and so does a line of the table that is not needed. A second
walk has the program leak into every place on purpose: the search finds each.
"""

from __future__ import annotations

from fake_bot_api import FakeBotApi
from leaks import Canaries, Watched
from leaks.chat_canaries import Walk
from leaks.chat_table import ALLOWED, NOWHERE, ONLY_ONCE_SHOWN
from telegram_walk import settings_for

LEAKED = "Canaryleaked"


async def test_nothing_that_people_are_or_say_stands_where_it_may_not(api: FakeBotApi) -> None:
    canaries = Canaries()
    async with Watched(settings=settings_for(api, LOG_LEVEL="DEBUG")) as program:
        walk = Walk(api, program, canaries)
        await walk.until_shown()
        walk.none_leaks(but=ONLY_ONCE_SHOWN)
        await program.kill()
        await program.start()
        walk.none_leaks(but=ONLY_ONCE_SHOWN)
        await walk.until_closed()
        walk.none_leaks()
        assert walk.strange() == set()
        assert program.broke() == {"turn", "background", "drawing", "door"}
        assert ALLOWED.keys() - walk.seen == set(), "lines of the table that nothing needs"
        assert canaries.kinds - {kind for kind, _ in walk.seen} == NOWHERE
        api_server = api.url.rpartition("/")[2].split(":")
        assert program.connected() <= {
            str((api_server[0], int(api_server[1]))),
            str(program.data / "control.sock"),
            "data/control.sock",
            "fc-list",
        }
        assert program.temporary.stat().st_mtime_ns == program.temporary_since
        assert "Traceback" not in program.output
        assert await program.stop() == 0


async def test_every_call_is_really_searched(api: FakeBotApi) -> None:
    """With a program that leaks into each place that only Telegram has, each leak is found."""
    canaries = Canaries()
    canaries.release("leaked", LEAKED)
    async with Watched(settings=settings_for(api, LOG_LEVEL="DEBUG"), leaking=LEAKED) as program:
        walk = Walk(api, program, canaries)
        await walk.set_up()
        await api.wait_for(lambda: bool(api.calls_between(0, method="setMyShortDescription")), 10)
        found = {place for kind, place in walk.found() if kind == "leaked"}
        assert found >= {"chat of a facilitator", "calls about no chat", "headers", "pictures", "output", "environment"}
        # Planted in no program, but in what was heard: a number of somebody's in the chat of another.
        call = api.calls_between(0, method="sendMessage")[0]
        call.parameters["chat_id"] = call.parameters["text"] = f"{walk.facilitator.person.id}"
        walk.roles[walk.facilitator.person.id] = "participant 1"
        cells = {place for kind, place in walk.found() if kind == "id of the chat"}
        assert cells >= {"chat of a participant", "chat ids"}
        assert {"X-Trace", "tEXt"} <= walk.strange()
