"""Slows down guessing: so many wrong tries in a time, then waiting. In memory, by any name one chooses."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

WRONG_TRIES = 10
SECONDS = 600
NAMES = 5000


class Throttle:
    """Counts wrong tries, by a name such as a browser's cookie. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, name: str) -> int:
        """How many more seconds they must wait; 0 when they may try."""
        now = self._clock()
        tries = self._recent(name, now)
        return int(-(-(tries[-WRONG_TRIES] + SECONDS - now) // 1)) if len(tries) >= WRONG_TRIES else 0

    def wrong(self, name: str) -> None:
        """Count a wrong try."""
        now = self._clock()
        tries = self._recent(name, now)
        tries.append(now)
        self._wrong.pop(name, None)
        self._wrong[name] = tries
        if len(self._wrong) > NAMES:
            self._wrong.popitem(last=False)

    def _recent(self, name: str, now: float) -> deque[float]:
        tries = self._wrong.get(name, deque(maxlen=WRONG_TRIES))
        while tries and tries[0] + SECONDS <= now:
            tries.popleft()
        return tries
