"""The artist works in one thread of its own and holds nobody up."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from bot.charts import render
from bot.charts.artist import Artist
from bot.charts.jobs import GapChart, Job, OverviewChart
from bot.replies import Drawn
from conversations.says import text
from tests.bot.charts.conftest import ENGLISH, QUESTIONNAIRE, alike, gathered

RESULTS = gathered([alike([1, 2, 3, 4, 5], label=text("group.staff"), audience="staff")])
GAPS = GapChart(results=RESULTS, questionnaire=QUESTIONNAIRE, wording=ENGLISH)
OVERVIEW = OverviewChart(results=RESULTS, questionnaire=QUESTIONNAIRE, wording=ENGLISH)


async def test_pictures_asked_for_at_once_are_all_drawn() -> None:
    artist = Artist()
    artist.warm()
    try:
        drawn = await asyncio.gather(*(artist.draw(job) for job in (GAPS, OVERVIEW, GAPS)))
    finally:
        artist.close()
    assert drawn[0] == drawn[2] == render.render(GAPS)
    assert drawn[1] == render.render(OVERVIEW)


async def test_drawing_happens_in_one_thread_that_is_not_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[int] = set()

    def pretend(job: Job) -> Drawn:
        threads.add(threading.get_ident())
        return Drawn(png=b"", caption="")

    monkeypatch.setattr(render, "render", pretend)
    artist = Artist()
    await asyncio.gather(*(artist.draw(GAPS) for _ in range(5)))
    artist.close()
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_a_picture_that_fails_does_not_stop_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    artist = Artist()
    with monkeypatch.context() as broken:
        broken.setattr(render, "render", lambda job: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await artist.draw(GAPS)
    assert (await artist.draw(GAPS)).png
    artist.close()


async def test_after_closing_nothing_is_drawn() -> None:
    artist = Artist()
    artist.close()
    with pytest.raises(RuntimeError):
        await artist.draw(GAPS)


def test_the_artist_is_made_without_matplotlib() -> None:
    check = "import sys, bot.charts.artist, bot.charts.jobs; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
