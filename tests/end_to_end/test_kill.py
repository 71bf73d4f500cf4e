"""``kill -9`` at every point of the way, then a start on the same data, and the way is gone to its end.

Six walks are killed, most of them four times each: while an assessment is made, while people answer, while answers are
shown, while they are closed. Each time at another point: inside the transaction, between commit and what follows it,
between commit and delivery, between commit and confirming to Telegram, between a pouring and what is noted of it.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fake_bot_api import FakeBotApi, Update
from program import Program
from telegram_walk import (
    LABELS,
    PRINCIPLES,
    STAFF,
    USERS,
    Actor,
    Book,
    Facilitator,
    Invite,
    Participant,
    agree_all,
    all_results_match,
    assessments,
    keys,
    numbers_match,
    settings_for,
    versions,
)
from telegram_walk.acting import together

K = 3
NOTHING_UNDER_WAY = ""
HELD = "deliveries are held"
PERFORMED = "bot.desk:Desk.save"
"""All that a turn does is done; nothing of it is committed."""
COMMITTED = "bot.turns:Turns.take"
"""Committed and done with; nothing delivered, nothing confirmed."""
INTENDED = "bot.pool_versions:PoolVersions.intend"
"""The pouring is done and written beside the key; it is not committed."""
POURED = "before bot.pool_versions:PoolVersions.confirm"
"""It is committed, and nobody was told."""


@dataclass(frozen=True, kw_only=True)
class Points:
    """Where one walk is killed: ``HELD``, nothing under way, or a place to pause at."""

    creating: str
    answering: str
    showing: str
    closing: str


WALKS = {
    "between commit and confirming": Points(
        creating=COMMITTED, answering=COMMITTED, showing=COMMITTED, closing=COMMITTED
    ),
    "between commit and delivery": Points(creating=HELD, answering=HELD, showing=HELD, closing=HELD),
    "inside the transaction": Points(
        creating="bot.keys:KeyFolder.create",
        answering="storage.sqlite_transaction:SqliteTransaction.put_dialogue",
        showing="bot.pouring:Pourer._keep",
        closing=PERFORMED,
    ),
    "between commit and the keys": Points(
        creating="before bot.keys:KeyFolder.confirm",
        answering=NOTHING_UNDER_WAY,
        showing=PERFORMED,
        closing="before bot.keys:KeyFolder.destroy",
    ),
    "between intention and commit": Points(
        creating=NOTHING_UNDER_WAY, answering=NOTHING_UNDER_WAY, showing=INTENDED, closing=INTENDED
    ),
    "between commit and confirming the pouring": Points(
        creating=NOTHING_UNDER_WAY, answering=NOTHING_UNDER_WAY, showing=POURED, closing=POURED
    ),
}


class Walk:
    """A small assessment: three of the staff, four who use services, and somebody who comes late."""

    def __init__(self, api: FakeBotApi, program: Program) -> None:
        self.api, self.program = api, program
        self.book = Book(STAFF, USERS, least=K)
        self.facilitator = Facilitator(api, "Fay")
        self.people = {name: Participant(api, name, self.book) for name in "abcdefgh"}
        self.actors: list[Actor] = [self.facilitator, *self.people.values()]

    async def killed(self, point: str, *acts: Awaitable[None], then: str) -> None:
        """Do something, be killed at that point, and start again, ready to pause at the next one."""
        unconfirmed: list[Update] = []
        if point == HELD:
            with self.api.hold() as held:
                await together(*acts)
                await held.arrived(len(acts), within=20)
                await self.program.kill()
        elif point == NOTHING_UNDER_WAY:
            await together(*acts)
            await self.everything_is_handled()
            await self.program.kill()
        else:
            self.program.arm()
            mark = self.api.mark()
            await together(*acts)
            await self.program.wait_until_paused()
            if point == COMMITTED:
                # One person's turn stands still; the others' were taken, and their cards have come.
                await self.api.wait_for(lambda: self.cards_since(mark) == len(acts) - 1, 20, what="cards of the others")
            self.look_at_files(point)
            unconfirmed = self.api.waiting_updates
            assert unconfirmed
            await self.program.kill()
        mark = self.api.mark()
        await self.program.start(pause="" if then == HELD else then, armed=False)
        # An update is confirmed before its card is sent, and a late card would stand below whatever is asked for next.
        for actor in self.actors:
            if actor.person.id in {update.person for update in unconfirmed}:
                await actor.card_after(mark)
        await self.everything_is_handled()
        again = unconfirmed if point == COMMITTED else unconfirmed[:1]
        assert all(update.handed_out >= 2 for update in again)

    def cards_since(self, mark: int) -> int:
        """How many people got a card after a mark."""
        calls = self.api.calls_between(mark)
        return len({call.chat for call in calls if call.ok and call.method in {"sendMessage", "editMessageText"}})

    def look_at_files(self, point: str) -> None:
        """Where the program stands at some points, so that the pause is known to be there."""
        found, there = assessments(self.program.data), keys(self.program.keys)
        match point:
            case "bot.keys:KeyFolder.create":
                assert found.open == found.closed == frozenset()
                assert [name[-4:] for name in there] == [".new"]
            case "before bot.keys:KeyFolder.confirm":
                assert there == {f"{id_}.new" for id_ in found.open} != frozenset()
            case "bot.desk:Desk.save" | "bot.pouring:Pourer._keep":
                assert there == {f"{id_}.key" for id_ in found.open} != frozenset()
            case "before bot.keys:KeyFolder.destroy":
                assert there == {f"{id_}.key" for id_ in found.closed} != frozenset()
            case "bot.pool_versions:PoolVersions.intend" | "before bot.pool_versions:PoolVersions.confirm":
                (cells,) = versions(self.program.keys).values()
                assert any(int(cell[2]) > int(cell[3]) for cell in cells)
                assert there == {f"{id_}.key" for id_ in found.open | found.closed}

    async def everything_is_handled(self) -> None:
        """Every update that was handed over, once or twice, is confirmed in the end; then all is quiet."""
        await self.api.wait_for(lambda: not self.api.waiting_updates, 20, what="every update confirmed")
        for actor in self.actors:
            await actor.person.settled(within=20)

    async def back_again(self, actor: Actor) -> None:
        """Somebody comes back: their app sends their tap again, or they send /start. Nothing changes by it."""
        if _last_update(self.api, actor).kind == "callback_query":
            await actor.does(actor.person.tap_again())
        else:
            await actor.start()

    def keys_agree(self) -> None:
        """Each open assessment has its key, each closed one has none, and there is no other key."""
        found = assessments(self.program.data)
        assert len(found.open | found.closed) == 1
        assert keys(self.program.keys) == {f"{id_}.key" for id_ in found.open}
        for cells in versions(self.program.keys).values():
            assert all(cell[2] == cell[3] == 1 for cell in cells), "confirmed, or taken back"


@pytest.mark.parametrize("points", WALKS.values(), ids=WALKS.keys())
async def test_after_a_kill_everything_confirmed_is_there_and_nothing_counts_twice(
    api: FakeBotApi, points: Points, tmp_path: Path
) -> None:
    program = Program(settings=settings_for(api, SMALLEST_THRESHOLD=str(K)), folder=tmp_path)
    walk = Walk(api, program)
    try:
        await program.start(pause="" if points.creating == HELD else points.creating, armed=False)
        invites = await creating(walk, points)
        await answering(walk, points, invites)
        await showing(walk, points)
        await closing(walk, points)
        assert await program.stop() == 0
        assert "Traceback" not in program.output
        assert "ERROR" not in program.output
    finally:
        if program.running:
            await program.kill()


async def creating(walk: Walk, points: Points) -> dict[str, Invite]:
    """The facilitator presses "Create it"."""
    facilitator = walk.facilitator
    await facilitator.start(f"i-{walk.program.invitation}")
    await facilitator.tap("Create an assessment")
    await facilitator.say("Riverside")
    await facilitator.tap("Next")
    await facilitator.tap(str(K))
    await facilitator.tap("In 2 weeks")
    await walk.killed(points.creating, facilitator.press("Create it"), then=points.answering)
    await walk.back_again(facilitator)
    assert "fewer than 3 handed in" in facilitator.words
    walk.keys_agree()
    return await facilitator.invites((STAFF, USERS))


async def answering(walk: Walk, points: Points, invites: dict[str, Invite]) -> None:
    """Eight people do eight things at once. Afterwards each of these was done, and was done once."""
    people = walk.people
    a, b, c, d, e, f, g, h = people.values()
    await together(*(person.join(invites[STAFF if person in (a, b, c) else USERS]) for person in (a, b, c, d, e, f, g)))
    answers = (LABELS[:3], LABELS[1:4], LABELS[2:], LABELS[:3], LABELS[1:4], LABELS[2:], LABELS[:3])
    every = zip((a, b, c, d, e, f, g), answers, strict=True)
    await together(*(person.answer(labels, comments=[f"{person.name} says"]) for person, labels in every))
    await together(
        b.score(LABELS[:2]),
        c.score(LABELS[:3]),
        d.answer(LABELS[1:4], comments=["first", "second"], hand_in=False),
        _at_change(e),
        _with_words(f),
        _at_withdrawing(g),
        h.start(invites[STAFF].payload),
    )
    await walk.killed(
        points.answering,
        a.press(LABELS[4]),
        b.press(LABELS[4]),
        c.send("a thought of c"),
        d.press("Hand in"),
        e.press("1."),
        f.send("and one more of f"),
        g.press("Yes, erase my answers"),
        _agree(walk.book, h),
        then=points.showing,
    )
    for person in people.values():
        await walk.back_again(person)
    assert [person.question for person in (a, b, c, f, h)] == [6, 8, 8, 8, 1]
    assert walk.book.people["f"].of("Networks").comment == "one of f\nand one more of f"
    assert "You need a session code" in g.words
    # The first answer of Assets is open to be changed: it is out again until it is handed in.
    assert e.question == 1
    await e.tap(LABELS[0])
    await agree_all([a, b, c, d, e, f, h])
    await numbers_match(walk.facilitator, walk.book)
    await together(
        *(person.finish(principle, LABELS[3]) for person, principle in ((e, "Assets"), (h, "Assets"), (a, "Networks"))),
    )
    await together(*(person.finish("Networks", LABELS[2]) for person in (b, c, e, f)))
    await together(*(person.finish("Outcomes", LABELS[1]) for person in (a, b, d, e)))
    await numbers_match(walk.facilitator, walk.book)


async def showing(walk: Walk, points: Points) -> None:
    """The facilitator presses "Show now", for all."""
    await walk.facilitator.warned()
    await walk.killed(points.showing, walk.facilitator.press("Show now"), then=points.closing)
    walk.book.show(*PRINCIPLES)
    await walk.facilitator.start()
    assert walk.facilitator.words.startswith("Results: Riverside")
    await walk.facilitator.tap("Assessment")
    assert [walk.book.shown_in(principle) for principle in PRINCIPLES[:3]] == [[STAFF, USERS], [STAFF, USERS], []]
    walk.keys_agree()
    await all_results_match(walk.facilitator, walk.book)
    await agree_all([walk.people[name] for name in "ae"])


async def closing(walk: Walk, points: Points) -> None:
    """The facilitator presses "Close answers now". Outcomes has four people of two groups left over."""
    await walk.facilitator.tap("Close answers")
    await walk.killed(points.closing, walk.facilitator.press("Close answers now"), then=NOTHING_UNDER_WAY)
    walk.book.close()
    await walk.facilitator.start()
    assert "Answers are closed. Results stay here until " in walk.facilitator.words
    assert list(walk.book.together) == ["Outcomes"]
    walk.keys_agree()
    assert (keys(walk.program.keys), versions(walk.program.keys)) == (frozenset(), {})
    await all_results_match(walk.facilitator, walk.book)
    assert "Answers were closed while you were away." in await walk.people["a"].start()


def _last_update(api: FakeBotApi, actor: Actor) -> Update:
    return next(update for update in reversed(api.updates) if update.person == actor.person.id)


async def _at_change(person: Participant) -> None:
    await person.see("Assets")
    await person.tap("Take it back")


async def _with_words(person: Participant) -> None:
    await person.score(LABELS[:3])
    await person.say("one of f")


async def _at_withdrawing(person: Participant) -> None:
    await person.tap("Menu")
    await person.tap("Take everything back")


async def _agree(book: Book, person: Participant) -> None:
    await person.press("I agree")
    book.join(person.name, STAFF)
