"""Every picture in every language of locales.json: real texts, the longest names, and all that a picture may say.

A new language is covered by being there.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from gettext import c2py
from io import BytesIO

import pytest
from babel import Locale
from babel.messages.plurals import get_plural
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LayoutItem, LoadFlags
from PIL import Image

from bot.charts import render
from bot.charts.captions import ROOM, caption, units
from bot.charts.fonts import FOLDER, INVISIBLE, NO_GLYPH
from bot.charts.geometry import MARGIN, WIDTH
from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.charts.readings import LONGEST_NAME, LONGEST_ORGANISATION
from bot.charts.sheet import Sheet
from bot.charts.wrapping import ELLIPSIS, Wrapped
from bot.languages import listed
from bot.texts import TEXTS
from bot.wording import FIRST_STRONG_ISOLATE, POP_ISOLATE, Wording, Wordings
from conversations.results import Results
from conversations.says import Decimal, Phrase, Say, Text, Verbatim, text
from conversations.situation import Audience
from tests.bot.charts.conftest import PRINCIPLES, QUESTIONNAIRE, Answer, Crowd, alike, check, gathered

SPOKEN = Wordings()
NUMBERS = (1, 2, 3, 5, 6, 8, 11, 100)
"""Numbers of people that take every form of the plural in every language."""
LATIN_NAME = "Doulas, partners & volunteers of the Maternity and Neonatal Voices (South East)!"
LATIN_ORGANISATION = "South East Coast Local Maternity and Neonatal System, NHS Foundation Trust (Anytown & District)"
LINK = "https://equal-voice.south-east-coast.example.org:8443/join/K7QM-3WXP"
FULL_STOPS = ".\u06d4\u0964\u3002"
NEVER_FIRST, NEVER_LAST = "\uff0c\u3002\u3001\uff1a\uff1b\uff01\uff1f\uff09\u201d\u300b", "\uff08\u201c\u300a"
"""Punctuation that begins or ends no line of Chinese."""


def own_name(wording: Wording, *, most: int) -> str:
    """A name that somebody might type in this language, about as long as names are shown."""
    statements = [statement for principle in QUESTIONNAIRE.principles for statement in principle.statements]
    words = " ".join(wording.say(Phrase(statement.plain)) for statement in statements)[:most]
    return words.rpartition(" ")[0] if words.count(" ") > 3 else words


def typed(wording: Wording) -> tuple[str, ...]:
    """Names of groups in Latin letters, in the language's own, and in both."""
    own = own_name(wording, most=LONGEST_NAME)
    return LATIN_NAME, own, f"{own[:30].rstrip()} (Bexhill)", f"Bexhill: {own[:30].rstrip()}", "NCT"


def crowds(wording: Wording, *answers: Sequence[Answer]) -> list[Crowd]:
    """One group for each; staff come first, then people who use services, another group, and names that were typed."""
    staff, users, other = (text(f"group.{id_}") for id_ in ("staff", "users", "other"))
    labels: list[Say] = [staff, users, other, *map(Verbatim, typed(wording))]
    others: list[Audience] = ["other"] * len(labels)
    audiences: list[Audience] = ["staff", "users", *others]
    found = zip(answers, labels, audiences, strict=False)
    return [alike(chosen, label=label, audience=audience) for chosen, label, audience in found]


def charts(results: Results, wording: Wording, *principles: str) -> list[Job]:
    """The charts of these principles, the gaps and the overview."""
    drawn: list[Job] = [
        PrincipleChart(results=results, questionnaire=QUESTIONNAIRE, principle=principle, wording=wording)
        for principle in principles
    ]
    gaps = GapChart(results=results, questionnaire=QUESTIONNAIRE, wording=wording)
    return [*drawn, gaps, OverviewChart(results=results, questionnaire=QUESTIONNAIRE, wording=wording)]


