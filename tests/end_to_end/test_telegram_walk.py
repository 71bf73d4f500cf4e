"""The whole way on Telegram: the real program as a process, the pretend Telegram, one facilitator, eighteen people.

What is shown is held against a book that was kept from the taps alone.
"""

from __future__ import annotations

from random import Random

from fake_bot_api import FakeBotApi
from program import Program
from telegram_walk import (
    DONT_KNOW,
    LABELS,
    PRINCIPLES,
    STAFF,
    USERS,
    Book,
    Facilitator,
    Invite,
    Participant,
    agree_all,
    all_results_match,
    assessments,
    joins,
    keys,
    numbers_match,
    picture_matches,
    settings_for,
    some_choices,
)
from telegram_walk.acting import QUESTION, together
from telegram_walk.calls import taps_of_two_calls
from telegram_walk.oddities import odd_things

K = 5
EARLY = {
    "Assets": ("s1", "s2", "s3", "s4", "s5", "u1", "u2", "u3", "u4", "u5"),
    "Networks": ("s1", "s2", "s3", "s4", "s5", "u1", "u2", "u3", "u4"),
    "Outcomes": ("s1", "s2", "s3", "s4", "u1", "u2", "u3", "u4"),
    "Relationships": ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "u1", "u2", "u3", "u4", "u5", "u6", "u7"),
    "Catalysts": ("s1", "s2", "s3", "s4", "s5", "u1", "u2", "u3", "u4", "u5", "u6"),
}
"""Who hands in before anything is shown. Everybody else waits with the principle answered."""


class Walk:
    """Everybody who takes part, and what they do in turn."""

    def __init__(self, api: FakeBotApi, program: Program) -> None:
        self.api, self.program = api, program
        self.random = Random(20261122)
        self.book = Book(STAFF, USERS, least=K)
        self.facilitator = Facilitator(api, "Fay")
        self.invites: dict[str, Invite] = {}
        self.people: dict[str, Participant] = {}

    async def set_up(self) -> None:
        """The invitation works once; the assessment is made; fourteen people join by link or by writing the code."""
        token = self.program.invitation
        assert "Welcome. You can create assessments now." in await self.facilitator.start(f"i-{token}")
        assert "This link was used before" in await Facilitator(self.api, "Second").start(f"i-{token}")
        self.invites = await self.facilitator.create(organisation="Riverside Maternity", least=K)
        assert set(self.invites) == {STAFF, USERS}
        for group, letter in ((STAFF, "s"), (USERS, "u")):
            names = [f"{letter}{number}" for number in range(1, 8)]
            self.people |= {name: Participant(self.api, name, self.book) for name in names}
            await together(
                *(self.people[name].join(self.invites[group], typed=name.endswith(("4", "7"))) for name in names)
            )
        await numbers_match(self.facilitator, self.book)

    async def everybody(self, principle: str) -> None:
        """Everybody answers a principle side by side."""
        await together(*(self.one(person, principle) for person in self.people.values()))

    async def one(self, person: Participant, principle: str) -> None:
        """One person answers a principle, from the menu if something else is on the card."""
        if f"{principle} · " not in person.words:
            await person.see(principle)
        choices, comments = some_choices(self.random), self.comments(person.name, principle)
        if principle == "Catalysts" and person.name in {"s1", "s2"}:
            # With these only three of the first five score the second statement.
            choices[1] = DONT_KNOW
        if principle == "Catalysts" and person.name not in {"s1", "s2"}:
            choices[1] = LABELS[self.random.randrange(5)]
        found = QUESTION.search(person.words)
        assert found is not None
        assert found[1] == principle
        await person.answer(choices[int(found[2]) - 1 :], comments=comments, hand_in=person.name in EARLY[principle])

    def comments(self, name: str, principle: str) -> list[str]:
        """What somebody writes, in one message or several; often nothing."""
        if self.random.random() < 0.35:
            return []
        first = (
            f"{name} on {principle}: ask us first, and <b>mean</b> it & listen 🌱 " + "more " * self.random.randrange(9)
        )
        return [first.strip(), "And a second thought.\nOver two lines."][: self.random.choice((1, 1, 2))]

    async def back_again(self, before: dict[str, int]) -> None:
        """After a restart everybody comes back to the question they were at."""

        async def back(person: Participant, number: int) -> None:
            await (person.say("hello again") if "See you later" in person.words else person.start())
            assert person.question == number, person.words

        await together(*(back(self.people[name], number) for name, number in before.items()))


