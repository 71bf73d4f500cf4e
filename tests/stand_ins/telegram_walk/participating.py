"""A participant: joins, answers, writes, hands in, changes, withdraws, and keeps their page of the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from conversations.comments import normalised
from fake_bot_api import FakeBotApi, Person
from telegram_walk.acting import QUESTION, Actor, together
from telegram_walk.book import DONT_KNOW, LABELS, PRINCIPLES, SKIP, STATEMENTS, Book
from telegram_walk.facilitating import Invite
from telegram_walk.reading import quotes_of

CHECK = re.compile(r"^(\w+): your answers$", re.MULTILINE)
LIMIT = 2000
"""The longest comment."""


class Participant(Actor):
    """One person who takes part. What they tap and write goes into the book as the card in front of them says."""

    def __init__(self, api: FakeBotApi, name: str, book: Book, *, person: Person | None = None) -> None:
        super().__init__(api, name, person=person)
        self.book = book
        self._principle = ""
        """The principle of the last card that named one."""
        self._replaces = False
        self._too_long = ""

    async def join(self, invite: Invite, *, typed: bool = False) -> None:
        """Come by the link, or by writing the code as people write it; agree."""
        if typed:
            await self.start()
            await self.say(invite.code.lower().replace("-", " "))
        else:
            await self.start(invite.payload)
        assert f"You answer as part of this group: {invite.group}." in self.words
        await self.tap("I agree")
        self.book.join(self.name, invite.group)
        assert self.question == 1, self.words

    async def answer(self, choices: Sequence[str], *, comments: Sequence[str] = (), hand_in: bool = True) -> None:
        """From the first question of a principle to its check card, and hand it in."""
        await self.score(choices)
        await self.write(comments)
        await self.check(self._principle)
        if hand_in:
            await self.hand_in()

    async def score(self, choices: Sequence[str]) -> None:
        """Answer the next scored questions."""
        for label in choices:
            number = self.question
            await self.tap(label)
            assert self.question == number + 1, self.words

    async def write(self, comments: Sequence[str] = ()) -> None:
        """At the open question: write these messages, or nothing, and go on."""
        assert "4 of 4" in self.words, self.words
        for words in comments:
            await self.say(words)
        await self.tap("Go on" if self.has("Go on") else "Nothing to add")

    async def hand_in(self) -> None:
        """On the check card: hand in."""
        principle = self._principle
        await self.tap("Hand in")
        assert f"Your answers on {principle} are handed in." in self.words

    async def check(self, principle: str) -> None:
        """The check card in front of them tells all that they answered, and nothing else."""
        assert CHECK.findall(self.words) == [principle], self.words
        page = self.book.people[self.name]
        part, lines = page.of(principle), self.words.split("\n")
        for statement in STATEMENTS:
            label = part.chosen.get(statement, SKIP)
            told = lines[lines.index(self.book.statements[principle, statement]) + 1]
            if label in LABELS:
                assert told == f"{label} ({LABELS.index(label) + 1})"
            else:
                assert told == (DONT_KNOW if label == DONT_KNOW else "No answer")
        quoted = [words for quotes in quotes_of([self.card]).values() for words in quotes]
        assert quoted == ([part.comment] if part.comment else [])
        assert ("You have handed this in." in self.words) == (principle in page.handed_in)

    async def see(self, principle: str) -> None:
        """Open the check card of a principle from the list of own answers, and hold it against the book."""
        await self.tap("Menu")
        await self.tap("My answers")
        await self.tap(f"{principle}:")
        page = self.book.people[self.name]
        if principle in page.poured:
            assert "They can no longer be changed." in self.words
        elif CHECK.search(self.words):
            await self.check(principle)
        else:
            # Not all is answered yet: the first question without an answer.
            assert QUESTION.search(self.words), self.words

    async def change(self, principle: str, statement: int, label: str) -> None:
        """On the check card: change one answer, and see it."""
        await self.tap("Take it back" if self.has("Take it back") else "Change")
        await self.tap(f"{statement}.")
        await self.tap(label)
        await self.check(principle)

    async def finish(self, principle: str, label: str) -> None:
        """From any card of a principle on: answer what is open in the same way, and hand in."""
        if CHECK.findall(self.words) != [principle] and f"{principle} · " not in self.words:
            await self.see(principle)
        while not CHECK.search(self.words):
            if self.has(label):
                await self.tap(label)
            else:
                await self.write()
        await self.check(principle)
        if principle not in self.book.people[self.name].handed_in:
            await self.hand_in()

    async def withdraw(self) -> None:
        """Take everything back."""
        await self.tap("Menu")
        await self.tap("Take everything back")
        await self.tap("Yes, erase my answers")
        assert "You no longer take part." in self.words

    # the book

    def sees(self) -> None:
        if check := CHECK.search(self.words):
            self._principle = check[1]
        shown = QUESTION.search(self.words)
        if shown and shown[2] != "4":
            words = self.words[shown.end() :].lstrip("\n").split("\n")[0]
            known = self.book.statements.setdefault((shown[1], int(shown[2])), words)
            assert known == words, "everybody is asked the same"

    def tapped(self, label: str, before: str) -> None:
        question, check = QUESTION.search(before), CHECK.search(before)
        if question:
            self._principle = question[1]
            self._answered(question[1], int(question[2]), label, before)
        elif check:
            self._principle = check[1]
            if label == "Hand in":
                self.book.hand_in(self.name, check[1])
        elif before.startswith("What do you want to change?") and label[:2] in {"1.", "2.", "3.", "Wh"}:
            self.book.take_out(self.name, self._principle)
        elif "Your text is a bit too long" in before and label.startswith("Keep the first"):
            # As many whole words as there is room for.
            self.book.write(self.name, self._principle, self._too_long[: LIMIT + 1].rpartition(" ")[0].rstrip())
        elif label == "Yes, erase my answers":
            self.book.withdraw(self.name)

    def said(self, words: str, before: str) -> None:
        question = QUESTION.search(before)
        if question and question[2] == "4":
            self._principle = question[1]
            so_far = self.book.people[self.name].of(self._principle).comment
            joined = f"{so_far}\n\n{words}" if so_far and not self._replaces else words
        elif "Your text is a bit too long" in before:
            joined = words
        else:
            return
        self._replaces, joined = False, normalised(joined)
        if len(joined) > LIMIT:
            self._too_long = joined
        else:
            self.book.write(self.name, self._principle, joined)

    def _answered(self, principle: str, step: int, label: str, before: str) -> None:
        if step in STATEMENTS and label in {*LABELS, DONT_KNOW, SKIP}:
            self.book.choose(self.name, principle, step, label)
        elif label == "Write it again":
            self._replaces = True
        elif label == "Erase it":
            self.book.write(self.name, principle, "")


async def joins(api: FakeBotApi, book: Book, invite: Invite, names: Iterable[str]) -> list[Participant]:
    """People who come by the link of a group, side by side."""
    people = [Participant(api, name, book) for name in names]
    await together(*(person.join(invite) for person in people))
    return people


async def agree_all(people: Iterable[Participant]) -> None:
    """Everybody looks at their own answers to every principle: they are what they tapped."""

    async def look(person: Participant) -> None:
        for principle in PRINCIPLES:
            await person.see(principle)

    await together(*(look(person) for person in people))
