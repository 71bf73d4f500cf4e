"""What the bot says about itself: its menu of commands and its descriptions, in every language on offer.

Told after a start, behind everything else, one language after the other, and only what has changed since it was told
last: Telegram counts these calls strictly, and to say a language its catalogue must be read. So an ordinary start reads
none. A language that is no longer on offer is withdrawn: Telegram would keep it for ever. Nothing depends on any of it:
a failure is logged, and what was not done is done at the next start.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.languages import ENGLISH
from bot.telegram.patience import GaveUp, Patience, Random, Sleep, asked_pause
from bot.telegram.rendering import units
from bot.telegram.told import Told
from bot.texts import TEXTS
from bot.wording import Wording, Wordings
from conversations.says import text as said

log = logging.getLogger(__name__)

COMMANDS = ("start", "help", "urgent", "language", "privacy", "stop", "clear", "withdraw")
COMMAND_LIMIT = 256
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120
SAID = (*(f"telegram.command.{name}" for name in COMMANDS), "telegram.description", "telegram.short_description")
PAUSE = 1.0
"""Seconds between two languages: people's messages matter more."""
LONGEST_PAUSE = 600.0
"""When Telegram asks for a longer pause, the rest waits for the next start. In seconds."""
TRIES = 4
UNDER_WAY = ""
"""In place of the fingerprint, as long as a language is told or withdrawn only in part."""

T = TypeVar("T")


class _NotNow(Exception):
    """Telegram asks for a long pause."""


async def announce(
    bot: Bot,
    wordings: Wordings,
    *,
    file: Path | None = None,
    sleep: Sleep = asyncio.sleep,
    random: Random = lambda: 0.0,
) -> None:
    """Tell Telegram menu and descriptions: English for everybody, other languages for those who use them.

    What was told in a language that is no longer on offer is withdrawn. ``file`` keeps what was told; without one
    everything is told and nothing withdrawn.
    """
    teller = _Teller(bot, Patience(sleep=sleep, random=random))
    codes = {ENGLISH: None, **{each: _code(each) for each in wordings.languages if each != ENGLISH and _code(each)}}
    try:
        told = Told(file, bot=bot.id) if file else Told()
        prints = await asyncio.to_thread(_fingerprints, wordings, tuple(codes))
        waiting = [language for language in codes if not told.same(language, prints[language])]
        gone = [language for language in told.languages if language not in codes]
        for number, language in enumerate((*waiting, *gone)):
            if number:
                await sleep(PAUSE)
            # First: what is told in part must be withdrawn some day, and what is withdrawn in part be told again.
            told.keep(language, UNDER_WAY)
            try:
                if language in codes:
                    # In a thread of its own and not kept: nobody may ever speak it here.
                    words = await asyncio.to_thread(_words, wordings, language)
                    await teller.tell(words, code=codes[language])
                    told.keep(language, prints[language])
                else:
                    # Not what another language is told under.
                    if (code := _code(language)) and code not in codes.values():
                        await teller.withdraw(code)
                    told.drop(language)
            except BadRequest as error:
                log.warning("Telegram refused menu or descriptions in the language %s (%s).", language, error.message)
    except _NotNow:
        log.warning("Telegram takes no more of menu and descriptions now. The rest is told at the next start.")
    except (TelegramError, GaveUp) as error:
        log.warning("The menu and the descriptions may be out of date (%s).", type(error).__name__)
    except Exception as error:
        log.error("The menu and the descriptions could not be told (%s).", type(error).__name__)


class _Teller:
    """Makes the calls for one language, each with patience."""

    def __init__(self, bot: Bot, patience: Patience) -> None:
        self._bot, self._patience = bot, patience

    async def tell(self, words: dict[str, str], *, code: str | None) -> None:
        """Tell what differs from what Telegram has. ``code``: None for everybody whose language is not told."""
        bot, make, scope = self._bot, self._make, BotCommandScopeAllPrivateChats()
        commands = [BotCommand(name, words[f"telegram.command.{name}"]) for name in COMMANDS]
        if list(await make(lambda: bot.get_my_commands(scope=scope, language_code=code))) != commands:
            await make(lambda: bot.set_my_commands(commands, scope=scope, language_code=code))
        description = words["telegram.description"]
        if (await make(lambda: bot.get_my_description(language_code=code))).description != description:
            await make(lambda: bot.set_my_description(description, language_code=code))
        short = words["telegram.short_description"]
        if (await make(lambda: bot.get_my_short_description(language_code=code))).short_description != short:
            await make(lambda: bot.set_my_short_description(short, language_code=code))

    async def withdraw(self, code: str) -> None:
        """Take back what was told under a code: its people then see what is told everybody."""
        bot, make, scope = self._bot, self._make, BotCommandScopeAllPrivateChats()
        await make(lambda: bot.delete_my_commands(scope=scope, language_code=code))
        # Empty is how Telegram is asked to remove them.
        await make(lambda: bot.set_my_description("", language_code=code))
        await make(lambda: bot.set_my_short_description("", language_code=code))

    async def _make(self, call: Callable[[], Awaitable[T]]) -> T:
        async def unless_it_takes_long() -> T:
            try:
                return await call()
            except RetryAfter as error:
                if asked_pause(error) > LONGEST_PAUSE:
                    raise _NotNow from None
                raise

        return await self._patience.make(unless_it_takes_long, tries=TRIES)


def _fingerprints(wordings: Wordings, languages: tuple[str, ...]) -> dict[str, str]:
    """A fingerprint of what is to be told in each language: of the English texts and of the catalogue as it lies there.

    Of a catalogue only its bytes are looked at: to read it as such takes seventy times as long.
    """
    english = json.dumps([(id_, TEXTS[id_].singular) for id_ in SAID]).encode()
    return {each: sha256(english + wordings.file(each)).hexdigest() for each in languages}


def _words(wordings: Wordings, language: str) -> dict[str, str]:
    wording, english = wordings.read(language), wordings.speak(ENGLISH)
    return {id_: _within(wording, english, id_) for id_ in SAID}


def _within(wording: Wording, english: Wording, id_: str) -> str:
    words = wording.say(said(id_))
    return words if units(words) <= limit(id_) else english.say(said(id_))


def limit(id_: str) -> int:
    """How long Telegram lets one of these texts be."""
    limits = {"telegram.description": DESCRIPTION_LIMIT, "telegram.short_description": SHORT_DESCRIPTION_LIMIT}
    return limits.get(id_, COMMAND_LIMIT)


def _code(language: str) -> str | None:
    """Telegram's code of a language: two letters, or None when there is none."""
    code = language.replace("_", "-").split("-")[0].lower()
    return code if len(code) == 2 else None
