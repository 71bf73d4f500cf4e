"""The figures that we show, from shown tallies only.

Every function takes counts of the scores in order, lowest first, and returns None where there is nothing to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from conversations.pools import Tally


def mean(tally: Tally) -> float | None:
    """The average score, 1 to 5; None without scores."""
    if not tally.scored:
        return None
    return sum(score * people for score, people in enumerate(tally.counts, 1)) / tally.scored


def interpolated_median(tally: Tally) -> float | None:
    """The median of grouped scores, 1 to 5; None without scores.

    Each score stands for the interval half a point to either side; the median is the point that half of the people
    lie below. Where exactly half lie at or below a score and nobody is between it and a higher one, it is the middle
    of the two.
    """
    people = tally.scored
    if not people:
        return None
    below = 0
    for score, chose in enumerate(tally.counts, 1):
        if 2 * (below + chose) == people:
            higher = next(other for other in range(score + 1, 6) if tally.counts[other - 1])
            return (score + higher) / 2
        if 2 * (below + chose) > people:
            return score - 0.5 + (people / 2 - below) / chose
        below += chose
    raise AssertionError("half of the people lie somewhere")


def agreement(counts: Sequence[int]) -> float | None:
    """How far people agree: 1 when all chose the same, 0 when they are split between the two ends; None without any.

    Source: Tastle and Wierman, "Consensus and dissention: a measure of ordinal dispersion", 2007:
    1 + sum of p(i) * log2(1 - |x(i) - mean| / width), over the options 1 to n of width n - 1.
    """
    people, width = sum(counts), len(counts) - 1
    if not people or width < 1:
        return None
    average = sum(option * chose for option, chose in enumerate(counts)) / people
    total = sum(
        chose / people * math.log2(1 - abs(option - average) / width) for option, chose in enumerate(counts) if chose
    )
    return 1 + total


def mean_of(tallies: Iterable[Tally]) -> float | None:
    """The average over several statements, every score counted once; None without scores."""
    total = sum(tallies, Tally())
    return mean(total)
