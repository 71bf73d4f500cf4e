"""The parts that a questionnaire is made of.

Our plain texts are English and are the keys of the catalogues: whoever shows one translates it first. The
``official`` texts are quotations and are never translated by us. Nothing here opens a file, knows a
language or holds an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar

Audience = Literal["staff", "users", "both"]
AUDIENCES: Final[tuple[Audience, ...]] = ("staff", "users", "both")


class NotInQuestionnaire(LookupError):
    """The questionnaire has no such part: what was stored belongs to another questionnaire or version."""


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Part = TypeVar("_Part", bound=_Identified)


def _find(parts: Iterable[_Part], identity: str, where: str) -> _Part:
    for part in parts:
        if part.id == identity:
            return part
    raise NotInQuestionnaire(f"{where} {identity!r} is not in this questionnaire. Is it from another version?")


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """An optional thing to think about before scoring.

    ``id`` is unique in the questionnaire. ``opens`` is the id of an explanation that belongs to the prompt,
    "ladder" for the ladder, or None.
    """

    id: str
    text: str
    audience: Audience
    opens: str | None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is scored from 1 to 5. ``id`` is unique in its principle, ``official`` as published."""

    id: str
    official: str
    plain: str


@dataclass(frozen=True, kw_only=True)
class Principle:
    """A part of the questionnaire: 1 to 5 statements that are handed in together.

    ``definition`` is in our words, ``official_definition`` as published. ``terms`` are the ids of
    explanations that are useful here, the most useful first. ``prompts`` are in the order of their source,
    for all audiences.
    """

    id: str
    name: str
    definition: str
    official_definition: str
    statements: tuple[Statement, ...]
    prompts: tuple[Prompt, ...]
    terms: tuple[str, ...]

    def statement(self, identity: str) -> Statement:
        """Raises ``NotInQuestionnaire``."""
        return _find(self.statements, identity, f"Principle {self.id!r}, statement")


@dataclass(frozen=True, kw_only=True)
class Score:
    """One of the five scores. ``official`` is the published guidance, "" where it is not known."""

    value: int
    label: str
    official: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What a word means, in two to four short sentences. ``term`` is the word as people see it."""

    id: str
    term: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung of the ladder of co-production; ``number`` is 1 at the bottom to at most 7 at the top."""

    number: int
    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """One version of one questionnaire.

    ``source`` and ``source_url`` say where the official wordings come from, ``adapted_from`` where the
    prompts come from. ``scores`` go from 1 to 5, ``ladder`` from the top rung down; ``ladder`` may be (),
    then ``ladder_source`` is "". The open question is asked once for each principle.
    """

    id: str
    version: int
    title: str
    source: str
    source_url: str
    adapted_from: str
    open_question: str
    official_open_question: str
    principles: tuple[Principle, ...]
    scores: tuple[Score, ...]
    explanations: tuple[Explanation, ...]
    ladder: tuple[Rung, ...]
    ladder_source: str

    def principle(self, identity: str) -> Principle:
        """Raises ``NotInQuestionnaire``."""
        return _find(self.principles, identity, "Principle")

    def explanation(self, identity: str) -> Explanation:
        """Raises ``NotInQuestionnaire``."""
        return _find(self.explanations, identity, "Explanation")
