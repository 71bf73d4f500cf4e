"""Comments made plain: what looks the same is the same, and what somebody meant to be read stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.comments import FLAGS, LEANING, mark, normalised
from walking.steady import steady

ODD = (
    *LEANING,
    *sorted(FLAGS),
    *"\u200b\ufeff\u2060\u00ad\u202e\u2066\u2069\u200e\U000e0041\U000e0100\U000e01ef\ue000\U0010ffff\u0378\ufe00\ud800",
    *"\u00a0\u2003\u3000\t\u2800\u3164\r\n\v\x85\u2028\u2029 \0\x1f\u034f",
    *"aé1#\u20e3\u0301\u0323\u01d6\u0958\u0915\u094d\u0937\u0645\u06cc\u0628❤\U0001f3f4\U0001f469\U0001f3fd\U0001fae8ℹ",  # noqa: RUF001
    "\r\n",
    "\n\n",
    "Mary",
    "x" * 41,
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(ODD), max_size=12).map("".join))


@given(texts)
@steady(1500)
def test_doing_it_again_changes_nothing(words: str) -> None:
    once = normalised(words)
    assert normalised(once) == once


@given(texts)
@steady(1500)
def test_a_comment_never_becomes_longer_than_it_is_composed(words: str) -> None:
    assert len(normalised(words)) <= len(unicodedata.normalize("NFC", words))


@given(texts)
@steady(1000)
def test_nothing_is_left_that_nobody_can_see(words: str) -> None:
    found = normalised(words)
    for flag in FLAGS:
        found = found.replace(flag, "x")
    assert not [letter for letter in found if unicodedata.category(letter) in {"Cs", "Co", "Zl", "Zp"}]
    odd = [letter for letter in found if unicodedata.category(letter) in {"Cc", "Cf"} and letter not in LEANING]
    assert set(odd) <= {"\n"} | set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
    assert found == found.strip()
    assert not [two for two in ("  ", " \n", "\n ", "\n\n\n") if two in found]


INVISIBLE = (
    "\u200b\ufeff\u2060\u00ad\u200c\u200d\u200e\u200f\u061c\u202a\u202e\u2066\u2069\u034f\ufe00\ufe0f\U000e0001\U000e0061"
    "\U000e0100\U000e01ef\ue000\0\x07\u0378\ufff9\U0010fffd\u2064\ufffc\u180e\ud800"
)


@pytest.mark.parametrize("invisible", INVISIBLE, ids=ascii)
def test_what_nobody_can_see_is_not_kept(invisible: str) -> None:
    assert normalised(f"{invisible}more{invisible} ti{invisible * 2}me{invisible}") == "more time"
    assert normalised(invisible) == ""


@pytest.mark.parametrize(
    "kept",
    [
        "می‌خواهم",
        "नमस्‍ते क्‍ष क्‌ष",
        "അവന്‍",
        "ශ්‍රී",
        "👩‍👩‍👧 👩🏽‍⚕️ ❤️‍🔥 🏳️‍🌈 🏴‍☠️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "1️⃣ #️⃣ ❤︎ \u2139\ufe0f ©️",
        "\U0001fae8 \U0001faf0 \U0001fbff",
        "ᠮᠣᠩᠭᠣᠯ᠋",
        "Straße, naïve, Łódź, 你好",
        "a\n\nb and then a line that is much too long to be a signature",
        "- one\n- two",
    ],
    ids=ascii,
)
def test_what_a_script_or_an_emoji_needs_is_kept(kept: str) -> None:
    assert normalised(kept) == kept


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("a\r\nb\rc\u2028d\x0be\x85f", "a\nb\nc\nd\ne\nf"),
        (" \t\u00a0 a\u2003\u3000 \t b \n", "a b"),
        (
            "a  \n\n \n\n\u200b\nthis line is long enough not to be a name at all",
            "a\n\nthis line is long enough not to be a name at all",
        ),
        ("Be kind.\n\n\nMary", "Be kind.\nMary"),
        ("Be kind.\n\n\u200b— Mary  B.", "Be kind.\n— Mary B."),
        ("one\n\ntwo\n\nthree", "one\n\ntwo\nthree"),
        ("one\n\ntwo\nthree", "one\n\ntwo\nthree"),
        ("می‌‌خواهم\u200c", "می‌خواهم"),
        ("a\u200db \u200dم\u200d", "ab م"),
        ("1\ufe0f 2\ufe0fa ❤\ufe0f\ufe0f", "1 2a ❤\ufe0f"),
        ("👩\u200d \u200d👧 👩\u200da", "👩 👧 👩a"),
        ("\U0001f3f4\U000e0067\U000e0062", "\U0001f3f4"),
        ("q\u0301\u200c\u094d\u200d", "q\u094d\u0301"),
        (" \u200b\n\u2028\ufeff\t", ""),
        ("\u2800\u3164", ""),
    ],
    ids=ascii,
)
def test_what_looks_the_same_is_the_same(written: str, read: str) -> None:
    assert normalised(written) == read


def test_a_mark_means_these_words_and_fits_a_button() -> None:
    marks = {mark(words) for words in ("tea", "Tea", "tea ", "", "\ud800", "ä" * 2000)}
    assert len(marks) == 6
    assert {len(each) for each in marks} == {16}
