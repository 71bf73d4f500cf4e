"""The texts of one language as the rows of a review sheet: in the order in which people meet them, one row a form."""

from __future__ import annotations

import gettext
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from babel.messages.catalog import Catalog, Message

from bot.strings import forms, key, messages

HEADINGS: Final = {
    "bot/texts/common.py": "Words that stand everywhere",
    "bot/texts/participant.py": "What people who take part read",
    "conversations/questionnaires/maternity-neonatal.toml": "The questions, and what their words mean",
    "bot/texts/rights.py": "What people can do with their data",
    "bot/support.toml": "Where people find help",
    "bot/texts/telegram.py": "On Telegram",
    "bot/texts/web.py": "On the web pages",
    "bot/texts/charts.py": "Pictures, and what they show in words",
    "bot/texts/facilitator.py": "What facilitators read",
}
"""Where a text comes from, and the heading it stands under, in the order of the sheet."""
OTHERS: Final = "Other texts"

EXAMPLES: Final = 6
"""So many numbers are named for a form of the plural."""
_COUNTED: Final = 1000
_TRANSLATORS: Final = "Translators: "


@dataclass(frozen=True, kw_only=True)
class Row:
    """One text, or one form of a text that counts something."""

    id: str
    """The same as long as the English text is the same, whatever stands around it."""
    heading: str
    english: str
    remarks: tuple[str, ...]
    """Whole sentences for whoever reads it: where it stands, for which numbers, how long it may be."""
    translation: str
    """Empty where there is none yet."""
    key: str
    """What a catalogue looks the text up by."""
    form: int
    """Which form of the plural; 0 where there is only one."""

    @property
    def shown(self) -> str:
        """What stands in the cell of the English text."""
        return "\n".join((self.english, *self.remarks))


def rows(catalogue: Catalog, *, language: str, on_buttons: Collection[str]) -> tuple[Row, ...]:
    """Every text of a catalogue that is up to date (`bot.strings.refreshed`). ``on_buttons``: their English texts."""
    order = list(HEADINGS.values())
    found = [
        row
        for message in messages(catalogue)
        for row in _rows(message, catalogue, language=language, on_button=key(message) in on_buttons)
    ]
    return tuple(sorted(found, key=lambda row: order.index(row.heading) if row.heading in order else len(order)))


def digest(words: str) -> str:
    """A short mark of a translation: by it a sheet that comes back tells what it was when it went out."""
    return hashlib.sha256(tidy(words).encode()).hexdigest()[:12]


def tidy(words: str) -> str:
    """What was typed, without the spaces and empty lines around it that nobody sees in a sheet."""
    return words.replace("\r\n", "\n").strip()


def _rows(message: Message, catalogue: Catalog, *, language: str, on_button: bool) -> Iterator[Row]:
    said = forms(message)
    plural = None if isinstance(message.id, str) else message.id[1]
    numbers = _numbers(catalogue) if plural is not None else [()]
    for form, counted in enumerate(numbers):
        # A form that also stands for one, as in French for 0 and 1, is read beside the English form for one.
        english = key(message) if plural is None or 1 in counted else plural
        place = f"{language}\0{key(message)}\0{plural or ''}\0{form}"
        yield Row(
            id=hashlib.sha256(place.encode()).hexdigest()[:16],
            heading=_heading(message),
            english=english,
            remarks=tuple(_remarks(message, counted=counted, on_button=on_button)),
            translation=said[form] if form < len(said) else "",
            key=key(message),
            form=form,
        )


def _numbers(catalogue: Catalog) -> list[tuple[int, ...]]:
    """The first numbers that each form of the plural stands for, by the catalogue's own rule."""
    rule = gettext.c2py(str(catalogue.plural_expr))
    found: list[tuple[int, ...]] = [() for _ in range(catalogue.num_plurals)]
    for n in range(_COUNTED):
        if len(found[rule(n)]) <= EXAMPLES:
            found[rule(n)] += (n,)
    return found


def _remarks(message: Message, *, counted: tuple[int, ...], on_button: bool) -> Iterator[str]:
    if counted:
        some = ", ".join(map(str, counted[:EXAMPLES]))
        yield f"For the {'number' if len(counted) == 1 else 'numbers'} {some}" + (
            " and so on." if len(counted) > EXAMPLES else "."
        )
    if on_button:
        yield "A button of a small telephone: about 30 characters at most, in Chinese about 17."
    said = "\n".join(message.auto_comments)
    for remark in said.split(_TRANSLATORS)[1:]:
        words = " ".join(remark.split())
        yield words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")
    if message.fuzzy:
        yield "Nobody is sure of this translation yet: people see it in English."


def _heading(message: Message) -> str:
    files = {file for file, _ in message.locations}
    return next((heading for file, heading in HEADINGS.items() if file in files), OTHERS)
