"""A small questionnaire, so that a walk takes seconds: the program reads it by its setting QUESTIONNAIRE.

Knows the names and words as they stand on cards and in captions, and nothing of the program.
"""

from __future__ import annotations

from dataclasses import dataclass

NAMES = ("Assets", "Networks", "Outcomes", "Relationships", "Catalysts", "Journeys", "Places", "Times")
LABELS = ("Nothing done", "A start made", "Some progress", "Mostly good", "All good")


@dataclass(frozen=True)
class Instrument:
    """So many principles with so many statements each."""

    principles: tuple[str, ...]
    """Names as on screen."""
    statements: tuple[int, ...]
    """Numbers of the statements of every principle: 1, 2 …"""

    def id(self, principle: str) -> str:
        """What buttons and addresses call a principle."""
        return principle.lower()

    def words(self, principle: str, statement: int) -> str:
        """The words of a statement."""
        return f"This service does thing {statement} of {principle}."

    def number(self, principle: str, words: str) -> int:
        """Which statement of that principle has these words; 0 when none has."""
        return next((number for number in self.statements if self.words(principle, number) == words), 0)

    def toml(self) -> str:
        """The file."""
        lines = [
            'id = "small"',
            "version = 1",
            'title = "How well do we work together?"',
            'source = "Made up"',
            'source_url = "https://audit.example"',
            'adapted_from = "Made up"',
            'open_question = "What would help?"',
            'official_open_question = "What would help?"',
        ]
        for value, label in enumerate(LABELS, 1):
            lines += ["[[score]]", f"value = {value}", f'label = "{label}"', f'official = "{label}"']
        for principle in self.principles:
            lines += ["[[principle]]", f'id = "{self.id(principle)}"', f'name = "{principle}"']
            lines += [f'definition = "About {principle}."', f'official_definition = "About {principle}."', "terms = []"]
            for number in self.statements:
                words = self.words(principle, number)
                lines += ["[[principle.statement]]", f'id = "{number}"', f'official = "{words}"', f'plain = "{words}"']
        return "\n".join(lines) + "\n"


def instrument(*, principles: int = 2, statements: int = 2) -> Instrument:
    """The first names, and so many statements each."""
    return Instrument(NAMES[:principles], tuple(range(1, statements + 1)))
