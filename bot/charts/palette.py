"""Colours, how each group is drawn, and the fixed palette of the PNG. Never colour alone: every group has a
shape too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Literal

from PIL import Image

from conversations.situation import Audience

PAPER = "#FFFFFF"
INK = "#1A1A1A"
GREY = "#4A4A4A"
RULE = "#BDBDBD"
BAND = "#FFE08A"

SCALE = ("#A63C06", "#F2A65A", "#D9D9D9", "#7FB8DA", "#0B4F8A")
ON_SCALE = (PAPER, INK, INK, INK, PAPER)
"""The colours of the scores 1 to 5, and of the numbers on them."""

Shape = Literal["circle", "diamond", "square", "triangle"]


@dataclass(frozen=True)
class Style:
    """How a group is drawn."""

    colour: str
    shape: Shape
    hollow: bool


STAFF = Style("#00507F", "circle", hollow=False)
USERS = Style("#C24A00", "diamond", hollow=True)
THIRD = Style("#3D6B1F", "square", hollow=False)
FOURTH = Style("#6A3D9A", "triangle", hollow=True)


def styles(audiences: Sequence[Audience | None]) -> tuple[Style, ...]:
    """A style for each group. Staff and people who use services look the same in every picture, others
    follow.

    From the fifth group on, styles come again; names in the legend then stand in the order of the groups.
    """
    first = {audience: list(audiences).index(audience) for audience in audiences}
    own = {first[audience]: style for audience, style in (("staff", STAFF), ("users", USERS)) if audience in first}
    free = [style for style in (THIRD, FOURTH, STAFF, USERS) if style not in own.values()]
    others = [index for index in range(len(audiences)) if index not in own]
    own |= {index: free[turn % len(free)] for turn, index in enumerate(others)} if free else {}
    return tuple(own[index] for index in range(len(audiences)))


def png(picture: Image.Image) -> bytes:
    """The picture as a PNG of at most 64 colours, without any metadata: no date and no name of a program."""
    out = BytesIO()
    flat = picture.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
    flat.save(out, "PNG", compress_level=6)
    return out.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Every colour that we use and its steps towards what it stands on, so that edges of letters stay smooth."""
    on_paper = [(INK, 8), (GREY, 6), *((style.colour, 5) for style in (STAFF, USERS, THIRD, FOURTH))]
    colours: list[tuple[int, int, int]] = [
        _rgb(PAPER),
        _rgb(RULE),
        _rgb(BAND),
        *map(_rgb, SCALE),
    ]
    for colour, steps in on_paper:
        colours += _steps(colour, PAPER, steps)
    for under, over in [*zip(SCALE, ON_SCALE, strict=True), (BAND, INK)]:
        colours += _steps(over, under, 3)[1:]
    colours = list(dict.fromkeys(colours))
    if len(colours) > 64:
        raise AssertionError(f"The palette has {len(colours)} colours; 64 fit.")
    palette = Image.new("P", (1, 1))
    # What is left over repeats white, so that no colour appears which we did not choose.
    palette.putpalette(_flat(colours + [_rgb(PAPER)] * (256 - len(colours))))
    return palette


def _steps(colour: str, ground: str, steps: int) -> list[tuple[int, int, int]]:
    """``steps`` colours from ``colour`` towards ``ground``, which itself is left out."""
    front, back = _rgb(colour), _rgb(ground)
    return [_mix(front, back, step / steps) for step in range(steps)]


def _mix(front: tuple[int, int, int], back: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(front, back, strict=True))
    return red, green, blue


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _flat(colours: Iterable[tuple[int, int, int]]) -> list[int]:
    return [part for colour in colours for part in colour]
