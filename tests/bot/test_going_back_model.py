"""Showing, killing and putting older copies back, in whatever order: nobody is seen in two pourings of a principle.

The model knows by name who was in which pouring, and which pourings a facilitator has ever seen, in whatever database
that was. Any two of these about the same principle have nobody in common, and each holds at least k people: then no two
numbers that anybody ever saw differ by fewer than k people's scores.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.bootstrap import reconcile
from bot.keys import KeyFolderFault
from bot.pouring import Pourer
from bot.replies import Person
from conversations import commands as c
from conversations.pools import Pool
from conversations.questionnaire import Principle
from storage.memory_tables import Tables
from storage.store import PartRow, Unavailable
from walking import (
    CopyingStore,
    House,
    Walker,
    assessment,
    close,
    facilitator,
    perform,
    show,
    small_questionnaire,
    steady,
)

K = 3
PRINCIPLES = ("assets", "networks")
GROUPS = ("staff", "users")
PEOPLE = 8
kills = st.sampled_from(("", "", "", "before the commit", "before confirming"))
copies = st.integers(-1, 3)
"""Which copy is put back after a kill; none for -1."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Pouring:
    """One pouring that happened; each is only itself. Group "" is everyone."""

    group: str
    principle: str
    people: frozenset[bytes]


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A copy of the database, and what the model knows of it."""

    tables: Tables
    pourings: tuple[Pouring, ...]
    closed: bool


class PuttingBack(RuleBasedStateMachine):
    """Two groups, few people, a facilitator in a hurry, and an operator with several copies."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.patch = pytest.MonkeyPatch()
        self.pourings: list[Pouring] = []
        self.under_way: list[Pouring] = []
        self.seen: list[Pouring] = []
        self.copies: list[Copy] = []
        self.closed = False

    def run(self, doing: Awaitable[Any]) -> Any:
        async def do() -> Any:
            return await doing

        return self.runner.run(do())

    def teardown(self) -> None:
        try:
            self._finish()
        finally:
            self._clear_away()

    def _finish(self) -> None:
        """In the end answers are closed, if that did not come before."""
        if hasattr(self, "made"):
            if not self.closed:
                self.run(self._pour("", "close"))
            self.look()
            self.nobody_is_seen_twice_and_never_fewer_than_k()

    def _clear_away(self) -> None:
        self.patch.undo()
        self.runner.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())
        real = Pourer._keep

        async def noted(pourer: Pourer, group: str, principle: Principle, pool: Pool, batch: Sequence[PartRow]) -> None:
            people = frozenset(row.participant for row in batch)
            assert len(people) == len(batch)
            self.under_way.append(Pouring(group=group, principle=principle.id, people=people))
            await real(pourer, group, principle, pool, batch)

        self.patch.setattr(Pourer, "_keep", noted)

    async def _begin(self) -> None:
        self.store = CopyingStore()
        self.house = House(self.folder, store=self.store, questionnaire=small_questionnaire(), smallest_threshold=K)
        walker = await facilitator(self.house)
        self.made = await assessment(walker, threshold=K)
        self._copy()

    def _copy(self) -> None:
        copy = Copy(tables=self.store.copied(), pourings=tuple(self.pourings), closed=self.closed)
        self.copies = [*self.copies[-3:], copy]

    # what people do, past the conversation, as if its cards had let them through

    @precondition(lambda self: not self.closed)
    @rule(
        first=st.sampled_from((0, 0, 3, 6, 1)),
        many=st.integers(2, 5),
        group=st.sampled_from(GROUPS),
        about=st.sampled_from((PRINCIPLES, PRINCIPLES[:1], PRINCIPLES[1:])),
        choice=st.sampled_from((1, 3, 5)),
    )
    def some_hand_in(self, first: int, many: int, group: str, about: tuple[str, ...], choice: Any) -> None:
        """They join if they are not there, and answer all of it, or all of it anew."""
        for person in range(first, first + many):
            self.run(self._hand_in(f"p{person % PEOPLE}", self.made.groups[group], about, choice))

    async def _hand_in(self, name: str, group: str, about: tuple[str, ...], choice: Any) -> None:
        person = Person(channel="telegram", id=name, cookie=b"")
        await perform(self.house, person, c.Join(assessment=self.made.id, group=group))
        for principle in about:
            for statement in ("1", "2"):
                await perform(self.house, person, c.SaveChoice(principle=principle, statement=statement, choice=choice))
            await perform(self.house, person, c.HandIn(principle=principle))

    @precondition(lambda self: not self.closed)
    @rule(who=st.integers(0, PEOPLE - 1), group=st.sampled_from(GROUPS), doing=st.sampled_from(("withdraw", "move")))
    def somebody_changes_their_mind(self, who: int, group: str, doing: str) -> None:
        person = Person(channel="telegram", id=f"p{who}", cookie=b"")
        move = c.Move(assessment=self.made.id, group=self.made.groups[group])
        self.run(perform(self.house, person, c.Withdraw() if doing == "withdraw" else move))

    # what the facilitator does, and where the program is killed

    @precondition(lambda self: not self.closed)
    @rule(which=st.sampled_from(("all", *PRINCIPLES)), killed=kills, then=copies)
    def show(self, which: str, killed: str, then: int) -> None:
        self.run(self._pour(killed, which))
        self._go_on(killed, then)

    @precondition(lambda self: not self.closed)
    @rule(killed=kills, then=copies, sure=st.integers(0, 9))
    def close(self, killed: str, then: int, sure: int) -> None:
        if not sure:
            self.run(self._pour(killed, "close"))
            self._go_on(killed, then)

    def _go_on(self, killed: str, then: int) -> None:
        """After a kill the program is started, perhaps with a copy. Otherwise the facilitator looks."""
        if not killed:
            self.look()
        elif then < 0:
            self.start()
        else:
            self.put_a_copy_back(then)

    async def _pour(self, killed: str, which: str) -> None:
        walker = await self._look()
        versions = self.house.keys.versions

        def lose() -> None:
            if versions.unconfirmed():
                raise Unavailable("The machine is gone.")

        def fail(*_: object) -> None:
            raise KeyFolderFault("The machine is gone.")

        self.under_way = []
        with pytest.MonkeyPatch.context() as machine:
            if killed == "before the commit":
                machine.setattr(self.store, "before_commit", lose)
            elif killed:
                machine.setattr(versions, "confirm", fail)
            try:
                await (close(walker, self.made) if which == "close" else show(walker, self.made, which))
            except Unavailable:
                return
            except KeyFolderFault:
                pass
        self.pourings += self.under_way
        self.closed = which == "close"

    # what the operator does

    @rule()
    def make_a_copy(self) -> None:
        self._copy()

    @rule(which=copies)
    def put_a_copy_back(self, which: int) -> None:
        copy = self.copies[which % len(self.copies)]
        self.store.put_back(copy.tables)
        self.pourings, self.closed = list(copy.pourings), copy.closed
        self.start()

    @precondition(lambda self: not self.closed)
    @rule(group=st.sampled_from(GROUPS), which=copies)
    def show_and_once_more(self, group: str, which: int) -> None:
        """The attack: shown, put back, and the same people answer again, perhaps in the other group."""
        self.some_hand_in(first=0, many=4, group="staff", about=PRINCIPLES, choice=1)
        self.show("all", "", -1)
        self.put_a_copy_back(which)
        if not self.closed:
            self.some_hand_in(first=0, many=4, group=group, about=PRINCIPLES, choice=5)
            self.show("all", "", -1)

    @rule()
    def start(self) -> None:
        self.house.open()
        self.run(reconcile(self.store, self.house.keys))

    # what must be true of everything that was ever seen

    @rule()
    def look(self) -> None:
        self.run(self._look())

    async def _look(self) -> Walker:
        walker = Walker(self.house, "1")
        await walker.look()
        self.seen += [pouring for pouring in self.pourings if pouring not in self.seen]
        view = await self.house.view(walker.person, self.made.id)
        for principle in PRINCIPLES:
            counted = Counter[str]()
            for pouring in self.pourings:
                if pouring.principle == principle:
                    counted[pouring.group] += len(pouring.people)
            for group in view.groups:
                assert group.cells[principle].pool.people == counted[group.group.id]
            assert view.everyone[principle].people == counted.total()
        return walker

    @invariant()
    def nobody_is_seen_twice_and_never_fewer_than_k(self) -> None:
        for number, one in enumerate(self.seen):
            assert len(one.people) >= K
            for other in self.seen[:number]:
                assert one.principle != other.principle or not one.people & other.people


def test_whatever_is_shown_killed_and_put_back_nobody_is_seen_in_two_pourings() -> None:
    run_state_machine_as_test(PuttingBack, settings=steady(60, steps=30))
