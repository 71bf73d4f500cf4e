"""Which way a telephone sets a line: as its first letter runs that is not kept apart. A chat says no more of it."""

from __future__ import annotations

from unicodedata import bidirectional

LEFT, RIGHT = frozenset({"L"}), frozenset({"R", "AL"})
BEGINS, ENDS = frozenset({"LRI", "RLI", "FSI"}), "PDI"


def set_backwards(words: str) -> list[str]:
    """The lines that hold right-to-left letters outside what is kept apart, and yet would run from left to right."""
    return [line for line in words.splitlines() if (letters := _letters(line)) and letters[0] == "L" and "R" in letters]


def _letters(line: str) -> str:
    """An L or R for each letter and mark of direction that decides something."""
    depth, found = 0, ""
    for kind in map(bidirectional, line):
        depth += (kind in BEGINS) - (kind == ENDS)
        if depth == 0:
            found += "L" if kind in LEFT else "R" if kind in RIGHT else ""
    return found
