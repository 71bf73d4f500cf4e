"""What must not leak: marked words, names, ids and secrets, and every shape in which they could stand somewhere."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus


@dataclass(frozen=True, kw_only=True)
class Canary:
    """One thing. ``kind`` is what the table speaks of; ``owner`` is whose it is, "" when nobody's."""

    kind: str
    words: str
    owner: str = ""


class Canaries:
    """All that were released on a walk."""

    def __init__(self) -> None:
        self._all: dict[Canary, set[bytes]] = {}

    def __iter__(self) -> Iterator[tuple[Canary, set[bytes]]]:
        return iter(self._all.items())

    @property
    def kinds(self) -> set[str]:
        """The kinds that were released."""
        return {canary.kind for canary in self._all}

    def release(self, kind: str, *words: str, owner: str = "", as_it_is: bool = False) -> None:
        """Look for these words from now on. ``as_it_is``: in one shape only, for what there are hundreds of."""
        for each in words:
            assert len(each) >= 6, f"{each!r} could be met by chance"
            self._all[Canary(kind=kind, words=each, owner=owner)] = {each.encode()} if as_it_is else shapes(each)


def shapes(words: str) -> set[bytes]:
    """As it is; without dashes; in small letters; in other encodings; and as the bytes that it stands for."""
    found = {
        words.encode(),
        words.replace("-", "").encode(),
        words.lower().encode(),
        words.lower().replace("-", "").encode(),
        words.encode("utf-16-le"),
        words.encode().hex().encode(),
        ascii(words)[1:-1].encode(),
        json.dumps(words)[1:-1].encode(),
        html.escape(words).encode(),
        quote(words).encode(),
        quote_plus(words).encode(),
    }
    for shift in range(3):
        # Base64 depends on what stands before; the first and the last letters depend on the neighbours.
        encoded = base64.b64encode(b"\x00" * shift + words.encode())[4 if shift else 0 : -4]
        if len(encoded) >= 8:
            found.add(encoded)
    if words.isdecimal():
        number = int(words)
        found |= {number.to_bytes(8, "big"), number.to_bytes(8, "little"), number.to_bytes(6, "big")}
        found |= {f"{number:x}".encode(), f"{number:,}".encode(), f"{number:_}".encode()}
    if len(words) == 43 and words.replace("-", "").replace("_", "").isalnum():
        found.add(base64.urlsafe_b64decode(words + "="))
    return {shape for shape in found if len(shape) >= 6}
