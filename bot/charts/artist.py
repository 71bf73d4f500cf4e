"""The artist: draws pictures in one thread of its own, so that nobody waits for a picture but the one who
asked.

One thread, because a second gains little: text is the cost, and fonts are kept for each thread. Importing
matplotlib takes half a second, so that too happens in the thread.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bot.charts.jobs import Job
from bot.replies import Drawn


class Artist:
    """Draws one picture after the other, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="artist")

    def warm(self) -> None:
        """Begin to load matplotlib and the fonts; returns at once. Without it the first picture takes longer."""
        self._thread.submit(_warm)

    async def draw(self, job: Job) -> Drawn:
        """The picture of a job and its caption.

        Raises:
            NotInQuestionnaire: when the job's principle is not in its questionnaire.
            RuntimeError: after ``close``.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, _draw, job)

    def close(self) -> None:
        """Finish the picture in hand and take no more; those still waiting are cancelled."""
        self._thread.shutdown(wait=True, cancel_futures=True)


def _warm() -> None:
    from bot.charts import render

    render.load()


def _draw(job: Job) -> Drawn:
    from bot.charts import render

    render.load()
    return render.render(job)
