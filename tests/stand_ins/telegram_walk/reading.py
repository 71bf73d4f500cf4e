"""What a facilitator sees, as numbers and words: captions, comments, the score sheet.

Reads only what stands on the screen. Whether it is right is decided in comparing.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fake_bot_api import ScreenMessage
from telegram_walk.book import PRINCIPLES, Counts

Quotes = dict[str, list[str]]
"""By group, in the order of the screen."""

COUNTS = re.compile(
    r"(?P<group>.+) – 1: (\d+) · 2: (\d+) · 3: (\d+) · 4: (\d+) · 5: (\d+); "
    r"average (?P<average>[\d.]+); middle (?P<middle>[\d.]+); agreement (?P<agreement>[\d.]+)"
    r"(?:; don't know (?P<unknown>\d+))?"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is told of one group and one statement."""

    counts: Counts
    unknown: int
    average: float
    middle: float
    agreement: float


@dataclass(kw_only=True)
class Caption:
    """The caption of one principle. Lines are by statement and group; None means "too few scores to show"."""

    lines: dict[tuple[int, str], Line | None] = field(default_factory=dict)
    everyone: dict[int, float] = field(default_factory=dict)
    """The average of everyone where they are just the sum of the groups."""
    people: dict[str, int] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


def caption_of(words: str, statements: Sequence[str]) -> Caption:
    """Read a principle's caption. ``statements`` are the words that stand above the lines."""
    found, number = Caption(), 0
    for line in words.split("\n")[1:]:
        if line in statements:
            number = statements.index(line) + 1
        elif counts := COUNTS.fullmatch(line):
            one, two, three, four, five = (int(counts[place]) for place in range(2, 7))
            found.lines[number, counts["group"]] = Line(
                counts=(one, two, three, four, five),
                unknown=int(counts["unknown"] or 0),
                average=float(counts["average"]),
                middle=float(counts["middle"]),
                agreement=float(counts["agreement"]),
            )
        elif line.endswith(" – too few scores to show"):
            found.lines[number, line.partition(" – ")[0]] = None
        elif everyone := re.fullmatch(r"Everyone: ([\d.]+)", line):
            found.everyone[number] = float(everyone[1])
        elif people := re.fullmatch(r"(.+): (\d+) (?:person|people)", line):
            found.people[people[1]] = int(people[2])
        else:
            found.rest.append(line)
    return found


def averages_of(words: str) -> dict[str, dict[str, float]]:
    """The averages of each principle in the words of the overview or of the gaps; a gap is under "gap"."""
    found: dict[str, dict[str, float]] = {}
    for principle, gap, averages in re.findall(r"^(\w+) – (?:gap ([\d.]+): )?(.+)$", words, re.MULTILINE):
        if principle in PRINCIPLES:
            found[principle] = {"gap": float(gap)} if gap else {}
            for name, average in re.findall(r"(?:^|, | and )([^,]+?) (\d\.\d)(?=,| and |$)", averages):
                found[principle][name] = float(average)
    return found


def quotes_of(messages: Iterable[ScreenMessage]) -> Quotes:
    """Quoted words under bold headings, over all messages of a card."""
    found: Quotes = {}
    heading = ""
    for message in messages:
        for entity in sorted(message.entities, key=lambda each: int(each["offset"])):
            words = _marked(message.text, offset=entity["offset"], length=entity["length"])
            if entity["type"] == "bold":
                heading = words
            elif entity["type"] in {"blockquote", "expandable_blockquote"}:
                found.setdefault(heading, []).append(words)
    return found


def sheet_of(messages: Iterable[ScreenMessage]) -> dict[tuple[str, str], list[float | None]]:
    """The averages of the score sheet by group and principle; None is a dash."""
    found: dict[tuple[str, str], list[float | None]] = {}
    heading = ""
    for message in messages:
        bold = {
            _marked(message.text, offset=entity["offset"], length=entity["length"])
            for entity in message.entities
            if entity["type"] == "bold"
        }
        for line in message.text.split("\n"):
            heading = line if line in bold else heading
            for principle, scores in re.findall(rf"^• ({'|'.join(PRINCIPLES)}): (.+)$", line):
                cells = re.split(r", | and ", scores)
                found[heading, principle] = [None if cell == "–" else float(cell) for cell in cells]
    return found


def _marked(text: str, *, offset: int, length: int) -> str:
    """Part of a text; Telegram counts in UTF-16 units."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")
