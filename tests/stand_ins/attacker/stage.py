"""The real program, a facilitator and made-up people in front of it, and what can be concluded from it all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

import aiohttp

from attacker.cards import Seat
from attacker.facilitating import Facilitator
from attacker.instrument import Instrument, instrument
from attacker.narrowing import Attacker, Narrowed, Narrowing
from attacker.numbers import numbers_below
from attacker.people import Somebody
from attacker.pictures import faults
from attacker.telegram_seat import TelegramSeat
from attacker.truth import Truth
from attacker.web_seat import WebSeat
from fake_bot_api import FakeBotApi, Person
from program import Program
from telegram_walk import settings_for

STAFF, USERS = "Staff", "People who use services"
K = 5
TOKEN = "123456789:AAFakeTokenForTestsOnly_0123456789abcdef"
STAND_INS = Path(__file__).parents[1]


class Stage:
    """Where an attack takes place. ``facilitator`` has a device on each channel, the web first."""

    def __init__(
        self,
        *,
        program: Program,
        api: FakeBotApi,
        session: aiohttp.ClientSession,
        instrument: Instrument,
        seed: int,
        eager: bool,
    ) -> None:
        self.program = program
        self.api = api
        self.instrument = instrument
        self.truth = Truth()
        self.lot = Random(seed)
        self.people: dict[str, Somebody] = {}
        self._session = session
        self._eager = eager
        self._facilitator: Facilitator | None = None

    @property
    def facilitator(self) -> Facilitator:
        """Who runs the assessment."""
        assert self._facilitator is not None
        return self._facilitator

    def browser(self) -> WebSeat:
        """A new browser."""
        return WebSeat(self._session, self.program.url)

    def phone(self, name: str) -> TelegramSeat:
        """A new phone."""
        return TelegramSeat(self.api, name)

    async def assessment(
        self, *, k: int = K, others: Sequence[str] = (), telegram: bool = True, organisation: str = "Riverside"
    ) -> Facilitator:
        """A facilitator with a device on each channel sets one up; the same one, with a truth of its own, if there is
        one already. ``others``: more groups than the two.
        """
        seats: Sequence[Seat] = self._facilitator.seats if self._facilitator else ()
        self.truth = Truth()
        facilitator = self._facilitator = Facilitator(
            seats or [self.browser()],
            instrument=self.instrument,
            truth=self.truth,
            groups=(STAFF, USERS, *others),
            k=k,
        )
        if self._eager:
            facilitator.after_each_look = self.conclude
        if not seats:
            await facilitator.seats[0].follow(f"i-{self.program.invitation}")
        await facilitator.set_up(organisation, others=others)
        if telegram and not seats:
            await facilitator.device(self.phone("Fay"))
        return facilitator

    async def somebody(self, name: str, group: str, *, telegram: bool = False, seat: Seat | None = None) -> Somebody:
        """A person who has joined a group."""
        seat = seat or (self.phone(name) if telegram else self.browser())
        person = Somebody(name, seat, truth=self.truth, instrument=self.instrument, lot=Random(f"{name}{group}"))
        self.people[name] = person
        self.truth.tick()
        await person.join(group, self.facilitator.codes[group])
        return person

    async def some(self, many: int, group: str, *, telegram: Sequence[int] = ()) -> list[Somebody]:
        """So many people who have joined a group, one after the other. ``telegram``: which of them are on a phone."""
        begin = len(self.people)
        return [await self.somebody(f"p{begin + number}", group, telegram=number in telegram) for number in range(many)]

    async def copy_files(self) -> None:
        """Stop the program, copy its data folder, start it again at the same address."""
        self.program.settings["WEB_ADDRESS"] = self.program.url.removeprefix("http://")
        assert await self.program.stop() == 0
        shutil.copytree(self.program.data, self._copy, dirs_exist_ok=True)
        await self.program.start()

    async def put_files_back(self) -> None:
        """The same, and the copy takes the place of the data folder. The keys stay as they are."""
        self.truth.tick()
        assert await self.program.stop() == 0
        shutil.rmtree(self.program.data)
        shutil.copytree(self._copy, self.program.data)
        await self.program.start()

    @property
    def _copy(self) -> Path:
        return self.program.folder / "yesterday"

    def chat(self, somebody: Somebody | Facilitator) -> Person:
        """Somebody's chat with the bot."""
        seats = [somebody.seat] if isinstance(somebody, Somebody) else somebody.seats
        (seat,) = [seat for seat in seats if isinstance(seat, TelegramSeat)]
        return seat.person

    def attacker(self) -> Attacker:
        """What was seen of this assessment so far, and the truth behind it."""
        return Attacker(
            groups=self.facilitator.groups,
            principles=self.instrument.principles,
            statements=self.instrument.statements,
            truth=self.truth,
            seen=self.facilitator.seen,
        )

    def conclude(self) -> list[Narrowing]:
        """All that can be concluded from everything that was seen.

        Raises:
            Narrowed: something is about fewer than k people, or says what nobody understands.
        """
        facilitator = self.facilitator
        found = self.attacker().narrowings()
        told = [str(each) for each in found if each.size < facilitator.k]
        told += numbers_below(facilitator.k, facilitator.seen)
        told += faults(facilitator.seen)
        told += [f"nobody understands {line!r}" for look in facilitator.seen for line in look.unread]
        if told:
            raise Narrowed("\n".join(dict.fromkeys(told)))
        return found


@asynccontextmanager
async def stage(
    *,
    without: str = "",
    principles: int = 2,
    statements: int = 2,
    seed: int = 1,
    smallest: int = 5,
    eager: bool = False,
) -> AsyncIterator[Stage]:
    """The program, running with a small questionnaire. ``without``: the rule that is disabled in it, see disabled.py.

    ``smallest``: the setting SMALLEST_THRESHOLD. ``eager``: conclude after each look already, not at the end.
    """
    small = instrument(principles=principles, statements=statements)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ev-")))
        (folder / "small.toml").write_text(small.toml())
        api = await stack.enter_async_context(FakeBotApi(TOKEN))
        settings = settings_for(
            api,
            QUESTIONNAIRE=str(folder / "small.toml"),
            SMALLEST_THRESHOLD=str(smallest),
            LOG_LEVEL="WARNING",
            PYTHONPATH=str(STAND_INS),
        )
        command = ("-m", "attacker.disabled", without) if without else ("-m", "bot")
        program = Program(settings=settings, folder=folder, command=command)
        session = await stack.enter_async_context(
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers={"Accept-Language": "en-GB"})
        )
        await stack.enter_async_context(program)
        yield Stage(program=program, api=api, session=session, instrument=small, seed=seed, eager=eager)
