"""The Telegram channel as a whole: puts the parts together, starts and stops them.

``start``, then ``run`` until somebody calls ``stop``.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
import warnings
from pathlib import Path
from random import SystemRandom
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.replies import Person
from bot.telegram.answering import Answering, Turns
from bot.telegram.delivery import Delivery
from bot.telegram.intake import Intake
from bot.telegram.ledger import Ledger
from bot.telegram.menu import announce
from bot.telegram.patience import GaveUp, Patience, Random, Sleep
from bot.telegram.request import AioRequest
from bot.wording import Wordings

log = logging.getLogger(__name__)

START_TRIES = 5
LAST_DELIVERIES = 5.0
ANY_NUMBER: Random = SystemRandom().random


class TokenRefused(Exception):
    """Telegram refused the bot token. Copy it again from BotFather into BOT_TOKEN."""

    def __str__(self) -> str:
        return TokenRefused.__doc__ or ""


class Unreachable(Exception):
    """Telegram could not be reached. Check the network and BOT_API_URL, then start again."""

    def __str__(self) -> str:
        return Unreachable.__doc__ or ""


class TelegramChannel:
    """One bot. ``api_url`` has no slash at its end; ``poll`` is how many seconds Telegram may keep a question
    open.

    ``random`` gives numbers from 0 up to 1; ``last_deliveries`` is how many seconds a stop waits for messages
    under way. ``told`` is the file that keeps what Telegram was told about the bot, see told.py.
    """

    def __init__(
        self,
        *,
        token: str,
        api_url: str,
        turns: Turns,
        wordings: Wordings,
        sleep: Sleep = asyncio.sleep,
        random: Random = ANY_NUMBER,
        poll: int = 30,
        last_deliveries: float = LAST_DELIVERIES,
        told: Path | None = None,
    ) -> None:
        self._token = token
        self._api_url = api_url
        self._turns = turns
        self._wordings = wordings
        self._sleep = sleep
        self._random = random
        self._poll = poll
        self._last_deliveries = last_deliveries
        self._told = told
        self._bot: Bot | None = None
        self._intake: Intake | None = None
        self._delivery: Delivery | None = None
        self._ledger = Ledger()
        self._ended: asyncio.Event | None = None
        self.username = ""
        """The bot's, without @. Known after ``start``."""

    async def start(self) -> None:
        """Connect and learn the bot's name.

        Raises:
            TokenRefused: when Telegram does not take the token.
            Unreachable: when Telegram cannot be reached in several tries.
        """
        _quieten()
        bot = self._connect()
        try:
            await Patience(sleep=self._sleep, random=self._random).make(bot.initialize, tries=START_TRIES)
        except InvalidToken:
            await bot.shutdown()
            raise TokenRefused from None
        except (TelegramError, GaveUp):
            await bot.shutdown()
            raise Unreachable from None
        self._bot = bot
        self.username = bot.username
        self._delivery = Delivery(
            bot=bot,
            helps=self._turns,
            ledger=self._ledger,
            wordings=self._wordings,
            sleep=self._sleep,
            random=self._random,
        )
        answering = Answering(
            turns=self._turns,
            wordings=self._wordings,
            delivery=self._delivery,
            ledger=self._ledger,
            username=self.username,
            clock=time.monotonic,
        )
        self._intake = Intake(bot=bot, answers=answering, sleep=self._sleep, poll=self._poll)

    async def run(self) -> None:
        """Fetch and answer updates until ``stop``."""
        if self._bot is None or self._intake is None:
            raise RuntimeError("Call start() first.")
        self._ended = asyncio.Event()
        menu = asyncio.create_task(
            announce(self._bot, self._wordings, file=self._told, sleep=self._sleep, random=self._random)
        )
        try:
            await self._intake.run()
        finally:
            menu.cancel()
            await asyncio.gather(menu, return_exceptions=True)
            self._ended.set()

    async def stop(self) -> None:
        """Finish the batch under way, confirm it, send what is ready, write down what was sent, disconnect.

        Again: does nothing.
        """
        bot, self._bot = self._bot, None
        if bot is None or self._intake is None or self._delivery is None:
            return
        self._intake.stop()
        if self._ended is not None:
            await self._ended.wait()
        await self._delivery.finish(seconds=self._last_deliveries)
        await self._write_down()
        await bot.shutdown()

    async def _write_down(self) -> None:
        """Keep the ids of the last messages, so that these can be cleared too."""
        try:
            for chat in self._ledger.chats():
                await self._turns.note(Person(channel="telegram", id=str(chat)), sent=self._ledger.waiting(chat))
        except Exception as error:
            log.warning("Some messages of the last moments cannot be cleared later (%s).", type(error).__name__)

    def _connect(self) -> Bot:
        proxies = not _is_this_machine(self._api_url)
        try:
            return Bot(
                self._token,
                base_url=f"{self._api_url}/bot",
                base_file_url=f"{self._api_url}/file/bot",
                request=AioRequest(connections=256, proxies=proxies),
                get_updates_request=AioRequest(connections=4, proxies=proxies),
            )
        except InvalidToken:
            raise TokenRefused from None


def _quieten() -> None:
    """Silence what would tell the token or what people wrote."""
    # python-telegram-bot logs every call with all it carries, httpx every address with the token in it.
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # It says so whenever Telegram asks for a pause; patience.py takes either type.
    warnings.filterwarnings("ignore", message=r".*attribute `retry_after`", category=PTBDeprecationWarning)
    # Bot.get_updates, which it recommends, loses a whole batch to one malformed update: see intake.py.
    warnings.filterwarnings("ignore", message=r"Please use 'Bot\.getUpdates'", category=PTBUserWarning)


def _is_this_machine(url: str) -> bool:
    """Whether an address is one of this machine: proxies lead elsewhere."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
