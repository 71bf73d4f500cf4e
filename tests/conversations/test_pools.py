"""The arithmetic of rules 1 to 3, against a model that keeps every person and counts by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.pools import EMPTY, Choice, Part, Pool, Tally, count, left_over, pour, together
from walking.steady import steady

STATEMENTS = ("1", "2", "3")

choice: st.SearchStrategy[Choice] = st.sampled_from((1, 2, 3, 4, 5, "unknown", "skipped"))
part = st.builds(
    Part,
    choices=st.dictionaries(st.sampled_from(STATEMENTS), choice, max_size=3),
    comment=st.sampled_from(["", "", "tea", "more time", "tea "]),
)
batch = st.lists(part, max_size=12)
threshold = st.integers(2, 8)


def unmixed(_: list[str]) -> None:
    """Leave the order as it is."""


def pour_all(batches: Sequence[Sequence[Part]], threshold: int) -> list[Pool]:
    """The pool after each of these batches that was large enough, an empty one first."""
    pools = [Pool()]
    for one in batches:
        after = pour(pools[-1], one, threshold=threshold, statements=STATEMENTS, shuffle=unmixed)
        if after is not None:
            pools.append(after)
    return pools


def by_hand(people: Sequence[Part], statement: str) -> Tally:
    chosen = [str(one.choices.get(statement, "skipped")) for one in people]
    a, b, c, d, e = (chosen.count(str(score)) for score in range(1, 6))
    return Tally((a, b, c, d, e), chosen.count("unknown"))


@given(batch, st.sampled_from(STATEMENTS))
def test_a_tally_counts_everybody_once(people: list[Part], statement: str) -> None:
    found = count(people, statement)
    assert found == by_hand(people, statement)
    assert found.scored == sum(isinstance(one.choices.get(statement), int) for one in people)


@given(st.lists(batch, max_size=5), threshold)
@steady(300)
def test_what_is_shown_is_what_a_person_by_person_count_says(batches: list[list[Part]], threshold: int) -> None:
    shown: dict[str, list[Part]] = {statement: [] for statement in STATEMENTS}
    waiting: dict[str, list[Part]] = {statement: [] for statement in STATEMENTS}
    people, comments, poured = 0, Counter[str](), 0
    pool = Pool()
    for one in batches:
        after = pour(pool, one, threshold=threshold, statements=STATEMENTS, shuffle=unmixed)
        if len(one) < threshold:
            assert after is None
            continue
        assert after is not None
        pool = after
        people, poured = people + len(one), poured + 1
        comments.update(each.comment for each in one if each.comment)
        for statement in STATEMENTS:
            waiting[statement] += one
            if by_hand(waiting[statement], statement).scored >= threshold:
                shown[statement] += waiting[statement]
                waiting[statement] = []
    assert (pool.people, pool.batches, Counter(pool.comments)) == (people, poured, comments)
    for statement in STATEMENTS:
        assert pool.shown.get(statement, EMPTY) == by_hand(shown[statement], statement)
        assert pool.hidden.get(statement, EMPTY) == by_hand(waiting[statement], statement)


@given(st.lists(batch, max_size=5), threshold)
@steady(300)
def test_two_shown_tallies_are_equal_or_differ_by_enough_people(batches: list[list[Part]], threshold: int) -> None:
    pools = pour_all(batches, threshold)
    for statement in STATEMENTS:
        tallies = [pool.shown.get(statement, EMPTY) for pool in pools]
        for earlier, later in pairwise(tallies):
            grown = [after - before for before, after in zip(earlier.counts, later.counts, strict=True)]
            assert min(grown) >= 0
            assert earlier == later or sum(grown) >= threshold
        assert all(tally.scored >= threshold for tally in tallies if tally != EMPTY)
        assert all(pool.hidden.get(statement, EMPTY).scored < threshold for pool in pools)


@given(st.lists(st.tuples(batch, batch), min_size=1, max_size=3), batch, threshold)
def test_everyone_is_the_sum_of_what_is_shown(
    groups: list[tuple[list[Part], list[Part]]], rest: list[Part], threshold: int
) -> None:
    pools = [pour_all(batches, threshold)[-1] for batches in groups]
    last = left_over(rest, threshold=threshold, statements=STATEMENTS)
    everyone = together([*pools, *([last] if last else [])])
    assert everyone.people == sum(pool.people for pool in pools) + (len(rest) if last else 0)
    for statement in STATEMENTS:
        total = sum((pool.shown.get(statement, EMPTY) for pool in pools), EMPTY)
        assert everyone.shown.get(statement, EMPTY) == total + (last.shown.get(statement, EMPTY) if last else EMPTY)
    assert not everyone.comments
    assert not everyone.hidden


@given(batch, threshold)
def test_left_over_people_are_counted_together_without_their_words(rest: list[Part], threshold: int) -> None:
    found = left_over(rest, threshold=threshold, statements=STATEMENTS)
    if len(rest) < threshold:
        assert found is None
        return
    assert found is not None
    assert (found.people, found.comments) == (len(rest), ())
    for statement in STATEMENTS:
        tally = by_hand(rest, statement)
        assert found.shown.get(statement, EMPTY) == (tally if tally.scored >= threshold else EMPTY)


@given(st.lists(part, min_size=2, max_size=6))
def test_comments_are_shuffled_old_and_new_together(people: list[Part]) -> None:
    seen: list[list[str]] = []

    def shuffle(comments: list[str]) -> None:
        seen.append(list(comments))
        comments.reverse()

    first = pour(Pool(), people, threshold=2, statements=STATEMENTS, shuffle=shuffle)
    assert first is not None
    second = pour(first, people, threshold=2, statements=STATEMENTS, shuffle=shuffle)
    assert second is not None
    written = [one.comment for one in people if one.comment]
    assert seen == [written, [*reversed(written), *written]]
    assert list(second.comments) == seen[1][::-1]


def test_too_few_leave_everything_as_it_was() -> None:
    people = [Part(choices={"1": 3})] * 4
    assert pour(Pool(), people, threshold=5, statements=STATEMENTS, shuffle=unmixed) is None


def test_five_people_of_whom_one_does_not_know_are_not_enough_scores() -> None:
    people = [Part(choices={"1": 3, "2": 4})] * 4 + [Part(choices={"1": "unknown", "2": 4})]
    pool = pour(Pool(), people, threshold=5, statements=("1", "2"), shuffle=unmixed)
    assert pool is not None
    assert dict(pool.shown) == {"2": Tally((0, 0, 0, 5, 0))}
    assert dict(pool.hidden) == {"1": Tally((0, 0, 4, 0, 0), 1)}


@pytest.mark.parametrize("threshold", [1, 0, -5])
def test_a_threshold_that_would_show_one_person_is_refused(threshold: int) -> None:
    with pytest.raises(ValueError, match="one person"):
        pour(Pool(), [Part()], threshold=threshold, statements=STATEMENTS, shuffle=unmixed)
