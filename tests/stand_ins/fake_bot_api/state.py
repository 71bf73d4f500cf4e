"""All that the fake Telegram remembers.

It lives in the test's process, so a bot's restart changes nothing of it.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .chats import Chats
from .clock import Clock
from .flood import Flood
from .queries import Queries
from .updates import UpdateQueue
from .wire import Upload


@dataclass(kw_only=True, eq=False)
class State:
    """One Telegram with one bot in it."""

    bot: dict[str, Any]
    """The bot's User object."""
    clock: Clock
    updates: UpdateQueue
    queries: Queries
    chats: Chats = field(default_factory=Chats)
    flood: Flood = field(default_factory=Flood)
    files: dict[str, Upload] = field(default_factory=dict)
    """Uploads by file_id."""
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What the bot said about itself, by field (and scope) and language code."""
    typing: list[tuple[int, str]] = field(default_factory=list)
    """Chat actions: chat and action."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_number(self) -> int:
        """For ids of files and albums; never the same twice."""
        return next(self._numbers)

    def keep(self, upload: Upload) -> str:
        """Keep a file and give it a file_id."""
        file_id = f"AgACAgQAAxk{self.new_number():08d}"
        self.files[file_id] = upload
        return file_id
