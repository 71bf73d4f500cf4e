"""Slows down guessing: so many wrong tries in a time, then waiting. In memory, by any name one chooses."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

WRONG_TRIES = 10
SECONDS = 600
NAMES = 5000


class Throttle:
    """Counts wrong tries of browsers and addresses. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, *names: str) -> int:
        """How many more seconds they must wait; 0 when they may try."""
        now = self._clock()
        longest = 0.0
        for name in names:
            tries = self._recent(name, now)
            if len(tries) >= WRONG_TRIES:
                longest = max(longest, tries[-WRONG_TRIES] + SECONDS - now)
        return int(-(-longest // 1))

    def wrong(self, *names: str) -> None:
        """Count a wrong try for each of them."""
        now = self._clock()
        for name in names:
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
