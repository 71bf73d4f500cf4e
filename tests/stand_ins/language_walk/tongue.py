"""A language as a walk knows it: its code, and how the program's own catalogue says a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.languages import Language
from bot.wording import Wording, Wordings
from conversations.says import Say

WORDINGS = Wordings()

WALKED = ("ar", "pl", "bn", "zh")
"""The languages in which tests go the whole way: one of each way of writing. Any code of locales.json can be added."""

CHAT_CODES = {"zh": "zh-hans"}
"""What a telephone tells Telegram, where that is not our own code."""
BROWSER_TAGS = {"ar": "ar-EG", "pl": "pl-PL", "bn": "bn-BD", "zh": "zh-CN"}
"""What a browser asks for first, where that is not our own code."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """One language. ``chat_code`` is a telephone's, ``accepts`` a browser's Accept-Language."""

    wording: Wording

    @property
    def language(self) -> Language:
        """Its line of locales.json."""
        return self.wording.language

    @property
    def code(self) -> str:
        """Our code of it."""
        return self.language.code

    @property
    def chat_code(self) -> str:
        """What a telephone in this language tells Telegram."""
        return CHAT_CODES.get(self.code, self.code)

    @property
    def accepts(self) -> str:
        """What a browser in this language asks for."""
        tag = BROWSER_TAGS.get(self.code, self.code)
        return f"{tag},{self.code};q=0.9,en;q=0.5"

    def say(self, what: Say) -> str:
        """The words for it."""
        return self.wording.say(what)


@cache
def tongue(code: str) -> Tongue:
    """The language of a code of locales.json."""
    assert code in WORDINGS.languages, f"{code} is not in locales.json"
    return Tongue(wording=WORDINGS.speak(code))


ENGLISH = tongue("en")


def plainly(words: str) -> str:
    """Words with every run of blanks and line ends as one space: how lines are broken is the channel's."""
    return " ".join(words.split())
