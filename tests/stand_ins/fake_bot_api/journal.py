"""The journal: every call the bot made, in order, with what became of it.

It only remembers. Nothing here decides an answer.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .wire import Upload

POLLING = "getUpdates"


@dataclass(kw_only=True, eq=False)
class Call:
    """One call. `code` is None while it is in flight, and stays None when no answer was sent."""

    number: int
    method: str
    parameters: dict[str, Any]
    uploads: Mapping[str, Upload]
    chat: int | None
    """The chat it is about; for answerCallbackQuery the chat of the tapped message."""
    headers: Mapping[str, str] = field(default_factory=dict)
    begun: float
    """By time.monotonic(), in seconds."""
    ended: float | None = None
    code: int | None = None
    """The HTTP status that was sent."""
    description: str = ""
    """The description of a refusal; or why no answer was sent."""
    result: Any = None
    performed: bool = False
    """Whether it took effect, answered or not."""
    fault: str | None = None
    """The kind of fault that was ordered for it."""
    violations: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Performed, and the bot was told so."""
        return self.performed and self.code == 200

    def __str__(self) -> str:
        outcome = "in flight" if self.ended is None else f"{self.code or 'no answer'} {self.description}"
        return f"#{self.number} {self.method} chat={self.chat} -> {outcome.strip()}"


class Journal:
    """All calls, and for each chat what is in flight and when it was last heard of."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self._in_flight: dict[int | None, list[Call]] = defaultdict(list)
        self._last_heard: dict[int | None, float] = {}

    def begin(
        self,
        *,
        method: str,
        parameters: dict[str, Any],
        uploads: Mapping[str, Upload],
        chat: int | None,
        headers: Mapping[str, str],
    ) -> Call:
        """Write down a call that has just come in."""
        call = Call(
            number=len(self.calls),
            method=method,
            parameters=parameters,
            uploads=uploads,
            chat=chat,
            headers=headers,
            begun=time.monotonic(),
        )
        self.calls.append(call)
        self._in_flight[chat].append(call)
        self._last_heard[chat] = call.begun
        return call

    def end(self, call: Call, *, code: int | None, description: str = "") -> None:
        """Write down what became of it."""
        call.ended = time.monotonic()
        call.code = code
        call.description = description
        self._in_flight[call.chat].remove(call)
        self._last_heard[call.chat] = call.ended

    def violation(self, text: str, *, call: Call | None = None) -> None:
        """Write down something that a correct bot never does."""
        if call is not None:
            call.violations.append(text)
            text = f"#{call.number} {call.method}: {text}"
        self.violations.append(text)

    def in_flight(self, chat: int) -> list[Call]:
        """Calls about this chat that have come in and are not over, oldest first."""
        return list(self._in_flight[chat])

    def last_heard(self, chat: int) -> float | None:
        """When a call about this chat last began or ended, by time.monotonic(); None if there was none."""
        return self._last_heard.get(chat)

    def between(
        self, start: int, end: int | None = None, *, chat: int | None = None, method: str | None = None
    ) -> list[Call]:
        """Calls numbered from `start` up to but not including `end`, without the polling."""
        return [
            call
            for call in self.calls[start:end]
            if (call.method != POLLING or method == POLLING)
            and (chat is None or call.chat == chat)
            and (method is None or call.method == method)
        ]
