"""An artist that draws nothing, and remembers what it was asked for."""

from __future__ import annotations

from bot.charts.jobs import Job
from bot.replies import Drawn


class NoArtist:
    """Empty pictures, captioned with the kind of the job."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    async def draw(self, job: Job) -> Drawn:
        """Keep the job."""
        self.jobs.append(job)
        return Drawn(png=b"", caption=type(job).__name__)
