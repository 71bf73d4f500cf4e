"""What can be wrong with a questionnaire, and how it is told to whoever wrote it.

People who adapt a questionnaire are not programmers. So every fault names its line, says what is wrong in
words, and says what to do; and all faults are told at once. No reading and no judging here: see
``questionnaire_table``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong.

    ``line`` counts from 1; where something is missing it is the line of the heading that it is missing
    under. ``what`` and ``remedy`` are whole English sentences, the first without a capital, for it follows
    the line number.
    """

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} {self.remedy}"


class FaultyQuestionnaire(Exception):
    """The text is no usable questionnaire: correct the file. ``faults`` holds all of them, by line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(str(fault) for fault in self.faults))
