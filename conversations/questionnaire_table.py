"""One table of a questionnaire's TOML, read key by key, with every fault noted instead of raised.

A reader that finds a fault notes it and answers with an empty value of the right type, so that the reading
goes on and all faults are told at once. What the keys mean is the business of ``questionnaire``; here is
only what every table has in common: types, lengths, ids, and keys that nobody asked for (mostly misspelt
ones).
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from typing import Final, TypeVar

from conversations.questionnaire_faults import Fault, FaultyQuestionnaire
from conversations.questionnaire_lines import Lines, Path

_ID = re.compile(r"[a-z][a-z0-9-]{0,13}")
_NUMBER_ID = re.compile(r"[1-9][0-9]{0,2}")
_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_Word = TypeVar("_Word", bound=str)
_SHOWN: Final = 40
"""How many characters of a wrong value a fault repeats."""


@dataclass(kw_only=True)
class Notes:
    """The faults found so far in one file."""

    file: str
    lines: Lines
    faults: list[Fault] = field(default_factory=list)

    def note(self, path: Path, what: str, remedy: str) -> None:
        """Keep a fault that stands at ``path``."""
        self.faults.append(Fault(file=self.file, line=self.lines.of(path), what=what, remedy=remedy))


def load(text: str, file: str) -> tuple[Table, Notes]:
    """The root table of a TOML text and the notes to fill while reading it.

    Raises:
        FaultyQuestionnaire: with one fault, if the text is not TOML.
    """
    try:
        values = tomllib.loads(text)
    except RecursionError:
        line, reason = 1, "brackets are nested too deeply"
    except ValueError as error:  # TOMLDecodeError, and what int() says of a number with thousands of digits
        line, reason = _syntax_fault(text, str(error))
    else:
        notes = Notes(file=file, lines=Lines(text))
        return Table(values, notes=notes, path=(), noun="the questionnaire"), notes
    what, remedy = f"this is not TOML: {reason}.", "Check the quotation marks, brackets and = signs near it."
    raise FaultyQuestionnaire([Fault(file=file, line=line, what=what, remedy=remedy)])


def _syntax_fault(text: str, message: str) -> tuple[int, str]:
    """The line and the reason in a message of ``tomllib``; line 1 where it tells none."""
    place = _SYNTAX_PLACE.search(message)
    if place is None:
        return 1, message.rstrip(".")
    last = text.rstrip("\n").count("\n") + 1
    return int(place[1] or last), message[: place.start()]


class Table:
    """One table: its values and where it stands.

    ``noun`` is what it is, ``number`` its place from 1 among its kind, ``within`` the table around it.
    """

    def __init__(
        self,
        values: dict[str, object],
        *,
        notes: Notes,
        path: Path,
        noun: str,
        number: int = 0,
        within: str = "",
    ) -> None:
        self._values = values
        self._notes = notes
        self._path = path
        self._asked: list[str] = []
        self._noun = noun
        self._name = f" number {number}" if number else ""
        self._within = f" of {within}" if within else ""

    @property
    def label(self) -> str:
        """How faults call this table, as in: prompt "a3" of principle "assets"."""
        return f"{self._noun}{self._name}{self._within}"

    def text(self, key: str, *, most: int, may_be_empty: bool = False) -> str:
        """A text of at most ``most`` characters (code points) on one line, "" after a fault."""
        value = self._value(key, example='"…"')
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note(key, f"has {_kind(value)} as its {key}.", "Write a text in quotation marks.")
            return ""
        if not value.strip() and not (may_be_empty and value == ""):
            self.note(key, f"has an empty {key}.", "Write a text between the quotation marks.")
        elif any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in value):
            remedy = "Write it as one line, without tabs."
            self.note(key, f"has a line break or another control character in its {key}.", remedy)
        elif value != value.strip():
            self.note(key, f"has a space around its {key}.", "Take the space away.")
        elif len(value) > most:
            remedy = f"Shorten it to {most} characters at most."
            self.note(key, f"has {len(value)} characters in its {key}.", remedy)
        else:
            return value
        return ""

    def identity(self, *, number_too: bool = False) -> str:
        """The table's id; from then on faults name it. ``number_too`` allows "1" as well."""
        value = self.text("id", most=100)
        if value:
            self._name = f" {shown(value)}"
            if not (_ID.fullmatch(value) or (number_too and _NUMBER_ID.fullmatch(value))):
                remedy = "Use up to 14 of a to z, 0 to 9 and -, beginning with a letter."
                self.note("id", "has an id of the wrong form.", remedy)
        return value

    def web_address(self, key: str) -> str:
        """An address that begins with https:// or http://."""
        value = self.text(key, most=200)
        if value and not _WEB_ADDRESS.fullmatch(value):
            self.note(key, f"has no web address as its {key}.", "Begin it with https:// and leave out spaces.")
        return value

    def number(self, key: str, *, least: int, most: int) -> int:
        """A whole number from ``least`` to ``most``, 0 after a fault."""
        value = self._value(key, example=str(least))
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            remedy = f"Write a whole number from {least} to {most}, without quotation marks."
            self.note(key, f"has {_kind(value)} as its {key}.", remedy)
            return 0
        return value

    def choice(self, key: str, allowed: tuple[_Word, ...]) -> _Word:
        """One of the ``allowed`` words, the first of them after a fault."""
        value = self._value(key, example=f'"{allowed[0]}"')
        for word in allowed:
            if value == word:
                return word
        if value is not None:
            words = [f'"{word}"' for word in allowed]
            told = shown(value) if isinstance(value, str) else _kind(value)
            self.note(key, f"has the {key} {told}.", f"Write {', '.join(words[:-1])} or {words[-1]}.")
        return allowed[0]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts without repeats; () when the key is not there."""
        if not self.has(key):
            return ()
        value = self._values[key]
        texts = tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
        if not isinstance(value, list) or len(texts) != len(value):
            self.note(key, f"has no list of texts as its {key}.", f'Write it so: {key} = ["one", "two"].')
            return ()
        for text in {text for text in texts if texts.count(text) > 1}:
            self.note(key, f"has {shown(text)} twice in its {key}.", "Take one out.")
        return texts

    def tables(self, key: str, *, least: int, most: int) -> tuple[Table, ...]:
        """The tables under the headings [[key]], in their order, () after a fault of type."""
        self._asked.append(key)
        path = [part for part in (*self._path, key) if isinstance(part, str)]
        heading = f"[[{'.'.join(path)}]]"
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.note(key, f"has {_kind(value)} as its {key}.", f"Write each one under {heading}.")
            return ()
        if not least <= len(value) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            counted = f"{len(value) or 'no'} {key}{'s' * (len(value) != 1)}"
            remedy = f"Write {wanted}, each under {heading}."
            self._notes.note((*self._path, key, most), f"{self.label} has {counted}.", remedy)
        return tuple(self._inner(key, index, item) for index, item in enumerate(value))

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as asked for."""
        self._asked.append(key)
        return key in self._values

    def finish(self) -> None:
        """Note every key that was never asked for."""
        missing = [name for name in self._asked if name not in self._values]
        for key in (key for key in self._values if key not in self._asked):
            near = difflib.get_close_matches(key, missing, n=1)
            known = ", ".join(dict.fromkeys(self._asked))
            remedy = f'Did you mean "{near[0]}"?' if near else f"Take it out, or use one of: {known}."
            self.note(key, f"has {shown(key)}, which means nothing here.", remedy)

    def note(self, key: str, what: str, remedy: str) -> None:
        """Note a fault of this table at ``key``, or at its heading if the key is not there."""
        self._notes.note((*self._path, key), f"{self.label} {what}", remedy)

    def _inner(self, key: str, index: int, values: dict[str, object]) -> Table:
        path = (*self._path, key, index)
        within = self.label if self._path else ""
        return Table(values, notes=self._notes, path=path, noun=key, number=index + 1, within=within)

    def _value(self, key: str, *, example: str) -> object | None:
        if not self.has(key):
            self.note(key, f"has no {key}.", f"Add a line: {key} = {example}")
        return self._values.get(key)


def shown(text: str) -> str:
    """A text as a fault repeats it: short, on one line, printable."""
    kept = "".join(character if character.isprintable() else "?" for character in text)
    return f'"{kept}"' if len(kept) <= _SHOWN else f'"{kept[:_SHOWN]}…"'


def _kind(value: object) -> str:
    """What a value is, in words."""
    if isinstance(value, bool):
        return "yes or no (true, false)"
    if isinstance(value, int):
        return f"the number {value}" if abs(value) < 10**6 else "a very large number"
    if isinstance(value, float):
        return "a number with a point"
    kinds: dict[type, str] = {str: "a text", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date or time")
