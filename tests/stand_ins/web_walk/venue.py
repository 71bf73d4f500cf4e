"""The running program, an assessment with two groups, and any number of browsers in front of it."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from program import Program
from web_walk.browser import Browser
from web_walk.facilitator import Entrance, Facilitator
from web_walk.instrument import ORDER, statements
from web_walk.participant import Participant, Wishes

K = 5
STAFF, USERS = "Staff", "People who use services"
GROUPS = (STAFF, USERS)
ORGANISATION = "Riverside Hospital"


class Venue:
    """Where a walk takes place. ``entrances`` are known once a facilitator has set up an assessment."""

    def __init__(self, program: Program, stack: AsyncExitStack) -> None:
        self.program = program
        self.entrances: dict[str, Entrance] = {}
        self._stack = stack

    async def browser(self, *, old: bool = False) -> Browser:
        """A new one, closed at the end. ``old``: one that does not say where a form comes from."""
        return await self._stack.enter_async_context(Browser(self.program.url, old=old))

    async def facilitator(self, *, organisation: str = ORGANISATION) -> Facilitator:
        """Somebody who uses the printed invitation and sets up an assessment."""
        facilitator = Facilitator(await self.browser())
        await facilitator.arrive(f"/i/{self.program.invitation}")
        await facilitator.set_up(organisation, k=K)
        self.entrances = await facilitator.entrances()
        assert tuple(self.entrances) == GROUPS
        return facilitator

    async def person(
        self,
        number: int,
        group: str,
        *,
        choices: Mapping[str, str] | None = None,
        comments: Mapping[str, str] | None = None,
    ) -> Participant:
        """Somebody who has not arrived yet. The number draws what they want to say, beside what is given.

        All of them have a score for each statement of the first principle.
        """
        lot = random.Random(number)
        scores = {statement: lot.choice("12345") for statement in statements(ORDER[0])}
        wishes = Wishes(lot, choices=scores | dict(choices or {}), comments=comments or {})
        return Participant(await self.browser(old=number % 7 == 6), group=group, wishes=wishes)

    async def arrived(self, number: int, group: str) -> Participant:
        """Somebody who has agreed and sees the first question."""
        person = await self.person(number, group)
        await person.arrive(self.entrances[group].link)
        return person

    async def restart(self) -> None:
        """``kill -9``, and start again on the same data and address."""
        self.program.settings["WEB_ADDRESS"] = self.program.url.removeprefix("http://")
        await self.program.kill()
        await self.program.start()


@asynccontextmanager
async def venue(settings: Mapping[str, str] | None = None) -> AsyncIterator[Venue]:
    """The program, running, and nobody there yet."""
    async with AsyncExitStack() as stack:
        yield Venue(await stack.enter_async_context(Program(settings=settings)), stack)
