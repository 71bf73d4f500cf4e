"""Made-up people who take part, and write down in the truth what they did."""

from __future__ import annotations

import re
from random import Random

from attacker.cards import Card, Seat
from attacker.instrument import Instrument
from attacker.truth import Choice, Said, Truth

QUESTION = re.compile(r"(\w+) · (\d+) of (\d+) · question")
MOST_CARDS = 60
MIXED = "Your answers are mixed in with the others."


class Somebody:
    """One person with one seat. ``lot`` draws what they say, unless a test says it."""

    def __init__(self, name: str, seat: Seat, *, truth: Truth, instrument: Instrument, lot: Random) -> None:
        self.name = name
        self.seat = seat
        self.group = ""
        self.said: dict[str, Said] = {}
        self._truth = truth
        self._instrument = instrument
        self._lot = lot
        self._times = 0

    @property
    def card(self) -> Card:
        """What they see."""
        return self.seat.card

    async def join(self, group: str, code: str) -> None:
        """Come by the link of a group and agree; whoever is in the other group changes."""
        card = await self.seat.follow(f"c-{code.replace('-', '')}")
        if card.offers("agree"):
            await self.seat.tap("agree")
        elif card.offers("move"):
            card = await self.seat.tap("move")
            if "no longer change" in card.words:
                return
            self._truth.take_out(self.name)
        self.group = group
        self._truth.joined.setdefault(group, set()).add(self.name)

    def words(self, principle: str) -> str:
        """A comment that nobody else ever writes, and that says nothing of when it was written."""
        self._times += 1
        return f"Words of {self.name} on {principle}, {self._lot.randrange(10**6)}"

    def draw(self, principle: str, *, odd: float = 0.2, comment: bool | None = None) -> Said:
        """What they might say. ``odd``: the share of "I don't know" and skips."""
        chosen: dict[int, Choice] = {}
        for statement in self._instrument.statements:
            skips: Choice = self._lot.choice(("unknown", "skipped"))
            score: Choice = self._lot.choice((1, 2, 3, 4, 5))
            chosen[statement] = skips if self._lot.random() < odd else score
        writes = self._lot.random() < 0.7 if comment is None else comment
        return Said(chosen, self.words(principle) if writes else "")

    async def answer(self, principle: str, said: Said | None = None, *, hand_in: bool = True) -> bool:
        """Answer one principle from where they are, or from the list of their answers; hand it in.

        False when it is mixed in already.
        """
        said = said or self.draw(principle)
        if not self._asked(principle, 1):
            await self._open(principle)
        for _ in range(MOST_CARDS):
            question = QUESTION.search(self.card.words)
            if question and question[1] == principle:
                self.said[principle] = said
            if question and question[1] == principle and self.card.offers("score"):
                await self._choose(said.choices.get(int(question[2]), "skipped"))
            elif question and question[1] == principle:
                await (self.seat.say(said.comment) if said.comment else self.seat.tap("go-on"))
                if said.comment and self.card.offers("go-on"):
                    await self.seat.tap("go-on")
            else:
                break
        return await self.hand_in(principle) if hand_in else self.card.offers("hand-in")

    async def _choose(self, choice: Choice) -> None:
        await (self.seat.tap("skip") if choice == "skipped" else self.seat.tap("score", str(choice)))

    def _asked(self, principle: str, step: int) -> bool:
        question = QUESTION.search(self.card.words)
        return bool(question and question[1] == principle and int(question[2]) == step)

    async def _open(self, principle: str) -> Card:
        """By the list of their answers: the first open question, or the check card."""
        await self.seat.tap("menu")
        await self.seat.tap("answers")
        return await self.seat.tap("principle", self._instrument.id(principle))

    async def hand_in(self, principle: str) -> bool:
        """On the check card: hand in. False when it cannot be."""
        if not self.card.offers("hand-in"):
            return False
        since = self._truth.now
        await self.seat.tap("hand-in")
        self._truth.hand_in(self.name, self.group, principle, self.said[principle], since=since)
        return True

    async def take_out(self, principle: str) -> bool:
        """Take back what is handed in. False when it is mixed in, or was not handed in."""
        card = await self._open(principle)
        if not card.offers("change"):
            return False
        await self.seat.tap("change")
        await self.seat.tap("this", "comment")
        self._truth.take_out(self.name, principle)
        return True

    async def change(self, principle: str, statement: int, choice: Choice) -> bool:
        """Change one answer, which takes the part out, and hand it in again. False when it is mixed in."""
        card = await self._open(principle)
        if not card.offers("change"):
            return False
        await self.seat.tap("change")
        await self.seat.tap("this", str(statement))
        self._truth.take_out(self.name, principle)
        await self._choose(choice)
        old = self.said[principle]
        self.said[principle] = Said({**old.choices, statement: choice}, old.comment)
        return await self.hand_in(principle)

    async def mixed(self, principle: str) -> bool:
        """Whether they read that their answers are mixed in with the others."""
        return MIXED in (await self._open(principle)).words

    async def withdraw(self) -> bool:
        """Take everything back. Whether they read that some of it was mixed in."""
        await self.seat.tap("menu")
        await self.seat.tap("withdraw")
        card = await self.seat.tap("erase")
        assert "You no longer take part." in card.words
        self._truth.take_out(self.name)
        self.said.clear()
        self.group = ""
        return "except those that were mixed in" in card.words
