"""The contract of every store: sharing an assessment, how long it is kept, giving up a cell, removing it whole."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from storage.store import AssessmentRow, GroupRow, ParticipantRow, PoolRow, Store, Transaction

Call = Callable[..., Any]
Begun = Callable[[], Awaitable[None]]


async def add_other(call: Call, store: Store) -> None:
    """A second assessment of another facilitator, with one participant who has handed something in."""
    row = AssessmentRow(id="other", facilitator=b"else", threshold=5, closed=False, sealed=b"other words")
    group = GroupRow(id="o", assessment="other", position=0, code=b"code o", joined=0, sealed=b"name o")
    await call(store, "add_assessment", row, [group])
    await call(store, "add_participant", ParticipantRow(id=b"po", assessment="other", group="o", sealed=b"there"))
    await call(store, "put_part", b"po", "assets", b"assets of po")
    await call(store, "hand_in", b"po", "assets", sealed_if_new=b"")


async def test_using_an_assessment_is_known_by_its_day_and_never_falls(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "touch", "round", today=20_000)
    await call(store, "touch", "round", today=19_999)
    assert (await call(store, "assessment", "round")).active == 20_000


async def test_what_is_due_is_told_until_the_assessment_is_used(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "touch", "round", today=20_000)
    await call(store, "set_due", "round", due=20_090)
    assert (await call(store, "assessment", "round")).due == 20_090
    await call(store, "touch", "round", today=20_000)
    assert (await call(store, "assessment", "round")).due == 0


async def test_days_before_1970_are_refused(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    with pytest.raises(ValueError, match=r"."):
        await call(store, "set_due", "round", due=-1)


async def test_a_shared_assessment_is_listed_for_both(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await add_other(call, store)
    await call(store, "add_facilitator", b"second")
    for _ in range(2):
        await call(store, "share", "round", b"second")
    assert await call(store, "sharers", "round") == {b"second"}
    for account in (b"facilitator", b"second"):
        assert [row.id for row in await call(store, "assessments", account)] == ["round"]
    assert [row.id for row in await call(store, "assessments", b"else")] == ["other"]


async def test_sharing_ends_for_everybody_else_at_once(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    for account in (b"second", b"third"):
        await call(store, "add_facilitator", account)
        await call(store, "share", "round", account)
    await call(store, "unshare", "round")
    assert await call(store, "sharers", "round") == frozenset()
    assert await call(store, "assessments", b"second") == []
    assert [row.id for row in await call(store, "assessments", b"facilitator")] == ["round"]


async def test_sharing_with_its_own_account_does_nothing(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "share", "round", b"facilitator")
    assert await call(store, "sharers", "round") == frozenset()


@pytest.mark.parametrize(("assessment", "account"), [("round", b"nobody"), ("missing", b"second")])
async def test_sharing_needs_an_assessment_and_an_account(
    store: Store, call: Call, begun: Begun, assessment: str, account: bytes
) -> None:
    await begun()
    await call(store, "add_facilitator", b"second")
    with pytest.raises(ValueError, match=r"."):
        await call(store, "share", assessment, account)


async def test_a_token_for_sharing_is_kept_with_its_assessment(store: Store, call: Call) -> None:
    await call(store, "put_token", b"t", kind="share", sealed=b"round", until=100)
    assert await call(store, "token", b"t", kind="device", now=0) is None
    assert await call(store, "tokens", kind="share") == {b"t": b"round"}
    assert await call(store, "tokens", kind="device") == {}
    assert await call(store, "take_token", b"t", kind="share", now=0) == b"round"
    assert await call(store, "tokens", kind="share") == {}


async def test_all_visitors_and_browsers_can_be_read(store: Store, call: Call) -> None:
    for number in (b"1", b"2"):
        await call(store, "put_visitor", number, b"visitor " + number)
        await call(store, "put_browser", number, b"browser " + number)
    assert await call(store, "visitors") == {b"1": b"visitor 1", b"2": b"visitor 2"}
    assert await call(store, "browsers") == {b"1": b"browser 1", b"2": b"browser 2"}


async def test_giving_up_a_cell_erases_it_and_marks_everybody_of_the_group(
    store: Store, call: Call, begun: Begun
) -> None:
    await begun()
    await call(store, "take_out", b"p0", "assets")
    await call(store, "put_part", b"p2", "networks", b"networks of p2")
    assert await call(store, "give_up", "round", "staff", "assets") == 3
    assert await call(store, "batch", "staff", "assets") == []
    for person in (b"p0", b"p2", b"p4"):
        assert await call(store, "spent", person) == {"assets"}
        assert not await call(store, "put_part", person, "assets", b"again")
        assert not await call(store, "hand_in", person, "assets", sealed_if_new=b"again")
    assert set(await call(store, "parts", b"p2")) == {"networks"}
    assert len(await call(store, "batch", "others", "assets")) == 3
    assert await call(store, "spent", b"p1") == frozenset()


async def test_giving_up_a_cell_twice_and_after_a_pouring_does_no_more(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "spend", "round", "assets", [b"p0"])
    assert await call(store, "give_up", "round", "staff", "assets") == 2
    assert await call(store, "give_up", "round", "staff", "assets") == 0


async def test_a_removed_assessment_takes_everything_of_its_own_along(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await add_other(call, store)
    await call(store, "add_facilitator", b"second")
    await call(store, "share", "round", b"second")
    await call(store, "spend", "round", "assets", [b"p0"])
    pool = PoolRow(assessment="round", group="staff", principle="assets", shown=b"shown", hidden=b"hidden")
    await call(store, "put_pool", pool)

    await call(store, "remove_assessment", "round")

    async def rest(tx: Transaction) -> list[Any]:
        return [
            await tx.assessment("round"),
            list(await tx.groups("round")),
            await tx.group_with(b"code 0"),
            await tx.participant(b"p0"),
            dict(await tx.parts(b"p1")),
            await tx.spent(b"p0"),
            list(await tx.pools("round")),
            await tx.sharers("round"),
            list(await tx.assessments(b"second")),
        ]

    assert await store.turn(b"", rest) == [None, [], None, None, {}, frozenset(), [], frozenset(), []]
    assert len(await call(store, "batch", "o", "assets")) == 1
    assert [row.id for row in await call(store, "assessments")] == ["other"]


async def test_removing_what_is_not_there_does_nothing(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    await call(store, "remove_assessment", "missing")
    assert [row.id for row in await call(store, "assessments")] == ["round"]
