"""Session codes: read aloud, typed in a hurry, copied from a poster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.codes import ALPHABET, LENGTH, RESUME_LENGTH, is_code, made_from, normal, readable

codes = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)
between = st.text(alphabet=" -–—._·\t\n\u00a0‑", max_size=3)


def test_no_two_signs_of_the_alphabet_look_or_sound_alike() -> None:
    assert not set("0O1IL") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not any(letter.islower() for letter in ALPHABET)
    assert ALPHABET.isascii()


def test_no_code_spells_a_word() -> None:
    assert not set("AEIOU") & set(ALPHABET)


@given(codes, st.lists(between, min_size=LENGTH + 1, max_size=LENGTH + 1), st.booleans())
def test_capitals_spaces_and_dashes_do_not_matter(code: str, gaps: list[str], lower: bool) -> None:
    typed = "".join(gap + letter for gap, letter in zip(gaps, f"{code} ", strict=True))
    typed = typed.lower() if lower else typed
    assert is_code(typed)
    assert normal(typed) == code


@given(codes)
def test_a_readable_code_is_still_the_code(code: str) -> None:
    assert normal(readable(code)) == code
    assert readable(code) == f"{code[:4]}-{code[4:]}"


@pytest.mark.parametrize(
    "typed",
    ["", "BCDF", "BCDF-234", "BCDF-23456", "BCDF-234O", "BCDF-2341", "hello you", "\u0392CDF-2345", "BCDF/2345"],
)
def test_other_things_are_no_codes(typed: str) -> None:
    assert not is_code(typed)


@given(st.text(max_size=40))
def test_anything_can_be_typed(typed: str) -> None:
    assert is_code(typed) == (len(normal(typed)) == LENGTH and set(normal(typed)) <= set(ALPHABET))


@given(st.lists(st.integers(0, len(ALPHABET) - 1), min_size=RESUME_LENGTH, max_size=RESUME_LENGTH))
def test_codes_are_made_from_numbers(numbers: list[int]) -> None:
    assert is_code(made_from(numbers))
    long = made_from(numbers, length=RESUME_LENGTH)
    assert [ALPHABET.index(letter) for letter in long] == numbers
    assert not is_code(long)
