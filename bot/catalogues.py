"""What can be wrong with a translated catalogue. Told in words for whoever translates; nothing is changed here.

Meaning is not looked at: that takes a person who speaks the language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from bot.labels import room, width
from bot.strings import forms, key, messages

MOST_TIMES, SHORT = 4, 60
"""A translation of so many times the English is no translation any more; shorter texts count as so long."""

UNSEEN_AND_MEANT = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
"""Characters that nobody sees and that writing needs: joining in Urdu or Bengali, direction, where a line may break."""

_NAMES = re.compile(r"\{(\w+)\}")
_AT_MOST = re.compile(r"at most ([0-9]+) characters")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def faults(catalogue: Catalog, template: Catalog, *, language: str, on_buttons: Collection[str]) -> list[str]:
    """Every fault of a catalogue, one sentence each, beginning with the English text.

    ``template``: the texts of today. ``language``: a code such as ``pl``. ``on_buttons``: the English texts of buttons.
    """
    number = number_of_forms(catalogue, language)
    found = []
    for wanted in messages(template):
        english = key(wanted)
        for fault in faults_of(catalogue.get(english), wanted, number=number, on_button=english in on_buttons):
            found.append(f"“{english}” {fault}")
    return found


def number_of_forms(catalogue: Catalog, language: str) -> int:
    """How many forms a plural has in a language; for one that Babel does not know, as many as its catalogue says."""
    try:
        return int(get_plural(Locale.parse(language.replace("-", "_"))).num_plurals)
    except (ValueError, UnknownLocaleError):
        return catalogue.num_plurals


def faults_of(message: Message | None, wanted: Message, *, number: int, on_button: bool) -> Iterator[str]:
    """What is wrong with one text, as sentences that go on after the English text. ``number``: of forms."""
    said = [] if message is None else forms(message)
    if message is None or not any(said):
        yield "is not translated."
        return
    if message.fuzzy:
        yield "is marked fuzzy: people would see it in English."
    plural = not isinstance(wanted.id, str)
    if plural and (len(said) != number or not all(said)):
        yield f"needs {number} forms of the plural, each filled."
    english = max(filter(None, [wanted.id] if isinstance(wanted.id, str) else wanted.id), key=len)
    names = set(_NAMES.findall(wanted.id if isinstance(wanted.id, str) else wanted.id[1]))
    for words in filter(None, said):
        # A form for one number only may leave the number out.
        for name in sorted(names - set(_NAMES.findall(words)) - ({"n"} if plural else set())):
            yield f"lacks {{{name}}}."
        for name in sorted(set(_NAMES.findall(words)) - names):
            yield f"has {{{name}}}, which nobody fills in."
        if words != words.strip() or "  " in words:
            yield "has a space too many."
        if words.count("{") != words.count("}") or _NAMES.sub("", words).count("{"):
            yield "has a curly bracket too many."
        if on_button and (surplus := _surplus(_NAMES.sub("", words))):
            yield f"is too long for a button of a small telephone: take about {surplus} characters away."
        yield from _length_and_characters(words, english, most=most(wanted))


def _surplus(label: str) -> int:
    """How many characters of a label find no room on a row of its own; what is filled in is not counted."""
    fitting = label
    while width(fitting) > room():
        fitting = fitting[:-1]
    return len(label) - len(fitting)


def most(wanted: Message) -> int | None:
    """How many characters a text may have by the remark for its translators, what is filled in not counted."""
    return min((int(number) for number in _AT_MOST.findall(" ".join(wanted.auto_comments))), default=None)


def _length_and_characters(words: str, english: str, *, most: int | None) -> Iterator[str]:
    if most is not None and len(_NAMES.sub("", words)) > most:
        yield f"is too long: at most {most} characters."
    elif len(words) > MOST_TIMES * max(len(english), SHORT):
        yield f"is {len(words)} characters long: that is more than this text can be."
    if "\n" in words and "\n" not in english:
        yield "has a line break."
    if any(unicodedata.category(each) in _UNSEEN and each not in {"\n", *UNSEEN_AND_MEANT} for each in words):
        yield "has a character that cannot be seen."
    if len(re.findall("[\u2066-\u2068]", words)) != words.count("\u2069"):
        yield "has a mark of direction that is not closed."
