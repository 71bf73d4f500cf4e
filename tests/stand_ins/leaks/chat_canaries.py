"""The walk of the canaries on Telegram: everybody says what must not leak, and whatever can go wrong does."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection
from contextlib import closing

from fake_bot_api import Call, FakeBotApi
from leaks.canaries import Canaries
from leaks.chat_table import ALLOWED
from leaks.places import Look, chunks, on_the_machine, search
from leaks.watching import Watched
from telegram_walk import LABELS, STAFF, Book, Facilitator, Invite, Participant
from telegram_walk.acting import together

GROUP = "Canarygroup Familiendings"
ORGANISATION = "Canaryhospital Flussufer"
K = 5
HEADERS = {"Host", "User-Agent", "Accept", "Accept-Encoding", "Content-Length", "Content-Type"}
"""What a call of the Bot API may be led by."""


class Walk:
    """One walk through everything. Six take part; the last does not hand in."""

    def __init__(self, api: FakeBotApi, program: Watched, canaries: Canaries) -> None:
        self.api, self.program, self.canaries = api, program, canaries
        self.book = Book(STAFF, GROUP, least=K)
        self.roles: dict[int, str] = {}
        self.people: list[Participant] = []
        self.seen: set[tuple[str, str]] = set()
        self.facilitator = Facilitator(api, "Fay", person=api.person(name="Canaryfay", username="canary_fay"))
        self.knows(self.facilitator.person.id, "facilitator", "Canaryfay", "canary_fay")
        canaries.release("token of the bot", api.token, api.token.partition(":")[2])

    def knows(self, number: int, role: str, name: str, username: str) -> None:
        self.roles[number] = role
        self.canaries.release("name", name)
        self.canaries.release("user name", username)
        self.canaries.release("id of the chat", str(number), owner=role)

    async def until_shown(self) -> None:
        """Everybody joins and says what must not leak, and whatever can go wrong does."""
        invites = await self.set_up()
        for number in range(6):
            name, username = f"Canaryname{number}", f"canary_user_{number}"
            person = Participant(self.api, name, self.book, person=self.api.person(name=name, username=username))
            self.knows(person.person.id, f"participant {number}", name, username)
            self.people.append(person)
        await together(*(person.join(invites[GROUP]) for person in self.people))
        await in_trouble(self)
        for number, person in enumerate(self.people):
            remark = f"Canarywords {number} über 🐤"
            kind = {4: "hidden comment", 5: "comment not shown"}.get(number, "comment")
            self.canaries.release(kind, remark, owner=f"participant {number}")
            await person.start()
            await person.score(LABELS[2:4])
            await person.write([remark])
        await together(*(person.hand_in() for person in self.people[:5]))
        await self.everything_breaks(self.people[5])
        await odd_input(self, self.people[5])

    async def set_up(self) -> dict[str, Invite]:
        facilitator, canaries = self.facilitator, self.canaries
        canaries.release("invitation", self.program.invitation)
        await facilitator.start(f"i-{self.program.invitation}")
        await facilitator.tap("Create an assessment")
        canaries.release("name typed in setting up", "Canarygiven up", owner="facilitator")
        await facilitator.say("Canarygiven up")
        for label in ("Next", "5", "In 2 weeks", "Cancel"):
            await facilitator.tap(label)
        invites = await facilitator.create(organisation=ORGANISATION, least=K, groups=(STAFF, GROUP))
        canaries.release("organisation", ORGANISATION, owner="facilitator")
        canaries.release("group", GROUP, owner="facilitator")
        for invite in invites.values():
            canaries.release("session code", invite.code, owner="facilitator")
        return invites

    async def everything_breaks(self, person: Participant) -> None:
        """Bugs that quote all they know: in a turn, the store, a task, a picture, the control socket."""
        program = self.program
        self.canaries.release("words in trouble", "Canarytrouble")
        for bug in ("turn", "background"):
            program.break_(bug)
            await person.does(person.person.say("Canarytrouble breaks"))
            await self.api.wait_for(lambda bug=bug: bug in program.broke(), 10)  # type: ignore[misc]
            program.mend(bug)
        with closing(sqlite3.connect(program.data / "equal-voice.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await person.person.say("Canarytrouble while the store is away")
            await self.api.wait_for(lambda: "The store is unavailable" in program.output, 20)
            other.execute("ROLLBACK")
        await person.person.settled(quiet=0.3, within=20)
        program.break_("drawing")
        await self.facilitator.tap("Invite people")
        await self.facilitator.tap(GROUP)
        await self.facilitator.person.settled(quiet=0.3, within=20)
        program.mend("drawing")
        await self.facilitator.tap("Other groups")
        await self.facilitator.tap("Assessment")
        program.break_("door")
        assert (await program.command("forget", typed=f"{person.person.id}\n"))[0] == 2
        program.mend("door")

    async def until_closed(self) -> None:
        """Shown, read, hidden, shared, cleared, forgotten, closed."""
        facilitator, last = self.facilitator, self.people[5]
        await facilitator.show("Assets")
        self.book.show("Assets")
        for picture in ("Assets", "Differences", "All principles"):
            await facilitator.picture(picture)
        await self.hide("Canarywords 4")
        sheet = "".join(message.text for message in await facilitator.sheet())
        assert "Canarywords 3" in sheet
        assert "Canarywords 4" not in sheet
        await facilitator.tap("Second facilitator")
        words = await facilitator.tap("Make a link")
        tokens = re.findall(r"f-([A-Za-z0-9_-]{32,})", words + str(facilitator.card.rows))
        self.canaries.release("link for a second facilitator", *tokens[:1], owner="facilitator")
        await facilitator.tap("Assessment")
        await facilitator.tap("All assessments")
        words = await facilitator.tap("Second device")
        tokens = re.findall(r"d-([A-Za-z0-9_-]{32,})", words + str(facilitator.card.rows))
        self.canaries.release("device link", *tokens[:1], owner="facilitator")
        await facilitator.tap("All assessments")
        await facilitator.tap(ORGANISATION)
        await too_long(self, self.people[0])
        self.api.fail("deleteMessage", kind=400, description="Canaryname3 is not to be logged")
        self.api.fail("deleteMessages", kind=400, description="Canaryname3 is not to be logged")
        await self.people[1].does(self.people[1].person.command("clear"))
        await self.people[1].person.settled(quiet=0.3, within=20)
        assert (await self.program.command("forget", typed=f"{last.person.id}\n"))[0] == 0
        await self.people[2].withdraw()
        await facilitator.tap("Look again")
        await facilitator.close()

    async def hide(self, begins: str) -> None:
        facilitator = self.facilitator
        await facilitator.tap("Results")
        await facilitator.tap("Comments: Assets")
        await facilitator.tap("Hide a comment")
        (number,) = re.findall(rf"Comment (\d+)\n{begins}", "\n".join(m.text for m in facilitator.card_messages()))
        await facilitator.tap(number)
        await facilitator.tap("Assessment")

    def looks(self) -> list[Look]:
        """What the bot told Telegram so far."""
        return [look for call in self.api.received for look in self.of(call)]

    def of(self, call: Call) -> list[Look]:
        """The places of one call."""
        reader = self.roles.get(call.chat or 0, "")
        place = f"chat of a {reader.partition(' ')[0]}" if reader else "calls about no chat"
        told = {"where": call.method, "reader": reader}
        words = {name: value for name, value in call.parameters.items() if name not in {"chat_id", "callback_query_id"}}
        found = [
            Look(place="chat ids", content=str(call.parameters.get("chat_id", "")).encode(), **told),
            Look(place=place, content=json.dumps(words, default=str, ensure_ascii=False).encode(), **told),
            Look(place="headers", content=json.dumps(dict(call.headers)).encode(), **told),
        ]
        for upload in call.uploads.values():
            found.append(Look(place="pictures", content=upload.name.encode() + upload.content, **told))
            found.append(Look(place="pictures", content=b" ".join(chunks(upload.content).values()), **told))
        return found

    def strange(self) -> set[str]:
        """Headers that no call needs, and parts of pictures that are not picture data."""
        names = {name for call in self.api.received for name in call.headers} - HEADERS
        pictures = [chunks(upload.content) for call in self.api.received for upload in call.uploads.values()]
        parts = {name for picture in pictures for name in picture if name or picture[name]}
        assert pictures
        return names | parts - {"IHDR", "PLTE", "IDAT", "IEND"}

    def found(self) -> dict[tuple[str, str], str]:
        """Every kind in every place, with one example."""
        looks = [*on_the_machine(self.program), *self.looks()]
        found = {finding.cell: str(finding) for finding in search(self.canaries, looks)}
        self.seen |= found.keys()
        return found

    def none_leaks(self, but: Collection[tuple[str, str]] = ()) -> None:
        """Nothing stands where it may not. ``but``: what may not yet."""
        strange = {text for cell, text in self.found().items() if cell not in ALLOWED or cell in but}
        assert not strange, "\n".join(sorted(strange))


async def in_trouble(walk: Walk) -> None:
    """Cards that are refused or late, and an update that cannot be read. What is logged says nothing of them."""
    api, people = walk.api, walk.people
    for method, person in zip(("editMessageText", "sendMessage", "answerCallbackQuery"), people, strict=False):
        api.fail(method, kind=400, chat=person.person, description="Canaryname0 is not to be logged")
        api.fail(method, kind=500, chat=person.person, description="Canaryname1 is not to be logged")
    api.fail("getUpdates", kind=500, description="Canaryname2 is not to be logged")
    walk.canaries.release("words in trouble", "Canarywords where", "Canarymalformed")
    for person in people:
        await person.press(LABELS[1])
        await person.person.say("Canarywords where a button is asked")
    api.state.updates.add(
        "message",
        {"message_id": "Canaryname3", "text": "Canarymalformed", "chat": {"id": people[0].person.id}},
        person=people[0].person.id,
    )
    await api.wait_for(lambda: not api.waiting_updates, 10, what="every update confirmed")
    for person in people:
        await person.person.settled(quiet=0.3, within=20)


async def odd_input(walk: Walk, person: Participant) -> None:
    """What the bot does not understand."""
    walk.canaries.release("words in trouble", "Canaryodd")
    walk.canaries.release("title of a chat", "Canarytitle of a ward")
    await person.does(person.person.command("Canaryodd"))
    await person.does(person.person.command("start", "Canaryodd-1"))
    await person.does(person.person.send_photo("Canaryodd"))
    await person.does(person.person.tap_data("Canaryodd:1"))
    await person.start("i-Canaryodd")
    await person.start("c-Canaryodd")
    group = person.person.in_group(-100_300, title="Canarytitle of a ward")
    await group.add_bot()
    await group.mention("Canaryodd")
    await walk.api.wait_for(lambda: any(message.from_bot for message in group.screen), 5)


async def too_long(walk: Walk, person: Participant) -> None:
    """A text that waits, unsent, until somebody shortens it."""
    walk.canaries.release("draft that is too long", "Canarydraft", owner="participant 0")
    await person.start()
    await person.score(LABELS[:3])
    assert "Your text is a bit too long" in await person.say("Canarydraft " + "on and on " * 250)
