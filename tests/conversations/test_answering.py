"""Cutting a comment that is too long: at the end of a word where one ends near."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conversations.moves.answering import COMMENT_LIMIT, LONGEST_WORD, first_part


def test_a_short_text_stays_as_it_is() -> None:
    assert first_part("short enough") == "short enough"


def test_a_word_is_not_cut_in_two() -> None:
    words = "word " * (COMMENT_LIMIT // 5 - 1) + "abc broken"
    assert len(words) > COMMENT_LIMIT
    assert first_part(words).endswith(" abc")


def test_a_word_that_ends_just_at_the_limit_is_kept() -> None:
    words = "x" * (COMMENT_LIMIT - 5) + " full and more"
    assert first_part(words) == "x" * (COMMENT_LIMIT - 5) + " full"


def test_letters_without_any_space_are_cut() -> None:
    assert first_part("文" * (COMMENT_LIMIT + 1)) == "文" * COMMENT_LIMIT


@given(st.text(min_size=COMMENT_LIMIT - 50, max_size=COMMENT_LIMIT + 200))
def test_it_fits_and_is_the_beginning_of_the_text(words: str) -> None:
    kept = first_part(words)
    assert words.startswith(kept)
    assert len(kept) <= COMMENT_LIMIT
    assert words[len(kept) : COMMENT_LIMIT - LONGEST_WORD].strip() == ""
