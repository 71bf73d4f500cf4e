"""When each person was last seen, so that a page left alone shows nothing to whoever opens it next. In memory only.

Somebody of whom nothing is known here, as after a restart, counts as away: one tap more is better than one look.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

SECONDS = 30 * 60
PEOPLE = 5000


class Presence:
    """Everybody of the last half hour, bounded; who was seen longest ago is dropped first. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def seen(self, person: str) -> None:
        """They have just done something, or looked at their card."""
        self._seen.pop(person, None)
        self._seen[person] = self._clock()
        if len(self._seen) > PEOPLE:
            self._seen.popitem(last=False)

    def away(self, person: str) -> bool:
        """Whether they were last seen more than half an hour ago, or never."""
        while self._seen and next(iter(self._seen.values())) + SECONDS <= self._clock():
            self._seen.popitem(last=False)
        return person not in self._seen

    def forget(self, person: str) -> None:
        """They have left."""
        self._seen.pop(person, None)
