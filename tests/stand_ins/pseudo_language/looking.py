"""Looks at what a person would see in the made-up language, and finds what is not in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from string import Formatter
from unittest.mock import patch

from bot.wording import Wording
from conversations.says import Day, Minute, Say, Text, Verbatim
from pseudo_language.making import CLOSE, OPEN

TECHNICAL = re.compile(r"https?://\S+|[A-Z2-9]{4}(-[A-Z2-9]{4})+|[0-9][0-9.,·:  +-]*|[–…]")
"""Codes, links and numbers: the same in every language."""
SIGNS = frozenset("ℹ")  # noqa: RUF001 - the sign is meant
READ_OUT = ("alt", "title", "aria-label", "aria-description", "placeholder")


def untranslated(words: str, *, own: Iterable[str] = (), marked: bool = True) -> str:
    """What of these words is not in the made-up language; "" when nothing is.

    ``own``: what people typed, names and quotations, which nobody translates. ``marked``: letters must stand inside the
    marks; without it only plain letters are found, for pictures, whose fonts have no such marks.
    """
    for known in sorted(filter(None, own), key=len, reverse=True):
        words = words.replace(known, "0")
    words = TECHNICAL.sub("0", words)
    depth, loose = 0, ""
    for letter in words:
        depth += (letter == OPEN) - (letter == CLOSE)
        outside = marked and depth <= 0
        loose += letter if letter.isalpha() and letter not in SIGNS and (letter.isascii() or outside) else " "
    return " ".join(loose.split())


def placeholders(words: str) -> set[str]:
    """The names of the parameters in a text.

    Raises:
        ValueError: when one is not a plain ``{name}``.
    """
    found = set()
    for _, name, form, conversion in Formatter().parse(words):
        if name is not None:
            if not name.isidentifier() or form or conversion:
                raise ValueError(f"{words!r}: a parameter is a plain {{name}}")
            found.add(name)
    return found


class Looker:
    """Remembers everything that is said while it listens, by whatever way it gets to a screen."""

    def __init__(self, *, own: Iterable[str]) -> None:
        self.own = frozenset(own)
        self.heard: set[Say] = set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear what ``Wording.say`` is asked for, parameters too."""
        say = Wording.say

        def hear(wording: Wording, what: Say) -> str:
            self.heard.add(what)
            return say(wording, what)

        with patch.object(Wording, "say", hear):
            yield

    def texts(self) -> set[Text]:
        """The texts of our own that were said, with their parameters."""
        return {each for each in self.heard if isinstance(each, Text)}

    def smuggled(self) -> set[str]:
        """Words that were passed on as somebody's own, or as technical, and are neither."""
        passed = {each.words for each in self.heard if isinstance(each, Verbatim)}
        passed |= {value for text in self.texts() for _, value in text.parameters if isinstance(value, str)}
        return {words for words in passed if untranslated(words, own=self.own, marked=False)}

    def loose(self, words: str, wording: Wording, *, marked: bool = True) -> str:
        """What of these words is not translated. Dates are written by Babel."""
        dates = {wording.say(each) for each in self.heard if isinstance(each, Day | Minute)}
        return untranslated(words, own=self.own | dates, marked=marked)


def page_words(html: str) -> list[str]:
    """Every text of a web page that is seen or read out, but for what stands in a field."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Texts, and the attributes that are read out. A field holds what somebody typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in READ_OUT and value]
        if tag in {"style", "script", "textarea"}:
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(data.strip())
