"""The reader of cards and captions overlooks no number."""

from __future__ import annotations

import pytest

from attacker.cards import Block, Card, Picture
from attacker.instrument import instrument
from attacker.observing import Observation, Tally
from attacker.pictures import faults, parts
from attacker.reading import Reader

READER = Reader(instrument=instrument(principles=1, statements=1), groups=("Staff",), k=5)
CAPTION = (
    "Assets: how people answered\n"
    "This service does thing 1 of Assets.\n"
    "Staff – 1: 2 · 2: 0 · 3: 1 · 4: 1 · 5: 1; average 2.8; middle 3.0; agreement 0.31; don't know 2\n"
    "Staff: 7 people"
)
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def read(caption: str) -> Observation:
    look = Observation(moment=0, channel="web")
    READER.picture(Picture(DOT, caption), "Assets", look)
    return look


def test_a_caption_is_read_whole() -> None:
    look = read(CAPTION)
    assert look.tallies == {("Staff", "Assets", 1): Tally((2, 0, 1, 1, 1), 2)}
    assert look.people == {("Staff", "Assets"): 7}
    assert look.unread == []


@pytest.mark.parametrize("line", ["Users: 7 people", "Last answer at 12:03", "Staff – 2 hidden", "4 still to come"])
def test_a_line_with_another_number_is_never_overlooked(line: str) -> None:
    assert read(f"{CAPTION}\n{line}").unread == [line]


def test_a_number_on_a_card_where_none_belongs_is_never_overlooked() -> None:
    look = Observation(moment=0, channel="web")
    blocks = (Block("Results", "line", "A group is shown once 5 people have handed in."), Block("", "line", "2 late"))
    READER.other(Card(blocks=blocks), look)
    assert look.unread == ["2 late"]


def test_a_picture_with_more_in_it_than_is_drawn_is_found() -> None:
    assert parts(DOT) == ["IHDR", "IDAT", "IEND"]
    assert parts(DOT + b"more") == ["IHDR", "IDAT", "IEND", "rest"]
    one, other = read(CAPTION), read(CAPTION)
    assert faults([one, other]) == []
    other.pictures["Assets"] = Picture(DOT + b"more", CAPTION)
    assert len(faults([one, other])) == 2
