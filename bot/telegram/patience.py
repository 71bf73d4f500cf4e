"""How long to wait before a call to Telegram is tried again, and how often.

Time and randomness are passed in. What an error means for a card or a queue is decided elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
Random = Callable[[], float]
"""Gives a number from 0 up to but not including 1."""

SHORTEST = 0.5
LONGEST = 30.0
TRIES = 10


class GaveUp(Exception):
    """Telegram could not be reached in all the tries. Leave this message and go on with the next."""


def pauses() -> Iterator[float]:
    """Seconds to wait after each failure: from 0.5, doubling, to 30."""
    return (min(SHORTEST * 2**count, LONGEST) for count in itertools.count())


def asked_pause(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


class Patience:
    """Tries calls again while trying again can help."""

    def __init__(self, *, sleep: Sleep, random: Random) -> None:
        self._sleep = sleep
        self._random = random

    async def make(self, call: Callable[[], Awaitable[T]], *, tries: int = TRIES) -> T:
        """Make a call, again after 429, 5xx, time-outs and broken connections.

        A message whose answer was lost on the way may so be sent twice: better than never.

        Raises:
            GaveUp: when every try failed.
            TelegramError: of every other kind, at once.
        """
        waiting = pauses()
        for left in range(tries - 1, -1, -1):
            try:
                return await call()
            except RetryAfter as error:
                pause, last = asked_pause(error) + self._random(), error.__class__.__name__
            except BadRequest:
                raise
            except NetworkError as error:
                pause, last = next(waiting) * (1 + self._random() / 4), error.__class__.__name__
            if left:
                await self._sleep(pause)
        raise GaveUp(last)
