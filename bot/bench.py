"""One rough figure for each thing that could become slow: turns a second, milliseconds a chart.

The figures are for comparing two states of the program on one machine in one sitting, and for nothing else.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.bootstrap import house
from bot.languages import ENGLISH
from bot.rehearsal import Rehearsal
from bot.replies import Person
from bot.settings import Settings
from conversations.cards import Picture
from conversations.inputs import Tap, Typed

PEOPLE = 40
CHARTS = 20


async def bench(settings: Settings, *, tell: Callable[[str], None]) -> None:
    """Measure in a folder of its own, which is removed again."""
    with tempfile.TemporaryDirectory() as folder:
        apart = replace(settings, data_folder=Path(folder, "data"), key_folder=Path(folder, "keys"), bot_token=None)
        async with house(apart) as parts:
            rehearsal = Rehearsal(parts)
            assessment, codes = await rehearsal.prepare()
            people = [Person(channel="web", id=f"{number:032x}") for number in range(PEOPLE)]

            async def answer(person: Person) -> int:
                """One person's way through: a new value at every write, as a repeated one would cost less."""
                turns = 3
                await parts.turns.take(person, Typed(codes["staff"]))
                await parts.turns.take(person, Tap("speak", ENGLISH))
                reply = await parts.turns.take(person, Tap("agree"))
                while reply.card.state != "end":
                    taps = {"question": Tap("score", str(1 + turns % 5)), "comment": Tap("go-on")}
                    reply = await parts.turns.take(person, taps.get(reply.card.state, Tap("hand-in")))
                    turns += 1
                return turns

            began = time.perf_counter()
            taken = sum(await asyncio.gather(*map(answer, people)))
            tell(f"{taken / (time.perf_counter() - began):.0f} turns a second ({PEOPLE} people at once, SQLite)")
            await rehearsal.show(assessment)
            for kind, about in (("principle", "assets"), ("overview", ""), ("gaps", "")):
                picture = Picture(kind=kind, assessment=assessment, about=about)  # type: ignore[arg-type]
                await parts.turns.draw(rehearsal.facilitator, picture)
                began = time.perf_counter()
                for _ in range(CHARTS):
                    await parts.turns.draw(rehearsal.facilitator, picture)
                tell(f"{(time.perf_counter() - began) / CHARTS * 1000:.0f} ms for the picture {kind}")
