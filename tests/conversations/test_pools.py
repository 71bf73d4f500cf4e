"""The arithmetic of rules 1 to 3, against a model that keeps every person and counts by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.pools import (
    EMPTY,
    Choice,
    Comment,
    Part,
    Pool,
    Tally,
    count,
    left_over,
    pour,
    release,
    together,
    withhold,
)
from walking.steady import steady

STATEMENTS = ("1", "2", "3")

choice: st.SearchStrategy[Choice] = st.sampled_from((1, 2, 3, 4, 5, "unknown", "skipped"))
part = st.builds(
    Part,
    choices=st.dictionaries(st.sampled_from(STATEMENTS), choice, max_size=3),
    comment=st.sampled_from(["", "", "tea", "more time", "tea ", "\u200b", "more\u200b time", "Te\u0301"]),
)
batch = st.lists(part, max_size=12)
threshold = st.integers(2, 8)


Doing = Callable[[Pool, str], Pool]


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


READ = {"tea ": "tea", "\u200b": "", "more\u200b time": "more time", "Te\u0301": "Té"}


def read(people: Sequence[Part]) -> list[str]:
    """What can be read of what these people wrote."""
    return [words for one in people if (words := READ.get(one.comment, one.comment))]


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
        comments.update(read(one))
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
    pools = [withhold(pour_all(batches, threshold)[-1], "tea") for batches in groups]
    last = left_over(rest, threshold=threshold, statements=STATEMENTS)
    everyone = together([*pools, *([last] if last else [])])
    assert everyone.people == sum(pool.people for pool in pools) + (len(rest) if last else 0)
    for statement in STATEMENTS:
        total = sum((pool.shown.get(statement, EMPTY) for pool in pools), EMPTY)
        assert everyone.shown.get(statement, EMPTY) == total + (last.shown.get(statement, EMPTY) if last else EMPTY)
    assert not everyone.comments
    assert not everyone.withheld
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
    written = read(people)
    assert seen == [written, [*reversed(written), *written]]
    assert list(second.comments) == seen[1][::-1]


WRITTEN = ("tea", "more time", "Té", "nobody wrote this")
doings = st.lists(st.tuples(st.sampled_from((withhold, release)), st.sampled_from(WRITTEN)), max_size=6)


@given(st.lists(part, min_size=2, max_size=8), doings, st.lists(part, min_size=2, max_size=8), doings, st.randoms())
@steady(300)
def test_a_hidden_comment_stays_hidden_and_none_is_lost(
    first: list[Part],
    before: list[tuple[Doing, str]],
    second: list[Part],
    after: list[tuple[Doing, str]],
    random: Random,
) -> None:
    pool, hidden = Pool(), set[str]()
    for batch, doing in ((first, before), (second, after)):
        mixed = pour(pool, batch, threshold=2, statements=STATEMENTS, shuffle=random.shuffle)
        assert mixed is not None
        pool = mixed
        for do, words in doing:
            before_it = pool
            pool = do(pool, words)
            there = {words} & {each.words for each in pool.bag}
            hidden = hidden | there if do is withhold else hidden - there
            assert [each.words for each in pool.bag] == [each.words for each in before_it.bag], "a number changed"
            assert (pool.shown, pool.hidden, pool.people) == (before_it.shown, before_it.hidden, before_it.people)
    written = read([*first, *second])
    assert Counter(each.words for each in pool.bag) == Counter(written)
    assert Counter(pool.comments) == Counter(words for words in written if words not in hidden)
    assert Counter(pool.withheld.values()) == Counter(words for words in written if words in hidden)
    assert all(pool.bag[place] == Comment(words, withheld=True) for place, words in pool.withheld.items())


def test_the_second_pouring_mixes_hidden_comments_anew() -> None:
    people = [Part(comment=words) for words in ("one", "two", "three")]
    first = pour(Pool(), people, threshold=2, statements=STATEMENTS, shuffle=unmixed)
    assert first is not None
    second = pour(withhold(first, "one"), people, threshold=2, statements=STATEMENTS, shuffle=list.reverse)
    assert second is not None
    assert second.withheld == {2: "one", 5: "one"}
    assert second.comments == ("three", "two", "three", "two")


def test_what_an_older_program_kept_as_it_was_typed_is_poured_as_it_is_read() -> None:
    old = Pool(people=2, comments=("be\u200bfore", "\u200b"), withheld={1: "Mary "}, batches=1)
    people = [Part(comment="e\u0301"), Part(comment="Mary\u2060")]
    found = pour(old, people, threshold=2, statements=STATEMENTS, shuffle=unmixed)
    assert found is not None
    assert (found.comments, found.withheld) == (("before", "é"), {1: "Mary", 3: "Mary"})


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
