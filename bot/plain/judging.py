"""The limits, and which texts break them.

The grade says nothing of a label of one to three words: such a text is not graded. Instead no word of it may have
more than three syllables, unless plain.toml lists the word. Every other rule holds for it too.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.plain import grading
from bot.plain.allowances import Allowances
from bot.plain.texts import FOR_FACILITATORS, PlainText
from conversations.questionnaire import Questionnaire

MEAN: Final = 5.0
"""The highest mean grade of what participants read: of all of it, and of each kind that has at least ``SEVERAL``."""
SEVERAL: Final = 5
"""A kind with fewer graded texts has no mean of its own: one of them would decide it."""
PARTICIPANTS: Final = 7.0
"""The highest grade of a text that participants read."""
FACILITATORS: Final = 8.0
"""The highest grade of a text that only facilitators read."""
SENTENCE: Final = 20
"""The most words in a sentence."""
STATEMENT: Final = 15
"""The most words in a sentence of a statement."""
BUTTON: Final = 6
"""The most words on a button."""
SHORT: Final = 3
"""A text of so many words or fewer is not graded."""
SYLLABLES: Final = 3
"""The most syllables of a word in such a text."""

RULES: Final = ("grade", "sentence", "button", "long word", "avoid")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A rule that a text breaks, and what to do."""

    rule: str
    told: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was found about one text. ``grade`` is None where it is too short for one."""

    text: PlainText
    grade: float | None
    longest: int
    faults: tuple[Fault, ...]
    excepted: tuple[Fault, ...]
    """Faults that an exception allows."""


def judge(texts: Sequence[PlainText], allowances: Allowances) -> list[Reading]:
    """Every text held against the limits."""
    return [_reading(text, allowances) for text in texts]


def means(readings: Iterable[Reading]) -> dict[str, float]:
    """The mean grade of each kind with several graded texts, and of all that participants read as "participants".

    A text with two forms counts as two. A grade below 0 counts as 0.
    """
    grades: dict[str, list[float]] = {}
    for reading in readings:
        if reading.grade is not None:
            grades.setdefault(reading.text.kind, []).append(reading.grade)
            if reading.text.kind not in FOR_FACILITATORS:
                grades.setdefault("participants", []).append(reading.grade)
    return {kind: statistics.mean(each) for kind, each in grades.items() if len(each) >= SEVERAL}


def too_hard(found: dict[str, float]) -> list[str]:
    """The kinds whose mean is above the limit, told."""
    return [
        f"{kind}: the mean grade is {mean:.1f}, and may be {MEAN:.1f}. Use shorter words and sentences."
        for kind, mean in found.items()
        if kind not in FOR_FACILITATORS and mean > MEAN
    ]


def unused(readings: Sequence[Reading], allowances: Allowances, samples_used: set[str]) -> Iterator[str]:
    """What plain.toml allows and no text needs, told."""
    needed = {(reading.text.id, fault.rule) for reading in readings for fault in reading.excepted}
    for exception in allowances.exceptions:
        if exception.rule not in RULES:
            yield f"exception {exception.id}: no rule is called “{exception.rule}”. The rules are: {', '.join(RULES)}."
        elif (exception.id, exception.rule) not in needed:
            yield f"exception {exception.id}, {exception.rule}: the text keeps this rule. Remove the exception."
    every = [reading.text for reading in readings]
    for name in allowances.names:
        if all(name.taken_out(text.words) == text.words for text in every):
            yield f"name {name.phrase}: no text has it. Remove it."
    for term in allowances.terms:
        if all(term.taken_out(text.words) == text.words for text in every if text.kind not in FOR_FACILITATORS):
            yield f"term {term.words}: no text for participants has it. Remove it."
    labels = [text for text in every if not _is_graded(text)]
    said = {_bare(word) for text in labels for word in grading.words_of(text.words)}
    for word in allowances.long_words:
        if word not in said or grading.syllables(word) <= SYLLABLES:
            yield f"long word {word}: no label needs it. Remove it."
    for sample in sorted(allowances.samples.keys() - samples_used):
        yield f"sample {sample}: no text has this placeholder. Remove it."


def unexplained(texts: Sequence[PlainText], allowances: Allowances, questionnaire: Questionnaire) -> Iterator[str]:
    """Terms that count as explained and are not, told: in no word list, or not in the list of the principle."""
    known = {explanation.id for explanation in questionnaire.explanations}
    for term in allowances.terms:
        if term.explanation not in known:
            yield f"term {term.words}: there is no explanation “{term.explanation}”. Write it, or remove the term."
    for text in texts:
        if text.principle:
            listed = questionnaire.principle(text.principle).terms
            for term in allowances.terms:
                if term.explanation not in listed and term.taken_out(text.words) != text.words:
                    yield f"{text.id}: add “{term.explanation}” to the terms of this principle, or use other words."


def _reading(text: PlainText, allowances: Allowances) -> Reading:
    counted = _counted(text, allowances)
    grade = max(0.0, grading.grade(counted)) if _is_graded(text) else None
    faults = tuple(_faults(text, counted, grade, allowances))
    allowed = {exception.rule for exception in allowances.exceptions if exception.id == text.id}
    return Reading(
        text=text,
        grade=grade,
        longest=grading.longest(text.words),
        faults=tuple(fault for fault in faults if fault.rule not in allowed),
        excepted=tuple(fault for fault in faults if fault.rule in allowed),
    )


def _is_graded(text: PlainText) -> bool:
    return len(grading.words_of(text.words)) > SHORT


def _counted(text: PlainText, allowances: Allowances) -> str:
    """The text as it is graded: without names, and for participants without terms that are explained to them."""
    words = _without_names(text, allowances)
    if text.kind not in FOR_FACILITATORS:
        for term in allowances.terms:
            words = term.taken_out(words)
    return words


def _without_names(text: PlainText, allowances: Allowances) -> str:
    words = text.words
    for name in allowances.names:
        words = name.taken_out(words)
    return words


def _faults(text: PlainText, counted: str, grade: float | None, allowances: Allowances) -> Iterator[Fault]:
    limit = FACILITATORS if text.kind in FOR_FACILITATORS else PARTICIPANTS
    if grade is None:
        for word in grading.words_of(counted):
            if grading.syllables(_bare(word)) > SYLLABLES and _bare(word) not in allowances.long_words:
                yield Fault(rule="long word", told=f"“{word}” is long for a label. Use a shorter word.")
    elif grade > limit:
        yield Fault(
            rule="grade", told=f"grade {grade:.1f}, and it may be {limit:.1f}. Use shorter words and sentences."
        )
    most = STATEMENT if text.kind == "statement" else SENTENCE
    if grading.longest(text.words) > most:
        yield Fault(rule="sentence", told=f"a sentence of {grading.longest(text.words)} words; {most} are the most.")
    if text.button and len(grading.words_of(text.words)) > BUTTON:
        yield Fault(
            rule="button", told=f"a button of {len(grading.words_of(text.words))} words; {BUTTON} are the most."
        )
    for avoid in allowances.avoid:
        for word in avoid.found(_without_names(text, allowances)):
            yield Fault(rule="avoid", told=f"“{word}”. Better: {avoid.instead}.")


def _bare(word: str) -> str:
    """A word without signs around it, in small letters."""
    return word.strip("“”\"'().,:;!?…–-").lower()
