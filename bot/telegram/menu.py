"""What the bot says about itself: its menu of commands and its descriptions, in every language on offer.

Told once at each start, and only what has changed: Telegram counts these calls strictly. Nothing depends on
it, so a failure is logged and that is all.
"""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.languages import ENGLISH
from bot.telegram.rendering import units
from bot.wording import Wording, Wordings
from conversations.says import text as said

log = logging.getLogger(__name__)

COMMANDS = ("start", "help", "urgent", "language", "privacy", "stop", "clear", "withdraw")
COMMAND_LIMIT = 256
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120


async def announce(bot: Bot, wordings: Wordings) -> None:
    """Tell Telegram menu and descriptions: English for everybody, other languages for those who use them."""
    try:
        await _announce(bot, wordings.speak(ENGLISH), wordings.speak(ENGLISH), code=None)
        for language in wordings.languages:
            code = _code(language)
            if language != ENGLISH and code is not None:
                await _announce(bot, wordings.speak(language), wordings.speak(ENGLISH), code=code)
    except TelegramError as error:
        log.warning("The menu and the descriptions may be out of date (%s).", type(error).__name__)


async def _announce(bot: Bot, wording: Wording, english: Wording, *, code: str | None) -> None:
    scope = BotCommandScopeAllPrivateChats()
    commands = [
        BotCommand(name, _words(wording, english, f"telegram.command.{name}", COMMAND_LIMIT)) for name in COMMANDS
    ]
    if list(await bot.get_my_commands(scope=scope, language_code=code)) != commands:
        await bot.set_my_commands(commands, scope=scope, language_code=code)
    description = _words(wording, english, "telegram.description", DESCRIPTION_LIMIT)
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    short = _words(wording, english, "telegram.short_description", SHORT_DESCRIPTION_LIMIT)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)


def _words(wording: Wording, english: Wording, id_: str, limit: int) -> str:
    words = wording.say(said(id_))
    return words if units(words) <= limit else english.say(said(id_))


def _code(language: str) -> str | None:
    """Telegram's code of a language: two letters, or None when there is none."""
    code = language.replace("_", "-").split("-")[0].lower()
    return code if len(code) == 2 else None
