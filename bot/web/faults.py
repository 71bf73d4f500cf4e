"""What can go wrong with a request, and the log of it, where nothing but the class of an exception stands.

The pages that people see then are made in fault_pages.py.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from conversations.says import Text

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

QUIET = logging.getLogger("bot.web.http")
"""What the web framework logs goes here.

Its own words may quote a request, and a request may hold a token.
"""


class Fault(Exception):
    """A request that cannot be answered as asked: an HTTP status, and the text that says what to do."""

    def __init__(self, status: int, words: Text) -> None:
        super().__init__(words.id)
        self.status = status
        self.words = words


class OnlyTheClass(logging.Filter):
    """Reduces a record to the class of its exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True."""
        kind = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
        record.msg = "The web server met %s." if kind else "The web server met something unexpected."
        record.args = (kind.__name__,) if kind else ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


if not QUIET.filters:
    QUIET.addFilter(OnlyTheClass())
