"""Reads cards and captions into an ``Observation``.

Strict on purpose: every line with a number in it must be understood, or it is put down as unread, and a test fails.
So nobody can put a new number before a facilitator without saying here what it tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from attacker.cards import Card, Picture
from attacker.instrument import Instrument
from attacker.observing import EVERYONE, Average, Figures, Observation, Tally

COUNTS = re.compile(
    r"(?P<group>.+) – 1: (\d+) · 2: (\d+) · 3: (\d+) · 4: (\d+) · 5: (\d+); "
    r"average (?P<average>[\d.]+); middle (?P<middle>[\d.]+); agreement (?P<agreement>[\d.]+)"
    r"(?:; don't know (?P<unknown>\d+))?"
)
PEOPLE = re.compile(r"(?P<group>.+): (?:(?P<least>\d+) to )?(?P<most>\d+) (?:person|people)")
AVERAGES = re.compile(r"(?P<principle>\w+) – (?:gap (?P<gap>[\d.]+): )?(?P<averages>.+)")
ONE_AVERAGE = re.compile(r"(?:^|, | and )([^,]+?) (\d\.\d)(?=,| and |$)")
SAME_EVERYWHERE = (
    "Average scores, 1 (low) to 5 (high):",
    "Middle: half of the people chose less, half chose more. "
    "Agreement: 1 when all chose the same, 0 when half chose 1 and half chose 5.",
)
"""Lines of captions whose numbers are part of the wording."""

JOINED = re.compile(r"(\d+) (?:person has|people have) joined\.")
FEWER = re.compile(r"(\w+): fewer than (\d+) handed in")
HANDED_IN = re.compile(r"(\w+): (\d+) handed in")
SHOWN = re.compile(r"(\w+): (\d+) shown, (fewer than )?(\d+) more handed in")
LEFT_OUT = re.compile(r"(\w+): (\d+) (?:person was|people were) too few to show\. Their answers were erased\.")
WAITING = re.compile(
    r"(.+): (\d+) (?:person|people) may still be writing\. Shown now, their answers may never be counted\."
)
GROUP_JOINED = re.compile(r"(.+): (\d+) (?:person has|people have) joined\.")
LEFT_OUT_NOW = re.compile(
    r"(.+): (\d+) (?:person has|people have) joined\. Too few had handed in, so they are left out for now\."
)
MISSED = re.compile(r"(\w+): (\d+) (?:person|people)")
MAY_BE_MISSED = "Joined, but may not be counted"
DAY = r"\d{1,2} \w+ \d{4}"
KEPT = re.compile(rf"Answers are closed\. Results stay here until {DAY}\.")
TOTAL = re.compile(r"Everyone together: ([\d.]+) out of (\d+) \(the lowest is (\d+)\)\.")
WITH_THRESHOLD = (
    "A group is shown once {k} people have handed in.",
    "There is nothing to show yet. Each group is shown once, when {k} people have handed in.",
    "If fewer than {k} people are left over, their answers are erased and never shown.",
    "If {k} people or more are left over from all groups together, their scores count under “everyone”.",
)
NUMBERED = re.compile(r"Comment \d+")
NUMBER = re.compile(r"\d")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Knows the instrument, the groups' names and the threshold, as the facilitator does."""

    instrument: Instrument
    groups: tuple[str, ...]
    k: int

    def page(self, card: Card, into: Observation) -> None:
        """The page of the assessment: joined and handed in."""
        for block in card.blocks:
            words = _plain(block.words)
            if found := JOINED.fullmatch(words):
                into.joined[block.heading] = int(found[1])
            elif found := FEWER.fullmatch(words):
                into.handed_in[block.heading, found[1]] = (int(found[2]), False)
            elif found := HANDED_IN.fullmatch(words):
                into.handed_in[block.heading, found[1]] = (int(found[2]), True)
            elif found := SHOWN.fullmatch(words):
                into.shown[block.heading, found[1]] = int(found[2])
                into.more[block.heading, found[1]] = (int(found[4]), not found[3])
            else:
                self._other(words, into)

    def warning(self, card: Card, into: Observation) -> None:
        """What is said before showing and before closing."""
        for block in card.blocks:
            words = _plain(block.words)
            if found := WAITING.fullmatch(words):
                into.waiting[found[1], block.heading] = int(found[2])
            elif block.heading == MAY_BE_MISSED and (found := MISSED.fullmatch(words)):
                into.missed[found[1]] = int(found[2])
            elif (found := GROUP_JOINED.fullmatch(words) or LEFT_OUT_NOW.fullmatch(words)) and found[1] in self.groups:
                into.joined.setdefault(found[1], int(found[2]))
            else:
                self._other(words, into)

    def comments(self, card: Card, principle: str, into: Observation) -> None:
        """The comments of a principle, by group."""
        for group in self.groups:
            quotes = tuple(each.words for each in card.blocks if (each.kind, each.heading) == ("quote", group))
            if quotes or group in {block.heading for block in card.blocks}:
                into.comments.setdefault((group, principle), {})["comments"] = quotes
        for block in card.blocks:
            if block.kind == "line" and not NUMBERED.fullmatch(block.words):
                self._other(_plain(block.words), into)

    def sheet(self, card: Card, into: Observation) -> None:
        """The score sheet: averages of statements, and the comments once more."""
        principle = ""
        for block in card.blocks:
            words = _plain(block.words)
            name, _, scores = words.partition(": ")
            if block.kind == "quote":
                said = into.comments.setdefault((block.heading, principle), {})
                said["sheet"] = (*said.get("sheet", ()), block.words)
            elif name in self.instrument.principles and block.heading in {*self.groups, EVERYONE}:
                principle = name
                self._averages(block.heading, name, scores, into)
            elif found := TOTAL.fullmatch(words):
                into.averages.append(Average(where="total", place=(EVERYONE, "", 0), value=float(found[1])))
            else:
                self._other(words, into)

    def _averages(self, group: str, principle: str, scores: str, into: Observation) -> None:
        cells = re.split(r", | and ", scores)
        for statement, cell in zip(self.instrument.statements, cells, strict=True):
            if cell != "–":
                place = (group, principle, statement)
                into.averages.append(Average(where="sheet", place=place, value=float(cell)))

    def other(self, card: Card, into: Observation) -> None:
        """A card on which no number of anybody may stand."""
        for block in card.blocks:
            if block.kind == "quote":
                into.unread.append(block.words)
            else:
                self._other(_plain(block.words), into)

    def _other(self, words: str, into: Observation) -> None:
        if found := LEFT_OUT.fullmatch(words):
            into.left_out[found[1]] = int(found[2])
        elif KEPT.fullmatch(words):
            # The day of closing, which the facilitator chose, and so many months.
            return
        elif NUMBER.search(words) and words not in {line.format(k=self.k) for line in WITH_THRESHOLD}:
            into.unread.append(words)

    def picture(self, picture: Picture, what: str, into: Observation) -> None:
        """A picture and its caption. ``what``: "gaps", "overview" or the name of a principle."""
        into.pictures[what] = picture
        number = 0
        for line in picture.caption.split("\n"):
            principle = what if what in self.instrument.principles else ""
            if principle and (statement := self.instrument.number(principle, line)):
                number = statement
            elif principle and (found := COUNTS.fullmatch(line)):
                self._counts(found, (found["group"], principle, number), into)
            elif principle and (found := re.fullmatch(rf"{EVERYONE}: ([\d.]+)", line)):
                place = (EVERYONE, principle, number)
                into.averages.append(Average(where=what, place=place, value=float(found[1])))
            elif (found := PEOPLE.fullmatch(line)) and found["group"] in self.groups:
                if principle:
                    into.people[found["group"], principle] = int(found["most"])
            elif not principle and (found := AVERAGES.fullmatch(line)):
                if found["gap"]:
                    place = ("", found["principle"], 0)
                    into.averages.append(Average(where="gap", place=place, value=float(found["gap"])))
                for group, value in ONE_AVERAGE.findall(found["averages"]):
                    place = (group, found["principle"], 0)
                    into.averages.append(Average(where=what, place=place, value=float(value)))
            elif NUMBER.search(line) and line not in SAME_EVERYWHERE:
                into.unread.append(line)

    def _counts(self, found: re.Match[str], place: tuple[str, str, int], into: Observation) -> None:
        one, two, three, four, five = (int(found[each]) for each in range(2, 7))
        into.tallies[place] = Tally((one, two, three, four, five), int(found["unknown"] or 0))
        into.averages.append(Average(where=place[1], place=place, value=float(found["average"])))
        figures = Figures(place=place, middle=float(found["middle"]), agreement=float(found["agreement"]))
        into.figures.append(figures)


def _plain(words: str) -> str:
    """A line without the sign that Telegram puts before a remark."""
    return words.removeprefix("ℹ️ ").strip()  # noqa: RUF001 - the sign is meant
