"""What every store promises about turns: all or nothing, one after the other, and over when they are over."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from typing import Any, Generic, TypeVar

import pytest

from storage.store import ParticipantRow, PoolRow, Store, Transaction, Unavailable

T = TypeVar("T")
Call = Callable[..., Any]
Begun = Callable[[], Any]


class CancelledAt(Generic[T]):
    """Awaits something and throws a cancellation into it at one of its waits, counted from 1."""

    def __init__(self, awaitable: Awaitable[T], when: int) -> None:
        self.awaitable = awaitable
        self.when = when
        self.waits = 0

    def __await__(self) -> Generator[Any, Any, T]:
        steps = self.awaitable.__await__()
        send: Callable[[], Any] = lambda: next(steps)  # noqa: E731 (it is replaced below)
        while True:
            try:
                waiting_for = send()
            except StopIteration as end:
                result: T = end.value
                return result
            self.waits += 1
            if self.waits == self.when:
                send = lambda: steps.throw(asyncio.CancelledError())  # noqa: E731
            else:
                yield waiting_for
                send = lambda: next(steps)  # noqa: E731


POOL = PoolRow(assessment="round", group="staff", principle="assets", shown=b"shown", hidden=b"")


async def pour(transaction: Transaction) -> str:
    """A turn that writes in many tables, with a pause in the middle."""
    await transaction.put_visitor(b"new", b"record")
    batch = await transaction.batch("staff", "assets")
    await transaction.spend("round", "assets", [part.participant for part in batch])
    await asyncio.sleep(0)
    await transaction.move_participant(b"p1", "staff")
    await transaction.put_pool(POOL)
    return "poured"


async def traces(store: Store, call: Call) -> list[bool]:
    """Of each thing that `pour` writes: is it there?"""
    return [
        await call(store, "visitor", b"new") is not None,
        await call(store, "batch", "staff", "assets") == [],
        await call(store, "spent", b"p0") == {"assets"},
        (await call(store, "participant", b"p1")).group == "staff",
        (await call(store, "groups", "round"))[0].joined == 4,
        await call(store, "pools", "round") == [POOL],
    ]


async def test_a_turn_returns_what_its_work_returns_and_is_kept(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    assert await store.turn(b"visitor", pour) == "poured"
    assert all(await traces(store, call))


async def test_a_turn_reads_what_it_wrote(store: Store) -> None:
    async def work(transaction: Transaction) -> bytes | None:
        await transaction.put_visitor(b"a", b"first")
        return await transaction.visitor(b"a")

    assert await store.turn(b"a", work) == b"first"


@pytest.mark.parametrize("error", [KeyError, asyncio.CancelledError, KeyboardInterrupt])
async def test_nothing_is_kept_when_the_work_raises(
    store: Store, call: Call, begun: Begun, error: type[BaseException]
) -> None:
    await begun()

    async def fail(transaction: Transaction) -> None:
        await pour(transaction)
        raise error

    with pytest.raises(error):
        await store.turn(b"visitor", fail)
    assert not any(await traces(store, call))


async def test_a_turn_cancelled_anywhere_is_all_or_nothing(store: Store, call: Call, begun: Begun) -> None:
    await begun()
    for when in range(1, 200):
        worked = False

        async def work(transaction: Transaction) -> None:
            nonlocal worked
            await pour(transaction)
            worked = True

        attempt = CancelledAt(store.turn(b"visitor", work), when)
        try:
            await attempt
        except asyncio.CancelledError:
            kept = await traces(store, call)
            if all(kept):
                # It was committing already; only one more wait can be left.
                assert worked
                break
            assert not any(kept)
        else:
            # It ended before so many waits.
            assert attempt.waits < when
            assert all(await traces(store, call))
            break
    else:
        pytest.fail("the turn never ended")


async def test_a_task_cancelled_at_any_moment_leaves_the_store_usable(store: Store, call: Call) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.put_visitor(b"a", b"half")
        await transaction.put_visitor(b"b", b"half")
        await asyncio.sleep(0)

    for moment in range(40):
        task = asyncio.create_task(store.turn(b"visitor", work))
        await asyncio.sleep(0 if moment < 10 else moment / 20_000)
        task.cancel()
        await asyncio.wait({task})
        there = [await call(store, "visitor", visitor) for visitor in (b"a", b"b")]
        assert there in ([None, None], [b"half", b"half"])
        await call(store, "remove_visitor", b"a")
        await call(store, "remove_visitor", b"b")


async def test_a_call_cancelled_inside_the_work_spoils_the_turn(store: Store, call: Call, begun: Begun) -> None:
    """Half of a call may have happened, as when the work gives it a time limit: that must not be kept."""
    await begun()

    async def impatient(transaction: Transaction) -> bool:
        await transaction.put_visitor(b"new", b"record")
        try:
            await CancelledAt(transaction.move_participant(b"p1", "staff"), 2)
        except asyncio.CancelledError:
            return True
        return False

    try:
        cancelled = await store.turn(b"visitor", impatient)
    except RuntimeError:
        assert not any(await traces(store, call))
    else:
        assert not cancelled


async def test_turns_never_overlap(store: Store) -> None:
    inside = 0

    async def count(transaction: Transaction) -> None:
        nonlocal inside
        inside += 1
        assert inside == 1
        seen = await transaction.visitor(b"counter") or b""
        await asyncio.sleep(0)
        await transaction.put_visitor(b"counter", seen + b"x")
        inside -= 1

    await asyncio.gather(*(store.turn(b"same", count) for _ in range(20)))
    assert await store.turn(b"same", lambda transaction: transaction.visitor(b"counter")) == b"x" * 20


async def test_fifty_people_at_once(store: Store, call: Call, begun: Begun) -> None:
    await begun()

    def join(number: int) -> Callable[[Transaction], Awaitable[bool]]:
        async def work(transaction: Transaction) -> bool:
            who = b"person %d" % number
            row = ParticipantRow(id=who, assessment="round", group="staff", sealed=b"")
            return await transaction.add_participant(row) and await transaction.hand_in(
                who, "assets", sealed_if_new=b"%d" % number
            )

        return work

    joined = await asyncio.gather(*(store.turn(b"visitor %d" % n, join(n)) for n in range(50)))
    assert joined == [True] * 50
    assert (await call(store, "groups", "round"))[0].joined == 53
    assert (await call(store, "handed_in", "round"))["staff", "assets"] == 53


async def test_a_transaction_ends_with_its_turn(store: Store, call: Call) -> None:
    leaked: list[Transaction] = []

    async def work(transaction: Transaction) -> None:
        leaked.append(transaction)

    await store.turn(b"visitor", work)
    with pytest.raises(RuntimeError, match="over"):
        await leaked[0].put_visitor(b"late", b"record")
    with pytest.raises(RuntimeError, match="over"):
        await leaked[0].assessments()
    assert await call(store, "visitor", b"late") is None


async def test_closing_waits_for_turns_and_refuses_later_ones(store: Store) -> None:
    begun, done = asyncio.Event(), False

    async def slow(transaction: Transaction) -> None:
        nonlocal done
        begun.set()
        for _ in range(20):
            await asyncio.sleep(0)
        await transaction.put_visitor(b"a", b"record")
        done = True

    turn = asyncio.create_task(store.turn(b"a", slow))
    await begun.wait()
    await store.close()
    assert done
    await turn
    await store.close()
    with pytest.raises(Unavailable, match="closed"):
        await store.turn(b"a", slow)
