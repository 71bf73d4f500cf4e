"""Which pictures there are, and what each is made from. Light to import: matplotlib stays with the artist."""

from __future__ import annotations

from dataclasses import dataclass

from bot.wording import Wording
from conversations.questionnaire import Questionnaire
from conversations.results import Results
from conversations.says import Say


@dataclass(frozen=True, kw_only=True)
class PrincipleChart:
    """How people answered the statements of one principle (its id): stacked bars."""

    results: Results
    questionnaire: Questionnaire
    principle: str
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class GapChart:
    """Where the groups differ: averages of each principle, the biggest gap first."""

    results: Results
    questionnaire: Questionnaire
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class OverviewChart:
    """Averages of each principle, in the order of the questionnaire."""

    results: Results
    questionnaire: Questionnaire
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class Poster:
    """A page for the wall: how to take part in one group. ``code`` as people read it, ``link`` what the
    square opens.

    Everything is said in one language, and once more in a second one below it if there is one.
    """

    organisation: str
    group: Say
    code: str
    link: str
    practice: bool
    wording: Wording
    second: Wording | None = None

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Its languages, the upper one first."""
        return (self.wording,) if self.second is None else (self.wording, self.second)


Job = PrincipleChart | GapChart | OverviewChart | Poster
