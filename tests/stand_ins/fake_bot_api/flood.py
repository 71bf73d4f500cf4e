"""How fast the bot writes to one chat: bursts are counted, and refused where a test asks for that.

Counts sends and edits only. Goes by the real time, not by the fake Telegram's clock.
"""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass

from .refusals import Refusal

BURST_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class Burst:
    """More messages to one chat within a second than Telegram likes."""

    chat: int
    calls: int


class Flood:
    """Off until `limit` is called; bursts are counted always."""

    def __init__(self, *, burst: int = 3) -> None:
        self.burst = burst
        """More than this many within a second is a burst."""
        self.bursts: list[Burst] = []
        self._calls = 0
        self._seconds = 0.0
        self._past: dict[int, deque[float]] = defaultdict(deque)

    def limit(self, calls: int, *, seconds: float) -> None:
        """Allow at most `calls` to one chat within `seconds`; 0 calls turn the limit off."""
        self._calls, self._seconds = calls, seconds

    def check(self, chat: int | None, method: str) -> None:
        """Count a call.

        Raises:
            Refusal: 429, when it is over the limit.
        """
        if chat is None or not method.startswith(("send", "edit")) or method == "sendChatAction":
            return
        now = time.monotonic()
        past = self._past[chat]
        while past and past[0] <= now - max(self._seconds, BURST_SECONDS):
            past.popleft()
        if self._calls:
            recent = [moment for moment in past if moment > now - self._seconds]
            if len(recent) >= self._calls:
                seconds = max(1, math.ceil(recent[-self._calls] + self._seconds - now))
                raise too_many_requests(seconds)
        past.append(now)
        within = sum(moment > now - BURST_SECONDS for moment in past)
        if within > self.burst:
            self.bursts.append(Burst(chat=chat, calls=within))


def too_many_requests(seconds: int) -> Refusal:
    """Telegram's answer to a flood."""
    return Refusal(429, f"retry after {seconds}", retry_after=seconds)
