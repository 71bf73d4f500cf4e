"""Rules 1 to 3 for every number that was ever shown, whatever people and the facilitator do, in whatever order.

The model knows by name who was in which pouring. After every step everything that the facilitator can read is
collected; any two tallies of a statement that anybody ever saw, of a group, of everyone, or of everyone without a
group, must differ by nobody or by the scores of at least k people.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conversations.comments import mark
from conversations.pools import EMPTY, Pool
from conversations.results import results
from conversations.says import Text, Verbatim
from conversations.situation import AssessmentView
from walking import House, Walker, assessment, close, facilitator, participant, show, small_questionnaire, steady
from walking.rules_model import (
    EVERYONE,
    GROUPS,
    PRINCIPLES,
    STATEMENTS,
    Answers,
    Cell,
    K,
    Said,
    answers_from,
    safe,
    scorers,
    tally,
)
from walking.ways import home

PEOPLE = 18
people = st.integers(0, PEOPLE - 1)
groups = st.sampled_from((*GROUPS, GROUPS[0]))
seeds = st.integers(0, 999)
principles = st.sampled_from(PRINCIPLES)
some_principles = st.sampled_from((PRINCIPLES, PRINCIPLES, PRINCIPLES[:1], PRINCIPLES[1:]))


class Rules(RuleBasedStateMachine):
    """Two groups, few people, one facilitator who is in a hurry."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.walkers: dict[int, Walker] = {}
        self.member: dict[int, str] = {}
        self.joined: Counter[str] = Counter()
        self.answers: dict[tuple[int, str], Answers] = {}
        self.cells = {(group, principle): Cell() for group in GROUPS for principle in PRINCIPLES}
        self.rest: dict[str, dict[int, Answers]] = {}
        self.left_out: dict[str, int] = {}
        self.closed = False
        # By principle and statement, and whose: who was counted in each tally that was ever seen, at first nobody.
        self.seen: dict[tuple[str, str], dict[str, set[frozenset[int]]]] = {}

    def run(self, doing: Awaitable[Any]) -> Any:
        async def do() -> Any:
            return await doing

        return self.runner.run(do())

    def teardown(self) -> None:
        self.runner.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        self.house = House(self.folder, questionnaire=small_questionnaire())
        self.facilitator = await facilitator(self.house)
        self.assessment = await assessment(self.facilitator, threshold=K)

    def spent(self, person: int, principle: str) -> bool:
        everywhere = [self.cells[group, principle].people() for group in GROUPS] + [list(self.rest.get(principle, {}))]
        return any(person in some for some in everywhere)

    def free_to_move(self, person: int) -> bool:
        return not any(self.spent(person, principle) for principle in PRINCIPLES)

    # what people do

    async def join(self, person: int, group: str) -> Walker:
        """By the session code; whoever is in the other group changes, where that is still possible."""
        code = self.assessment.codes[group]
        walker = self.walkers.get(person)
        if walker is None:
            walker = self.walkers[person] = await participant(self.house, f"p{person}", code)
            self.member[person] = group
            self.joined[group] += 1
            return walker
        await walker.open(self.assessment.link(group))
        if walker.state == "welcome":
            await walker.tap("agree")
            self.member[person] = group
            self.joined[group] += 1
        elif walker.state == "move":
            await walker.tap("move")
            if self.free_to_move(person):
                self.member[person] = group
                self.joined[group] += 1
                for (who, _), one in self.answers.items():
                    one.handed_in = one.handed_in and who != person
        return walker

    async def respond(self, person: int, principle: str, said: Said, *, hand_in: bool) -> None:
        """Answer or change a whole principle, or find that it is mixed in."""
        chosen, comment = said[:2], f"words of {person}" if said[2] else ""
        walker = self.walkers[person]
        await walker.ask("menu")
        await walker.tap("answers")
        await walker.tap("principle", principle)
        spent = self.spent(person, principle)
        if spent:
            assert walker.state == "check"
            assert not {"hand-in", "change"} & {button.action for button in walker.card.buttons()}
            for action, value in (("change", ""), ("hand-in", ""), ("previous", "")):
                await walker.force(action, value)
            for action, value in (("this", "1"), ("score", "1"), ("skip", "")):
                await walker.force(action, value)
            await walker.write("too late")
            return
        old = self.answers.get((person, principle))
        for number, choice in enumerate(chosen):
            if old is not None:
                await walker.ask("menu")
                await walker.tap("answers")
                await walker.tap("principle", principle)
                await walker.tap("change")
                await walker.tap("this", STATEMENTS[number])
            await (walker.tap("skip") if choice == "skipped" else walker.tap("score", str(choice)))
        if walker.state == "comment":
            if comment:
                await walker.write(comment)
            await walker.tap("go-on")
        told = old.comment if old is not None else comment
        self.answers[person, principle] = Answers(dict(zip(STATEMENTS, chosen, strict=True)), told, hand_in)
        assert walker.state == "check"
        if hand_in:
            await walker.tap("hand-in")

    @precondition(lambda self: not self.closed and len(self.member) < PEOPLE)
    @rule(seed=seeds, many=st.integers(4, 7), group=groups, about=some_principles)
    def a_room_hands_in(self, seed: int, many: int, group: str, about: tuple[str, ...]) -> None:
        """People who were not there before join one group and hand in."""
        newcomers = [person for person in range(PEOPLE) if person not in self.member]
        for person, one in zip(newcomers, answers_from(seed, many), strict=False):
            self.run(self.join(person, group))
            for principle in about:
                self.run(self.respond(person, principle, one, hand_in=True))

    @precondition(lambda self: not self.closed and self.member)
    @rule(first=people, seed=seeds, many=st.integers(1, 6), about=some_principles, hand_in=st.booleans())
    def some_respond(self, first: int, seed: int, many: int, about: tuple[str, ...], hand_in: bool) -> None:
        """Some of those who have joined answer, or change every answer, one after the other."""
        members = sorted(self.member)
        for more, one in enumerate(answers_from(seed, min(many, len(members)))):
            for principle in about:
                self.run(self.respond(members[(first + more) % len(members)], principle, one, hand_in=hand_in))

    @precondition(lambda self: not self.closed and self.member)
    @rule(which=people, group=groups, principle=principles, doing=st.sampled_from(("move", "withdraw", "take out")))
    def somebody_changes_their_mind(self, which: int, group: str, principle: str, doing: str) -> None:
        """Or comes back to the same code, or withdraws to come back later, perhaps to another group."""
        person = sorted(self.member)[which % len(self.member)]
        one = self.answers.get((person, principle))
        if doing == "move":
            self.run(self.join(person, group))
        elif doing == "withdraw":
            self.run(self._withdraw(self.walkers[person]))
            del self.member[person]
            for each in PRINCIPLES:
                self.answers.pop((person, each), None)
        elif one is not None and one.handed_in:
            self.run(self._take_out(self.walkers[person], principle))
            one.handed_in = False

    async def _withdraw(self, walker: Walker) -> None:
        await walker.ask("withdraw")
        await walker.tap("erase")

    async def _take_out(self, walker: Walker, principle: str) -> None:
        await walker.ask("menu")
        await walker.tap("answers")
        await walker.tap("principle", principle)
        await walker.tap("change")
        await walker.tap("this", "comment")

    # what the facilitator does

    def _ready(self, group: str, principle: str) -> dict[int, Answers]:
        return {
            person: one
            for (person, which), one in self.answers.items()
            if which == principle and one.handed_in and self.member[person] == group
        }

    def _pour(self, batch: dict[int, Answers], principle: str, into: Cell) -> None:
        assert not any(self.spent(person, principle) for person in batch)
        into.batches.append(batch)
        for person in batch:
            del self.answers[person, principle]

    @precondition(lambda self: not self.closed)
    @rule(which=st.sampled_from(["all", *PRINCIPLES]))
    def show(self, which: str) -> None:
        told = self.run(show(self.facilitator, self.assessment, which))
        poured = False
        for principle in PRINCIPLES if which == "all" else (which,):
            for group in GROUPS:
                cell, ready = self.cells[group, principle], self._ready(group, principle)
                if not cell.batches and len(ready) >= K:
                    self._pour(ready, principle, cell)
                    poured = True
        assert (told is None) == poured
        self.run(self._check_words())

    @precondition(lambda self: not self.closed and len(self.member) > K)
    @rule(sure=st.integers(0, 3))
    def close(self, sure: int) -> None:
        if sure:
            return
        self.run(close(self.facilitator, self.assessment))
        for principle in PRINCIPLES:
            rest: dict[int, Answers] = {}
            for group in GROUPS:
                ready = self._ready(group, principle)
                if len(ready) >= K:
                    self._pour(ready, principle, self.cells[group, principle])
                else:
                    rest |= ready
            if len(rest) >= K:
                self.rest[principle] = rest
            elif rest:
                self.left_out[principle] = len(rest)
        self.closed = True
        self.run(self._check_words())

    @rule(group=groups, principle=principles, which=st.integers(0, 11))
    def hide_or_put_back(self, group: str, principle: str, which: int) -> None:
        """One comment of those that are there, before or after closing."""
        self.run(self._hide_or_put_back(group, principle, which))

    async def _hide_or_put_back(self, group: str, principle: str, which: int) -> None:
        cell = self.cells[group, principle]
        await self.facilitator.open()
        await home(self.facilitator)
        await self.facilitator.tap("open", self.assessment.id)
        await self.facilitator.force("f-comments", principle)
        if ("f-hide", "") not in self._offered():
            assert not cell.comments()
            assert not cell.hidden
            return
        await self.facilitator.tap("f-hide")
        if ("f-hide", self.assessment.groups[group]) in self._offered():
            await self.facilitator.tap("f-hide", self.assessment.groups[group])
        elif not (cell.comments() or cell.hidden):
            return
        found = [(action, value) for action, value in self._offered() if action in {"hide", "put-back"}]
        action, value = found[which % len(found)]
        words = {mark(each): each for each in (*cell.comments(), *cell.hidden)}[value.partition("-")[2]]
        await self.facilitator.tap(action, value)
        if action == "hide":
            cell.hidden.add(words)
        else:
            cell.hidden.remove(words)
        await self._check_words()

    def _offered(self) -> list[tuple[str, str]]:
        return [(button.action, button.value) for button in self.facilitator.card.buttons()]

    @precondition(lambda self: self.closed)
    @rule(person=people)
    def come_back_too_late(self, person: int) -> None:
        if person in self.walkers:
            self.run(self.walkers[person].write("one more thing"))
            assert self.walkers[person].state == "home"

    # what must be true of everything that was ever seen

    @invariant()
    def nothing_is_seen_of_fewer_than_k(self) -> None:
        if hasattr(self, "assessment"):
            self.run(self._look())

    async def _look(self) -> None:
        view = await self.house.view(self.facilitator.person, self.assessment.id)
        found = results(view)
        names = {id_: name for name, id_ in self.assessment.groups.items()}
        for principle in PRINCIPLES:
            pools = {names[group.group.id]: group.cells[principle].pool for group in view.groups}
            for group in view.groups:
                self._check_numbers(names[group.group.id], principle, group.joined, group.cells[principle].handed_in)
                self._check_cell(names[group.group.id], principle, group.cells[principle].pool)
            self._check_everyone(principle, view.everyone[principle], pools)
            self._check_warning(principle, view)
        assert dict(view.left_out) == self.left_out
        for group_result, group in zip(found.groups, view.groups, strict=True):
            for principle in PRINCIPLES:
                assert group_result.tallies[principle] == group.cells[principle].pool.shown

    def _check_numbers(self, group: str, principle: str, joined: int, handed_in: int | None) -> None:
        assert joined == self.joined[group]
        waiting = 0 if self.closed else len(self._ready(group, principle))
        assert handed_in == (waiting if waiting >= K else None)

    def _check_warning(self, principle: str, view: AssessmentView) -> None:
        """What is said before closing tells nothing that the page of the assessment does not tell."""
        told = 0
        for group in view.groups:
            cell = group.cells[principle]
            told += group.joined - cell.pool.people - (cell.handed_in or 0)
        assert view.may_miss == {} if self.closed else view.may_miss[principle] == max(0, told)

    def _check_cell(self, group: str, principle: str, pool: Pool) -> None:
        cell = self.cells[group, principle]
        assert pool.people == len(cell.people()) == len(set(cell.people()))
        assert all(len(batch) >= K for batch in cell.batches)
        assert Counter(pool.comments) == cell.comments()
        assert Counter(pool.withheld.values()) == Counter(cell.hidden)
        assert not pool.hidden
        for statement in STATEMENTS:
            shown = cell.shown(statement)
            assert pool.shown.get(statement, EMPTY) == tally(shown)
            assert (statement in pool.shown) == bool(shown)
            self._see(principle, statement, group, scorers(shown))

    def _check_everyone(self, principle: str, everyone: Pool, pools: dict[str, Pool]) -> None:
        assert not everyone.comments
        assert not everyone.withheld
        assert everyone.people - sum(pool.people for pool in pools.values()) == len(self.rest.get(principle, {}))
        for statement in STATEMENTS:
            shown = {person: one.choices[statement] for person, one in self.rest.get(principle, {}).items()}
            shown = shown if tally(shown).scored >= K else {}
            for group in GROUPS:
                shown |= self.cells[group, principle].shown(statement)
            assert everyone.shown.get(statement, EMPTY) == tally(shown)
            self._see(principle, statement, EVERYONE, scorers(shown))

    def _see(self, principle: str, statement: str, whose: str, counted: frozenset[int]) -> None:
        """Compare who is counted in a tally with every one of the same statement that was ever seen."""
        nobody = frozenset[int]()
        ever = self.seen.setdefault((principle, statement), {name: {nobody} for name in (*GROUPS, EVERYONE)})
        if counted in ever[whose]:
            return
        ever[whose].add(counted)
        staff, users, everyone = (ever[name] for name in (*GROUPS, EVERYONE))
        sums = {one | two for one in staff for two in users}
        for one in staff | users | sums | everyone:
            assert all(safe(one, other) for other in staff | users | sums | everyone)

    async def _check_words(self) -> None:
        """What stands on the facilitator's own cards: comments only of what was poured and is not hidden."""
        poured = Counter[str]()
        for cell in self.cells.values():
            poured += cell.comments()
        await self.facilitator.open()
        if "f-assessment" in {button.action for button in self.facilitator.card.buttons()}:
            await self.facilitator.tap("f-assessment")
        if "f-results" not in {button.action for button in self.facilitator.card.buttons()}:
            assert not poured
            return
        await self.facilitator.tap("f-results")
        if "f-sheet" in {button.action for button in self.facilitator.card.buttons()}:
            await self.facilitator.tap("f-sheet")
            quotes = [block.text for block in self.facilitator.card.blocks if block.kind == "quote"]
            assert Counter(said.words for said in quotes if isinstance(said, Verbatim)) == poured
            hidden = sum(len(cell.hidden) for cell in self.cells.values())
            assert hidden == sum(self._counted_as_hidden())

    def _counted_as_hidden(self) -> list[int]:
        told = [block.text for block in self.facilitator.card.blocks]
        return [
            int(str(said.parameter("n"))) for said in told if isinstance(said, Text) and said.id == "f-comments.hidden"
        ]


def test_rules_1_to_3_hold_for_every_number_that_is_ever_shown() -> None:
    run_state_machine_as_test(Rules, settings=steady(50, steps=30))
