"""The figures that we show, checked against published ones and against definitions that share no code with
ours.
"""

from __future__ import annotations

import math
import statistics as standard
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.pools import Tally
from conversations.statistics import agreement, interpolated_median, mean, mean_of

Counts = tuple[int, int, int, int, int]

few = st.integers(min_value=0, max_value=40)
counts_of_scores = st.tuples(few, few, few, few, few)
some_scores = counts_of_scores.filter(any)


def everybody(counts: Counts) -> list[int]:
    """One score for each person, in order."""
    return [score for score, people in enumerate(counts, 1) for _ in range(people)]


def middle_by_brute_force(counts: Counts) -> Fraction:
    """The middle of all points with half of the people on either side, people lying evenly within their
    interval.
    """
    half = Fraction(sum(counts), 2)

    def below(point: Fraction) -> Fraction:
        return sum(
            (people * min(max(point - (score - Fraction(1, 2)), Fraction(0)), Fraction(1)))
            for score, people in enumerate(counts, 1)
        ) + Fraction(0)

    edges = [Fraction(number, 2) for number in (1, 3, 5, 7, 9, 11)]
    points = []
    for left, right in pairwise(edges):
        low, high = below(left), below(right)
        if low == high == half:
            points += [left, right]
        elif low <= half <= high and low < high:
            points.append(left + (half - low) / (high - low))
    return (min(points) + max(points)) / 2


def agreement_by_words(counts: Counts) -> float:
    """Tastle and Wierman's consensus, person by person."""
    scores = everybody(counts)
    average = standard.fmean(scores)
    width = 4
    return 1 + standard.fmean([math.log2(1 - abs(score - average) / width) for score in scores])


def test_agreement_gives_the_published_example_over_seven_options() -> None:
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=5e-8)


def test_agreement_of_an_even_spread_over_five_is_the_published_one() -> None:
    assert agreement([7, 7, 7, 7, 7]) == pytest.approx(0.434, abs=5e-4)


@pytest.mark.parametrize("score", range(5))
@pytest.mark.parametrize("people", [1, 3, 7, 300])
def test_agreement_is_exactly_one_when_all_chose_the_same(score: int, people: int) -> None:
    assert agreement([people if option == score else 0 for option in range(5)]) == 1


@pytest.mark.parametrize("people", [1, 3, 7, 150])
def test_agreement_is_exactly_nought_when_people_are_split_to_the_ends(people: int) -> None:
    assert agreement([people, 0, 0, 0, people]) == 0


@given(some_scores)
def test_agreement_lies_between_nought_and_one_and_fits_the_definition(counts: Counts) -> None:
    figure = agreement(counts)
    assert figure is not None
    assert 0 <= figure <= 1
    assert figure == pytest.approx(agreement_by_words(counts))


@given(some_scores)
def test_agreement_is_the_same_seen_from_the_other_end(counts: Counts) -> None:
    assert agreement(counts) == pytest.approx(agreement(counts[::-1]))


@given(some_scores, st.integers(min_value=2, max_value=9))
def test_agreement_does_not_depend_on_how_many_they_are(counts: Counts, times: int) -> None:
    assert agreement(counts) == pytest.approx(agreement([people * times for people in counts]))


@given(some_scores)
def test_the_mean_is_the_average_of_all_scores_and_lies_between_the_ends(counts: Counts) -> None:
    figure, scores = mean(Tally(counts, 3)), everybody(counts)
    assert figure is not None
    assert min(scores) <= figure <= max(scores)
    assert figure == pytest.approx(standard.fmean(scores))


@given(some_scores)
def test_the_middle_has_half_of_the_people_on_either_side(counts: Counts) -> None:
    figure, scores = interpolated_median(Tally(counts, 3)), everybody(counts)
    assert figure is not None
    assert min(scores) <= figure <= max(scores)
    assert figure == pytest.approx(float(middle_by_brute_force(counts)))


def test_the_middle_fits_the_definition_for_every_small_group() -> None:
    for counts in product(range(4), repeat=5):
        if any(counts):
            one, two, three, four, five = counts
            tally = Tally((one, two, three, four, five))
            assert interpolated_median(tally) == pytest.approx(float(middle_by_brute_force(tally.counts))), counts


@given(some_scores)
def test_the_middle_is_mirrored_with_the_scores(counts: Counts) -> None:
    there = interpolated_median(Tally(counts))
    back = interpolated_median(Tally((counts[4], counts[3], counts[2], counts[1], counts[0])))
    assert there is not None
    assert back is not None
    assert there + back == pytest.approx(6)


@pytest.mark.parametrize(
    ("counts", "middle"),
    [
        ((0, 0, 5, 0, 0), 3.0),
        ((1, 0, 0, 0, 1), 3.0),
        ((0, 2, 0, 2, 0), 3.0),
        ((0, 2, 2, 0, 0), 2.5),
        ((0, 1, 2, 7, 4), 4.07143),
        ((0, 0, 1, 1, 3), 4.66667),
    ],
)
def test_the_middle_of_examples_worked_out_by_hand(counts: Counts, middle: float) -> None:
    assert interpolated_median(Tally(counts)) == pytest.approx(middle, abs=1e-5)


def test_without_scores_there_is_nothing_to_say() -> None:
    nobody = Tally((0, 0, 0, 0, 0), 9)
    assert mean(nobody) is None
    assert interpolated_median(nobody) is None
    assert agreement(nobody.counts) is None
    assert mean_of([]) is None
    assert mean_of([nobody]) is None
    assert agreement([]) is None
    assert agreement([5]) is None


@given(st.lists(some_scores, min_size=1, max_size=5))
def test_the_average_over_statements_counts_every_score_once(statements: list[Counts]) -> None:
    scores = [score for counts in statements for score in everybody(counts)]
    assert mean_of(Tally(counts, 2) for counts in statements) == pytest.approx(standard.fmean(scores))
