"""Captions hold the numbers of the picture: read back line by line, and counted again from what each person
chose.
"""

from __future__ import annotations

import math
import random
import re
import statistics as standard
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.charts.captions import ROOM, caption, units
from bot.charts.jobs import GapChart, OverviewChart, Poster, PrincipleChart
from bot.wording import Wordings
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
    gathered,
    pretended,
)

COUNTS = re.compile(
    r"(?P<group>.*) – 1: (\d+) · 2: (\d+) · 3: (\d+) · 4: (\d+) · 5: (\d+); "
    r"average (\d\.\d); middle (\d\.\d); agreement (\d\.\d\d)(?:; don't know (?P<unknown>\d+))?"
)
GAP = re.compile(r"(.+) – gap (\d\.\d): (.+)")
AVERAGE = re.compile(r"(.+?) (\d\.\d)(?:,? and |, |$)")
STAFF, USERS = "Staff", "People who use services"


def people(seed: int, *, label: Say, audience: Audience, how_many: int) -> Crowd:
    """A group whose people each chose at random."""
    chance = random.Random(seed)
    answers = {
        principle.id: {
            statement.id: [chance.choice([1, 2, 3, 3, 4, 4, 5, None]) for _ in range(how_many)]
            for statement in principle.statements
        }
        for principle in QUESTIONNAIRE.principles
    }
    return Crowd(label, audience, answers)


def staff(seed: int, how_many: int = 17) -> Crowd:
    return people(seed, label=text("group.staff"), audience="staff", how_many=how_many)


def users(seed: int, how_many: int = 23) -> Crowd:
    return people(seed, label=text("group.users"), audience="users", how_many=how_many)


def of_principle(results: Results, principle: str) -> str:
    return caption(PrincipleChart(results=results, questionnaire=QUESTIONNAIRE, principle=principle, wording=ENGLISH))


def of_gaps(results: Results) -> str:
    return caption(GapChart(results=results, questionnaire=QUESTIONNAIRE, wording=ENGLISH))


def of_overview(results: Results) -> str:
    return caption(OverviewChart(results=results, questionnaire=QUESTIONNAIRE, wording=ENGLISH))


def fits(said: str, exact: float, *, unit: float = 0.1) -> bool:
    """Whether a rounded number is one that the exact one may be rounded to."""
    return abs(float(said) - exact) <= unit / 2 + 1e-9


def scores(chosen: Sequence[Answer]) -> list[int]:
    return [answer for answer in chosen if answer is not None]


def check_line(line: str, chosen: Sequence[Answer]) -> None:
    """Count again what one line says about what these people chose."""
    found = COUNTS.fullmatch(line)
    assert found, line
    counts = [int(found[place]) for place in range(2, 7)]
    assert counts == [sum(answer == score for answer in chosen) for score in range(1, 6)]
    assert int(found["unknown"] or 0) == sum(answer is None for answer in chosen)
    assert fits(found[7], standard.fmean(scores(chosen)))
    assert fits(found[8], middle(scores(chosen)))
    assert fits(found[9], agreed(scores(chosen)), unit=0.01)


def middle(chosen: Sequence[int]) -> float:
    """The interpolated median in the words of its usual definition."""
    plain = standard.median(chosen)
    there, lower = sum(score == plain for score in chosen), sum(score < plain for score in chosen)
    return plain - 0.5 + (len(chosen) / 2 - lower) / there if there else plain


def agreed(chosen: Sequence[int]) -> float:
    average = standard.fmean(chosen)
    return 1 + standard.fmean([math.log2(1 - abs(score - average) / 4) for score in chosen])


def average(crowd: Crowd, principle: str) -> float:
    chosen: Mapping[str, Sequence[Answer]] = crowd.answers[principle]
    return standard.fmean([score for answers in chosen.values() for score in scores(answers)])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("principle", PRINCIPLES)
