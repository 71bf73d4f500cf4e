"""Faults and holds that a test orders: which calls they strike, and the order in which they do.

What is sent over the wire for each kind is in server.py.
"""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from .journal import POLLING, Call
from .waiting import wait_for

Kind = Literal["close", "hang", "garbage", "after"] | int


@dataclass(kw_only=True, eq=False)
class Fault:
    """One order. Strikes `times` matching calls and is then used up."""

    method: str | None
    chat: int | None
    kind: Kind
    times: int
    retry_after: int
    description: str
    struck: int = 0

    def matches(self, call: Call) -> bool:
        return self.struck < self.times and strikes(call, method=self.method, chat=self.chat)


class Hold:
    """Calls wait here until released. Use it with `with`; leaving releases."""

    def __init__(self, *, method: str | None, chat: int | None, performed: bool) -> None:
        self.method, self.chat, self.performed = method, chat, performed
        self.calls: list[Call] = []
        """Calls that came here, also those whose sender has gone away since."""
        self._released = asyncio.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let everything through, now and from now on."""
        self._released.set()

    async def arrived(self, count: int = 1, *, within: float = 5) -> list[Call]:
        """Wait until `count` calls have come here.

        Raises:
            AssertionError: when they have not `within` so many seconds.
        """
        await wait_for(
            lambda: len(self.calls) >= count,
            within,
            what=f"{count} held calls of {self.method or 'any method'}",
        )
        return self.calls

    async def passed(self, call: Call) -> None:
        """Keep a call here."""
        if not self._released.is_set():
            self.calls.append(call)
            await self._released.wait()

    def matches(self, call: Call) -> bool:
        return not self._released.is_set() and strikes(call, method=self.method, chat=self.chat)


class Faults:
    """What has been ordered, oldest order first."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []
        self.holds: list[Hold] = []

    def take(self, call: Call) -> Fault | None:
        """The oldest order that strikes this call, if any; counts the strike."""
        for fault in self.ordered:
            if fault.matches(call):
                fault.struck += 1
                return fault
        return None

    async def hold(self, call: Call, *, performed: bool) -> None:
        """Wait while a hold keeps this call, before or after it is performed."""
        for hold in self.holds:
            if hold.performed is performed and hold.matches(call):
                await hold.passed(call)

    def release_all(self) -> None:
        """Let everything through, for the end of a test."""
        for hold in self.holds:
            hold.release()


def strikes(call: Call, *, method: str | None, chat: int | None) -> bool:
    """No method means every method but getUpdates; no chat means every chat."""
    wanted = call.method != POLLING if method is None else call.method == method
    return wanted and chat in (None, call.chat)
