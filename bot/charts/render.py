"""From a job to a finished picture. Runs in the artist's thread only."""

from __future__ import annotations

from bot.charts import fonts
from bot.charts.bars import principle_sheet
from bot.charts.captions import caption
from bot.charts.dots import gap_sheet, overview_sheet
from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.charts.poster import poster_sheet
from bot.charts.sheet import Sheet
from bot.replies import Drawn


def load() -> None:
    """Load what the first picture would otherwise wait for. May be called again."""
    fonts.load()


def lay_out(job: Job) -> Sheet:
    """The picture before it is drawn; tests look at its text boxes."""
    own = fonts.Fonts.of(job.wording.language)
    match job:
        case PrincipleChart():
            return principle_sheet(job, own)
        case GapChart():
            return gap_sheet(job, own)
        case OverviewChart():
            return overview_sheet(job, own)
        case Poster():
            return poster_sheet(job, own)


def render(job: Job) -> Drawn:
    """The picture and its caption."""
    return Drawn(png=lay_out(job).png(), caption=caption(job))
