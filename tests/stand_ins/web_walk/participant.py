"""Somebody who takes part in a browser, knows what they want to say, and remembers what they posted."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.comments import normalised
from web_walk.browser import Browser, Tab
from web_walk.count import Sheet
from web_walk.instrument import OPEN_QUESTION, ORDER, PRINCIPLES, STATEMENTS
from web_walk.page import Page

CHOICES = ("1", "2", "3", "4", "5", "unknown", "skip")


@dataclass
class Wishes:
    """What somebody wants to say. What is not in ``choices`` is drawn by lot, most often a score."""

    lot: random.Random
    choices: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)

    def choice(self, statement: str) -> str:
        """The choice for a statement."""
        return self.choices.get(statement) or self.lot.choices(CHOICES, weights=(3, 4, 6, 6, 4, 1, 1))[0]


class Participant:
    """One person with one browser. ``sheet`` is what they posted, as far as the program confirmed it."""

    def __init__(self, browser: Browser, *, group: str, wishes: Wishes) -> None:
        self.browser = browser
        self.wishes = wishes
        self.sheet = Sheet(group=group)

    @property
    def tab(self) -> Tab:
        """The tab they look at."""
        return self.browser.tab

    @property
    def page(self) -> Page:
        """The page they look at."""
        return self.tab.page

    @property
    def principle(self) -> str:
        """The name of the principle that the page is about."""
        (found,) = [name for name in ORDER if f"{self.page.progress}{self.page.heading}".startswith(name)]
        return found

    async def arrive(self, link: str) -> None:
        """Open the link of a poster, press its one button, read what is promised, and agree."""
        await self.tab.open(link)
        await self.tab.only_button()
        assert self.page.offers("agree"), self.page.words
        assert self.sheet.group in self.page.words
        await self.tab.tap("agree")
        assert self.page.heading in STATEMENTS, self.page.words

    async def choose(self, choice: str) -> None:
        """Answer the question on the page."""
        statement = self.page.heading
        assert statement in STATEMENTS, self.page.words
        await (self.tab.tap("skip") if choice == "skip" else self.tab.tap("score", choice))
        self.sheet.choices[statement] = choice

    async def comment(self, words: str) -> None:
        """Answer the open question."""
        principle = self.principle
        await self.tab.send(words)
        self.sheet.comments[principle] = normalised(words)

    async def hand_in(self) -> None:
        """Hand in the principle of the check card, having read it."""
        principle = self.principle
        await self.tab.tap("hand-in")
        self.sheet.handed_in.add(principle)

    async def step(self) -> None:
        """Do what the page asks for."""
        if self.page.heading in STATEMENTS:
            await self.choose(self.wishes.choice(self.page.heading))
        elif self.page.heading == OPEN_QUESTION:
            words = self.wishes.comments.get(self.principle) or self.page.typed
            await (self.comment(words) if words else self.tab.tap("go-on"))
        else:
            await self.hand_in()

    async def until(self, *, principle: str = "", statement: str = "", check: bool = False) -> None:
        """Answer until a statement, the open question of a principle, its check card (``check``), or else the end."""
        while not self.at_end:
            if statement and self.page.heading == statement:
                return
            if principle and not statement and self.principle == principle:
                reached = self.page.offers("hand-in") if check else self.page.heading == OPEN_QUESTION
                if reached:
                    return
            await self.step()

    async def after(self, principle: str) -> None:
        """Answer up to and with handing in this principle."""
        await self.until(principle=principle, check=True)
        await self.hand_in()

    @property
    def at_end(self) -> bool:
        """Whether everything is handed in and the thanks are on the page."""
        return self.page.offers("answers") and not self.page.offers("back") and not self.page.offers("hand-in")

    async def jump(self, principle: str) -> None:
        """To a principle out of turn, by the menu and the list of one's own answers."""
        await self.tab.tap("menu")
        await self.tab.tap("answers")
        await self.tab.tap("principle", PRINCIPLES[principle])

    def place(self) -> tuple[object, ...]:
        """Where they are: all that must be the same when they come back."""
        typed = [control.value for form in self.page.forms for control in form.controls if control.kind == "box"]
        return self.page.heading, self.page.progress, self.page.taps(), typed, self.page.quotes
