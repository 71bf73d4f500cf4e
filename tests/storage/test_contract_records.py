"""What every store promises about visitors, browsers, tokens, assessments, groups and participants."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from storage.store import AssessmentRow, GroupRow, ParticipantRow, Store

Call = Callable[..., Any]
Begun = Callable[[], Any]


def assessment(name: str, **changes: Any) -> AssessmentRow:
    row = AssessmentRow(id=name, facilitator=b"facilitator", threshold=5, closed=False, sealed=b"words")
    return replace(row, **changes)


def group(name: str, of: str, position: int = 0, **changes: Any) -> GroupRow:
    code = b"code of " + name.encode()
    row = GroupRow(id=name, assessment=of, position=position, code=code, joined=0, sealed=b"name")
    return replace(row, **changes)


@pytest.mark.parametrize("record", ["visitor", "address", "browser"])
async def test_a_record_is_kept_changed_and_removed(store: Store, call: Call, record: str) -> None:
    assert await call(store, record, b"one") is None
    await call(store, f"put_{record}", b"one", b"first")
    await call(store, f"put_{record}", b"two", b"other")
    assert await call(store, record, b"one") == b"first"
    await call(store, f"put_{record}", b"one", b"second")
    assert await call(store, record, b"one") == b"second"
    await call(store, f"remove_{record}", b"one")
    await call(store, f"remove_{record}", b"one")
    assert await call(store, record, b"one") is None
    assert await call(store, record, b"two") == b"other"


async def test_visitors_addresses_and_browsers_are_apart(store: Store, call: Call) -> None:
    await call(store, "put_visitor", b"same", b"record")
    await call(store, "put_address", b"same", b"address")
    await call(store, "put_browser", b"same", b"person")
    await call(store, "remove_visitor", b"same")
    assert await call(store, "address", b"same") == b"address"
    assert await call(store, "browser", b"same") == b"person"


async def test_a_token_is_used_once(store: Store, call: Call) -> None:
    await call(store, "put_token", b"t", kind="resume", sealed=b"who", until=100)
    assert await call(store, "token", b"t", kind="resume", now=99) == b"who"
    assert await call(store, "token", b"t", kind="resume", now=99) == b"who"
    assert await call(store, "take_token", b"t", kind="resume", now=99) == b"who"
    assert await call(store, "take_token", b"t", kind="resume", now=99) is None
    assert await call(store, "token", b"t", kind="resume", now=99) is None


async def test_a_token_is_too_old_from_its_second_on(store: Store, call: Call) -> None:
    await call(store, "put_token", b"t", kind="resume", sealed=b"who", until=100)
    assert await call(store, "token", b"t", kind="resume", now=100) is None
    assert await call(store, "take_token", b"t", kind="resume", now=100) is None
    assert await call(store, "take_token", b"t", kind="resume", now=99) == b"who"


async def test_a_token_is_of_one_kind(store: Store, call: Call) -> None:
    await call(store, "put_token", b"t", kind="device", sealed=b"who", until=100)
    assert await call(store, "token", b"t", kind="resume", now=0) is None
    assert await call(store, "take_token", b"t", kind="resume", now=0) is None
    assert await call(store, "take_token", b"t", kind="device", now=0) == b"who"


async def test_an_unknown_token_is_none(store: Store, call: Call) -> None:
    assert await call(store, "token", b"t", kind="first", now=0) is None
    assert await call(store, "take_token", b"t", kind="first", now=0) is None


async def test_all_tokens_of_a_kind_are_revoked(store: Store, call: Call) -> None:
    for token, kind in ((b"1", "first"), (b"2", "first"), (b"3", "invitation")):
        await call(store, "put_token", token, kind=kind, sealed=token, until=100)
    await call(store, "remove_tokens", kind="first")
    assert await call(store, "take_token", b"1", kind="first", now=0) is None
    assert await call(store, "take_token", b"2", kind="first", now=0) is None
    assert await call(store, "take_token", b"3", kind="invitation", now=0) == b"3"


async def test_tokens_whose_time_is_over_are_forgotten(store: Store, call: Call) -> None:
    await call(store, "put_token", b"old", kind="first", sealed=b"", until=100)
    await call(store, "put_token", b"new", kind="first", sealed=b"", until=101)
    await call(store, "forget_tokens", now=100)
    # As if the clock had been put back: what is forgotten is not there any more.
    assert await call(store, "token", b"old", kind="first", now=0) is None
    assert await call(store, "token", b"new", kind="first", now=0) == b""


async def test_a_token_written_again_is_replaced(store: Store, call: Call) -> None:
    await call(store, "put_token", b"t", kind="first", sealed=b"old", until=10)
    await call(store, "put_token", b"t", kind="device", sealed=b"new", until=100)
    assert await call(store, "token", b"t", kind="first", now=0) is None
    assert await call(store, "token", b"t", kind="device", now=50) == b"new"


async def test_a_facilitator_is_counted_once(store: Store, call: Call) -> None:
    assert await call(store, "facilitators") == 0
    await call(store, "add_facilitator", b"one")
    await call(store, "add_facilitator", b"one")
    await call(store, "add_facilitator", b"two")
    assert await call(store, "facilitators") == 2


async def test_assessments_are_listed_by_id_and_facilitator(store: Store, call: Call) -> None:
    assert await call(store, "assessments") == []
    assert await call(store, "assessment", "b") is None
    rows = [assessment("b"), assessment("c", facilitator=b"another"), assessment("a", threshold=3)]
    for row in rows:
        await call(store, "add_assessment", row, [])
    assert await call(store, "assessments") == [rows[2], rows[0], rows[1]]
    assert await call(store, "assessments", b"facilitator") == [rows[2], rows[0]]
    assert await call(store, "assessments", b"nobody") == []
    assert await call(store, "assessment", "c") == rows[1]


async def test_groups_come_in_the_order_of_their_position(store: Store, call: Call) -> None:
    rows = [group("x", "a", 2), group("y", "a", 0), group("z", "a", 1)]
    await call(store, "add_assessment", assessment("a"), rows)
    await call(store, "add_assessment", assessment("b"), [group("w", "b")])
    assert await call(store, "groups", "a") == [rows[1], rows[2], rows[0]]
    assert await call(store, "groups", "nothing") == []


async def test_a_code_leads_to_its_group(store: Store, call: Call) -> None:
    rows = [group("x", "a", 0), group("y", "a", 1)]
    await call(store, "add_assessment", assessment("a"), rows)
    assert await call(store, "group_with", b"code of y") == rows[1]
    assert await call(store, "group_with", b"code of z") is None


@pytest.mark.parametrize(
    ("row", "groups"),
    [
        (assessment("a"), []),
        (assessment("b", threshold=2), []),
        (assessment("b", threshold=21), []),
        (assessment("b"), [group("y", "b", code=b"code of x")]),
        (assessment("b"), [group("x", "b", code=b"other")]),
        (assessment("b"), [group("y", "b"), group("z", "b")]),
        (assessment("b"), [group("y", "nothing")]),
        (assessment("b"), [group("", "b")]),
        (assessment("b"), [group("y", "b", position=-1)]),
        (assessment("b"), [group("y", "b", joined=-1)]),
    ],
    ids=["id", "small", "large", "code", "group id", "position", "of", "no id", "below 0", "joined"],
)
async def test_an_impossible_assessment_is_refused_whole(
    store: Store, call: Call, row: AssessmentRow, groups: list[GroupRow]
) -> None:
    await call(store, "add_assessment", assessment("a"), [group("x", "a")])
    with pytest.raises(ValueError, match=r"."):
        await call(store, "add_assessment", row, groups)
    assert await call(store, "assessments") == [assessment("a")]
    assert await call(store, "group_with", b"code of x") == group("x", "a")


async def test_a_participant_is_added_and_counted_once(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    row = ParticipantRow(id=b"new", assessment="round", group="staff", sealed=b"first")
    assert await call(store, "participant", b"new") is None
    assert await call(store, "add_participant", row) is True
    assert await call(store, "add_participant", replace(row, group="others", sealed=b"second")) is False
    assert await call(store, "participant", b"new") == row
    assert [each.joined for each in await call(store, "groups", "round")] == [4, 3]


@pytest.mark.parametrize(("where", "which"), [("round", "elsewhere"), ("nowhere", "staff"), ("other", "staff")])
async def test_nobody_joins_a_group_of_another_assessment(
    store: Store, call: Call, begun: Begun, where: str, which: str
) -> None:
    await begun()
    await call(store, "add_assessment", assessment("other"), [group("elsewhere", "other")])
    with pytest.raises(ValueError, match=r"."):
        await call(store, "add_participant", ParticipantRow(id=b"n", assessment=where, group=which, sealed=b""))
    assert await call(store, "participant", b"n") is None
    assert [each.joined for each in await call(store, "groups", "round")] == [3, 3]
    assert [each.joined for each in await call(store, "groups", "other")] == [0]


async def test_a_dialogue_is_written_for_participants_only(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "put_dialogue", b"p0", b"further")
    assert (await call(store, "participant", b"p0")).sealed == b"further"
    assert (await call(store, "participant", b"p1")).sealed == b"dialogue"
    await call(store, "put_dialogue", b"nobody", b"further")
    assert await call(store, "participant", b"nobody") is None


async def test_moving_counts_and_takes_every_part_out(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "hand_in", b"p0", "networks", sealed_if_new=b"new")
    await call(store, "move_participant", b"p0", "others")
    assert (await call(store, "participant", b"p0")).group == "others"
    assert [each.joined for each in await call(store, "groups", "round")] == [3, 4]
    parts = await call(store, "parts", b"p0")
    assert {name: (part.handed_in, part.sealed) for name, part in parts.items()} == {
        "assets": (False, b"assets of p0"),
        "networks": (False, b"new"),
    }
    assert await call(store, "handed_in", "round") == {("staff", "assets"): 2, ("others", "assets"): 3}


async def test_moving_to_where_they_are_does_nothing(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "move_participant", b"p0", "staff")
    await call(store, "move_participant", b"nobody", "staff")
    assert [each.joined for each in await call(store, "groups", "round")] == [3, 3]
    assert (await call(store, "parts", b"p0"))["assets"].handed_in


@pytest.mark.parametrize("to", ["elsewhere", "nowhere"])
async def test_nobody_moves_to_another_assessment(store: Store, call: Call, begun: Begun, to: str) -> None:
    await begun()
    await call(store, "add_assessment", assessment("other"), [group("elsewhere", "other")])
    with pytest.raises(ValueError, match=r"."):
        await call(store, "move_participant", b"p0", to)
    assert (await call(store, "participant", b"p0")).group == "staff"
    assert (await call(store, "parts", b"p0"))["assets"].handed_in


async def test_removing_takes_the_parts_along_and_leaves_the_number(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "remove_participant", b"p0")
    await call(store, "remove_participant", b"p0")
    assert await call(store, "participant", b"p0") is None
    assert await call(store, "parts", b"p0") == {}
    assert await call(store, "handed_in", "round") == {("staff", "assets"): 2, ("others", "assets"): 3}
    assert [each.joined for each in await call(store, "groups", "round")] == [3, 3]