def every_principle(wording: Wording) -> list[Job]:
    """Staff and people who use services, ordinary; each number of people can be said in figures only."""
    people = crowds(wording, [2, 3, 3, 4, 4, 5, None, None, None], [1, 2, 2, 3, 3, 4, 4] + [None] * 5)
    return charts(gathered(people, organisation=LATIN_ORGANISATION), wording, *PRINCIPLES)


def every_number(wording: Wording) -> list[Job]:
    """Eight groups, each of a number of people, so many of whom do not know; their first principle has one person."""
    answers = [[1] * 2 + [2, 3, 4, 5] + [4] * 30 * turn + [None] * n for turn, n in enumerate(NUMBERS)]
    people = [
        replace(crowd, people={**dict.fromkeys(PRINCIPLES, n), PRINCIPLES[0]: 1})
        for crowd, n in zip(crowds(wording, *answers), NUMBERS, strict=True)
    ]
    own = own_name(wording, most=LONGEST_ORGANISATION)
    results = gathered(people, organisation=own, practice=True)
    nothing = gathered([])
    thresholds = [charts(replace(nothing, threshold=n), wording)[-1] for n in NUMBERS]
    return [*charts(results, wording, PRINCIPLES[1]), *thresholds]


def somebody_missing(wording: Wording, *, is_open: bool) -> list[Job]:
    """Nobody of one group, too few scores of another, one principle only of two, and some left over."""
    full, few = [1, 2, 3, 4, 5], [3, 4, None, None, None]
    found = crowds(wording, full, [], few, few, full, full)
    found[-2:] = [replace(crowd, answers={PRINCIPLES[0]: crowd.answers[PRINCIPLES[0]]}) for crowd in found[-2:]]
    left_over = alike(full, label=text("group.users"), audience="users")
    few_in_all = gathered(crowds(wording, few, few), is_open=is_open)
    return [
        *charts(gathered(found, extra=left_over, is_open=is_open), wording, *PRINCIPLES[:2]),
        *charts(few_in_all, wording, PRINCIPLES[0]),
        *charts(gathered([], extra=left_over, is_open=is_open), wording, PRINCIPLES[0]),
        *charts(gathered([], is_open=is_open), wording, PRINCIPLES[0]),
    ]


def posters(wording: Wording) -> list[Job]:
    """For each kind of name."""
    labels: list[Say] = [*(text(f"group.{id_}") for id_ in ("staff", "users", "other")), *map(Verbatim, typed(wording))]
    owners = [LATIN_ORGANISATION, own_name(wording, most=LONGEST_ORGANISATION)]
    return [
        Poster(
            organisation=owners[turn % 2],
            group=label,
            code="K7QM-3WXP",
            link=LINK,
            practice=turn % 3 > 0,
            wording=wording,
        )
        for turn, label in enumerate(labels)
    ]


SITUATIONS: Mapping[str, Callable[[Wording], list[Job]]] = {
    "every principle": every_principle,
    "every number": every_number,
    "somebody missing, still open": lambda wording: somebody_missing(wording, is_open=True),
    "somebody missing, closed": lambda wording: somebody_missing(wording, is_open=False),
    "posters": posters,
}
in_every_language = pytest.mark.parametrize("language", listed())
in_every_situation = pytest.mark.parametrize("situation", SITUATIONS)


