"""Callback queries: the taps that wait for an answer, and the answers they got."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from .chats import Message
from .clock import Clock
from .limits import check_callback_answer
from .refusals import bad_request
from .updates import Update

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, kw_only=True)
class Toast:
    """What the person saw in answer to a tap; `text` is None when only the little clock went away."""

    text: str | None
    alert: bool


@dataclass(kw_only=True, eq=False)
class Tap:
    """One press of a button."""

    query_id: str
    data: str
    message: Message
    person: int
    made_at: float
    update: Update | None = field(default=None, repr=False)
    toast: Toast | None = None
    """None until the bot has answered."""


class Queries:
    """Every tap by its query id."""

    def __init__(self, clock: Clock, *, life: float) -> None:
        self.life = life
        """Seconds within which a query can be answered."""
        self._clock = clock
        self._taps: dict[str, Tap] = {}
        self._ids = itertools.count(4_382_000_000_000_000_001, 7)

    def add(self, *, data: str, message: Message, person: int) -> Tap:
        """A button was pressed."""
        tap = Tap(
            query_id=str(next(self._ids)),
            data=data,
            message=message,
            person=person,
            made_at=self._clock.now(),
        )
        self._taps[tap.query_id] = tap
        return tap

    def chat_of(self, query_id: object) -> int | None:
        """The chat of the tapped message; None when there is no such query."""
        tap = self._taps.get(query_id) if isinstance(query_id, str) else None
        return tap.message.chat.id if tap else None

    def answer(self, parameters: dict[str, Any]) -> bool:
        """answerCallbackQuery."""
        tap = self._taps.get(parameters["callback_query_id"])
        if tap is None or tap.toast is not None or self._clock.now() - tap.made_at > self.life:
            raise bad_request(TOO_OLD)
        text = parameters.get("text")
        check_callback_answer(text or "")
        tap.toast = Toast(text=text or None, alert=bool(parameters.get("show_alert")))
        return True
