"""The time of the fake Telegram: the real time plus whatever a test has added.

Waiting (long polls, quiet periods) goes by the real time and must not use this clock.
"""

import time


class Clock:
    """Seconds since the epoch, which a test can move forward but never back."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since the epoch, in the fake Telegram."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once, for messages over 48 hours old or queries past their life."""
        if seconds < 0:
            raise ValueError("time only goes forward")
        self._ahead += seconds