@dataclass
class Watched:
    """What pictures said, and what they put on a sheet: the words, and the lines that became of them."""

    said: set[tuple[str, object]] = field(default_factory=set)
    put: list[tuple[str, Wrapped]] = field(default_factory=list)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Watches everything that is said and put on a sheet."""
    found, say, wrap = Watched(), Wording.say, Sheet.wrap

    def heard(self: Wording, what: Say) -> str:
        if isinstance(what, Text):
            found.said.add((what.id, what.parameter("n") if TEXTS[what.id].plural else None))
        return say(self, what)

    def seen(self: Sheet, words: str, **how: object) -> Wrapped:
        found.put.append((words, wrap(self, words, **how)))  # type: ignore[arg-type]  # passed on as it came
        return found.put[-1][1]

    monkeypatch.setattr(Wording, "say", heard)
    monkeypatch.setattr(Sheet, "wrap", seen)
    return found


def visible(words: str) -> str:
    """Without the marks of shaping and direction, letters and their accents put together."""
    return unicodedata.normalize("NFC", "".join(char for char in words if char not in INVISIBLE))


def shaped(words: str, put: Wrapped) -> list[LayoutItem]:
    """The glyphs of a line, from left to right, as they are drawn."""
    families = put.fonts.properties(words, size=put.size, bold=put.bold).get_family()
    weight = "Bold" if put.bold else "Regular"
    font = get_font([str(FOLDER / f"{family.rpartition(' ')[2]}-{weight}.ttf") for family in families])
    return list(font._layout(put.fonts.directed(words), LoadFlags.NO_HINTING))  # what matplotlib itself draws from


def assert_whole(words: str, put: Wrapped, names: Sequence[str]) -> None:
    """Nothing is lost; only a name that was typed may be cut, and ends with an ellipsis."""
    lines = [visible(line.words) for line in put.lines]
    assert NO_GLYPH not in "".join(lines)
    if ELLIPSIS in "".join(lines):
        assert any(lines[-1].rstrip(ELLIPSIS) in name for name in names), lines
    else:
        assert "".join(lines).replace(" ", "") == visible(words).replace(" ", "")


def assert_drawn(put: Wrapped) -> None:
    """Every character has a glyph, and no mark stands without its letter, which is drawn as a dotted circle."""
    for line in put.lines:
        for item in shaped(line.words, put):
            assert item.glyph_index != 0, (item.char, line.words)
            assert item.glyph_index != item.ft_object.get_char_index(0x25CC), (item.char, line.words)


def assert_broken_well(words: str, put: Wrapped, wording: Wording) -> None:
    """Words stay whole where they are parted by blanks; Chinese lines begin and end as they may."""
    lines = [visible(line.words) for line in put.lines]
    if wording.language.script == "Hans":
        assert not any(line[0] in NEVER_FIRST or line[-1] in NEVER_LAST for line in lines if line), lines
        assert len(lines) == 1 or len(lines[-1].strip(NEVER_FIRST)) > 1, lines
    elif ELLIPSIS not in lines[-1]:
        assert " ".join(lines).split(" ") == visible(words).split(" ")


def assert_in_order(put: Wrapped, wording: Wording) -> None:
    """In a right-to-left line a Latin name reads as it was typed, and a full stop stands at the left end."""
    turned = wording.language.direction == "rtl" and put.fonts.mirrored
    for line in put.lines:
        assert line.words.count(FIRST_STRONG_ISOLATE) == line.words.count(POP_ISOLATE)
        row = "".join(item.char for item in shaped(line.words, put) if item.char not in INVISIBLE)
        words = visible(line.words)
        for name in (LATIN_NAME, LATIN_ORGANISATION) if turned else ():
            part = SequenceMatcher(None, words, name, autojunk=False).find_longest_match()
            assert part.size < 4 or words[part.a : part.a + part.size].strip() in row, row
    if words[-1] in FULL_STOPS:
        assert row[0 if turned else -1] == words[-1], row


@in_every_situation
@in_every_language
def test_every_picture_is_readable(language: str, situation: str, watched: Watched) -> None:
    wording = SPOKEN.speak(language)
    zero, sign, _ = list(wording.say(Decimal(0.0)))
    names = [*typed(wording), LATIN_ORGANISATION, own_name(wording, most=LONGEST_ORGANISATION)]
    for job in SITUATIONS[situation](wording):
        sheet = render.lay_out(job)
        check(sheet)
        drawn = "\n".join(placed.words for placed in sheet.texts)
        assert {chr(ord(char) - unicodedata.digit(char)) for char in drawn if char.isdecimal()} <= {zero}
        assert set(re.findall(r"\d([.,])\d", drawn)) <= {sign}
    for words, put in watched.put:
        if visible(words):
            assert_whole(words, put, names)
            assert_drawn(put)
            assert_broken_well(words, put, wording)
            assert_in_order(put, wording)


def test_the_situations_bring_up_every_text_of_charts_with_every_number(watched: Watched) -> None:
    """What a picture says does not depend on the language, so one language is enough."""
    jobs = [job for situation in SITUATIONS.values() for job in situation(SPOKEN.speak("en"))]
    for job in jobs:
        render.lay_out(job)
    drawn = set(watched.said)
    for job in jobs:
        caption(job)
    for id_ in TEXTS:
        if id_.startswith("chart."):
            said = watched.said if id_.startswith("chart.caption.") else drawn
            least = 2 if id_ == "chart.people.range" else 1
            numbers = [n for n in NUMBERS if n >= least] if TEXTS[id_].plural else [None]
            assert {(id_, n) for n in numbers} <= said, id_


@in_every_language
def test_the_numbers_take_every_form_of_the_plural(language: str) -> None:
    form = c2py(get_plural(Locale.parse(language)).plural_expr)
    assert {form(n) for n in NUMBERS} == {form(n) for n in range(1, 1000)}


@in_every_language
def test_bars_and_lines_begin_where_the_language_is_read_from(language: str) -> None:
    wording = SPOKEN.speak(language)
    people = alike([1] * 11 + [2] * 12 + [3] * 13 + [4] * 14 + [5] * 15, label=text("group.staff"), audience="staff")
    sheet = render.lay_out(charts(gathered([people]), wording, PRINCIPLES[0])[0])
    places = {placed.words: placed.box.left for placed in sheet.texts}
    row = sorted(("11", "12", "13", "14", "15"), key=places.__getitem__)
    begin = min(placed.box.left for placed in sheet.texts), WIDTH - max(placed.box.right for placed in sheet.texts)
    if wording.language.direction == "rtl":
        assert row == ["15", "14", "13", "12", "11"]
        assert begin[1] == pytest.approx(MARGIN, abs=2)
    else:
        assert row == ["11", "12", "13", "14", "15"]
        assert begin[0] == pytest.approx(MARGIN, abs=2)


@in_every_language
def test_a_picture_is_drawn(language: str) -> None:
    job = somebody_missing(SPOKEN.speak(language), is_open=True)[2]
    assert isinstance(job, GapChart)
    with Image.open(BytesIO(render.render(job).png)) as picture:
        assert picture.size == (WIDTH, math.ceil(render.lay_out(job).height))


@in_every_situation
@in_every_language
def test_a_caption_says_the_same_numbers_as_in_english(language: str, situation: str) -> None:
    wording, english = SPOKEN.speak(language), SPOKEN.speak("en")
    for own, other in zip(SITUATIONS[situation](wording), SITUATIONS[situation](english), strict=True):
        ours, theirs = (lines(job) for job in (own, other))
        assert len(ours) == len(theirs)
        for line, expected in zip(ours, theirs, strict=True):
            assert "{" not in line
            assert units(line) <= ROOM
            assert line.count(FIRST_STRONG_ISOLATE) == line.count(POP_ISOLATE)
            assert numbers_in(line) == numbers_in(expected), (line, expected)
            assert set(re.findall(r"\d([.,])\d", line)) <= {wording.say(Decimal(0.0))[1]}


def lines(job: Job) -> list[str]:
    """The lines of a caption but the explanation at its end, which only stands where there is room."""
    said = caption(job)
    terms = job.wording.say(text("chart.caption.terms"))
    assert not said.endswith(terms) or units(said) <= ROOM
    return said.removesuffix(terms).rstrip("\n").split("\n")


def numbers_in(line: str) -> list[str]:
    """The numbers of a line in any order, with a decimal point; small ones may be words in some languages."""
    found = re.findall(r"\d+(?:[.,]\d+)?", visible(line))
    return sorted(number.replace(",", ".") for number in found if number not in {"1", "2"})
