"""What can be wrong with a translated catalogue. Told in words for whoever translates; nothing is changed here.

Meaning is not looked at: that takes a person who speaks the language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from bot.labels import room, width
from bot.strings import forms, key, messages

_NAMES = re.compile(r"\{(\w+)\}")


def faults(catalogue: Catalog, template: Catalog, *, language: str, on_buttons: Collection[str]) -> list[str]:
    """Every fault of a catalogue, one sentence each, beginning with the English text.

    ``template``: the texts of today. ``language``: a code such as ``pl``. ``on_buttons``: the English texts of buttons.
    """
    number = get_plural(Locale.parse(language)).num_plurals
    found = []
    for wanted in messages(template):
        english = key(wanted)
        for fault in _faults(catalogue.get(english), wanted, number=number, on_button=english in on_buttons):
            found.append(f"“{english}” {fault}")
    return found


def _faults(message: Message | None, wanted: Message, *, number: int, on_button: bool) -> Iterator[str]:
    said = [] if message is None else forms(message)
    if message is None or not any(said):
        yield "is not translated."
        return
    if message.fuzzy:
        yield "is marked fuzzy: people would see it in English."
    plural = not isinstance(wanted.id, str)
    if plural and (len(said) != number or not all(said)):
        yield f"needs {number} forms of the plural, each filled."
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


def _surplus(label: str) -> int:
    """How many characters of a label find no room on a row of its own; what is filled in is not counted."""
    fitting = label
    while width(fitting) > room():
        fitting = fitting[:-1]
    return len(label) - len(fitting)
