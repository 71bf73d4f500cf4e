"""Somebody who runs an assessment from a browser."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass

from PIL import Image

from web_walk.browser import Browser, Tab
from web_walk.instrument import PRINCIPLES
from web_walk.page import Figure, Page

PNG = b"\x89PNG\r\n\x1a\n"
NARROWEST = 1080
"""Pixels across, so that it can be read on a wall."""


@dataclass(frozen=True)
class Entrance:
    """How people get into one group."""

    code: str
    link: str


class Facilitator:
    """One facilitator with one browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @property
    def tab(self) -> Tab:
        """The tab they look at."""
        return self.browser.tab

    @property
    def page(self) -> Page:
        """The page they look at."""
        return self.tab.page

    async def arrive(self, path: str) -> Page:
        """Open an invitation and press its one button."""
        await self.tab.open(path)
        return await self.tab.only_button()

    async def set_up(self, organisation: str, *, k: int = 5) -> None:
        """Create an assessment with the two groups that are offered."""
        await self.tab.tap("new")
        await self.tab.send(organisation)
        await self.tab.tap("go-on")
        await self.tab.tap("threshold", str(k))
        await self.tab.tap("weeks", "4")
        assert organisation in self.page.words
        await self.tab.tap("create")
        assert self.page.heading == organisation

    async def entrances(self) -> dict[str, Entrance]:
        """The code and link of each group, by its name; every poster is looked at."""
        await self.tab.tap("f-invite")
        found = {}
        for action, value in [tap for tap in self.page.taps() if tap[0] == "f-group"]:
            await self.tab.tap(action, value)
            code, link = self.page.codes
            found[self.page.heading] = Entrance(code, link)
            (poster,) = self.page.figures
            assert code in poster.caption
            assert link in poster.caption
            await self.picture(poster)
            await self.tab.tap("f-invite")
        await self.tab.tap("f-assessment")
        return found

    async def numbers(self) -> dict[str, tuple[int, dict[str, str]]]:
        """The assessment's page: how many joined each group, and what it says of each principle."""
        await self.tab.tap("f-assessment")
        found = {}
        for group, elements in self.page.sections.items():
            if group:
                joined = next(each.words for each in elements if each.tag == "p")
                lines = [line.words.split(": ", 1) for each in elements for line in each.all("li")]
                found[group] = (int(joined.split()[0]), {name: number for name, number in lines})
        return found

    async def ask_to_show(self, principle: str) -> list[str]:
        """Go to the warning about one principle, or "all"; returns its lines."""
        if not self.page.offers("f-show"):
            await self.tab.tap("f-assessment")
        await self.tab.tap("f-show")
        await self.tab.tap("show", PRINCIPLES.get(principle, principle))
        return self.page.items

    async def show(self, principle: str) -> None:
        """Show one principle, or "all", in spite of the warning."""
        await self.ask_to_show(principle)
        await self.tab.tap("now")

    async def close(self) -> None:
        """Close answers."""
        if self.page.offers("f-assessment"):
            await self.tab.tap("f-assessment")
        await self.tab.tap("f-close")
        await self.tab.tap("close")

    async def results(self) -> None:
        """To the list of results."""
        if not self.page.offers("f-results"):
            await self.tab.tap("f-assessment")
        await self.tab.tap("f-results")

    async def principle(self, name: str) -> Figure:
        """The picture of one principle."""
        await self.results()
        await self.tab.tap("f-principle", PRINCIPLES[name])
        return await self._figure()

    async def gaps(self) -> Figure:
        """The picture of the gaps."""
        await self.results()
        await self.tab.tap("f-gaps")
        return await self._figure()

    async def overview(self) -> Figure:
        """The picture of all principles."""
        await self.results()
        await self.tab.tap("f-overview")
        return await self._figure()

    async def comments(self, name: str) -> dict[str, Counter[str]]:
        """What people wrote about a principle, by group."""
        await self.results()
        await self.tab.tap("f-comments", PRINCIPLES[name])
        sections = self.page.sections.items()
        return {
            group: Counter(each.text for each in elements if each.tag == "blockquote")
            for group, elements in sections
            if group
        }

    async def sheet(self) -> Page:
        """The score sheet."""
        await self.results()
        return await self.tab.tap("f-sheet")

    async def _figure(self) -> Figure:
        (figure,) = self.page.figures
        await self.picture(figure)
        return figure

    async def picture(self, figure: Figure) -> bytes:
        """Load a picture, see that it is one, and return it."""
        answer = await self.browser.get(figure.url)
        assert answer.status == 200, figure.url
        assert answer.kind == "image/png"
        assert answer.headers["Cache-Control"] == "no-store"
        png = answer.body
        assert png.startswith(PNG)
        with Image.open(io.BytesIO(png)) as drawn:
            drawn.verify()
            assert drawn.width >= NARROWEST
        return png
