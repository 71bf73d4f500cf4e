"""What pictures may not say: nothing beyond their captions, and nothing of when they were drawn."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from attacker.observing import Observation

PNG = b"\x89PNG\r\n\x1a\n"
NEEDED = ("IHDR", "PLTE", "IDAT", "IEND")
"""Parts of a PNG that draw; all others tell something."""


def parts(png: bytes) -> list[str]:
    """The kinds of the parts of a PNG, in order; what follows the last one is called "rest"."""
    assert png.startswith(PNG)
    at, found = len(PNG), []
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found.append(png[at + 4 : at + 8].decode("ascii"))
        at += 12 + length
        if found[-1] == "IEND" and at < len(png):
            return [*found, "rest"]
    return found


def faults(seen: Sequence[Observation]) -> list[str]:
    """What is wrong with the pictures that were ever seen.

    The same words under two pictures, at whatever moments and on whatever channels, mean the same bytes: then a
    picture tells what its caption tells and no more.
    """
    return list(dict.fromkeys(_faults(seen)))


def _faults(seen: Sequence[Observation]) -> Iterator[str]:
    drawn: dict[tuple[str, str], bytes] = {}
    for look in seen:
        for what, picture in look.pictures.items():
            if what.startswith("address of "):
                yield f"the {what} leads to {len(picture.png)} bytes that the page does not show"
                continue
            if odd := set(parts(picture.png)) - {*NEEDED}:
                yield f"the picture of {what} holds {sorted(odd)}"
            if drawn.setdefault((what, picture.caption), picture.png) != picture.png:
                yield f"two pictures of {what} differ though their words are the same"
