"""Random people against a simple model of what they may expect, on Telegram and on the web.

After every step: what is stored is what the model says, the person is where it says, and the card has a way on.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot.desk import Desk
from bot.records import open_part
from bot.replies import Channel, Reply
from conversations.codes import is_code, normal
from conversations.inputs import Input
from conversations.machine import EVERYWHERE, TABLE
from conversations.says import Listing, Phrase
from storage.store import Transaction
from walking import (
    Assessment,
    House,
    Walker,
    answer,
    assessment,
    close,
    facilitator,
    participant,
    show,
    small_questionnaire,
    steady,
)
from walking.exploring import ODD
from walking.participant_model import COMMANDS, LIMIT, Model

PRINCIPLES = ["assets", "networks"]
FILLERS = 4
"""So many others of staff have handed in everything: with this person they are five, enough to be shown."""

ACTIONS = sorted({name[4:] for row in (*TABLE.values(), EVERYWHERE) for name in row if name.startswith("tap ")})
VALUES = ["", "1", "2", "5", "6", "unknown", "comment", "assets", "networks", "gone", "all", "0"]
texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["hello", " \n ", "ä" * LIMIT, "b" * (LIMIT + 1), "wörd " * 399, "c" * 5000, "bcdf-2345", "/"]),
    st.sampled_from(["\u200b", " a\t\u00a0b\r\n\r\n\r\nMary", "e\u0301" * LIMIT, "\u2028" * 3, "🏴\u200d☠\ufe0f"]),
)


class Listener(Walker):
    """Remembers what they were told since somebody asked: what is mixed in, and what a tap came too late for."""

    def __init__(self, house: House, id: str, *, channel: Channel) -> None:
        super().__init__(house, id, channel=channel)
        self.names = {principle.name: principle.id for principle in house.questionnaire.principles}
        self.told: list[str] = []
        self.mixed: list[str] = []

    async def take(self, given: Input, *, number: int | None = None, message: int | None = None) -> Reply:
        reply = await super().take(given, number=number, message=message)
        here = (await self.house.desk(self.person)).dialogue.place.principle
        for notice in reply.notices:
            listed = notice.parameter("principles")
            if notice.id == "mixed-in.now" and isinstance(listed, Listing):
                told = [self.names[each.words] for each in listed.items if isinstance(each, Phrase)]
                assert "check.mixed" not in self.notices or here not in told, "it is said twice"
                self.told += told
            if notice.id == "check.mixed":
                self.mixed.append(here)
        return reply


class Participants(RuleBasedStateMachine):
    """One person, four others, a facilitator and two assessments."""

    channel: Channel = "telegram"
    languages: tuple[str, ...] = ("en",)

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()

    def run(self, doing: Awaitable[Any]) -> Any:
        async def do() -> Any:
            return await doing

        return self.runner.run(do())

    def teardown(self) -> None:
        self.runner.close()
        shutil.rmtree(self.folder)

    @initialize(start=st.sampled_from(["handed in", "joined", "outside"]))
    def begin(self, start: str) -> None:
        self.run(self._begin())
        if start != "outside":
            self.answer_or_go_on("3")
            self.use_a_code(which=0, typed=True)
            self.answer_or_go_on("3")
        if start == "handed in":
            self.hand_everything_in()

    async def _begin(self) -> None:
        self.house = House(self.folder, questionnaire=small_questionnaire(), languages=self.languages)
        self.facilitator = await facilitator(self.house)
        self.first = await assessment(self.facilitator)
        self.second = await assessment(self.facilitator, organisation="Another")
        for number in range(FILLERS):
            filler = await participant(self.house, f"f{number}", self.first.codes["staff"])
            for principle in PRINCIPLES:
                await answer(filler, principle, [3, 3])
        both = (self.first, self.second)
        self.codes = {normal(code): (each.id, name) for each in both for name, code in each.codes.items()}
        several = len(self.languages) > 1
        self.model = Model(
            principles=PRINCIPLES,
            questions=2,
            codes=self.codes,
            web=self.channel == "web",
            asks=several,
            several=several,
        )
        self.walker = Listener(self.house, "person", channel=self.channel)
        await self.walker.open()

    def compare(self) -> None:
        self.house.clock.now += 120
        self.run(self._compare())
        self._news()

    def _news(self) -> None:
        """What is mixed in is told once, in the next turn of this person's own, unless a remark says it anyway."""
        told, mixed = set(self.walker.told), set(self.walker.mixed)
        news = self.model.news()
        assert len(told) == len(self.walker.told)
        assert told <= news
        assert news <= told | mixed
        self.walker.told.clear()
        self.walker.mixed.clear()

    async def _compare(self) -> None:
        spot = self.model.spot
        assert self.walker.state == self.model.card, self.walker.notices
        found = await self.house.store.turn(self.house.visitor(self.walker.person), self._stored)
        expected = {
            id_: (one.group, {name: (kept.choices, kept.comment, kept.handed_in) for name, kept in one.parts.items()})
            for id_, one in self.model.passes.items()
            if id_ not in self.model.closed
        }
        assert found == expected
        desk = await self.house.desk(self.walker.person)
        assert (desk.visitor.language is None) == self.model.asks or not self.model.several
        place = desk.dialogue.place
        if spot.card == "question":
            assert (place.principle, place.statement) == (spot.principle, str(spot.question + 1))
        elif spot.principle:
            assert place.principle == spot.principle

    async def _stored(self, tx: Transaction) -> dict[str, Any]:
        """What is stored of this person, by assessment: the group and every part."""
        desk = await Desk.load(tx, self.walker.person, keys=self.house.keys, installation=self.house.installation)
        found = {}
        for each in (self.first, self.second):
            seat = await desk.find_seat(each.id)
            if seat is None:
                continue
            names = {group: name for name, group in each.groups.items()}
            parts = {}
            for principle, row in (await tx.parts(seat.row.id)).items():
                part = open_part(seat.key, seat.row.id, principle, row.sealed)
                choices = {int(statement) - 1: choice for statement, choice in part.choices.items()}
                parts[principle] = (choices, part.comment, row.handed_in)
            poured = {principle for where, principle in self.model.poured if where == each.id}
            assert await tx.spent(seat.row.id) == poured
            found[each.id] = (names[seat.row.group], parts)
        return found

    # what this person does

    @rule(which=st.integers(0, 13))
    def tap(self, which: int) -> None:
        """Any button of the card."""
        buttons = self.walker.card.buttons()
        button = buttons[which % len(buttons)]
        number = self._number()
        self.run(self.walker.tap(button.action, button.value))
        self.model.tap(button.action, button.value)
        self.compare()
        assert self._number() >= number or self.model.spot.card == "forgotten"
        self.go_on_after_being_forgotten()

    def go_on_after_being_forgotten(self) -> None:
        """Nothing is stored, so no old button does anything, and what is seen next is the first card."""
        if self.model.spot.card != "forgotten":
            return
        assert self._number() == 0
        assert self.run(self._is_unknown())
        self.run(self.walker.tap_again())
        self.model.come_anew()
        self.compare()
        assert self._number() == 0
        assert self.run(self._is_unknown())

    async def _is_unknown(self) -> bool:
        visitor = self.house.visitor(self.walker.person)

        async def work(tx: Transaction) -> bool:
            return await tx.visitor(visitor) is None and await tx.address(visitor) is None

        return await self.house.store.turn(visitor, work)

    @precondition(lambda self: self.model.spot.card != "home" or self.model.passes)
    @rule(sure=st.sampled_from([True, False, False, False]))
    def ask_to_be_forgotten(self, sure: bool) -> None:
        """By way of the privacy notice and what is held."""
        self.ask("privacy")
        for step in ("held", "forget-me", "forget" if sure else "back"):
            if self.walker.state in {"home", "language"}:  # answers were closed meanwhile
                return
            self.run(self.walker.tap(step))
            self.model.tap(step)
            self.compare()
        self.go_on_after_being_forgotten()

    @rule(score=st.sampled_from(["1", "3", "5", "unknown"]))
    def answer_or_go_on(self, score: str) -> None:
        """Forwards, so that many get far."""
        steps = {
            "question": ("score", score),
            "comment": ("go-on", ""),
            "welcome": ("agree", ""),
            "language": ("speak", "en"),
        }
        offered = {(button.action, button.value) for button in self.walker.card.buttons()}
        ahead = [steps.get(self.walker.state, ("hand-in", "")), ("carry-on", ""), ("back", "")]
        for step in ahead:
            if step in offered:
                self.run(self.walker.tap(*step))
                self.model.tap(*step)
                return self.compare()

    @rule()
    def hand_everything_in(self) -> None:
        for _ in range(12):
            if self.walker.state not in {"question", "comment", "check"}:
                break
            self.answer_or_go_on("2")

    @precondition(lambda self: self.model.current and self.model.current not in self.model.closed)
    @rule(principle=st.sampled_from(PRINCIPLES), what=st.sampled_from(["1", "2", "comment"]))
    def change_something(self, principle: str, what: str) -> None:
        """By the list of own answers, as far as it goes."""
        for step in (("menu", ""), ("answers", ""), ("principle", principle), ("change", ""), ("this", what)):
            if step not in {(button.action, button.value) for button in self.walker.card.buttons()}:
                break
            self.run(self.walker.tap(*step))
            self.model.tap(*step)
            self.compare()

    @rule(action=st.sampled_from(ACTIONS), value=st.sampled_from(VALUES), behind=st.integers(1, 3))
    def tap_an_old_card(self, action: str, value: str, behind: int) -> None:
        number = self._number()
        self.run(self.walker.force(action, value, behind=behind))
        closing = self.model.current in self.model.closed
        before = self.model.spot
        self.model.nothing()
        assert self._number() == number + (closing or self.model.spot != before)
        self.compare()

    @rule()
    def tap_twice(self) -> None:
        button = self.walker.card.buttons()[0]
        self.run(self.walker.tap(button.action, button.value))
        self.model.tap(button.action, button.value)
        number = self._number()
        self.run(self.walker.force(button.action, button.value, behind=1))
        assert self._number() == number
        self.compare()

    @rule(action=st.sampled_from(ACTIONS), value=st.sampled_from(VALUES))
    def forge(self, action: str, value: str) -> None:
        """A button that the card does not have. It may lead somewhere, but it loses no answer."""
        offered = {(button.action, button.value) for button in self.walker.card.buttons()}
        destroys = {("erase", value), ("forget", value)}
        if (action, value) in offered or (action, value) in destroys or action in {"score", "skip", "agree", "move"}:
            return
        answers = self.run(self._answers())
        self.run(self.walker.force(action, value))
        assert self.run(self._answers()) == answers
        if self.walker.state in {"home", "welcome", "resume-code"}:
            self.run(self.walker.look())
        # Where it led is not the model's business: both go on from the list of own answers or from home.
        self.run(self._meet_again())

    async def _answers(self) -> dict[str, Any]:
        stored = await self.house.store.turn(self.house.visitor(self.walker.person), self._stored)
        return {
            id_: {name: (choices, comment) for name, (choices, comment, _) in parts.items()}
            for id_, (_, parts) in stored.items()
        }

    async def _meet_again(self) -> None:
        stored = await self.house.store.turn(self.house.visitor(self.walker.person), self._stored)
        for id_, (_, parts) in stored.items():
            for name, (choices, comment, handed_in) in parts.items():
                kept = self.model.passes[id_].parts[name]
                assert (kept.choices, kept.comment) == (choices, comment)
                kept.handed_in = handed_in
        self.model.notice_closing()
        self.model.leave_what_is_gone()
        await self.walker.open()
        desk = await self.house.desk(self.walker.person)
        place = desk.dialogue.place
        assert self.walker.state == ("language" if self.model.asks and not desk.seat else place.state)
        question = int(place.statement) - 1 if place.statement else 0
        draft = str(desk.dialogue.draft.get("words", ""))
        changing, rewriting = place.topic == "change", place.topic == "rewrite"
        code = next((code for code, where in self.codes.items() if where[0] == place.assessment), "")
        group = {id_: name for each in (self.first, self.second) for name, id_ in each.groups.items()}.get(place.group)
        code = next((code for code, where in self.codes.items() if where == (place.assessment, group)), code)
        spot = type(self.model.spot)(place.state, place.principle, question, changing, rewriting, draft, code)
        self.model.current = self.model.current if desk.seat else ""
        self.model.spot = spot
        self.house.clock.now += 120
        self._news()

    @rule(words=texts)
    def write(self, words: str) -> None:
        closed = self.model.current in self.model.closed
        self.run(self.walker.write(words))
        self.model.write(words)
        self.compare()
        if closed:
            assert self.walker.notices == ["closed.while-away", "code.unknown" if is_code(words) else "closed.not-kept"]

    @rule(words=st.text(min_size=1, max_size=20))
    def the_same_message_twice(self, words: str) -> None:
        if self.channel == "telegram":
            self.write(words)
            message = self.walker.message
            self.walker.message -= 1
            number = self._number()
            self.run(self.walker.write(words))
            assert (self.walker.message, self._number()) == (message, number)
            self.compare()

    @rule(which=st.integers(0, 4), typed=st.booleans())
    def use_a_code(self, which: int, typed: bool) -> None:
        code = [*self.codes, "BCDFGHJK"][which]
        if typed and self.walker.state not in {"comment", "too-long"}:
            words = f" {code[:4].lower()} - {code[4:]} "
            self.run(self.walker.write(words))
            self.model.write(words)
        else:
            self.run(self.walker.open(f"c-{code}"))
            self.model.open(f"c-{code}")
        self.compare()

    @rule(payload=st.sampled_from(["", "i-used", "x", "c-", "c"]))
    def open_a_link(self, payload: str) -> None:
        self.run(self.walker.open(payload))
        self.model.open("" if payload in {"c-", "c"} else payload)
        self.compare()

    @rule(command=st.sampled_from([*sorted(COMMANDS), "stop", "withdraw", "clear", "cancel", "x"]))
    def ask(self, command: str) -> None:
        self.run(self.walker.ask(command))
        self.model.ask(command)
        self.compare()

    @rule(what=st.sampled_from(ODD))
    def send_something_odd(self, what: Any) -> None:
        self.run(self.walker.send(what))
        self.model.nothing()
        self.compare()

    @rule()
    def look_again(self) -> None:
        """A reload changes nothing; what others have done may show."""
        number = self._number()
        self.run(self.walker.look())
        assert self._number() == number

    # what happens around them

    @rule()
    def the_program_starts_again(self) -> None:
        self.house.open()

    @precondition(lambda self: self.first.id not in self.model.closed)
    @rule()
    def the_facilitator_shows(self) -> None:
        self.run(show(self.facilitator, self.first))
        one = self.model.passes.get(self.first.id)
        for principle in PRINCIPLES:
            ready = one and one.group == "staff" and principle in one.parts and one.parts[principle].handed_in
            if ready:
                self.model.pour(self.first.id, principle)

    @rule(which=st.sampled_from(["first", "second", "neither", "neither"]))
    def the_facilitator_closes(self, which: str) -> None:
        if which == "neither":
            return
        closing: Assessment = getattr(self, which)
        if closing.id not in self.model.closed:
            self.run(close(self.facilitator, closing))
            self.model.close(closing.id)

    def _number(self) -> int:
        assert self.walker.reply is not None
        return self.walker.reply.number


class ParticipantsOnTheWeb(Participants):
    """The same on web pages."""

    channel: Channel = "web"


class ParticipantsWhoChooseALanguage(Participants):
    """The same where several languages are offered: nothing is lost by choosing, or by being asked first."""

    languages: tuple[str, ...] = ("en", "ar", "pl")


def test_a_participant_on_telegram_finds_what_a_simple_model_says() -> None:
    run_state_machine_as_test(Participants, settings=steady(80, steps=40))


def test_a_participant_on_the_web_finds_what_a_simple_model_says() -> None:
    run_state_machine_as_test(ParticipantsOnTheWeb, settings=steady(60, steps=40))


def test_a_participant_who_is_asked_for_a_language_finds_what_a_simple_model_says() -> None:
    run_state_machine_as_test(ParticipantsWhoChooseALanguage, settings=steady(60, steps=40))
