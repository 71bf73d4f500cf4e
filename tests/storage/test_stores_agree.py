"""Both stores do the same random things, and must give the same answers and end up holding the same."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from storage.memory import MemoryStore
from storage.sqlite import SqliteStore
from storage.store import AssessmentRow, GroupRow, ParticipantRow, PoolRow, Token, Transaction

# Few values, so that they meet often.
PEOPLE = (b"p1", b"p2", b"p3", b"p4")
ASSESSMENTS = ("a", "b")
GROUPS = ("a0", "a1", "b0", "missing")
PRINCIPLES = ("assets", "networks")
KINDS: tuple[Token, ...] = ("invitation", "resume")

people = st.sampled_from(PEOPLE)
assessments = st.sampled_from(ASSESSMENTS)
groups = st.sampled_from(GROUPS)
principles = st.sampled_from(PRINCIPLES)
kinds = st.sampled_from(KINDS)
seals = st.binary(min_size=1, max_size=2)
seconds = st.integers(0, 3)

Work = Callable[[Transaction], Awaitable[Any]]


async def everything(transaction: Transaction) -> list[Any]:
    """All that can be read, in an order of its own."""
    seen: list[Any] = [await transaction.assessments(), await transaction.visitors(), await transaction.browsers()]
    seen += [await transaction.tokens(kind=kind) for kind in KINDS]
    for assessment in ASSESSMENTS:
        seen.append(await transaction.groups(assessment))
        seen.append(await transaction.sharers(assessment))
        seen.append(sorted((await transaction.handed_in(assessment)).items()))
        seen.append(sorted(await transaction.pools(assessment), key=lambda pool: (pool.group, pool.principle)))
    for group in GROUPS:
        for principle in PRINCIPLES:
            seen.append(await transaction.batch(group, principle))
    for person in PEOPLE:
        seen.append(await transaction.participant(person))
        seen.append(sorted((await transaction.parts(person)).items()))
        seen.append(await transaction.spent(person))
        seen.append([await transaction.visitor(person), await transaction.address(person)])
        seen.append(await transaction.assessments(person))
        seen.append([await transaction.token(person, kind=kind, now=0) for kind in KINDS])
    return seen


class Stores(RuleBasedStateMachine):
    """The memory store beside the one on SQLite."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())

    @initialize()
    def open(self) -> None:
        path = Path(shutil.copy(self.empty, self.folder / "voices.db"))
        self.memory = self.loop.run(MemoryStore.open())
        self.sqlite = self.loop.run(SqliteStore.open(path))
        for assessment, names in (("a", ("a0", "a1")), ("b", ("b0",))):
            row = AssessmentRow(id=assessment, facilitator=b"", threshold=5, closed=False, sealed=b"")
            rows = [
                GroupRow(id=n, assessment=assessment, position=i, code=n.encode(), joined=0, sealed=b"")
                for i, n in enumerate(names)
            ]
            self.both(self.beginning(row, rows))

    @staticmethod
    def beginning(row: AssessmentRow, rows: list[GroupRow]) -> Work:
        return lambda t: t.add_assessment(row, rows)

    def teardown(self) -> None:
        self.loop.run(self.sqlite.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def both(self, work: Work) -> None:
        """One turn on each: the same result, or the same kind of error."""
        results: list[Any] = []
        for store in (self.memory, self.sqlite):
            try:
                results.append(self.loop.run(store.turn(b"visitor", work)))
            except (ValueError, ZeroDivisionError) as error:
                results.append(type(error))
        assert results[0] == results[1]

    @invariant()
    def they_hold_the_same(self) -> None:
        seen = [self.loop.run(store.turn(b"visitor", everything)) for store in (self.memory, self.sqlite)]
        assert seen[0] == seen[1]

    @rule(person=people, group=groups, assessment=assessments, sealed=seals)
    def join(self, person: bytes, group: str, assessment: str, sealed: bytes) -> None:
        row = ParticipantRow(id=person, assessment=assessment, group=group, sealed=sealed)
        self.both(lambda t: t.add_participant(row))

    @rule(person=people, group=groups)
    def move(self, person: bytes, group: str) -> None:
        self.both(lambda t: t.move_participant(person, group))

    @rule(person=people)
    def withdraw(self, person: bytes) -> None:
        self.both(lambda t: t.remove_participant(person))

    @rule(person=people, sealed=seals)
    def talk(self, person: bytes, sealed: bytes) -> None:
        self.both(lambda t: t.put_dialogue(person, sealed))

    @rule(person=people, principle=principles, sealed=seals)
    def answer(self, person: bytes, principle: str, sealed: bytes) -> None:
        self.both(lambda t: t.put_part(person, principle, sealed))

    @rule(person=people, principle=principles, sealed=seals)
    def hand_in(self, person: bytes, principle: str, sealed: bytes) -> None:
        self.both(lambda t: t.hand_in(person, principle, sealed_if_new=sealed))

    @rule(person=people, principle=principles)
    def take_out(self, person: bytes, principle: str) -> None:
        self.both(lambda t: t.take_out(person, principle))

    @rule(assessment=assessments, principle=principles, chosen=st.lists(people, max_size=3))
    def spend_some(self, assessment: str, principle: str, chosen: list[bytes]) -> None:
        self.both(lambda t: t.spend(assessment, principle, chosen))

    @rule(group=groups, principle=principles, sealed=seals)
    def pour(self, group: str, principle: str, sealed: bytes) -> None:
        async def work(transaction: Transaction) -> None:
            assessment = group[0]
            batch = await transaction.batch(group, principle)
            await transaction.spend(assessment, principle, [part.participant for part in batch])
            await transaction.put_pool(
                PoolRow(assessment=assessment, group=group, principle=principle, shown=sealed, hidden=sealed)
            )

        self.both(work)

    @rule(group=groups, principle=principles)
    def give_up(self, group: str, principle: str) -> None:
        self.both(lambda t: t.give_up(group[0], group, principle))

    @rule(assessment=assessments, person=people, keep=st.booleans())
    def share(self, assessment: str, person: bytes, *, keep: bool) -> None:
        async def work(transaction: Transaction) -> None:
            await transaction.add_facilitator(person)
            await (transaction.share(assessment, person) if keep else transaction.unshare(assessment))

        self.both(work)

    @rule(assessment=assessments, today=seconds, due=seconds)
    def use(self, assessment: str, today: int, due: int) -> None:
        async def work(transaction: Transaction) -> None:
            await transaction.touch(assessment, today=today)
            await transaction.set_due(assessment, due=due)

        self.both(work)

    @rule(assessment=assessments, sure=st.integers(0, 5))
    def remove(self, assessment: str, sure: int) -> None:
        if sure == 0:  # seldom, since it leaves nothing to do
            self.both(lambda t: t.remove_assessment(assessment))

    @rule(person=people, principle=principles, group=groups)
    def do_much_and_fail(self, person: bytes, principle: str, group: str) -> None:
        async def work(transaction: Transaction) -> None:
            await transaction.hand_in(person, principle, sealed_if_new=b"gone")
            await transaction.move_participant(person, group)
            await transaction.remove_participant(person)
            await transaction.close("a", sealed=b"gone")
            raise ZeroDivisionError

        self.both(work)

    @rule(assessment=assessments, sealed=seals, sure=st.integers(0, 5))
    def close(self, assessment: str, sealed: bytes, sure: int) -> None:
        if sure == 0:  # seldom, since it leaves little to do
            self.both(lambda t: t.close(assessment, sealed=sealed))

    @rule(person=people, sealed=seals, keep=st.booleans())
    def write_records(self, person: bytes, sealed: bytes, *, keep: bool) -> None:
        async def work(transaction: Transaction) -> None:
            await (transaction.put_visitor(person, sealed) if keep else transaction.remove_visitor(person))
            await (transaction.put_address(person, sealed) if keep else transaction.remove_address(person))
            await (transaction.put_browser(person, sealed) if keep else transaction.remove_browser(person))

        self.both(work)

    @rule(token=people, kind=kinds, sealed=seals, until=seconds)
    def give_token(self, token: bytes, kind: Token, sealed: bytes, until: int) -> None:
        self.both(lambda t: t.put_token(token, kind=kind, sealed=sealed, until=until))

    @rule(token=people, kind=kinds, now=seconds)
    def use_token(self, token: bytes, kind: Token, now: int) -> None:
        self.both(lambda t: t.take_token(token, kind=kind, now=now))

    @rule(kind=kinds, now=seconds)
    def forget(self, kind: Token, now: int) -> None:
        async def work(transaction: Transaction) -> None:
            await transaction.forget_tokens(now=now)
            if now == 0:
                await transaction.remove_tokens(kind=kind)

        self.both(work)


def test_both_stores_agree(migrated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stores, "empty", migrated, raising=False)
    run_state_machine_as_test(
        Stores,
        settings=settings(
            max_examples=20,
            stateful_step_count=35,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