def test_every_line_of_a_principle_says_what_people_chose(principle: str, seed: int) -> None:
    ours, theirs = staff(seed), users(seed + 50)
    lines = of_principle(gathered([ours, theirs]), principle).splitlines()
    assert lines.pop(0).endswith(": how people answered")
    for statement in QUESTIONNAIRE.principle(principle).statements:
        both = [*ours.answers[principle][statement.id], *theirs.answers[principle][statement.id]]
        assert lines.pop(0) == statement.plain
        assert lines[0].startswith(f"{STAFF} – 1: ")
        check_line(lines.pop(0), ours.answers[principle][statement.id])
        assert lines[0].startswith(f"{USERS} – 1: ")
        check_line(lines.pop(0), theirs.answers[principle][statement.id])
        everyone, figure = lines.pop(0).split(": ")
        assert everyone == "Everyone"
        assert fits(figure, standard.fmean(scores(both)))
    assert lines[:2] == ["Staff: 17 people", "People who use services: 23 people"]


def test_everyone_is_counted_in_full_where_left_over_people_joined_them() -> None:
    ours, extra = staff(1), users(2, how_many=8)
    said = of_principle(gathered([ours], extra=extra), PRINCIPLES[0])
    line = next(line for line in said.splitlines() if line.startswith("Everyone – 1: "))
    statement = QUESTIONNAIRE.principles[0].statements[0].id
    check_line(line, [*ours.answers[PRINCIPLES[0]][statement], *extra.answers[PRINCIPLES[0]][statement]])
    assert "“Everyone” also counts people who could not be shown in their own group." in said


def test_one_group_alone_has_no_line_for_everyone() -> None:
    assert "Everyone" not in of_principle(gathered([staff(1)]), PRINCIPLES[0])


def test_a_statement_with_too_few_scores_says_so_and_gives_no_number() -> None:
    few = alike([3, 4, 5, 4, None, None], label=text("group.staff"), audience="staff")
    lines = of_principle(gathered([few]), PRINCIPLES[0]).splitlines()
    assert lines.count("Staff – too few scores to show") == 3
    assert not [line for line in lines if COUNTS.fullmatch(line)]


def test_a_group_that_is_not_shown_is_named() -> None:
    nobody = alike([], label=text("group.users"), audience="users")
    assert "Not shown yet: People who use services." in of_principle(gathered([staff(1), nobody]), PRINCIPLES[0])
    closed = gathered([staff(1), nobody], is_open=False)
    assert "Not shown: People who use services." in of_principle(closed, PRINCIPLES[0])


def test_nothing_shown_is_said_in_every_caption() -> None:
    nothing = gathered([])
    assert of_principle(nothing, PRINCIPLES[0]) == "Assets: nothing to show yet."
    assert of_gaps(nothing).startswith("Where the groups differ: a gap needs two groups that can be shown.")
    assert of_overview(nothing).startswith("Average scores: nothing to show yet.")


@pytest.mark.parametrize("seed", range(12))
def test_gaps_are_worked_out_before_rounding_and_sorted(seed: int) -> None:
    groups = {STAFF: staff(seed), USERS: users(seed + 100)}
    lines = of_gaps(gathered(list(groups.values()))).splitlines()
    found = [match for line in lines if (match := GAP.fullmatch(line))]
    names = {principle.name: principle.id for principle in QUESTIONNAIRE.principles}
    assert sorted(match[1] for match in found) == sorted(names)
    exact = []
    for match in found:
        means = {label: average(crowd, names[match[1]]) for label, crowd in groups.items()}
        said = dict(AVERAGE.findall(match[3]))
        assert said.keys() == means.keys()
        assert all(fits(said[label], mean) for label, mean in means.items())
        assert fits(match[2], abs(means[STAFF] - means[USERS]))
        exact.append(abs(means[STAFF] - means[USERS]))
    assert exact == sorted(exact, reverse=True)
    assert lines[-2].startswith("The gap is the highest average minus the lowest.")


def test_a_principle_without_two_averages_is_only_named_below_the_gaps() -> None:
    ours, theirs = staff(1), users(2)
    there = PRINCIPLES[1:]
    partly = Crowd(theirs.label, theirs.audience, {id_: theirs.answers[id_] for id_ in there})
    said = of_gaps(gathered([ours, partly]))
    assert "Assets – gap" not in said
    assert "Nothing to compare yet: Assets." in said


