"""Sealing opens with its own key and place only, hides lengths, and names people without telling who."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sealing

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))

SEALED_BY_VERSION_ONE = (
    "01e916a0dc68bbeac48313f62b29b7d74ebfb3dbeab4f199d9bbc33c0439186ade1deb78a670fe117f517d1a4577c2529866"
    "a6581d1e3e511846b577e4b757fb8f238c91f11235723f474635f13934884b54dd9062920b0c044ed50ef91c394f152e848e"
    "ec60f7581e78c0f1dd5ed2dec4b7505775f40dc856e4ca786e39ad7858313c62a139ee61d287844e641635cd0ab8d4407315"
    "c8ed019d6d28ebd7780b11fa38f048691bbb50001ed1d0edac96f62e48899a3feea5471332d63e3498574b99da5f5b4e4806"
    "ef724db05d01788c32aa809ad7c92f897782a27e078372884ef136c78e9782fe00975d1b88fda5091640943c6c86812e91e1"
    "c1bdcb3ce05b519012a552644b3a7a2f001f094325bc6df3ca8fc7158c527c8affecad"
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(plaintext=st.binary(max_size=2000), about=st.binary(max_size=100))
def test_what_is_sealed_opens_again(plaintext: bytes, about: bytes) -> None:
    sealed = sealing.seal(KEY, plaintext, about=about)
    assert sealing.open_sealed(KEY, sealed, about=about) == plaintext


@given(value=json_values)
def test_json_comes_back_as_it_was(value: object) -> None:
    assert sealing.open_json(KEY, sealing.seal_json(KEY, value, about=b"x"), about=b"x") == value


def test_text_of_any_characters_comes_back_lone_surrogates_included() -> None:
    text = "ਸਹਿ 🤰🏽 \ud83d \0 \u202e"
    assert sealing.open_json(KEY, sealing.seal_json(KEY, text, about=b""), about=b"") == text


def test_no_number_that_json_does_not_know_is_sealed() -> None:
    with pytest.raises(ValueError, match="JSON"):
        sealing.seal_json(KEY, float("nan"), about=b"")


def test_another_key_or_place_does_not_open() -> None:
    sealed = sealing.seal(KEY, b"4", about=b"answers/1")
    with pytest.raises(sealing.Unreadable):
        sealing.open_sealed(OTHER_KEY, sealed, about=b"answers/1")
    with pytest.raises(sealing.Unreadable):
        sealing.open_sealed(KEY, sealed, about=b"answers/2")


@given(st.data())
def test_an_altered_or_cut_value_does_not_open(data: st.DataObject) -> None:
    sealed = sealing.seal(KEY, b"4", about=b"")
    at = data.draw(st.integers(0, len(sealed) - 1))
    altered = bytearray(sealed)
    altered[at] ^= data.draw(st.integers(1, 255))
    for wrong in (bytes(altered), sealed[:at], sealed + b"\0"):
        with pytest.raises(sealing.Unreadable):
            sealing.open_sealed(KEY, wrong, about=b"")


@given(st.binary(max_size=400))
def test_nonsense_does_not_open(nonsense: bytes) -> None:
    with pytest.raises(sealing.Unreadable):
        sealing.open_sealed(KEY, nonsense, about=b"")


def test_the_same_plaintext_is_sealed_differently_each_time() -> None:
    assert len({sealing.seal(KEY, b"4", about=b"") for _ in range(100)}) == 100


@given(st.binary(max_size=1500))
def test_lengths_are_told_in_steps_of_256_only(plaintext: bytes) -> None:
    sealed = sealing.seal(KEY, plaintext, about=b"")
    ciphertext = len(sealed) - 1 - 12 - 16
    assert ciphertext % 256 == 0
    assert len(plaintext) + 4 <= ciphertext < len(plaintext) + 4 + 256


def test_a_score_and_a_short_text_have_the_same_length() -> None:
    score = sealing.seal_json(KEY, {"score": 1}, about=b"")
    text = sealing.seal_json(KEY, {"text": "Tea together, once a month. " * 8}, about=b"")
    assert len(score) == len(text)


def test_a_value_sealed_by_an_earlier_release_opens() -> None:
    sealed = bytes.fromhex(SEALED_BY_VERSION_ONE)
    assert sealing.open_sealed(KEY, sealed, about=b"answers/1") == b"hello"


def test_an_unreadable_value_tells_nothing_of_itself() -> None:
    with pytest.raises(sealing.Unreadable) as caught:
        sealing.open_sealed(OTHER_KEY, sealing.seal(KEY, b"canary", about=b"place"), about=b"place")
    assert caught.value.__suppress_context__
    assert str(caught.value) == "A stored value cannot be read with the key it should have."


def test_a_participant_is_the_hmac_of_what_stands_in_the_design() -> None:
    fields = [b"equal-voice", b"participant", b"telegram", b"4711"]
    message = b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    expected = hmac.new(KEY, message, hashlib.sha256).digest()
    assert sealing.participant_id(KEY, "telegram", "4711") == expected


def test_the_same_person_is_somebody_else_under_every_key_channel_and_purpose() -> None:
    names = {
        sealing.participant_id(KEY, "telegram", "4711"),
        sealing.participant_id(OTHER_KEY, "telegram", "4711"),
        sealing.participant_id(KEY, "web", "4711"),
        sealing.participant_id(KEY, "telegram", "4712"),
        sealing.visitor_id(KEY, "telegram", "4711"),
    }
    assert len(names) == 5


def test_fields_cannot_run_into_each_other() -> None:
    assert sealing.visitor_id(KEY, "ab", "c") != sealing.visitor_id(KEY, "a", "bc")


def test_keys_have_32_bytes_and_no_other_length_is_taken() -> None:
    assert len(sealing.new_key()) == 32
    assert sealing.new_key() != sealing.new_key()
    for key in (b"", KEY[:16], KEY + b"\0"):
        with pytest.raises(ValueError, match="32 bytes"):
            sealing.seal(key, b"", about=b"")
        with pytest.raises(ValueError, match="32 bytes"):
            sealing.visitor_id(key, "web", "x")


def test_a_token_is_kept_as_its_sha256() -> None:
    assert sealing.token_hash("abc").hex().startswith("ba7816bf8f01cfea414140de5dae2223")
