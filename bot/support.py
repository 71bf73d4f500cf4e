"""The places where people find help, read from a file that an operator may replace.

What they are and how to reach them is read and checked here; how they are shown, and in which language, is
decided where texts are rendered: `what` and `when` are texts to translate, the rest is shown as it stands.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Audience = Literal["users", "staff", "both"]

SHIPPED: Final = Path(__file__).with_name("support.toml")


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """One place to find help. It has a phone, a text or a web address, or several of them."""

    name: str
    what: str
    """One plain sentence in English: who it is for."""
    phone: str | None
    """As people write it, with spaces."""
    text: str | None
    """How to send a text message."""
    web: str | None
    when: str | None
    """When somebody answers, in English. None: not told here."""
    audience: Audience
    emergency: bool
    """For danger to life."""


class FaultySupport(Exception):
    """A list of places to find help cannot be used. The message has a line for each fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def load(path: Path) -> tuple[Organisation, ...]:
    """Read a file and `parse` it. Raises `FaultySupport`, also when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise FaultySupport(
            (f"{path}: this file cannot be read. Check its name and that it is text in UTF-8.",)
        ) from None
    return parse(text, str(path))


def parse(text: str, name: str) -> tuple[Organisation, ...]:
    """The organisations in a TOML text, in its order: for emergencies at least one that each group sees.

    `name` says in faults which file is meant.

    Raises:
        FaultySupport: with every fault that there is; syntax is told first and alone.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultySupport((f"{name}: this is not TOML: {error}. Mend it there.",)) from None
    faults = [f'{name}: "{key}" is not known. Remove it.' for key in document if key != "organisation"]
    entries = document.get("organisation", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise FaultySupport((*faults, f"{name}: begin each organisation with [[organisation]]."))
    organisations = []
    for number, values in enumerate(entries, 1):
        entry = _Entry(values)
        organisations.append(entry.organisation())
        faults += [f"{name}: organisation {number}: {fault}" for fault in entry.faults]
    if not faults:
        faults += [f"{name}: {fault}" for fault in _without_emergency(organisations)]
    if faults:
        raise FaultySupport(tuple(faults))
    return tuple(organisations)


def _without_emergency(organisations: Sequence[Organisation]) -> Iterator[str]:
    """Somebody in danger must find a way out, whichever group they are in."""
    covered = {organisation.audience for organisation in organisations if organisation.emergency}
    if not covered:
        yield "nobody is named for emergencies. Give one organisation emergency = true."
    elif "both" not in covered:
        for group in ("staff", "users"):
            if group not in covered:
                yield f'nobody is named for emergencies of "{group}". Give one with emergency = true for = "both".'


class _Entry:
    """One [[organisation]] being read, with what is wrong with it. A fault leaves an empty value behind."""

    def __init__(self, values: dict[str, object]) -> None:
        self.faults: list[str] = []
        self._values = values

    def organisation(self) -> Organisation:
        known = {"name", "what", "phone", "text", "web", "when", "for", "emergency"}
        self.faults += [f'"{key}" is not known. Remove it.' for key in self._values if key not in known]
        organisation = Organisation(
            name=self._needed("name"),
            what=self._needed("what"),
            phone=self._line("phone"),
            text=self._line("text"),
            web=self._line("web"),
            when=self._line("when"),
            audience=self._audience(),
            emergency=self._emergency(),
        )
        if not {"phone", "text", "web"} & self._values.keys():
            self.faults.append("nobody can reach it. Give it a phone, a text or a web.")
        if organisation.phone and not re.fullmatch(r"\+?[0-9][0-9 ]*", organisation.phone, re.ASCII):
            self.faults.append('phone is not a number. Write it in digits and spaces, like "116 123".')
        if organisation.web and not re.fullmatch(r"https://[^\s/]+\S*", organisation.web):
            self.faults.append("web is not a web address. Write all of it, beginning with https://.")
        return organisation

    def _needed(self, key: str) -> str:
        if key not in self._values:
            self.faults.append(f"{key} is missing. Add it.")
        return self._line(key) or ""

    def _line(self, key: str) -> str | None:
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            self.faults.append(f'{key} is not a line of text. Write it like {key} = "…", or remove it.')
            return None
        return value.strip()

    def _audience(self) -> Audience:
        match self._values.get("for"):
            case "users" | "staff" | "both" as audience:
                return audience
        self.faults.append('for is not told. Write for = "users", for = "staff" or for = "both".')
        return "both"

    def _emergency(self) -> bool:
        value = self._values.get("emergency")
        if not isinstance(value, bool):
            self.faults.append("emergency is not told. Write emergency = true or emergency = false.")
        return value is True
