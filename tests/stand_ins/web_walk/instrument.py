"""What is asked, read from the shipped questionnaire file on our own, to know a page by the words on it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "conversations/questionnaires/maternity-neonatal.toml"

_READ: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))

OPEN_QUESTION: str = _READ["open_question"]
PRINCIPLES: dict[str, str] = {each["name"]: each["id"] for each in _READ["principle"]}
"""Name on the page → id in addresses and buttons."""
STATEMENTS: dict[str, tuple[str, str]] = {
    statement["plain"]: (principle["name"], statement["id"])
    for principle in _READ["principle"]
    for statement in principle["statement"]
}
"""Words on the page → (name of the principle, number of the statement)."""
ORDER: list[str] = list(PRINCIPLES)


def statements(principle: str) -> list[str]:
    """The words of a principle's statements, in order."""
    return [words for words, (name, _) in STATEMENTS.items() if name == principle]
