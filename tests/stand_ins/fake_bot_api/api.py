"""FakeBotApi: everything a test holds in its hand. The cheat-sheet is the package's docstring.

Only hands on: what happens is decided in the modules named after it.
"""

import itertools
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from .chats import Json
from .clock import Clock
from .faults import Fault, Faults, Hold, Kind
from .flood import Burst
from .journal import POLLING, Call, Journal
from .people import Person
from .profile import commands_key
from .queries import Queries
from .seats import Seat
from .server import Server
from .state import State
from .updates import Update, UpdateQueue
from .waiting import wait_for

T = TypeVar("T")
FIRST_PERSON = 5_200_000_001
"""Above 2**32, as real ids are by now."""


class FakeBotApi:
    """A Telegram with one bot in it, on a free port of 127.0.0.1. Use it with `async with`."""

    def __init__(
        self,
        token: str = "123456:AAFakeTokenForTestsOnly",
        *,
        username: str = "equal_voice_bot",
        query_life: float = 60,
    ) -> None:
        self.token = token
        self.username = username
        self.clock = Clock()
        bot_id = int(token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": "Equal Voice", "username": username}
        self.state = State(
            bot=bot,
            clock=self.clock,
            updates=UpdateQueue(self.clock),
            queries=Queries(self.clock, life=query_life),
        )
        self.journal = Journal()
        self.faults = Faults()
        self.people: list[Person] = []
        self._person_ids = itertools.count(FIRST_PERSON, 1_000_003)
        self._server = Server(token=token, state=self.state, journal=self.journal, faults=self.faults)

    async def __aenter__(self) -> Self:
        await self._server.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.release_all()
        await self._server.close()

    @property
    def url(self) -> str:
        """What goes into BOT_API_URL; calls come to {url}/bot{token}/{method}."""
        return f"http://127.0.0.1:{self._server.port}"

    async def go_away(self) -> None:
        """Stop listening: connections are refused. All that happened stays."""
        await self._server.close()

    async def come_back(self) -> None:
        """Listen again, on the same port."""
        await self._server.open()

    # People

    def person(
        self,
        *,
        id: int | None = None,
        name: str = "Ann",
        language_code: str | None = "en",
        username: str | None = None,
    ) -> Person:
        """Somebody who has not written to the bot yet."""
        user: Json = {"id": next(self._person_ids) if id is None else id, "is_bot": False, "first_name": name}
        if language_code is not None:
            user["language_code"] = language_code
        if username is not None:
            user["username"] = username
        person = Person(user=user, state=self.state, journal=self.journal)
        self.people.append(person)
        return person

    # Updates

    @property
    def updates(self) -> list[Update]:
        """All there ever were, oldest first."""
        return list(self.state.updates.all)

    @property
    def waiting_updates(self) -> list[Update]:
        """Those that the bot has not confirmed, oldest first."""
        return self.state.updates.waiting

    def resend(self, update: Update) -> Update:
        """Give the very same thing again under a new update_id, confirmed or not."""
        return self.state.updates.add(update.kind, update.body, person=update.person)

    # The journal

    @property
    def received(self) -> list[Call]:
        """Every call, oldest first, without getUpdates."""
        return self.journal.between(0)

    @property
    def polls(self) -> list[Call]:
        """Every getUpdates, oldest first."""
        return self.journal.between(0, method=POLLING)

    @property
    def violations(self) -> list[str]:
        """What a correct bot never does. A fixture asserts that this is empty."""
        return self.journal.violations

    @property
    def refused(self) -> list[Call]:
        """Calls that were refused by a rule, not by an ordered fault."""
        return [call for call in self.received if (call.code or 0) >= 400 and call.fault is None]

    @property
    def bursts(self) -> list[Burst]:
        """Where the bot wrote more than three times to one chat within a second."""
        return self.state.flood.bursts

    def mark(self) -> int:
        """Now, as a place in the journal."""
        return len(self.journal.calls)

    def calls_between(
        self, start: int, end: int | None = None, *, chat: Seat | int | None = None, method: str | None = None
    ) -> list[Call]:
        """Calls after one mark and before another (or until now), without getUpdates."""
        return self.journal.between(start, end, chat=_chat_id(chat), method=method)

    async def next_call(
        self,
        method: str | None = None,
        *,
        chat: Seat | int | None = None,
        after: int | None = None,
        within: float = 5,
    ) -> Call:
        """Wait for the end of the first call that comes in after the mark `after`, or from now on."""
        start = self.mark() if after is None else after

        def ended() -> Call | None:
            calls = self.calls_between(start, chat=chat, method=method)
            return next((call for call in calls if call.ended is not None), None)

        return await wait_for(ended, within, what=lambda: f"a call of {method or 'any method'}; " + self._told(start))

    async def wait_for(
        self,
        predicate: Callable[[], T | None],
        within: float = 5,
        *,
        what: str | Callable[[], str] = "what the test waits for",
    ) -> T:
        """Ask again and again until it gives something true, which is returned."""
        return await wait_for(predicate, within, what=what)

    # Trouble

    def fail(
        self,
        method: str | None = None,
        *,
        kind: Kind,
        chat: Seat | int | None = None,
        times: int = 1,
        retry_after: int = 1,
        description: str = "",
    ) -> Fault:
        """Order a fault for the next `times` calls of a method (None: any but getUpdates), of a chat or any.

        Orders are served oldest first. `retry_after` goes with 429, `description` with other numbers but 502.
        """
        fault = Fault(
            method=method,
            chat=_chat_id(chat),
            kind=kind,
            times=times,
            retry_after=retry_after,
            description=description,
        )
        self.faults.ordered.append(fault)
        return fault

    def hold(self, method: str | None = None, *, chat: Seat | int | None = None, performed: bool = False) -> Hold:
        """Make matching calls wait: before they take effect, or (performed) after it, before the answer."""
        hold = Hold(method=method, chat=_chat_id(chat), performed=performed)
        self.faults.holds.append(hold)
        return hold

    def limit_flood(self, calls: int, *, seconds: float) -> None:
        """Refuse with 429 what goes beyond `calls` to one chat within `seconds`; 0 turns it off."""
        self.state.flood.limit(calls, seconds=seconds)

    # What the bot says about itself

    def profile(self, field: str, language_code: str = "") -> Any:
        """description, short_description or name, as set for a language code ("": all); None when not set."""
        return self.state.profile.get((field, language_code))

    def commands(self, language_code: str = "", *, scope: str = "default") -> dict[str, str]:
        """The menu of commands as set for a scope and a language code, in order: name and description."""
        found = self.state.profile.get((commands_key({"type": scope}), language_code), [])
        return {command["command"]: command["description"] for command in found}

    def _told(self, start: int) -> str:
        calls = self.calls_between(start)
        return "there came " + ("; ".join(map(str, calls)) or "none")


def _chat_id(chat: Seat | int | None) -> int | None:
    return chat.chat.id if isinstance(chat, Seat) else chat
