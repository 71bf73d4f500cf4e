"""Who was in which pouring, by name: what rules 1 to 3 allow to be shown, worked out person by person.

It shares no code with the pools but the shape of a tally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from conversations.pools import Choice, Tally

CHOICES: tuple[Choice, ...] = (1, 2, 3, 4, 5, 3, 4, 5, 2, "unknown", "skipped")
K = 5
GROUPS = ("staff", "users")
PRINCIPLES = ("assets", "networks")
STATEMENTS = ("1", "2")
EVERYONE = "everyone"

Said = tuple[Choice, Choice, bool]
"""Two choices, and whether somebody writes a comment."""


def answers_from(seed: int, many: int) -> list[Said]:
    """What so many people say. One number to search with instead of dozens keeps the search deep."""
    random = Random(seed)
    return [(random.choice(CHOICES), random.choice(CHOICES), random.random() < 0.5) for _ in range(many)]


@dataclass
class Answers:
    """What one person answered to one principle, as the model knows it."""

    choices: dict[str, Choice]
    comment: str
    handed_in: bool


@dataclass
class Cell:
    """One group and one principle: the batches that must have been poured, each answer with its person."""

    batches: list[dict[int, Answers]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    """The comments that the facilitator has hidden."""

    def people(self) -> list[int]:
        return [person for batch in self.batches for person in batch]

    def comments(self) -> Counter[str]:
        """Those that may be shown."""
        written = [one.comment for batch in self.batches for one in batch.values() if one.comment]
        return Counter(words for words in written if words not in self.hidden)

    def shown(self, statement: str) -> dict[int, Choice]:
        """What may be shown, person by person: batch by batch, as soon as at least K scores wait."""
        shown, waiting = dict[int, Choice](), dict[int, Choice]()
        for batch in self.batches:
            waiting |= {person: one.choices[statement] for person, one in batch.items()}
            if tally(waiting).scored >= K:
                shown, waiting = shown | waiting, {}
        return shown


def tally(chosen: Mapping[int, Choice]) -> Tally:
    """Counted by hand."""
    counts = Counter(chosen.values())
    return Tally((counts[1], counts[2], counts[3], counts[4], counts[5]), counts["unknown"])


def scorers(chosen: Mapping[int, Choice]) -> frozenset[int]:
    """Who chose a score."""
    return frozenset(person for person, choice in chosen.items() if isinstance(choice, int))


def safe(some: frozenset[int], others: frozenset[int]) -> bool:
    """Whether what tells two tallies apart is nobody, or the scores of at least K people."""
    return some == others or len(some ^ others) >= K