async def long_and_replaced(walk: Walk) -> None:
    """Three people at the open question of Networks: too long and cut, written again, and too long and left out."""
    long = "We waited for weeks and nobody told us why. " * 50
    s3, u3, u1 = walk.people["s3"], walk.people["u3"], walk.people["u1"]
    await s3.say(long)
    assert "It has 2,199 characters. There is room for 2,000. Nothing is lost." in s3.words
    await s3.tap("Keep the first")
    assert len(walk.book.people["s3"].of("Networks").comment) in range(1990, 2001)
    await s3.check("Networks")
    await u3.say("This will go.")
    await u3.tap("Write it again")
    await u3.say("This stays instead.")
    assert walk.book.people["u3"].of("Networks").comment == "This stays instead."
    await u3.tap("Go on")
    await u3.check("Networks")
    await u1.say("Kept.")
    await u1.say(long)
    await u1.tap("Leave this text out")
    await u1.say("And this.")
    await u1.say("Too much.")
    await u1.tap("Erase it")
    await u1.say("After all.")
    await u1.tap("Go on")
    await u1.check("Networks")
    assert walk.book.people["u1"].of("Networks").comment == "After all."
    await together(s3.hand_in(), u3.hand_in(), u1.hand_in())


async def both_codes(walk: Walk) -> None:
    """Somebody of the staff scans the other group's code: asked to choose, and in one group in the end."""
    person = walk.people["s7"]
    await person.start(walk.invites[USERS].payload)
    assert "You take part in this group: Staff. One person can be in one group." in person.words
    await person.tap("Stay in my group")
    await numbers_match(walk.facilitator, walk.book)
    await person.start(walk.invites[USERS].payload)
    await person.tap("Change my group")
    assert "Hand in your answers again." in person.words
    walk.book.move("s7", USERS)
    await numbers_match(walk.facilitator, walk.book)
    await person.see("Relationships")
    await person.hand_in()
    await person.start(walk.invites[USERS].payload)
    assert "You take part here already." in person.words
    await numbers_match(walk.facilitator, walk.book)


