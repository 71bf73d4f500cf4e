"""Canaries: marked texts, names, ids and secrets go through the whole of Telegram's way at debug level, in trouble too.

None of them may stand in what the program logs and prints, nor in any byte that it leaves in its folders.
"""

from __future__ import annotations

from fake_bot_api import FakeBotApi
from program import Program
from telegram_walk import (
    LABELS,
    STAFF,
    Book,
    Facilitator,
    Participant,
    all_results_match,
    bytes_of,
    settings_for,
)
from telegram_walk.acting import together

GROUP = "Canarygroup Familiendings"
ORGANISATION = "Canaryhospital Flussufer"
K = 5


def forms(words: str) -> list[bytes]:
    """How words may stand in a file."""
    found = [words.encode(), words.encode("utf-16-le"), words.encode().hex().encode(), ascii(words)[1:-1].encode()]
    if words.isdecimal():
        found += [int(words).to_bytes(8, "big"), int(words).to_bytes(8, "little"), f"{int(words):x}".encode()]
    return found


class Canaries:
    """What must not be found, by what it is."""

    def __init__(self, api: FakeBotApi) -> None:
        secret = api.token.partition(":")[2]
        self.everywhere = {"the token": api.token, "its secret": secret, "group": GROUP, "organisation": ORGANISATION}
        self.in_files: dict[str, str] = {}

    def look(self, program: Program) -> None:
        """Look through everything that was printed, logged and written so far."""
        files = bytes_of(program.folder)
        assert len(files["data/equal-voice.db"]) > 10_000
        files["what was printed"] = program.output.encode()
        for what, words in (self.everywhere | self.in_files).items():
            for name, content in files.items():
                if name == "what was printed" and what in self.in_files:
                    continue
                for form in forms(words):
                    assert form not in content, f"{what} stands in {name}"


async def test_nothing_that_people_are_or_say_is_logged_or_stored_in_the_clear(api: FakeBotApi) -> None:
    canaries = Canaries(api)

    def somebody(number: int) -> tuple[str, str]:
        return f"Canaryname{number}", f"canary_user_{number}"

    async with Program(settings=settings_for(api, LOG_LEVEL="DEBUG")) as program:
        book = Book(STAFF, GROUP, least=K)
        facilitator = Facilitator(api, "Fay", person=api.person(name="Canaryfay", username="canary_fay"))
        canaries.everywhere |= {
            "her name": "Canaryfay",
            "her user name": "canary_fay",
            "her id": str(facilitator.person.id),
        }
        token = program.invitation
        canaries.in_files["the invitation"] = token
        await facilitator.start(f"i-{token}")
        invites = await facilitator.create(organisation=ORGANISATION, least=K, groups=(STAFF, GROUP))
        canaries.everywhere |= {f"code of {group}": invite.code for group, invite in invites.items()}
        canaries.everywhere |= {f"payload of {group}": invite.payload for group, invite in invites.items()}
        people = []
        for number in range(6):
            name, username = somebody(number)
            person = Participant(api, name, book, person=api.person(name=name, username=username))
            canaries.everywhere |= {name: name, username: username, f"id of {name}": str(person.person.id)}
            people.append(person)
        await together(*(person.join(invites[GROUP]) for person in people))

        # Everything that goes wrong is logged: with nothing of what it was about.
        for method, person in zip(("editMessageText", "sendMessage", "answerCallbackQuery"), people, strict=False):
            api.fail(method, kind=400, chat=person.person, description="Canaryname0 is not to be logged")
            api.fail(method, kind=500, chat=person.person, description="Canaryname1 is not to be logged")
        api.fail("getUpdates", kind=500, description="Canaryname2 is not to be logged")
        await in_trouble(api, people)
        remarks = [f"Canarywords {number} über 🐤" for number in range(len(people))]
        canaries.everywhere |= {f"remark {number}": remark for number, remark in enumerate(remarks)}
        canaries.everywhere |= {"all remarks": "Canarywords", "a bird": "🐤"}
        for person, remark in zip(people, remarks, strict=True):
            await person.start()
            await person.score(LABELS[2:4])
            await person.write([remark])
        await together(*(person.hand_in() for person in people[:5]))
        assert bytes_of(program.data)["equal-voice.db-wal"] != b""
        canaries.look(program)
        await program.kill()
        canaries.look(program)
        await program.start()
        canaries.look(program)
        await odd_input(api, people[5])
        canaries.look(program)
        await facilitator.show("Assets")
        book.show("Assets")
        await all_results_match(facilitator, book)
        assert sorted(book.cells[GROUP, "Assets"].comments) == remarks[:5]
        canaries.look(program)
        await people[5].withdraw()
        canaries.look(program)
        await facilitator.close()
        canaries.look(program)
        assert await program.stop() == 0
        canaries.look(program)
        assert "Traceback" not in program.output


async def in_trouble(api: FakeBotApi, people: list[Participant]) -> None:
    """Cards that are refused or late, and an update that cannot be read."""
    for person in people:
        await person.press(LABELS[1])
        await person.person.say("Canarywords where a button is asked")
    api.state.updates.add(
        "message",
        {"message_id": "Canaryname3", "text": "Canarywords", "chat": {"id": people[0].person.id}},
        person=people[0].person.id,
    )
    await api.wait_for(lambda: not api.waiting_updates, 10, what="every update confirmed")
    for person in people:
        await person.person.settled(quiet=0.3, within=20)


async def odd_input(api: FakeBotApi, person: Participant) -> None:
    """What the bot does not understand."""
    await person.does(person.person.command("Canarywords"))
    await person.does(person.person.command("start", "Canarywords-1"))
    await person.does(person.person.send_photo("Canarywords"))
    await person.does(person.person.tap_data("Canarywords:1"))
    await person.start("i-Canarywords")
    await person.start("c-Canarywords")
    group = person.person.in_group(-100_300, title=GROUP)
    await group.add_bot()
    await group.mention("Canarywords")
    await api.wait_for(lambda: any(message.from_bot for message in group.screen), 5)
