"""The narrowing itself, by hand-made looks: it sees each kind of leak, and nothing where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from attacker.narrowing import Attacker, Narrowing, rounds_apart
from attacker.numbers import numbers_below
from attacker.observing import EVERYONE, Average, Observation, Tally
from attacker.truth import Choice, Said, Truth, explained

STAFF, USERS = "Staff", "Users"
ASSETS = "Assets"
K = 5
CELL = (STAFF, ASSETS)
THREES: list[Choice] = [3] * 5


def truth_of(*said: Choice, group: str = STAFF, begins: int = 0) -> Truth:
    """People called a, b, c … who have handed in one statement."""
    truth = Truth(now=begins)
    add(truth, *said, group=group)
    return truth


def add(truth: Truth, *said: Choice, group: str = STAFF) -> None:
    for choice in said:
        name = chr(ord("a") + len(truth.stays))
        truth.hand_in(name, group, ASSETS, Said({1: choice}, f"words of {name}"))


def tally(*said: Choice) -> Tally:
    one, two, three, four, five = (said.count(score) for score in (1, 2, 3, 4, 5))
    return Tally((one, two, three, four, five), said.count("unknown"))


def look(
    moment: int,
    *,
    staff: Sequence[Choice] | None = None,
    users: Sequence[Choice] | None = None,
    everyone: Sequence[Choice] | None = None,
    people: int | None = None,
    comments: Sequence[str] = (),
) -> Observation:
    """What a caption and the comments card say. A group has as many people as scores, unless ``people`` is given."""
    found = Observation(moment=moment, channel="web")
    for group, said in ((STAFF, staff), (USERS, users), (EVERYONE, everyone)):
        if said is not None:
            found.tallies[group, ASSETS, 1] = tally(*said)
            if group != EVERYONE:
                found.people[group, ASSETS] = len(said)
    if people is not None:
        found.people[CELL] = people
    if comments:
        found.comments[CELL] = {"comments": tuple(comments)}
    return found


def attacker(truth: Truth, *seen: Observation) -> Attacker:
    return Attacker(groups=(STAFF, USERS), principles=(ASSETS,), statements=(1,), truth=truth, seen=list(seen))


def small(found: Sequence[Narrowing]) -> list[Narrowing]:
    return [each for each in found if each.size < K]


def test_five_people_shown_at_once_are_five_people() -> None:
    found = attacker(truth_of(1, 2, 3, 4, 5), look(0), look(1, staff=[1, 2, 3, 4, 5])).narrowings()
    assert min(each.size for each in found) == K
    assert any(each.whom == frozenset("abcde") for each in found)


def test_one_answer_more_is_one_person_and_it_says_who() -> None:
    truth = truth_of(1, 2, 3, 4, 5)
    truth.tick()
    add(truth, 4)
    found = attacker(truth, look(0, staff=[1, 2, 3, 4, 5]), look(1, staff=[1, 2, 3, 4, 5, 4])).narrowings()
    assert {each.size for each in small(found)} == {1}
    people = next(each for each in found if each.what.startswith("people") and each.size == 1)
    assert "f" in people.whom


def test_a_difference_counts_scores_and_not_those_who_do_not_know() -> None:
    truth = truth_of(3, 3, 3, 3, 3, "unknown", "unknown", 4, "unknown", "unknown", "unknown", "unknown")
    after: list[Choice] = [*THREES, 4, "unknown", "unknown", "unknown", "unknown"]
    found = attacker(truth, look(0, staff=THREES), look(1, staff=after)).narrowings()
    assert [each.size for each in small(found)] == [1]


def test_a_changed_answer_is_one_person() -> None:
    truth = truth_of(1, 1, 1, 1, 1)
    truth.take_out("a")
    truth.tick()
    truth.hand_in("a", STAFF, ASSETS, Said({1: 5}))
    seen = [look(0, staff=[1, 1, 1, 1, 1]), look(1, staff=[1, 1, 1, 1, 5])]
    assert 1 in {each.size for each in attacker(truth, *seen).narrowings()}


def test_scores_that_vanish_together_are_those_people() -> None:
    seen = [look(0, staff=[1, 2, 3, 4, 5]), look(1)]
    assert not small(attacker(truth_of(1, 2, 3, 4, 5), *seen).narrowings())


def test_after_vanishing_one_person_more_is_still_one_person() -> None:
    truth = truth_of(1, 2, 3, 4, 5, 5)
    seen = [look(0, staff=[1, 2, 3, 4, 5]), look(1), look(2, staff=[1, 2, 3, 4, 5, 5])]
    assert 1 in {each.size for each in attacker(truth, *seen).narrowings()}


def test_total_minus_group_is_what_is_left() -> None:
    truth = truth_of(1, 2, 3, 4, 5)
    add(truth, 2, 2, group=USERS)
    shown = look(0, staff=[1, 2, 3, 4, 5], everyone=[1, 2, 3, 4, 5, 2, 2])
    assert {each.size for each in small(attacker(truth, shown).narrowings())} == {2}


def test_total_minus_a_group_of_an_earlier_moment_is_seen_too() -> None:
    truth = truth_of(*THREES)
    truth.tick()
    fours: list[Choice] = [4] * 5
    twos: list[Choice] = [2] * 5
    add(truth, *fours)
    add(truth, *twos, group=USERS)
    seen = [
        look(0, staff=THREES),
        look(1, staff=[*THREES, *fours], users=twos, everyone=[*THREES, *fours, *twos]),
    ]
    found = attacker(truth, *seen).narrowings()
    assert not small(found)
    assert len([each for each in found if "minus Staff" in each.what]) > 3


def test_an_average_beside_a_hidden_tally_is_as_few_people_as_can_have_made_it() -> None:
    shown = look(0, people=5)
    shown.averages.append(Average(where="sheet", place=(STAFF, ASSETS, 1), value=3.5))
    found = small(attacker(truth_of(3, 4, "unknown", "unknown", "skipped"), shown).narrowings())
    assert [each.size for each in found] == [2]


def test_an_average_that_the_tally_gives_says_nothing_more() -> None:
    shown = look(0, staff=[3, 3, 4, 4, 4])
    shown.averages.append(Average(where="overview", place=(STAFF, ASSETS, 0), value=3.6))
    assert not small(attacker(truth_of(3, 3, 4, 4, 4), shown).narrowings())


def test_an_average_of_everyone_with_one_hidden_person_in_it_is_that_person() -> None:
    shown = look(0, staff=THREES)
    shown.averages.append(Average(where=ASSETS, place=(EVERYONE, ASSETS, 1), value=3.3))
    assert [each.size for each in small(attacker(truth_of(*THREES), shown).narrowings())] == [1]


def test_numbers_that_hold_somebody_who_withdrew_before_are_explained_by_nobody() -> None:
    truth = truth_of(1, 2, 3, 4, 5, 5)
    truth.tick()
    truth.take_out("f")
    seen = [look(1), look(2, staff=[1, 2, 3, 4, 5, 5])]
    found = small(attacker(truth, *seen).narrowings())
    assert {each.size for each in found} == {0}


def test_numbers_that_hold_somebody_twice_are_explained_by_nobody() -> None:
    truth = truth_of(1, 2, 3, 4, 5)
    twice: list[Choice] = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]
    seen = [look(0, staff=[1, 2, 3, 4, 5]), look(1, staff=twice)]
    assert 0 in {each.size for each in attacker(truth, *seen).narrowings()}


def test_a_third_pouring_of_a_cell_is_one_too_many() -> None:
    truth = truth_of(*THREES * 3)
    seen = [look(number, staff=THREES * (number + 1)) for number in range(3)]
    assert [each.what for each in small(attacker(truth, *seen).narrowings())] == ["Staff in Assets was poured 3 times"]


def test_words_belong_to_everybody_who_came_in_with_them() -> None:
    truth = truth_of(1, 2, 3, 4, 5)
    seen = look(0, staff=[1, 2, 3, 4, 5], comments=["words of b"])
    found = [each for each in attacker(truth, seen).narrowings() if each.what.startswith("words")]
    assert [(each.size, each.whom) for each in found] == [(5, frozenset("abcde"))]


def test_words_that_come_alone_are_their_author() -> None:
    truth = truth_of(1, 2, 3, 4, 5)
    truth.tick()
    add(truth, 1)
    seen = [look(0, staff=[1, 2, 3, 4, 5]), look(1, staff=[1, 2, 3, 4, 5], comments=["words of f"])]
    found = small(attacker(truth, *seen).narrowings())
    assert [(each.size, each.whom) for each in found] == [(0, frozenset("f"))]


def test_words_of_somebody_of_another_group_or_twice_are_found() -> None:
    truth = truth_of(1, 2, 3, 4, 5)
    add(truth, 1, group=USERS)
    seen = look(0, staff=[1, 2, 3, 4, 5], comments=["words of f", "words of a", "words of a"])
    found = small(attacker(truth, seen).narrowings())
    assert sorted(sorted(each.whom) for each in found) == [["a"], ["f"]]


def test_two_rounds_are_behind_their_difference_together() -> None:
    one = attacker(truth_of(*THREES), look(0, staff=THREES))
    other = attacker(truth_of(*THREES, 3), look(0, staff=[*THREES, 3]))
    assert [each.size for each in rounds_apart(one, other)] == [6]


def test_a_number_of_hand_ins_below_k_is_found_and_fewer_than_k_is_none() -> None:
    told = Observation(moment=0, channel="web", handed_in={CELL: (4, True), (USERS, ASSETS): (5, False)})
    assert len(numbers_below(K, [told])) == 1


def test_what_may_be_missed_at_closing_tells_no_more_than_what_stands_beside_it() -> None:
    told = Observation(moment=0, channel="web", joined={STAFF: 6, USERS: 3}, handed_in={CELL: (5, True)})
    told.handed_in[USERS, ASSETS] = (5, False)
    told.missed[ASSETS] = 4
    assert not numbers_below(K, [told])
    told.missed[ASSETS] = 2
    assert len(numbers_below(K, [told])) == 1


def test_people_explain_demands_only_once_each() -> None:
    a, b, ab = frozenset("a"), frozenset("b"), frozenset("ab")
    assert explained([ab, a]) == ab
    assert explained([a, ab, b]) is None


def test_beside_the_people_who_are_shown_fewer_than_k_more_are_no_number() -> None:
    told = Observation(moment=0, channel="web", people={CELL: 5}, shown={CELL: 5}, more={CELL: (5, False)})
    assert not numbers_below(K, [told])
    told.more[CELL] = (2, True)
    assert len(numbers_below(K, [told])) == 1
    added_up = Observation(moment=0, channel="web", people={CELL: 5}, handed_in={CELL: (7, True)})
    assert len(numbers_below(K, [added_up])) == 1
