"""The real program, and an operator who puts an older copy of its data folder back, by mistake or not.

What was shown after the copy was made cannot be shown a second time with one answer changed; its answers are in no file
any more; everything else goes on.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fake_bot_api import FakeBotApi
from program import Program
from telegram_walk import (
    LABELS,
    STAFF,
    USERS,
    Book,
    Facilitator,
    Invite,
    Participant,
    bytes_of,
    joins,
    keys,
    picture_matches,
    settings_for,
    versions,
)
from telegram_walk.acting import together

K = 5
LOST = "The answers of Staff about {} were lost, because our records were put back from an older copy."
OVER = "Nobody can answer this part any more"


def sealed_parts(database: Path, principle: str) -> list[bytes]:
    """The sealed answers about a principle as a database holds them."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute("SELECT sealed FROM parts WHERE principle = ?", (principle,))]


class Walk:
    """Five of the staff answer Assets and Networks, two who use services answer Assets."""

    def __init__(self, api: FakeBotApi, program: Program) -> None:
        self.api, self.program = api, program
        self.book = Book(STAFF, USERS, least=K)
        self.facilitator = Facilitator(api, "Fay")
        self.staff: list[Participant] = []
        self.users: list[Participant] = []
        self.invites: dict[str, Invite] = {}

    async def everybody_answers(self) -> None:
        await self.facilitator.start(f"i-{self.program.invitation}")
        self.invites = await self.facilitator.create(organisation="Riverside", least=K)
        self.staff = await joins(self.api, self.book, self.invites[STAFF], "abcde")
        self.users = await joins(self.api, self.book, self.invites[USERS], "fg")
        for principle in ("Assets", "Networks"):
            people = [*self.staff, *self.users] if principle == "Assets" else self.staff
            await together(
                *(one.answer(LABELS[1:4], comments=[f"{principle} of {one.name}"]) for one in people),
            )

    async def show(self, principle: str) -> None:
        await self.facilitator.show(principle)
        self.book.show(principle)
        await picture_matches(self.facilitator, self.book, principle)

    async def settled(self) -> None:
        for actor in (self.facilitator, *self.staff, *self.users):
            await actor.person.settled(within=20)

    async def stopped(self) -> None:
        await self.settled()
        assert await self.program.stop() == 0

    async def started(self) -> str:
        """Start; what was logged since."""
        before = len(self.program.output)
        await self.program.start()
        for actor in (self.facilitator, *self.staff, *self.users):
            await actor.start()
        return self.program.output[before:]

    async def page(self) -> str:
        """The page of the assessment, from wherever the facilitator is."""
        await self.facilitator.start()
        if not self.facilitator.has("Look again"):
            await self.facilitator.tap("Assessment" if self.facilitator.has("Assessment") else "Riverside")
        return self.facilitator.words

    async def nobody_can_answer(self, principle: str, people: list[Participant]) -> None:
        """The attack: somebody wants to change their answer, or gives all of them anew."""
        for person in people:
            await person.tap("Menu")
            await person.tap("My answers")
            assert f"{principle}: no longer open" in [button.label for button in person.card.buttons]
            await person.tap(f"{principle}:")
            assert OVER in person.words
            assert {button.label for button in person.card.buttons} == {"Go on", "I need help", "Menu"}


async def test_what_was_shown_since_the_copy_is_refused_and_erased_and_everything_else_goes_on(
    api: FakeBotApi, tmp_path: Path
) -> None:
    program = Program(settings=settings_for(api), folder=tmp_path)
    walk = Walk(api, program)
    try:
        await program.start()
        await walk.everybody_answers()
        await walk.stopped()
        shutil.copytree(program.data, tmp_path / "yesterday")
        await walk.started()
        await walk.page()
        await walk.show("Assets")
        await walk.stopped()

        shutil.rmtree(program.data)
        shutil.copytree(tmp_path / "yesterday", program.data)
        unpoured = sealed_parts(program.data / "equal-voice.db", "assets")
        assert len(unpoured) == 7
        assert all(any(part in content for content in bytes_of(program.data).values()) for part in unpoured)
        said = await walk.started()
        assert said.count("Results of groups that it has lost: 1.") == 1
        (assessment,) = versions(program.keys)
        assert assessment not in said
        assert not any(part in content for content in bytes_of(program.data).values() for part in unpoured)

        page = await walk.page()
        assert LOST.format("Assets") in page
        assert "Assets: answers were erased" in page
        await walk.facilitator.tap("Show answers")
        assert walk.facilitator.has("Show: Networks")
        assert not walk.facilitator.has("Show: Assets")
        await walk.facilitator.tap("Assessment")
        await walk.nobody_can_answer("Assets", [*walk.staff, *walk.users])
        # A newcomer cannot answer it, and no more can somebody who takes everything back and joins the other group.
        again = walk.users[0]
        await again.withdraw()
        await again.start(walk.invites[STAFF].payload)
        await again.tap("I agree")
        late = Participant(api, "late", walk.book)
        await late.start(walk.invites[USERS].payload)
        await late.tap("I agree")
        assert late.question == 5, "their first question is about Networks"
        await walk.nobody_can_answer("Assets", [again, late])
        walk.users.append(late)

        await walk.page()
        await walk.show("Networks")
        await walk.facilitator.close()
        assert LOST.format("Assets") in walk.facilitator.words
        assert "too few to show" not in walk.facilitator.words
        assert (keys(program.keys), versions(program.keys)) == (frozenset(), {})
        await picture_matches(walk.facilitator, walk.book, "Networks")
        await walk.stopped()
        assert "Traceback" not in program.output
    finally:
        if program.running:
            await program.kill()


@pytest.mark.parametrize("how", ["copied while stopped", "backed up while running"])
async def test_a_copy_from_between_two_showings_keeps_the_first(api: FakeBotApi, tmp_path: Path, how: str) -> None:
    program = Program(settings=settings_for(api), folder=tmp_path)
    walk = Walk(api, program)
    database, copy = program.data / "equal-voice.db", tmp_path / "copy.db"
    try:
        await program.start()
        await walk.everybody_answers()
        await walk.show("Assets")
        if how == "copied while stopped":
            await walk.stopped()
            shutil.copy(database, copy)
            await walk.started()
        else:
            await walk.settled()
            with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        await walk.page()
        await walk.show("Networks")
        await walk.stopped()

        for file in program.data.glob("equal-voice.db*"):
            file.unlink()
        shutil.copy(copy, database)
        assert "Results of groups that it has lost: 1." in await walk.started()
        assert LOST.format("Networks") in await walk.page()
        assert LOST.format("Assets") not in walk.facilitator.words
        await picture_matches(walk.facilitator, walk.book, "Assets")
        await walk.nobody_can_answer("Networks", walk.staff)
        await walk.stopped()
        assert "put back" not in await walk.started(), "told once"
        assert "Traceback" not in program.output
        await walk.stopped()
    finally:
        if program.running:
            await program.kill()