async def test_the_whole_way_from_a_session_code_to_the_charts_of_groups(api: FakeBotApi) -> None:
    async with Program(settings=settings_for(api)) as program:
        walk = Walk(api, program)
        book, facilitator, people = walk.book, walk.facilitator, walk.people
        await walk.set_up()

        # Assets. Four of each group have handed in: nothing is told. The fifth makes it a number.
        fifth = {name: people[name] for name in ("s5", "u5")}
        for name in fifth:
            del people[name]
        await walk.everybody("Assets")
        assert {book.handed_in(group, "Assets") for group in book.groups} == {None}
        await numbers_match(facilitator, book)
        assert "There is nothing to show yet." in await facilitator.warned("Assets")
        await facilitator.tap("Assessment")
        await together(*(walk.one(person, "Assets") for person in fifth.values()))
        people |= fifth
        assert {book.handed_in(group, "Assets") for group in book.groups} == {5}
        await numbers_match(facilitator, book)
        # One takes it back, changes an answer, and hands in again.
        await people["s5"].see("Assets")
        await people["s5"].change("Assets", 2, LABELS[4])
        await numbers_match(facilitator, book)
        await people["s5"].hand_in()

        # Networks. Some stop, one goes back, one is odd, one app sends a tap twice; then kill -9 between taps.
        for person in people.values():
            if "Networks · " not in person.words:
                await person.see("Networks")
        await together(*(person.score([LABELS[1]]) for person in people.values()))
        await people["s1"].tap("Back")
        await people["s1"].score([LABELS[3]])
        await people["s4"].does(people["s4"].person.tap_again())
        await together(*(people[name].does(people[name].person.command("stop")) for name in ("s2", "u2")))
        assert "You come back to the same question." in people["s2"].words
        await odd_things(api, people["u6"])
        before = {name: 6 for name in people}
        await program.kill()
        await program.start()
        await walk.back_again(before)
        long = {"s3", "u3", "u1"}
        for name in long:
            await people[name].score([DONT_KNOW, LABELS[0]])
        await long_and_replaced(walk)
        await together(*(walk.one(people[name], "Networks") for name in people if name not in long))

        # Outcomes, a stop in between, Relationships, Catalysts.
        await walk.everybody("Outcomes")
        before = {name: person.question for name, person in people.items()}
        assert await program.stop() == 0
        await program.start()
        await walk.back_again(before)
        await walk.everybody("Relationships")
        await walk.everybody("Catalysts")

        # One takes everything back before anything is shown; one changes the group.
        await people["u7"].withdraw()
        del people["u7"]
        await numbers_match(facilitator, book)
        await both_codes(walk)
        await agree_all(people.values())

        # Show one principle. Then people look at what was mixed in.
        warning = await facilitator.show("Assets")
        assert "Staff: 2 people may still be writing." in warning
        assert "People who use services: 3 people may still be writing." in warning
        book.show("Assets")
        first = await picture_matches(facilitator, book, "Assets")
        await numbers_match(facilitator, book)
        await people["s1"].see("Assets")
        await people["s6"].see("Assets")
        await people["s6"].hand_in()
        assert await picture_matches(facilitator, book, "Assets") == first

        # Show all that is ready. Networks is shown for the staff only, Outcomes for nobody.
        await facilitator.show()
        book.show(*PRINCIPLES)
        assert book.shown_in("Networks") == [STAFF]
        assert book.shown_in("Outcomes") == []
        assert 2 not in book.cells[STAFF, "Catalysts"].shown
        await all_results_match(facilitator, book)
        await numbers_match(facilitator, book)

        # Late-comers, a withdrawal after showing and a return, and a kill.
        await program.kill()
        await program.start()
        newcomers = await joins(api, book, walk.invites[STAFF], ("n1", "n2", "n3", "n4"))
        people |= {person.name: person for person in newcomers}
        await together(*(walk.one(person, "Catalysts") for person in newcomers))
        late = {
            "Assets": ("u6", "s7"),
            "Networks": ("s6", "u5", "u6", "s7"),
            "Catalysts": ("s6", "n1", "n2", "n3", "n4"),
        }
        for principle, names in late.items():
            for name in names:
                await people[name].see(principle)
                await people[name].hand_in()
        # Showing all again shows the other group of Networks. Nothing is added to what was shown before, though five
        # more of the staff have handed in Catalysts.
        assert "Staff: shown before. More answers are added only when you close answers." in await facilitator.show()
        book.show(*PRINCIPLES)
        assert book.shown_in("Networks") == [STAFF, USERS]
        assert book.cells[STAFF, "Catalysts"].pourings == 1
        await picture_matches(facilitator, book, "Networks")
        await picture_matches(facilitator, book, "Catalysts")
        spent = book.people["s2"].poured
        await people["s2"].withdraw()
        assert "except those that were mixed in" in people["s2"].words
        await people["s2"].start(walk.invites[STAFF].payload)
        await people["s2"].tap("I agree")
        book.join("s2", STAFF)
        book.people["s2"].poured = spent
        # Outcomes is all that is left to answer.
        assert people["s2"].question == 9
        await walk.one(people["s2"], "Outcomes")
        assert "You have handed everything in." in people["s2"].words
        await agree_all([people[name] for name in ("s2", "s6", "u5", "s7", "n1")])
        await numbers_match(facilitator, book)
        before_closing = assessments(program.data)
        assert keys(program.keys) == {f"{id_}.key" for id_ in before_closing.open}

        # Close. Catalysts of the staff gets its second pouring, Outcomes is shown for everyone together.
        page = await facilitator.close()
        book.close()
        assert "The key to all answers of single people is destroyed." in page
        assert book.left_out == {"Assets": 3, "Networks": 1}
        assert "Assets: 3 people were too few to show. Their answers were erased." in page
        assert "Networks: 1 person was too few to show. Their answers were erased." in page
        assert page.count("too few to show") == 2
        assert book.cells[STAFF, "Catalysts"].pourings == 2
        assert 2 in book.cells[STAFF, "Catalysts"].shown
        assert list(book.together) == ["Outcomes"]
        orders = await all_results_match(facilitator, book)
        assert len(orders) >= 4
        assert not all(orders), "comments stand in the order in which they were typed"
        assert assessments(program.data).closed == before_closing.open
        assert keys(program.keys) == frozenset()
        assert "Answers were closed while you were away." in await people["s1"].start()
        assert "This session code is closed." in await people["s1"].say(walk.invites[STAFF].code)

        assert taps_of_two_calls(api, people.values()) > 150
        assert await program.stop() == 0
        assert "Traceback" not in program.output
        assert "ERROR" not in program.output
        assert api.refused == [] or all("not modified" in call.description for call in api.refused)
