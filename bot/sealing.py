"""Sealing what people wrote, and naming people without knowing them.

Here are the few uses of cryptography, each a pure function of its key. Where keys are kept is `bot.keys`'
business; what is sealed is the caller's.

A sealed value is one version byte, a random nonce of 12 bytes, and the AES-256-GCM ciphertext with its tag.
Before sealing, the plaintext is led by its length and filled up to a multiple of 256 bytes, so that the
length of a sealed score or text says little. `about` names the place that the value belongs to, such as its
table and row: a value moved elsewhere does not open.

No key is used for two things: each use works under a key of its own, derived by HMAC with the name of that
use.
"""

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32

_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16
_BLOCK_BYTES = 256
_LENGTH_BYTES = 4


class Unreadable(Exception):
    """A sealed value does not open: another key, another place, or damaged bytes."""

    def __init__(self) -> None:
        super().__init__("A stored value cannot be read with the key it should have.")


def new_key() -> bytes:
    """32 random bytes from the operating system."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, *, about: bytes) -> bytes:
    """Encrypt and authenticate. The same plaintext gives other bytes each time, and never an empty value."""
    led = len(plaintext).to_bytes(_LENGTH_BYTES, "big") + plaintext
    filled = led + bytes(-len(led) % _BLOCK_BYTES)
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + _cipher(key).encrypt(nonce, filled, _VERSION + about)


def open_sealed(key: bytes, sealed: bytes, *, about: bytes) -> bytes:
    """The plaintext that `seal` was given with the same key and `about`.

    Raises:
        Unreadable: for every other key, `about` or altered byte.
    """
    nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if sealed[:1] != _VERSION or len(ciphertext) < _TAG_BYTES + _BLOCK_BYTES:
        raise Unreadable
    try:
        filled = _cipher(key).decrypt(nonce, ciphertext, _VERSION + about)
    except InvalidTag:
        raise Unreadable from None
    end = _LENGTH_BYTES + int.from_bytes(filled[:_LENGTH_BYTES], "big")
    return filled[_LENGTH_BYTES:end]


def seal_json(key: bytes, value: object, *, about: bytes) -> bytes:
    """Seal a JSON value. Tuples come back as lists; text comes back exactly, lone surrogates included."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return seal(key, text.encode("utf-8", "surrogatepass"), about=about)


def open_json(key: bytes, sealed: bytes, *, about: bytes) -> Any:
    """The JSON value that `seal_json` was given, of unchecked shape. Raises as `open_sealed`."""
    return json.loads(open_sealed(key, sealed, about=about).decode("utf-8", "surrogatepass"))


def participant_id(assessment_key: bytes, channel: str, person: str) -> bytes:
    """Who somebody is within one assessment, 32 bytes.

    With the assessment's key gone, nobody can work it out again.
    """
    return _mac(assessment_key, "participant", channel, person)


def visitor_id(installation_key: bytes, channel: str, person: str) -> bytes:
    """Who somebody is beside any assessment, 32 bytes. Nothing joins it to a participant's."""
    return _mac(installation_key, "visitor", channel, person)


def keyed_hash(installation_key: bytes, purpose: str, value: str) -> bytes:
    """What is stored of a short code of ours, 32 bytes: without the key, trying all codes tells nothing."""
    return _mac(installation_key, "hash", purpose, value)


def token_hash(token: str) -> bytes:
    """What is stored of a token of ours. It was made of 128 random bits or more, so it needs no salt."""
    return hashlib.sha256(token.encode()).digest()


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(_mac(key, "sealing"))


def _mac(key: bytes, purpose: str, *fields: str) -> bytes:
    """HMAC-SHA256 over fields that are each led by their length: ("ab", "c") is not ("a", "bc")."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for field in ("equal-voice", purpose, *fields):
        encoded = field.encode("utf-8", "surrogatepass")
        mac.update(len(encoded).to_bytes(_LENGTH_BYTES, "big") + encoded)
    return mac.digest()
