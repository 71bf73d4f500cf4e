"""Numbers about taking part: how many joined and handed in. They say nothing of scores, and have a rule of their own.

That somebody took part may be noticed (rule 8). How many handed in is told from k on only.
"""

from __future__ import annotations

from collections.abc import Sequence

from attacker.observing import Observation


def numbers_below(k: int, seen: Sequence[Observation]) -> list[str]:
    """What was told though nobody may be told it: numbers of hand-ins below k, beside the shown people of a cell fewer
    than k more, and what either can be worked out from.
    """
    found = []
    for look in seen:
        for cell, (number, exact) in look.handed_in.items():
            if exact and number < k:
                found.append(f"{number} handed in to {cell} at {look.moment}")
            elif exact and 0 < number - look.people.get(cell, number) < k:
                found.append(f"{number} handed in to {cell} at {look.moment}, beside those who are shown")
        for cell, (number, exact) in look.more.items():
            if exact and number < k:
                found.append(f"{number} more handed in to {cell} at {look.moment}")
        for cell, number in look.waiting.items():
            there = look.handed_in.get(cell) or look.more.get(cell)
            if there is None or not there[1]:
                found.append(f"{number} have not handed in to {cell} at {look.moment}, whoever has")
        for principle, number in look.missed.items():
            known = sum(look.joined.values()) - _told(look, principle)
            if number != known:
                found.append(f"{number} are missed in {principle} at {look.moment}, and not the {known} that are told")
    return found


def _told(look: Observation, principle: str) -> int:
    """How many have handed in a principle or are shown, as far as it is told as a number."""
    cells = [(cell, told) for cell, told in (*look.handed_in.items(), *look.more.items()) if cell[1] == principle]
    shown = [number for cell, number in look.shown.items() if cell[1] == principle]
    return sum(shown) + sum(number for _, (number, exact) in cells if exact)
