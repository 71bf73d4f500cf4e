"""Slows down guessing: so many wrong codes in a time, then waiting. Counts only; what a wrong code is, others say.

Three limits stand beside one another. A person's own times lie in their record, so a restart forgets none; and in
memory, so that asking to be forgotten does not begin them anew. By network address, and over everybody, wrong codes
are counted in memory only: who comes from where is never written down. Who waits is not counted any further, so trying
on makes it no longer; and a right code is not looked at either.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many wrong codes within ``SECONDS`` are let through."""

    tries: int

    def recent(self, times: Sequence[int], *, now: int) -> tuple[int, ...]:
        """Those that still count. All in seconds since 1970, oldest first."""
        return tuple(at for at in times if at > now - SECONDS)

    def until(self, times: Sequence[int], *, now: int) -> int:
        """When the next code is let through, in seconds since 1970; 0 when it is now."""
        recent = self.recent(times, now=now)
        return recent[-self.tries] + SECONDS if len(recent) >= self.tries else 0


PERSON = Limit(tries=10)
ADDRESS = Limit(tries=60)
"""A whole meeting may come from one address, mistyping now and then."""
EVERYBODY = Limit(tries=600)


@dataclass(frozen=True, kw_only=True, repr=False)
class Wrong:
    """One wrong code: when, and from where and whom, by names that mean nothing by themselves. Never written down."""

    at: int
    source: str
    browser: bytes


class Throttling:
    """What is counted in memory. It holds the last ten minutes, and never more than everybody's limit."""

    def __init__(self) -> None:
        self._wrong: deque[Wrong] = deque(maxlen=EVERYBODY.tries)

    def until(self, *, now: int, source: str, browser: bytes = b"") -> int:
        """When a code is looked at again, in seconds since 1970; 0 when it is now.

        ``source``: a name for the network address, "" where none is known. ``browser``: a name for a person, or for a
        browser whose person is not known yet; b"" for none.
        """
        waits = [EVERYBODY.until([wrong.at for wrong in self._wrong], now=now)]
        if source:
            waits.append(ADDRESS.until([wrong.at for wrong in self._wrong if wrong.source == source], now=now))
        if browser:
            waits.append(PERSON.until([wrong.at for wrong in self._wrong if wrong.browser == browser], now=now))
        return max(waits)

    def wrong(self, *, now: int, source: str, browser: bytes = b"") -> None:
        """Count a wrong code. It counts also when its turn is lost: a guess is a guess."""
        while self._wrong and self._wrong[0].at <= now - SECONDS:
            self._wrong.popleft()
        self._wrong.append(Wrong(at=now, source=source, browser=browser))
