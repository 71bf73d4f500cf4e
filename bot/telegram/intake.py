"""The way in: fetches updates and has each answered, at least once.

How it works. One batch is fetched; it is split by person; each person's updates are answered in order,
persons side by side. Only when all are answered or set aside is the next batch asked for, and it is this
asking (its offset) that confirms the batch to Telegram. So whatever kills this program, no update is
confirmed that was not committed; some are handed over twice, and the turns know them again.

* The store is unavailable: nothing is confirmed. Those who were not done wait, and only they are taken again.
* Anything else goes wrong: three tries, then the update is set aside with a notice to the person.
* An update that cannot even be read is set aside alone, without its content in a log.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from telegram import Bot, Update
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.telegram.patience import LONGEST, Sleep, asked_pause, pauses
from bot.telegram.reading import line_of
from storage.store import Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")
Line = deque[Update]

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
BATCH = 100
TRIES = 3
BETWEEN_TRIES = 0.2
MARGIN = 10.0
"""Seconds that the answer to a long poll may come late."""

TWO_POLLERS = (
    "Another program fetches updates with the same bot token: "
    "stop it, or give this one a bot of its own from BotFather."
)
REFUSED = "Telegram no longer takes the bot token. Copy it again from BotFather into BOT_TOKEN and start again."


class Answers(Protocol):
    """Whoever answers updates."""

    async def answer(self, update: Update) -> None:
        """Raises ``Unavailable``, or anything else, when nothing of it was kept."""

    async def set_aside(self, update: Update) -> None:
        """Tells the person that it led to nothing."""


class Intake:
    """The loop. ``poll`` is how many seconds Telegram may keep a question for updates open."""

    def __init__(self, *, bot: Bot, answers: Answers, sleep: Sleep, poll: int) -> None:
        self._bot = bot
        self._answers = answers
        self._sleep = sleep
        self._poll = poll
        self._stopping = asyncio.Event()
        self._offset = 0
        """The update that comes next; everything below it is done."""
        self._confirmed = 0
        """The offset that Telegram knows."""
        self._trouble = ""

    def stop(self) -> None:
        """Ask for nothing more; ``run`` returns when the batch under way is done and confirmed."""
        self._stopping.set()

    async def run(self) -> None:
        """Fetch and answer until ``stop``."""
        while not self._stopping.is_set():
            batch = await self._unless_stopped(self._ask())
            if batch:
                await self._work(batch)
        await self._confirm()

    async def _ask(self) -> list[Any]:
        """The next batch; waits and asks again while Telegram cannot be reached."""
        waiting = pauses()
        while True:
            try:
                batch = await self._fetch(timeout=self._poll, limit=BATCH, margin=MARGIN)
            except RetryAfter as error:
                pause = asked_pause(error)
                self._tell(f"Telegram asks to wait before updates are fetched again ({type(error).__name__}).")
            except Conflict as error:
                pause = next(waiting)
                await self._settle(error)
            except (InvalidToken, EndPointNotFound):
                pause = LONGEST
                self._tell(REFUSED)
            except Exception as error:
                # Whatever it is, the loop must not end: nobody would be answered any more.
                pause = next(waiting)
                self._tell(f"Telegram cannot be reached ({type(error).__name__}); trying on.")
            else:
                if self._trouble:
                    self._trouble = ""
                    log.info("Updates are fetched again.")
                return batch
            await self._sleep(pause)

    async def _fetch(self, *, timeout: int, limit: int, margin: float) -> list[Any]:  # noqa: ASYNC109 - Telegram's word
        offset = self._offset
        # Not bot.get_updates: one malformed update fails its whole batch there, and all of it is logged.
        batch = await self._bot.do_api_request(
            "getUpdates",
            {"offset": offset, "timeout": timeout, "limit": limit, "allowed_updates": ALLOWED},
            read_timeout=timeout + margin,
        )
        self._confirmed = offset
        if not isinstance(batch, list):
            raise TelegramError("No list of updates.")
        return batch

    async def _settle(self, conflict: Conflict) -> None:
        if "webhook" not in conflict.message.lower():
            self._tell(TWO_POLLERS)
            return
        self._tell("The bot has a webhook from earlier; it is removed, because updates are fetched here.")
        with suppress(TelegramError):
            await self._bot.delete_webhook()

    def _tell(self, trouble: str) -> None:
        """Log a trouble once, however long it lasts."""
        if trouble != self._trouble:
            self._trouble = trouble
            log.warning("%s", trouble)

    async def _work(self, batch: Sequence[Any]) -> None:
        """Answer a batch; then it counts as done, unless a stop comes while the store is unavailable."""
        after = max((number + 1 for item in batch if (number := _number(item)) is not None), default=None)
        if after is None:
            log.error("A batch of %d updates held none with a number; it is asked for again.", len(batch))
            await self._unless_stopped(self._sleep(LONGEST))
            return
        waiting = pauses()
        lines = self._lines(batch)
        while True:
            async with asyncio.TaskGroup() as persons:
                for line in lines:
                    persons.create_task(self._go_through(line))
            lines = [line for line in lines if line]
            if not lines:
                break
            log.warning("The store is unavailable; %d updates wait for it.", sum(map(len, lines)))
            if self._stopping.is_set():
                return
            await self._unless_stopped(self._sleep(next(waiting)))
        self._offset = after

    def _lines(self, batch: Sequence[Any]) -> list[Line]:
        lines: dict[int, Line] = {}
        for item in batch:
            try:
                update = Update.de_json(item, self._bot)
                lines.setdefault(line_of(update), deque()).append(update)
            except Exception as error:
                log.error("An update could not be read and was set aside (%s).", type(error).__name__)
        return list(lines.values())

    async def _go_through(self, line: Line) -> None:
        """Answer one person's updates in order; what the store did not take stays in the line."""
        while line:
            try:
                await self._answer(line[0])
            except Unavailable:
                return
            line.popleft()

    async def _answer(self, update: Update) -> None:
        for count in range(TRIES):
            if count:
                await self._sleep(BETWEEN_TRIES * count)
            try:
                await self._answers.answer(update)
                return
            except Unavailable:
                raise
            except Exception as error:
                log.error("An update failed, try %d of %d (%s).", count + 1, TRIES, type(error).__name__)
        try:
            await self._answers.set_aside(update)
        except Exception as error:
            log.error("Nobody could be told that an update was set aside (%s).", type(error).__name__)

    async def _confirm(self) -> None:
        """Tell Telegram what is done, as nobody asks for more. What it hands out now stays unconfirmed."""
        waiting = pauses()
        for _ in range(TRIES):
            if self._confirmed == self._offset:
                return
            try:
                await self._fetch(timeout=0, limit=1, margin=MARGIN / 2)
            except TelegramError as error:
                log.warning("The last updates are not confirmed yet (%s).", type(error).__name__)
                await self._sleep(next(waiting))

    async def _unless_stopped(self, work: Awaitable[T]) -> T | None:
        """Do this until a stop comes; None when it was broken off."""
        task = asyncio.ensure_future(work)
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()
            stop.cancel()
            await asyncio.gather(task, stop, return_exceptions=True)


def _number(item: object) -> int | None:
    number = item.get("update_id") if isinstance(item, dict) else None
    return number if isinstance(number, int) else None
