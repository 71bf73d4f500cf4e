"""Session codes and resume codes: how they are written and how forgiving we are when they are typed.

The alphabet leaves out 0 and O, 1, I and L, which look or sound alike, and the vowels, so that no code spells a word.
Eight characters of 28 make 3.8 × 10^11 codes.
"""

from __future__ import annotations

import re

ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 8
RESUME_LENGTH = 12

_DASHES_AND_SPACES = re.compile(r"[\s\-_.‐‑‒–—―·]+")


def normal(typed: str) -> str:
    """What was typed in capitals, without spaces, dashes and dots."""
    return _DASHES_AND_SPACES.sub("", typed).upper()


def is_code(typed: str) -> bool:
    """Whether this could be a session code."""
    code = normal(typed)
    return len(code) == LENGTH and all(letter in ALPHABET for letter in code)


def readable(code: str) -> str:
    """In groups of four, as it stands on a poster: ``BCDF-2345``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def made_from(numbers: list[int], *, length: int = LENGTH) -> str:
    """A code from random numbers, each 0 to ``len(ALPHABET) - 1``; the caller brings cryptographic randomness."""
    return "".join(ALPHABET[number] for number in numbers[:length])
