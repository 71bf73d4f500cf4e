"""Turns what is said into the words of a language. The only place where a translation is looked up.

A language's catalogue is read at its first use, straight from its .po file. English is the language of the texts
themselves and needs none. A text, a phrase or a form that a catalogue lacks falls back to English.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.languages import ENGLISH, LOCALES, Language, catalogue_file, in_order, listed, unreviewed, wanted
from bot.texts import TEXTS
from conversations.says import Day, Decimal, InLanguage, Listing, Minute, Phrase, Say, Text, Value, Verbatim

REGIONS = {"en": "en_GB"}
"""Where a language is written in more than one way (dates, lists), the way of the people who use it here."""

HERE = ZoneInfo("Europe/London")
"""The clock that people here live by."""

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


class Wording:
    """One language in use."""

    def __init__(
        self,
        language: Language,
        catalogue: gettext.NullTranslations,
        *,
        speak: Callable[[str], Wording] | None = None,
    ) -> None:
        """``speak``: how to find another language for what has one of its own; without it this one says that too."""
        self.language = language
        self._speak = speak
        self._catalogue = catalogue
        self.formats = formats(language.code)
        """Babel's name for how this language writes dates, numbers and lists."""

    def say(self, what: Say) -> str:
        """The words for it in this language."""
        match what:
            case Text():
                return self._text(what)
            case Phrase(words):
                return self._catalogue.gettext(words)
            case Verbatim(words):
                return words
            case Day(at):
                return dates.format_date(_moment(at), format="long", locale=self.formats)
            case Minute(at):
                return dates.format_time(_moment(at), format="short", locale=self.formats)
            case Decimal(value):
                return numbers.format_decimal(value, format="0.0", locale=self.formats)
            case InLanguage(language, said):
                other = self if self._speak is None or isinstance(said, Verbatim) else self._speak(language)
                return other.say(said)
            case Listing(items):
                return lists.format_list([self._value(item) for item in items], locale=self.formats)

    def _text(self, text: Text) -> str:
        entry = TEXTS[text.id]
        n = text.parameter("n")
        if entry.plural is not None and isinstance(n, int):
            pattern = self._catalogue.ngettext(entry.singular, entry.plural, n)
        else:
            pattern = self._catalogue.gettext(entry.singular)
        return pattern.format_map({name: self._value(value) for name, value in text.parameters})

    def _value(self, value: Value) -> str:
        if isinstance(value, int):
            return numbers.format_decimal(value, locale=self.formats)
        if isinstance(value, str):
            return self._apart(value)
        words = self.say(value)
        return self._apart(words) if isinstance(value, Verbatim) else words

    def _apart(self, words: str) -> str:
        """Codes, links and people's words keep their own direction inside a right-to-left sentence."""
        if words.startswith(FIRST_STRONG_ISOLATE) and words.find(POP_ISOLATE) == len(words) - 1:
            return words
        return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if self.language.direction == "rtl" else words


class Wordings:
    """The languages on offer, each loaded when it is first spoken."""

    def __init__(self, *, folder: Path = LOCALES, only: tuple[str, ...] = ()) -> None:
        self._folder = folder
        self.languages: Mapping[str, Language] = {
            code: language for code, language in listed(folder).items() if not only or code in (*only, ENGLISH)
        }
        self.unreviewed = frozenset(unreviewed(self.languages.values()))
        """The codes of those whose words nobody who speaks them has checked."""
        self._load = lru_cache(maxsize=None)(self.read)

    def speak(self, code: str) -> Wording:
        """That language, or English when it is not on offer."""
        return self._load(code if code in self.languages else ENGLISH)

    def likely(self, hint: str) -> str:
        """The offered language that a phone or browser asks for first; English when it asks for none of them."""
        return next(iter(wanted(hint, self.languages)), ENGLISH)

    def offered(self, hint: str) -> tuple[tuple[str, str], ...]:
        """(code, own name) of every language on offer: first what a phone or browser asks for, then English."""
        ordered = in_order(self.languages.values(), wanted(hint, self.languages))
        return tuple((language.code, language.name) for language in ordered)

    def file(self, code: str) -> bytes:
        """The catalogue of a language as it lies there; b"" where there is none, as for English."""
        file = catalogue_file(self._folder, code)
        return file.read_bytes() if file.exists() else b""

    def read(self, code: str) -> Wording:
        """A language on offer, read anew and not kept: for what is said once. It takes some hundredths of a second."""
        source = self.file(code)
        if not source:
            return Wording(self.languages[code], gettext.NullTranslations(), speak=self.speak)
        catalogue = read_po(BytesIO(source), locale=code.replace("-", "_"))
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return Wording(self.languages[code], gettext.GNUTranslations(compiled), speak=self.speak)


def formats(code: str) -> str:
    """How a language writes dates, numbers and lists: Babel's name for it.

    A language that Babel does not know writes them as people do here in English; its texts are still its own.
    """
    try:
        return str(Locale.parse(REGIONS.get(code, code).replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        return REGIONS[ENGLISH]


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, HERE)
