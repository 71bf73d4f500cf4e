"""No picture is broken by what it has to show: text stays on the canvas, meets no other text and is never too
small.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import render
from bot.charts.bars import shares
from bot.charts.geometry import WIDTH
from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.wording import Wording
from conversations.results import Results
from conversations.says import Say, Verbatim, text
from conversations.situation import Audience
from tests.bot.charts.conftest import (
    ENGLISH,
    PRINCIPLES,
    QUESTIONNAIRE,
    WORDS,
    Answer,
    Crowd,
    alike,
    check,
    gathered,
    pretended,
)

GROUPS: tuple[tuple[Say, Audience], ...] = (
    (text("group.staff"), "staff"),
    (text("group.users"), "users"),
    (Verbatim("Volunteers of the voices partnership"), "other"),
    (Verbatim("Commissioners & the Board"), "other"),
)
HOSTILE = (
    "🤰" * 300,
    "Bumps 🤰🏽 & Babies 👩‍👩‍👧",
    "x" * 5000,
    "a\u0301\u0302\u0303\u0304\u0305\u0306" * 60,
    "\u202eevil\u202c \u2066nested\u2067 \x00\n\r\t\u2028 lines",
    "$\\frac{1}{2}$ $x^{2}$ \\alpha $ {n} {group} %s",
    "مجموعة الأمهات والآباء",
    "多倫多婦產科醫院" * 40,
    "ᚠᚢᚦᚨᚱᚲ ꧁꧂ \U0001d573\U0001d58a\U0001d591 \ud800",
    "a\u200d" * 400,
    "क्" * 200,
    "(\uff08" * 90,
    "",
    " \n ",
    "\u0301\u0301\u0301",
)


def crowds(*answers: Sequence[Answer]) -> list[Crowd]:
    """The first groups, each giving these answers to everything."""
    return [alike(chosen, label=label, audience=who) for (label, who), chosen in zip(GROUPS, answers, strict=False)]


def charts(results: Results, wording: Wording) -> list[Job]:
    """Every chart of some results."""
    principles = PRINCIPLES if wording is ENGLISH else PRINCIPLES[:1]
    return [
        *(
            PrincipleChart(results=results, questionnaire=QUESTIONNAIRE, principle=principle, wording=wording)
            for principle in principles
        ),
        GapChart(results=results, questionnaire=QUESTIONNAIRE, wording=wording),
        OverviewChart(results=results, questionnaire=QUESTIONNAIRE, wording=wording),
    ]


EXTREMES: dict[str, Results] = {
    "two ordinary groups": gathered(crowds([2, 3, 3, 4, 4, 5], [1, 2, 2, 3, 3, None, None]), practice=True),
    "all the same": gathered(crowds([3] * 9, [3] * 9)),
    "all at the top": gathered(crowds([5] * 5, [5] * 7)),
    "all at the bottom": gathered(crowds([1] * 5, [1] * 7)),
    "far apart": gathered(crowds([1] * 8, [5] * 8)),
    "split to the ends": gathered(crowds([1, 5] * 6, [1, 5] * 5)),
    "one group only": gathered(crowds([1, 2, 3, 4, 5])),
    "four groups that agree": gathered(crowds([1, 2, 3, 4, 5], [3] * 5, [3] * 6, [1, 1, 3, 5, 5])),
    "four groups close together": gathered(crowds([3] * 9, [3] * 9 + [4], [4] + [3] * 5, [3] * 9 + [2])),
    "four groups at the ends": gathered(crowds([1] * 9, [5] * 9, [1] * 9, [5] * 9), practice=True),
    "three hundred people": gathered(crowds([4] * 295 + [1, 2, 3, 5, None], [1] * 150 + [2] * 149 + [5])),
    "nobody": gathered([]),
    "too few in both": gathered(crowds([3, 4, None, None, None], [None] * 6), is_open=False),
    "too few in one": gathered(crowds([3, 4, 4, 4, 5], [None] * 6), is_open=False),
    "left over": gathered(
        crowds([3, 4, 4, 4, 5]), extra=alike([1, 2, 3, 4, 5], label=text("group.users"), audience="users")
    ),
    "only left over": gathered([], extra=alike([1, 2, 3, 4, 5], label=text("group.users"), audience="users")),
    "six groups": gathered(
        [alike([3, 4, 5, 5, turn], label=Verbatim(f"Group {turn}"), audience="other") for turn in range(1, 6)]
        + crowds([1] * 6)
    ),
}


@pytest.mark.parametrize("case", EXTREMES)
def test_extreme_results_leave_every_chart_readable_in_english(case: str) -> None:
    for job in charts(EXTREMES[case], ENGLISH):
        check(render.lay_out(job))


@pytest.mark.parametrize("script", WORDS)
@pytest.mark.parametrize("case", ["two ordinary groups", "four groups close together", "too few in one", "left over"])
def test_every_script_leaves_every_chart_readable(case: str, script: str) -> None:
    for job in charts(EXTREMES[case], pretended(script)):
        check(render.lay_out(job))


@pytest.mark.parametrize("script", ["Latin", "Arabic", "Chinese", "Bengali"])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_names_that_somebody_typed_break_no_picture(words: str, script: str) -> None:
    wording = ENGLISH if script == "Latin" else pretended(script)
    groups = [
        alike([1, 2, 3, 4, 5], label=Verbatim(words), audience="other"),
        alike([2, 2, 3, 4, 4, None], label=Verbatim(words), audience="users"),
        alike([1, 2, 3, 4, 5], label=Verbatim(words), audience="staff"),
    ]
    results = gathered(groups, organisation=words, practice=True)
    link = f"https://example.org/{'very-long-' * 12}/j/K7QM-3WXP"
    poster = Poster(
        organisation=words, group=Verbatim(words), code="K7QM-3WXP", link=link, practice=True, wording=wording
    )
    for job in [*charts(results, wording)[-3:], poster]:
        check(render.lay_out(job))


@pytest.mark.parametrize("script", WORDS)
def test_a_poster_fits_a_sheet_of_a4_in_every_script(script: str) -> None:
    sheet = render.lay_out(
        Poster(
            organisation="Anytown Maternity and Neonatal Trust",
            group=text("group.users"),
            code="K7QM-3WXP",
            link="https://t.me/equal_voice_example_bot?start=K7QM3WXP",
            practice=True,
            wording=pretended(script),
        )
    )
    check(sheet)
    assert (sheet.width, sheet.height) == (1240, 1754)


scores = st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=5, max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.lists(scores, min_size=1, max_size=4), st.booleans())
def test_random_results_leave_every_chart_readable(answers: list[list[Answer]], practice: bool) -> None:
    results = gathered(crowds(*answers), practice=practice)
    for job in charts(results, ENGLISH)[-3:]:
        check(render.lay_out(job))


@given(st.lists(st.integers(1, 300), min_size=1, max_size=5))
def test_parts_of_a_bar_fill_it_and_have_room_for_their_numbers(counts: list[int]) -> None:
    widths = shares(counts, [50.0] * len(counts), 968, 3)
    assert sum(widths) + 3 * (len(counts) - 1) == pytest.approx(968)
    assert min(widths) >= 50 - 1e-9
    assert [width for _, width in sorted(zip(counts, widths, strict=True))] == pytest.approx(sorted(widths))


def test_right_to_left_pictures_are_mirrored() -> None:
    results = EXTREMES["far apart"]
    left, right = (
        render.lay_out(OverviewChart(results=results, questionnaire=QUESTIONNAIRE, wording=wording))
        for wording in (ENGLISH, pretended("Arabic"))
    )
    places = {placed.words: placed.box for placed in left.texts}
    mirrored = {placed.words: placed.box for placed in right.texts}
    for score in "12345":
        assert places[score].left == pytest.approx(WIDTH - mirrored[score].right, abs=1)
    assert places["1"].left < places["5"].left
    assert mirrored["1"].left > mirrored["5"].left


def test_every_number_of_a_bar_is_written_even_for_one_person_among_hundreds() -> None:
    sheet = render.lay_out(charts(EXTREMES["three hundred people"], ENGLISH)[0])
    numbers = [placed.words for placed in sheet.texts]
    assert numbers.count("295") == 3 * 2
    assert numbers.count("1") >= 3 * 4
    assert numbers.count("1 person: I don't know") == 3 * 2


def test_a_name_of_pure_symbols_still_shows_that_there_is_one() -> None:
    results = gathered([alike([1, 2, 3, 4, 5], label=Verbatim("🤰🤰"), audience="other")])
    words = [placed.words for placed in render.lay_out(charts(results, ENGLISH)[0]).texts]
    assert "\ufffd" in words