@pytest.mark.parametrize("seed", range(6))
def test_the_overview_gives_averages_in_the_order_of_the_questionnaire(seed: int) -> None:
    ours, theirs = staff(seed), users(seed + 7)
    lines = of_overview(gathered([ours, theirs])).splitlines()[1:]
    for line, principle in zip(lines, QUESTIONNAIRE.principles, strict=False):
        name, words = line.split(" – ")
        said = dict(AVERAGE.findall(words))
        both = [
            score
            for crowd in (ours, theirs)
            for chosen in crowd.answers[principle.id].values()
            for score in scores(chosen)
        ]
        assert name == principle.name
        assert said.keys() == {STAFF, USERS, "Everyone"}
        assert fits(said[STAFF], average(ours, principle.id))
        assert fits(said[USERS], average(theirs, principle.id))
        assert fits(said["Everyone"], standard.fmean(both))


def test_a_name_that_somebody_typed_cannot_add_a_line_or_turn_one() -> None:
    name = "Mums\n\nStaff – 1: 9 · 2: 9\u202e" + "x" * 500
    crowd = alike([1, 2, 3, 4, 5], label=Verbatim(name), audience="other")
    for said in (
        of_principle(gathered([crowd], organisation=name), PRINCIPLES[0]),
        of_gaps(gathered([crowd])),
    ):
        assert "\u202e" not in said
        assert max(map(len, said.splitlines())) < 250
        assert not any(line.startswith("Staff") for line in said.splitlines())


def test_numbers_are_seen_only_for_what_is_shown() -> None:
    hidden = alike([2, 2, 2, 2], label=text("group.users"), audience="users")
    said = of_principle(gathered([staff(3), hidden]), PRINCIPLES[0])
    assert not [line for line in said.splitlines() if line.startswith(USERS) and COUNTS.fullmatch(line)]


def test_the_captions_of_two_groups_fit_telegram_when_nobody_says_i_do_not_know() -> None:
    groups = [
        alike([1, 2, 2, 3, 3, 4, 5, 5], label=text("group.staff"), audience="staff"),
        alike([1, 1, 2, 3, 3, 4, 4, 5], label=text("group.users"), audience="users"),
    ]
    results = gathered(groups)
    for principle in PRINCIPLES:
        assert units(of_principle(results, principle)) <= ROOM
    assert units(of_gaps(gathered(groups, practice=True))) <= ROOM
    assert units(of_overview(gathered(groups, practice=True))) <= ROOM


def test_the_terms_are_explained_where_there_is_room() -> None:
    assert "Agreement: 1 when all chose the same" in of_principle(gathered([staff(1)]), PRINCIPLES[0])


def test_practice_is_said_first() -> None:
    results = gathered([staff(1), users(2)], practice=True)
    for said in (of_principle(results, PRINCIPLES[0]), of_gaps(results), of_overview(results)):
        assert said.splitlines()[0] == "Practice: made-up people"


def test_the_caption_of_a_poster_tells_everything_on_it() -> None:
    said = caption(
        Poster(
            organisation="Anytown Trust",
            group=text("group.users"),
            code="K7QM-3WXP",
            link="https://example.org/j/K7QM-3WXP",
            practice=False,
            wording=ENGLISH,
        )
    )
    for words in ("Anytown Trust", USERS, "K7QM-3WXP", "https://example.org/j/K7QM-3WXP", "Private: "):
        assert words in said


def test_the_caption_of_a_poster_in_two_languages_says_everything_in_each() -> None:
    polish = Wordings().speak("pl")
    poster = Poster(
        organisation="Anytown Trust",
        group=text("group.users"),
        code="K7QM-3WXP",
        link="https://example.org/j/K7QM-3WXP",
        practice=True,
        wording=polish,
    )
    both = caption(replace(poster, second=ENGLISH))
    assert both == f"{caption(poster)}\n{caption(replace(poster, wording=ENGLISH))}"
    assert both.count("https://example.org/j/K7QM-3WXP") == 2


@pytest.mark.parametrize("script", WORDS)
def test_no_english_is_left_in_a_translated_caption(script: str) -> None:
    wording = pretended(script)
    results = gathered([staff(1), users(2)])
    for said in (
        caption(PrincipleChart(results=results, questionnaire=QUESTIONNAIRE, principle=PRINCIPLES[0], wording=wording)),
        caption(GapChart(results=results, questionnaire=QUESTIONNAIRE, wording=wording)),
    ):
        assert not re.search(r"average|middle|agreement|people|service", said, re.IGNORECASE)
