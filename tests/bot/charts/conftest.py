"""What tests of charts draw: results made person by person, and pretended languages in every script; and what every
picture promises.
"""

from __future__ import annotations

import gettext
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

from bot.charts import render
from bot.charts.bars import BAR
from bot.charts.geometry import SMALL
from bot.charts.sheet import Sheet
from bot.languages import FONTS, Language
from bot.wording import Wording, Wordings
from conversations.pools import Tally
from conversations.questionnaire import Questionnaire, parse
from conversations.results import GroupResult, Results
from conversations.says import Say, text
from conversations.situation import Audience

WORDS = {
    "Latin": "Unterstützungsangebote gemeinsam verändern długo źródłem",
    "Arabic": "المساعدة على التغيير الخدمات والموظفون يستخدمون",
    "Devanagari": "लोग सेवाएँ साथ मिलकर बदलाव क्षेत्र",
    "Bengali": "পরিষেবা ব্যবহারকারী মানুষ একসঙ্গে কাজ",
    "Gurmukhi": "ਲੋਕ ਸੇਵਾਵਾਂ ਇਕੱਠੇ ਤਬਦੀਲੀ",
    "Gujarati": "લોકો સેવાઓ સાથે મળીને ફેરફાર",
    "Tamil": "மக்கள் சேவைகள் ஒன்றாக மாற்றம்",
    "Ethiopic": "ሰዎች አገልግሎት በአንድነት ለውጥ",
    "Chinese": "人们 使用 服务\uff0c 一起 工作 \uff08改变\uff09",
}
CODES = {"Arabic": "ar", "Bengali": "bn", "Chinese": "zh", "Tamil": "ta", "Gujarati": "gu", "Gurmukhi": "pa"}


class Pretended(gettext.NullTranslations):
    """Puts words of a script in place of English ones; placeholders and their order stay.

    About a third longer than English; Chinese needs about half as many characters.
    """

    def __init__(self, script: str) -> None:
        super().__init__()
        self._words = WORDS[script].split()
        self._blank, self._longer = ("", 0.5) if script == "Chinese" else (" ", 1.3)

    def gettext(self, message: str) -> str:
        supply = itertools.cycle(self._words)
        return re.sub(r"[^{}]+(?![^{]*\})", lambda found: self._instead(found.group(), supply), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def _instead(self, english: str, supply: Iterator[str]) -> str:
        if not any(char.isalpha() for char in english):
            return english
        put = ""
        while len(put) < len(english) * self._longer:
            put += next(supply) + self._blank
        return f" {put}"


def pretended(script: str) -> Wording:
    """A language of that script, which says nothing in particular."""
    direction: Literal["ltr", "rtl"] = "rtl" if script == "Arabic" else "ltr"
    code = CODES.get(script, "en")
    iso = next(iso for iso, font in FONTS.items() if font == script)
    language = Language(code=code, name=script, direction=direction, script=iso, reviewed=False)
    return Wording(language, Pretended(script))


def _shipped() -> Questionnaire:
    folder = Path(__file__).parents[3] / "conversations" / "questionnaires"
    file = folder / "maternity-neonatal.toml"
    return parse(file.read_text("utf-8"), file.name)


ENGLISH = Wordings().speak("en")
QUESTIONNAIRE = _shipped()
PRINCIPLES = tuple(principle.id for principle in QUESTIONNAIRE.principles)

Answer = int | None
"""A score, or None for "I don't know"."""


@dataclass(frozen=True)
class Crowd:
    """The people of a group: for each principle and statement what each of them chose."""

    label: Say
    audience: Audience
    answers: Mapping[str, Mapping[str, Sequence[Answer]]]
    people: Mapping[str, int] = field(default_factory=dict)

    def result(self, *, threshold: int) -> GroupResult:
        """What the results would tell of them."""
        return GroupResult(
            label=self.label,
            audience=self.audience,
            people=self.people or {id_: self._joined(id_) for id_ in self.answers if self._joined(id_)},
            tallies={
                principle: {
                    statement: tally_of(chosen)
                    for statement, chosen in statements.items()
                    if sum(answer is not None for answer in chosen) >= threshold
                }
                for principle, statements in self.answers.items()
            },
        )

    def _joined(self, principle: str) -> int:
        return max((len(chosen) for chosen in self.answers[principle].values()), default=0)


def tally_of(chosen: Sequence[Answer]) -> Tally:
    one, two, three, four, five = (sum(answer == score for answer in chosen) for score in range(1, 6))
    return Tally((one, two, three, four, five), sum(answer is None for answer in chosen))


def alike(chosen: Sequence[Answer], *, label: Say, audience: Audience) -> Crowd:
    """A group that gave the same answers to every statement."""
    answers = {
        principle.id: {statement.id: chosen for statement in principle.statements}
        for principle in QUESTIONNAIRE.principles
    }
    return Crowd(label, audience, answers)


def gathered(
    crowds: Sequence[Crowd],
    *,
    extra: Crowd | None = None,
    organisation: str = "Anytown Trust",
    practice: bool = False,
    is_open: bool = True,
    threshold: int = 5,
) -> Results:
    """Results of several crowds; ``extra`` are people that only everyone counts."""
    groups = [crowd.result(threshold=threshold) for crowd in crowds]
    people: dict[str, int] = {}
    tallies: dict[str, dict[str, Tally]] = {}
    for group in [*groups, *([extra.result(threshold=threshold)] if extra else [])]:
        for principle, count in group.people.items():
            people[principle] = people.get(principle, 0) + count
        for principle, shown in group.tallies.items():
            for statement, tally in shown.items():
                sums = tallies.setdefault(principle, {})
                sums[statement] = sums.get(statement, Tally()) + tally
    return Results(
        organisation=organisation,
        threshold=threshold,
        open=is_open,
        practice=practice,
        groups=tuple(groups),
        everyone=GroupResult(label=text("group.everyone"), audience=None, people=people, tallies=tallies),
    )


def check(sheet: Sheet) -> None:
    """The promises of every picture. Each part of a bar holds its number."""
    inked = [placed for placed in sheet.texts if placed.words.strip()]
    for placed in inked:
        assert placed.size >= SMALL, placed
        assert placed.box.within(sheet.width, sheet.height), placed
    for one, other in itertools.combinations(inked, 2):
        assert not one.box.overlaps(other.box), (one, other)
    for shape in sheet.shapes:
        met = [placed for placed in inked if placed.box.overlaps(shape)]
        for placed in met:
            assert shape.holds(placed.box), (placed, shape)
        if shape.bottom - shape.top == BAR:
            assert len(met) == 1, (met, shape)
    # Measuring complains of a missing glyph by a warning, and warnings are errors here.


@pytest.fixture(scope="session", autouse=True)
def _fonts() -> None:
    render.load()
