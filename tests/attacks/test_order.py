"""The exact probabilities by which the order of comments is judged."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import factorial
from random import Random

from attacker.order import UNBELIEVABLE, chance, disagreements, inversions

NAMES = "abcdef"


def test_inversions_are_those_of_all_permutations() -> None:
    counted = [0] * 7
    for order in permutations("abcd"):
        counted[disagreements(order, "abcd")] += 1
    assert inversions([4]) == counted
    assert sum(inversions([4, 3])) == factorial(4) * factorial(3)


def test_the_same_order_every_time_is_no_chance_and_neither_is_the_opposite_one() -> None:
    same = [(NAMES, NAMES)] * 3
    opposite = [(NAMES, NAMES[::-1])] * 3
    assert chance(same) == chance(opposite) == Fraction(2, factorial(6) ** 3)
    assert chance(same) < UNBELIEVABLE


def test_one_cell_alone_is_never_unbelievable() -> None:
    assert chance([("abcde", "abcde")]) > UNBELIEVABLE


def test_random_orders_are_believed() -> None:
    lot = Random(1)
    for _ in range(300):
        pairs = [(lot.sample(NAMES, 6), NAMES) for _ in range(6)]
        assert chance(pairs) > UNBELIEVABLE
