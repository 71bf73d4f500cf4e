"""Where a person is in the conversation: a small versioned JSON value. A position and at most one unsent draft.

Never an answer. A draft is what a person typed that is not an answer yet: a comment that is too long, or an assessment
that is being set up. What is stored by one version of the table of states is carried over by the next: see ``read``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

VERSION = 2

Draft = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A state and what it is about: ids, "" where there is none. ``topic`` is a word of the state's own."""

    state: str = "home"
    principle: str = ""
    statement: str = ""
    assessment: str = ""
    group: str = ""
    topic: str = ""


HOME = Place()


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """A position, the position below it while something else is open on top, and at most one unsent draft."""

    place: Place = HOME
    below: Place | None = None
    draft: Draft = field(default_factory=dict)

    def at(self, state: str, **about: str) -> Dialogue:
        """Move to a state. Whatever was open on top or drafted is gone. ``about``: the other fields of ``Place``."""
        return Dialogue(place=Place(state=state, **about))

    def over(self, state: str, *, topic: str = "") -> Dialogue:
        """Open a state on top of the current position (help, language …); ``back`` returns from it."""
        below = self.below if self.below is not None else self.place
        return replace(self, place=replace(below, state=state, topic=topic), below=below)

    def back(self) -> Dialogue:
        """Close what is open on top."""
        return self if self.below is None else replace(self, place=self.below, below=None)

    def drafting(self, **changes: Any) -> Dialogue:
        """The same position with these entries of the draft changed."""
        return replace(self, draft={**self.draft, **changes})


START = Dialogue()


class Unknown(ValueError):
    """The stored dialogue comes from a newer program. Start the newest version of Equal Voice."""


def write(dialogue: Dialogue) -> dict[str, Any]:
    """As a JSON value."""
    value: dict[str, Any] = {"version": VERSION, "place": _place(dialogue.place)}
    if dialogue.below is not None:
        value["below"] = _place(dialogue.below)
    if dialogue.draft:
        value["draft"] = dict(dialogue.draft)
    return value


def read(value: Mapping[str, Any]) -> Dialogue:
    """From a JSON value of this version or an older one.

    Raises:
        Unknown: when a newer program wrote it.
    """
    version = int(value.get("version", 1))
    if version > VERSION:
        raise Unknown
    for older in range(version, VERSION):
        value = UPGRADES[older](value)
    below = value.get("below")
    return Dialogue(
        place=Place(**value["place"]),
        below=None if below is None else Place(**below),
        draft=value.get("draft", {}),
    )


def same(dialogue: Dialogue) -> Dialogue:
    """Written and read again: what tests put between every two steps."""
    return read(json.loads(json.dumps(write(dialogue))))


def _place(place: Place) -> dict[str, str]:
    return {name: word for name, word in asdict(place).items() if word}


def _from_1(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Version 1 kept one flat position, and called the check card "review"."""
    renamed = {"review": "check", "open": "comment"}
    place = {
        "state": renamed.get(value.get("state", "home"), value.get("state", "home")),
        "principle": value.get("principle", ""),
        "statement": value.get("statement", ""),
    }
    return {"version": 2, "place": {name: word for name, word in place.items() if word}}


UPGRADES: dict[int, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {1: _from_1}
