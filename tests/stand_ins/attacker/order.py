"""Whether the order of things tells anything: exact probabilities of how alike orders are. Pure.

Two orders of the same n things disagree about some of their n(n-1)/2 pairs. When one of them is random, the number of
pairs they disagree about is distributed as the inversions of a random permutation (the Mahonian numbers); over several
independent cells the numbers add up. So the probability that chance makes orders as alike, or as opposite, as those
that were seen is a sum of whole numbers, with no approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, prod

UNBELIEVABLE = Fraction(1, 1_000_000)
"""What is less probable than this is not chance."""


def disagreements(one: Sequence[str], other: Sequence[str]) -> int:
    """About how many pairs two orders of the same things disagree."""
    place = {thing: at for at, thing in enumerate(other)}
    return sum(place[first] > place[second] for first, second in combinations(one, 2))


def inversions(sizes: Sequence[int]) -> list[int]:
    """How many combinations of permutations of so many things each have 0, 1, 2 … inversions together."""
    found = [1]
    for size in sizes:
        for more in range(2, size + 1):
            found = [
                sum(found[at - down] for down in range(more) if 0 <= at - down < len(found))
                for at in range(len(found) + more - 1)
            ]
    return found


def chance(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Fraction:
    """How probable it is that orders are, by chance, at least as alike or as opposite as these pairs together are."""
    sizes = [len(one) for one, _ in pairs]
    together = sum(disagreements(one, other) for one, other in pairs)
    every = inversions(sizes)
    closest = min(together, len(every) - 1 - together)
    ways = sum(many for at, many in enumerate(every) if min(at, len(every) - 1 - at) <= closest)
    return Fraction(ways, prod(factorial(size) for size in sizes))
