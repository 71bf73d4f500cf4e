"""Deletes the messages of a chat, as far as Telegram allows: the bot's and the person's, of the last 48 hours.

Many go in one call. Telegram refuses such a call as a whole when one of them is too old; then they go one by one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import Bot
from telegram.error import BadRequest

from bot.telegram.patience import GaveUp, Patience

log = logging.getLogger(__name__)

AT_ONCE = 100
TOO_OLD = 10
"""So many refusals in a row, newest first, mean that all that is left is older than 48 hours."""


class Clearing:
    """Deletes through one bot."""

    def __init__(self, *, bot: Bot, patience: Patience) -> None:
        self._bot = bot
        self._patience = patience

    async def clear(self, chat: int, messages: Sequence[int]) -> list[int]:
        """Delete these, given newest first. Returns those that are gone or can never be deleted.

        What is not there any more counts as gone. When Telegram cannot be reached the rest is left for another time.

        Raises:
            Forbidden: the person has blocked the bot.
        """
        done: list[int] = []
        try:
            for start in range(0, len(messages), AT_ONCE):
                some = messages[start : start + AT_ONCE]
                if not await self._together(chat, some) and not await self._one_by_one(chat, some):
                    return list(messages)
                done += some
        except GaveUp as error:
            log.warning("A chat could not be cleared in all tries (%s).", error)
        return done

    async def _together(self, chat: int, messages: Sequence[int]) -> bool:
        """False when Telegram refuses them as a whole."""
        try:
            await self._patience.make(lambda: self._bot.delete_messages(chat, messages))
        except BadRequest:
            return False
        return True

    async def _one_by_one(self, chat: int, messages: Sequence[int]) -> bool:
        """False once it is clear that all that is left is too old."""
        refused = 0
        for message in messages:
            if await self._delete(chat, message):
                refused = 0
            else:
                refused += 1
                if refused == TOO_OLD:
                    return False
        return True

    async def _delete(self, chat: int, message: int) -> bool:
        """False when it is there and cannot be deleted."""
        try:
            await self._patience.make(lambda: self._bot.delete_message(chat, message))
        except BadRequest as error:
            return "not found" in error.message.lower()
        return True
