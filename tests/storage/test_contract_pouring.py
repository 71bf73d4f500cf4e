"""What every store promises about parts, handing in, pouring and closing."""

from collections.abc import Callable
from typing import Any

import pytest

from storage.store import AssessmentRow, GroupRow, ParticipantRow, PartRow, PoolRow, Store

Call = Callable[..., Any]
Begun = Callable[[], Any]


def pool(group: str = "staff", **changes: Any) -> PoolRow:
    values = {"assessment": "round", "principle": "assets", "shown": b"shown", "hidden": b"hidden"}
    return PoolRow(**{"group": group, **values, **changes})


async def test_a_part_is_written_and_taken_out_by_writing(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    assert await call(store, "put_part", b"p0", "assets", b"changed") is True
    assert await call(store, "put_part", b"p0", "networks", b"new") is True
    assert await call(store, "parts", b"p0") == {
        "assets": PartRow(participant=b"p0", principle="assets", handed_in=False, sealed=b"changed"),
        "networks": PartRow(participant=b"p0", principle="networks", handed_in=False, sealed=b"new"),
    }
    assert (await call(store, "parts", b"p1"))["assets"].handed_in


async def test_handing_in_keeps_what_was_written(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "put_part", b"p0", "networks", b"written")
    assert await call(store, "hand_in", b"p0", "networks", sealed_if_new=b"empty") is True
    assert await call(store, "hand_in", b"p0", "networks", sealed_if_new=b"empty") is True
    part = (await call(store, "parts", b"p0"))["networks"]
    assert (part.handed_in, part.sealed) == (True, b"written")


async def test_handing_in_a_part_without_answers_writes_it(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    assert await call(store, "hand_in", b"p0", "networks", sealed_if_new=b"empty") is True
    part = (await call(store, "parts", b"p0"))["networks"]
    assert (part.handed_in, part.sealed) == (True, b"empty")


async def test_a_part_is_taken_out_once(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    assert await call(store, "take_out", b"p0", "assets") is True
    assert await call(store, "take_out", b"p0", "assets") is False
    assert await call(store, "take_out", b"p0", "networks") is False
    part = (await call(store, "parts", b"p0"))["assets"]
    assert (part.handed_in, part.sealed) == (False, b"assets of p0")


async def test_nobodys_parts_are_not_written(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    assert await call(store, "put_part", b"nobody", "assets", b"x") is False
    assert await call(store, "hand_in", b"nobody", "assets", sealed_if_new=b"x") is False
    assert await call(store, "take_out", b"nobody", "assets") is False
    assert await call(store, "parts", b"nobody") == {}
    assert await call(store, "spent", b"nobody") == frozenset()


async def test_what_waits_is_counted_by_cell(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "take_out", b"p0", "assets")
    await call(store, "put_part", b"p1", "networks", b"not handed in")
    await call(store, "hand_in", b"p2", "networks", sealed_if_new=b"")
    expected = {("staff", "assets"): 2, ("others", "assets"): 3, ("staff", "networks"): 1}
    assert await call(store, "handed_in", "round") == expected
    assert await call(store, "handed_in", "another") == {}


async def test_a_batch_is_ordered_by_id_not_by_arrival(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    for participant in (b"p9", b"\xff", b"", b"p10", b"\x00"):
        row = ParticipantRow(id=participant, assessment="round", group="staff", sealed=b"")
        await call(store, "add_participant", row)
        await call(store, "hand_in", participant, "assets", sealed_if_new=b"late")
    await call(store, "take_out", b"p2", "assets")
    batch = await call(store, "batch", "staff", "assets")
    assert [part.participant for part in batch] == [b"", b"\x00", b"p0", b"p10", b"p4", b"p9", b"\xff"]
    assert batch[2] == PartRow(participant=b"p0", principle="assets", handed_in=True, sealed=b"assets of p0")
    assert await call(store, "batch", "staff", "networks") == []
    assert await call(store, "batch", "nowhere", "assets") == []


async def test_spending_deletes_the_parts_and_marks_them(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "hand_in", b"p0", "networks", sealed_if_new=b"stays")
    await call(store, "spend", "round", "assets", [b"p0", b"p4"])
    assert [part.participant for part in await call(store, "batch", "staff", "assets")] == [b"p2"]
    assert set(await call(store, "parts", b"p0")) == {"networks"}
    assert await call(store, "spent", b"p0") == {"assets"}
    assert await call(store, "spent", b"p2") == frozenset()


@pytest.mark.parametrize("between", ["nothing", "withdrawing and coming back", "moving"])
async def test_what_is_spent_can_never_come_back(store: Store, call: Call, begun: Begun, between: str) -> None:
    await begun()
    await call(store, "spend", "round", "assets", [b"p0"])
    if between == "withdrawing and coming back":
        await call(store, "remove_participant", b"p0")
        assert await call(store, "spent", b"p0") == {"assets"}
        row = ParticipantRow(id=b"p0", assessment="round", group="others", sealed=b"")
        assert await call(store, "add_participant", row) is True
    elif between == "moving":
        await call(store, "move_participant", b"p0", "others")
    assert await call(store, "put_part", b"p0", "assets", b"again") is False
    assert await call(store, "hand_in", b"p0", "assets", sealed_if_new=b"again") is False
    assert await call(store, "take_out", b"p0", "assets") is False
    assert await call(store, "parts", b"p0") == {}
    with pytest.raises(ValueError, match="spent"):
        await call(store, "spend", "round", "assets", [b"p0"])
    assert await call(store, "spent", b"p0") == {"assets"}
    assert await call(store, "put_part", b"p0", "networks", b"another") is True


@pytest.mark.parametrize(
    "whom",
    [[b"p1", b"p0"], [b"p1", b"nobody"], [b"p1", b"p1"], [b"p1", b"p2"], [b"p1", b"elsewhere"]],
    ids=["taken out", "nobody", "twice", "never written", "of another assessment"],
)
async def test_only_what_is_handed_in_can_be_spent(store: Store, call: Call, begun: Begun, whom: list[bytes]) -> None:
    await begun()
    await call(store, "take_out", b"p0", "assets")
    await call(store, "remove_participant", b"p2")
    await call(
        store,
        "add_participant",
        ParticipantRow(id=b"p2", assessment="round", group="staff", sealed=b""),
    )
    other = AssessmentRow(id="other", facilitator=b"", threshold=5, closed=False, sealed=b"")
    group = GroupRow(id="far", assessment="other", position=0, code=b"far", joined=0, sealed=b"")
    await call(store, "add_assessment", other, [group])
    row = ParticipantRow(id=b"elsewhere", assessment="other", group="far", sealed=b"")
    await call(store, "add_participant", row)
    await call(store, "hand_in", b"elsewhere", "assets", sealed_if_new=b"")
    with pytest.raises(ValueError, match="handed in"):
        await call(store, "spend", "round", "assets", whom)
    assert (await call(store, "parts", b"p1"))["assets"].handed_in
    for participant in (b"p0", b"p1", b"p2", b"elsewhere"):
        assert await call(store, "spent", participant) == frozenset()


async def test_a_turn_that_overlooks_a_refused_spending_is_not_kept(store: Store, call: Call, begun: Begun) -> None:
    await begun()

    async def careless(transaction: Any) -> None:
        await transaction.put_pool(pool())
        try:
            await transaction.spend("round", "assets", [b"p0", b"nobody"])
        except ValueError:
            return

    with pytest.raises(ValueError, match="handed in"):
        await store.turn(b"visitor", careless)
    assert await call(store, "pools", "round") == []
    assert await call(store, "spent", b"p0") == frozenset()


async def test_pools_are_kept_by_cell_and_replaced(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    assert await call(store, "pools", "round") == []
    await call(store, "put_pool", pool())
    await call(store, "put_pool", pool(""))
    await call(store, "put_pool", pool(principle="networks"))
    await call(store, "put_pool", pool(shown=b"more", hidden=b""))
    rows = await call(store, "pools", "round")
    expected = {pool(shown=b"more", hidden=b""), pool(""), pool(principle="networks")}
    assert len(rows) == 3
    assert set(rows) == expected
    assert await call(store, "pools", "another") == []


async def test_a_pool_needs_an_assessment(store: Store, call: Call) -> None:
    with pytest.raises(ValueError, match=r"."):
        await call(store, "put_pool", pool())


async def test_closing_erases_and_keeps_what_is_shown(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "spend", "round", "assets", [b"p0", b"p2"])
    await call(store, "put_pool", pool())
    other = AssessmentRow(id="other", facilitator=b"", threshold=5, closed=False, sealed=b"")
    group = GroupRow(id="far", assessment="other", position=0, code=b"far", joined=0, sealed=b"")
    await call(store, "add_assessment", other, [group])
    row = ParticipantRow(id=b"elsewhere", assessment="other", group="far", sealed=b"")
    await call(store, "add_participant", row)
    await call(store, "hand_in", b"elsewhere", "assets", sealed_if_new=b"")
    await call(store, "hand_in", b"elsewhere", "networks", sealed_if_new=b"")
    await call(store, "spend", "other", "networks", [b"elsewhere"])
    await call(store, "put_pool", pool("far", assessment="other"))

    assert await call(store, "close", "round", sealed=b"last words") is True

    closed = await call(store, "assessment", "round")
    assert (closed.closed, closed.sealed, closed.threshold) == (True, b"last words", 5)
    for number in range(6):
        assert await call(store, "participant", b"p%d" % number) is None
        assert await call(store, "parts", b"p%d" % number) == {}
        assert await call(store, "spent", b"p%d" % number) == frozenset()
    assert await call(store, "handed_in", "round") == {}
    assert await call(store, "batch", "staff", "assets") == []
    assert await call(store, "pools", "round") == [pool(hidden=b"")]
    assert [each.joined for each in await call(store, "groups", "round")] == [3, 3]
    # Another assessment goes on as it was.
    assert await call(store, "handed_in", "other") == {("far", "assets"): 1}
    assert await call(store, "spent", b"elsewhere") == {"networks"}
    assert await call(store, "pools", "other") == [pool("far", assessment="other")]


async def test_closing_again_does_nothing(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "close", "round", sealed=b"last words")
    await call(store, "put_pool", pool())
    assert await call(store, "close", "round", sealed=b"other words") is False
    assert await call(store, "close", "nothing", sealed=b"other words") is False
    assert (await call(store, "assessment", "round")).sealed == b"last words"
    assert await call(store, "pools", "round") == [pool()]


async def test_nobody_joins_or_answers_after_closing(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "close", "round", sealed=b"")
    row = ParticipantRow(id=b"p0", assessment="round", group="staff", sealed=b"")
    with pytest.raises(ValueError, match="closed"):
        await call(store, "add_participant", row)
    assert await call(store, "put_part", b"p0", "assets", b"late") is False
    assert await call(store, "hand_in", b"p0", "assets", sealed_if_new=b"late") is False
    assert await call(store, "participant", b"p0") is None
    assert [each.joined for each in await call(store, "groups", "round")] == [3, 3]
