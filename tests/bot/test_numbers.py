"""Numbers about taking part that a facilitator reads, and what a participant is told of being mixed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.records import seal_dialogue
from bot.sealing import seal_json
from conversations.dialogue import write
from conversations.says import Text
from storage.store import Transaction
from walking import (
    Assessment,
    House,
    Walker,
    answer,
    assessment,
    facilitator,
    participant,
    people_hand_in,
    show,
    small_questionnaire,
)
from walking.ways import home


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, questionnaire=small_questionnaire())


async def told(walker: Walker, made: Assessment, *way: tuple[str, str]) -> list[Text]:
    """The lines of the assessment's page, or of the card that these taps lead to."""
    await home(walker)
    await walker.tap("open", made.id)
    for action, value in way:
        await walker.tap(action, value)
    lines = [block.text for block in walker.card.blocks]
    return [line for line in lines if isinstance(line, Text)]


def of(lines: list[Text], id_: str) -> list[dict[str, object]]:
    """What the lines of one text were given."""
    return [dict(line.parameters) for line in lines if line.id == id_]


async def number_of_staff(walker: Walker, made: Assessment) -> Text:
    """What the page says of staff and Assets: its first line about a principle."""
    line = of(await told(walker, made), "f.line")[0]["number"]
    assert isinstance(line, Text)
    return line


async def test_a_shown_group_tells_how_many_more_from_the_threshold_on(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await people_hand_in(house, made, "staff", 6, said=(3, 4))
    assert await number_of_staff(anna, made) == Text("f.handed-in", (("n", 6),))
    await show(anna, made)
    fewer = Text("f.shown-fewer", (("n", 5), ("shown", 6)))
    assert await number_of_staff(anna, made) == fewer
    for number in range(4):
        await people_hand_in(house, made, "staff", 1, named=f"late{number}", said=(3, 4))
        assert await number_of_staff(anna, made) == fewer
    await people_hand_in(house, made, "staff", 1, named="fifth", said=(3, 4))
    assert await number_of_staff(anna, made) == Text("f.shown-more", (("n", 5), ("shown", 6)))


async def test_who_would_be_left_out_is_told_before_closing_and_tells_no_number_below_the_threshold(
    house: House,
) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    joined = [await participant(house, f"s{number}", made.codes["staff"]) for number in range(7)]
    joined += [await participant(house, f"u{number}", made.codes["users"]) for number in range(4)]

    async def missing() -> dict[str, object]:
        lines = of(await told(anna, made, ("f-close", "")), "f-close.missing")
        names = {principle.name: principle.id for principle in house.questionnaire.principles}
        return {names[line["principle"].words]: line["n"] for line in lines}  # type: ignore[attr-defined]  # a phrase

    everybody = {"assets": 11, "networks": 11}
    assert await missing() == everybody
    for walker in (*joined[:4], *joined[7:]):
        await answer(walker, "assets", (3, 4))
        # Eight would come together as a left-over batch: saying so would tell that all four of each have handed in.
        assert await missing() == everybody
    await answer(joined[4], "assets", (3, 4))
    assert await missing() == {"assets": 6, "networks": 11}
    await answer(joined[5], "assets", (3, 4))
    assert await missing() == {"assets": 5, "networks": 11}
    await show(anna, made)
    await answer(joined[6], "assets", (3, 4))
    assert await missing() == {"assets": 5, "networks": 11}


async def test_without_the_key_nobody_more_is_counted(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await people_hand_in(house, made, "staff", 6, said=(3, 4))
    house.keys.destroy(made.id)
    lines = of(await told(anna, made, ("f-close", "")), "f-close.missing")
    assert [line["n"] for line in lines] == [6, 6]


async def test_a_group_that_is_not_ready_is_named_with_its_number_before_showing(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna, others=["Doulas"])
    await people_hand_in(house, made, "staff", 5, said=(3, 4))
    await people_hand_in(house, made, "users", 3, said=(3, 4))
    await participant(house, "late", made.codes["users"])
    lines = await told(anna, made, ("f-show", ""), ("show", "assets"))
    assert [line["n"] for line in of(lines, "f-warn.too-few")] == [4]
    assert len(of(lines, "f-warn.nobody")) == 1


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_a_participant_is_told_once_that_they_are_mixed_in(house: House, channel: str) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    await people_hand_in(house, made, "staff", 4, said=(3, 4))
    ana = await participant(house, "ana", made.codes["staff"], channel="web" if channel == "web" else "telegram")
    await answer(ana, "assets", (3, 4))
    await show(anna, made)
    await ana.look()
    assert ana.notices == []
    house.open()
    await ana.tap("menu")
    assert ana.notices == ["mixed-in.now"]
    await ana.tap("back")
    house.open()
    await ana.tap("menu")
    assert ana.notices == []


async def test_whoever_comes_back_to_an_assessment_is_told_there(house: House) -> None:
    anna = await facilitator(house)
    made, other = await assessment(anna), await assessment(anna, organisation="Another")
    people = await people_hand_in(house, made, "staff", 5, said=(3, 4))
    ana = people[0]
    await ana.open(other.link("staff"))
    await ana.tap("agree")
    await show(anna, made)
    await ana.tap("menu")
    assert ana.notices == []
    await ana.open(made.link("staff"))
    assert "mixed-in.now" in ana.notices


async def test_a_place_that_an_older_program_kept_still_opens(house: House) -> None:
    anna = await facilitator(house)
    made = await assessment(anna)
    ana = (await people_hand_in(house, made, "staff", 5, said=(3, 4)))[0]
    await show(anna, made)
    seat = (await house.desk(ana.person)).seat
    assert seat is not None
    state = ana.state
    older = seal_json(seat.key, write((await house.desk(ana.person)).dialogue), about=b"dialogue" + seat.row.id)
    assert len(older) == len(seal_dialogue(seat.key, seat.row.id, (await house.desk(ana.person)).dialogue))

    async def put(tx: Transaction) -> None:
        await tx.put_dialogue(seat.row.id, older)

    await house.store.turn(b"x", put)
    await ana.tap("menu")
    assert ana.notices == ["mixed-in.now"]
    await ana.tap("back")
    assert ana.state == state
