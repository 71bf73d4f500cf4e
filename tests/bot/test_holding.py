"""What somebody is told we hold about them is what is stored of them: all of it, and nothing of anybody else's."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import browser_records
from bot.browser_records import BrowserRecord
from bot.records import Visitor, open_part, seal_part
from bot.replies import Channel, Person, Reply
from bot.sealing import open_json, participant_id
from bot.telegram.rendering import TEXT_LIMIT, render, units
from conversations import moves
from conversations.cards import heading, item, paragraph, quote
from conversations.dialogue import Dialogue, Place
from conversations.pools import Choice, Part
from conversations.says import Phrase, Say, Text, Verbatim, text
from storage.memory import MemoryStore
from storage.memory_tables import Tables
from storage.store import ParticipantRow, PartRow, Transaction
from walking import (
    Assessment,
    House,
    Walker,
    answer,
    assessment,
    facilitator,
    participant,
    people_hand_in,
    show,
    small_questionnaire,
    spoken,
    steady,
)
from walking.house import wordings

# Every record, field by field: the line of the card that tells it, or in brackets why none does.

NOT_THEIRS = "(nothing about a person)"
TOLD_BY_ITS_ROW = "(the scrambled number itself)"
RECORDS: dict[type, dict[str, str]] = {
    Visitor: {
        "language": "held.language",
        "card": "held.place",
        "assessment": "held.group",
        "facilitator": "f-rights.account",
        "wrong": "held.wrong",
        "dialogue": "held.place",
        "seen": "held.seen",
    },
    Dialogue: {"place": "held.place", "below": "held.place", "draft": "held.unsent"},
    Place: dict.fromkeys(("state", "principle", "statement", "assessment", "group", "topic"), "held.place"),
    Part: {"choices": "held.choice", "comment": "held.comment"},
    PartRow: {
        "participant": TOLD_BY_ITS_ROW,
        "principle": "answers.line",
        "handed_in": "status.in",
        "sealed": "(what Part says)",
    },
    ParticipantRow: {
        "id": "held.scrambled",
        "assessment": "held.group",
        "group": "held.group",
        "sealed": "held.place",
    },
    BrowserRecord: {"person": "held.cookie", "code": "held.code"},
}
ADDRESS = {"last": "held.message", "messages": "held.messages", "bot": "held.message"}
DIALOGUE = {
    "version": NOT_THEIRS,
    "place": "held.place",
    "below": "held.place",
    "draft": "held.unsent",
    "told": "held.told",
}
"""A participant's sealed dialogue."""
RESUME_CODE = {"person": "held.code", "cookie": "held.code", "until": "held.code"}
DRAFTS = {
    "words": "held.unsent",
    "organisation": "held.unsent",
    "groups": "held.unsent",
    "threshold": "held.place",
    "hear_by": "held.place",
    "assessment": "held.place",
    "group": "held.place",
    "cells": "held.place",
    "token": "f-rights.links",
    "code": "held.code",
    "until": "held.place",
}
TABLES = {
    "visitors": "held.scrambled",
    "addresses": "held.message",
    "browsers": "held.cookie",
    "tokens": "held.code",
    "facilitators": "f-rights.account",
    "assessments": "f-rights.runs",
    "groups": NOT_THEIRS,
    "participants": "held.group",
    "parts": "answers.line",
    "spent": "held.mark",
    "shares": "f-rights.runs",
    "pools": NOT_THEIRS,
}
LINES = {line for told in (*RECORDS.values(), ADDRESS, DIALOGUE, RESUME_CODE, DRAFTS, TABLES) for line in told.values()}


async def held(walker: Walker) -> Reply:
    """What this person is told."""
    await walker.ask("privacy")
    return await walker.tap("held")


def ids(said: Say | None) -> set[str]:
    """The ids of the texts in something that is said."""
    if not isinstance(said, Text):
        return set()
    inside = [ids(value) for _, value in said.parameters if not isinstance(value, int | str)]
    return {said.id}.union(*inside)


def told(reply: Reply) -> set[str]:
    """The ids of everything on a card."""
    return {id_ for block in reply.card.blocks for id_ in ids(block.text)}


async def settle(walker: Walker) -> None:
    """Know this person's browser, as the pages do."""
    house, record = walker.house, BrowserRecord(person=walker.person.id)

    async def work(tx: Transaction) -> None:
        await browser_records.put(tx, walker.person.cookie, record, key=house.installation)

    await house.store.turn(b"browser", work)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_a_record_has_a_line_or_a_reason(record: Any) -> None:
    assert [each.name for each in fields(record)] == list(RECORDS[record])


def test_every_table_has_a_line_or_a_reason() -> None:
    assert [each.name for each in fields(Tables)] == list(TABLES)


def test_every_draft_has_a_line() -> None:
    folder = Path(moves.__file__).parent
    calls = [call for file in folder.glob("*.py") for call in re.findall(r"drafting\((.*)", file.read_text("utf-8"))]
    assert {name for call in calls for name in re.findall(r"(\w+)=", call)} - {"commands", "code"} <= set(DRAFTS)
    assert len(calls) > 8


async def test_every_line_is_told_to_somebody(house: House) -> None:
    made = await assessment(await facilitator(house))
    runs = await facilitator(house, "2")
    await assessment(runs)
    await runs.tap("f-home")
    await runs.tap("device")
    seen = told(await held(runs))
    ana = await participant(house, "ana", made.codes["users"], channel="web")
    await settle(ana)
    await ana.tap("menu")
    await ana.tap("resume-code")
    await ana.tap("back")
    await ana.open("c-BBBBBBBB")
    await ana.ask("language")
    await ana.tap("speak", "en")
    for choice in ("1", "2", "3"):
        await ana.tap("score", choice)
    await ana.write("Tea")
    await ana.tap("hand-in")
    for choice in ("1", "2", "3"):
        await ana.tap("score", choice)
    await ana.write("a" * 2001)
    seen |= told(await held(ana))
    staff = await people_hand_in(house, made, "staff", 5)
    await show(Walker(house, "1"), made, "assets")
    seen |= told(await held(staff[0]))
    assert {line for line in LINES if not line.startswith("(")} - seen == set()


async def test_the_sealed_records_hold_nothing_that_the_table_does_not_know(house: House) -> None:
    made = await assessment(await facilitator(house))
    await people_hand_in(house, made, "users", 4)
    ana = await participant(house, "ana", made.codes["users"])
    await answer(ana, "assets", [1, 2, 3])
    await show(Walker(house, "1"), made, "assets")
    for _ in range(3):
        await ana.tap("score", "4")
    await ana.write("a" * 2001)
    await ana.ask("menu")
    web = await participant(house, "web", made.codes["users"], channel="web")
    await settle(web)
    await web.tap("menu")
    await web.tap("resume-code")

    async def work(tx: Transaction) -> None:
        key, own = house.installation, house.visitor(ana.person)
        address, visitor = await tx.address(own), await tx.visitor(own)
        assert address is not None
        assert visitor is not None
        secret = house.keys.get(made.id)
        assert secret is not None
        participant = participant_id(secret, "telegram", "ana")
        row = await tx.participant(participant)
        assert row is not None
        assert set(open_json(secret, row.sealed, about=b"dialogue" + participant)) == set(DIALOGUE)
        assert set(open_json(key, address, about=b"address" + own)) == set(ADDRESS)
        assert set(open_json(key, visitor, about=b"visitor" + own)) == set(RECORDS[Visitor])
        browser = await tx.browser(web.person.cookie)
        assert browser is not None
        assert set(open_json(key, browser, about=b"browser" + web.person.cookie)) == set(RECORDS[BrowserRecord])
        [(token, sealed)] = (await tx.tokens(kind="resume")).items()
        assert set(open_json(key, sealed, about=b"resume" + token)) == set(RESUME_CODE)

    await house.store.turn(b"x", work)


# Random people

WORDS = st.text(alphabet="abcdefghij", min_size=1, max_size=12)
CHOICES = st.dictionaries(
    st.sampled_from(["1", "2"]), st.sampled_from(cast(list[Choice], [1, 2, 3, 4, 5, "unknown", "skipped"]))
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One principle of somebody, as it is put into the store."""

    choices: dict[str, Choice]
    comment: str
    handed_in: bool
    poured: bool


KEPT = st.builds(
    Kept,
    choices=CHOICES,
    comment=st.one_of(st.just(""), WORDS.map(lambda words: f"mine {words}")),
    handed_in=st.booleans(),
    poured=st.booleans(),
)
PASS = st.tuples(
    st.sampled_from(["in", "in", "left", "never"]),
    st.dictionaries(st.sampled_from(["assets", "networks", "gone"]), KEPT),
)


class Planted:
    """Two assessments, in which what somebody is to have is written past the conversation."""

    def __init__(self, folder: Path) -> None:
        self.house = House(folder, questionnaire=small_questionnaire(), store=MemoryStore())

    async def begin(self) -> None:
        self.organiser = await facilitator(self.house)
        self.made = [await assessment(self.organiser, organisation=name) for name in ("One", "Two")]

    async def plant(self, person: Person, where: Assessment, state: str, parts: dict[str, Kept]) -> None:
        """Write it. Somebody who left has marks only."""
        key = self.house.keys.get(where.id)
        assert key is not None
        participant = participant_id(key, person.channel, person.id)

        async def work(tx: Transaction) -> None:
            for principle, kept in parts.items():
                sealed = seal_part(key, participant, principle, Part(choices=kept.choices, comment=kept.comment))
                await tx.put_part(participant, principle, sealed)
                if kept.handed_in or kept.poured:
                    await tx.hand_in(participant, principle, sealed_if_new=sealed)
                if kept.poured:
                    await tx.spend(where.id, principle, [participant])
            if state == "left":
                await tx.remove_participant(participant)

        await self.house.store.turn(b"x", work)

    async def stored(self, person: Person, where: Assessment) -> dict[str, Any]:
        """What is in the store of somebody, read row by row."""
        key = self.house.keys.get(where.id)
        assert key is not None
        participant = participant_id(key, person.channel, person.id)

        async def work(tx: Transaction) -> dict[str, Any]:
            found: dict[str, Any] = dict.fromkeys(await tx.spent(participant), "mixed in")
            for principle, part in (await tx.parts(participant)).items():
                found[principle] = (open_part(key, participant, principle, part.sealed), part.handed_in)
            row = await tx.participant(participant)
            told = set() if row is None else open_json(key, row.sealed, about=b"dialogue" + participant).get("told", [])
            there = row is not None
            return {"there": there, "parts": found, "told": told} if there or found else {}

        return await self.house.store.turn(b"x", work)


def expected_blocks(house: House, organisation: str, stored: dict[str, Any]) -> list[object]:
    """What the card must say of one assessment, written down from what is stored."""
    blocks: list[object] = [heading(Verbatim(organisation))]
    blocks.append(paragraph(text("held.group", group=text("group.users")) if stored["there"] else text("held.left")))
    if stored["there"] and not stored["parts"]:
        blocks.append(paragraph(text("held.nothing-yet")))
    for id_ in [each for each in ("assets", "networks", "gone") if each in stored["parts"]]:
        name: Say = Verbatim(id_) if id_ == "gone" else Phrase(house.questionnaire.principle(id_).name)
        found = stored["parts"][id_]
        if found == "mixed in":
            blocks.append(heading(text("answers.line", principle=name, status=text("status.mixed"))))
            blocks.append(paragraph(text("held.mark")))
            if id_ in stored["told"]:
                blocks.append(paragraph(text("held.told")))
            continue
        part, handed_in = found
        status = "status.in" if handed_in else "status.begun" if part.choices or part.comment else "status.open"
        blocks.append(heading(text("answers.line", principle=name, status=text(status))))
        for number in sorted(part.choices):
            statement: Say = Verbatim(number)
            if id_ != "gone":
                statement = Phrase(house.questionnaire.principle(id_).statements[int(number) - 1].plain)
            blocks.append(item(in_words(house, statement, part.choices[number])))
        if part.comment:
            blocks += [paragraph(text("held.comment")), quote(Verbatim(part.comment))]
    return blocks


def in_words(house: House, statement: Say, choice: Choice) -> Say:
    if choice == "skipped":
        return text("held.skipped", statement=statement)
    if choice == "unknown":
        return text("held.choice", statement=statement, choice=text("question.unknown"))
    label = Phrase(house.questionnaire.scores[choice - 1].label)
    return text("held.choice", statement=statement, choice=text("check.score", label=label, score=choice))


async def compare(folder: Path, channel: Channel, own: list[tuple[str, dict[str, Kept]]]) -> None:
    planted = Planted(folder)
    await planted.begin()
    house = planted.house
    ana, ben = Walker(house, "ana", channel=channel), Walker(house, "ana", channel=other(channel))
    await ana.open()
    for (state, parts), where in zip(own, planted.made, strict=True):
        theirs = {
            id_: Kept(choices={"1": 1}, comment=f"theirs {id_}", handed_in=True, poured=False)
            for id_ in ("assets", "networks")
        }
        for walker, is_in, kept in ((ben, "in", theirs), (ana, state, parts)):
            if is_in != "never":
                await walker.open(where.link("users"))
                await walker.tap("agree")
                await planted.plant(walker.person, where, is_in, kept)
    reply = await held(ana)
    expected: list[object] = []
    for where, organisation in zip(planted.made, ("One", "Two"), strict=True):
        stored = await planted.stored(ana.person, where)
        if stored:
            expected += expected_blocks(house, organisation, stored)
    beside = (text("held.mixed"), text("limits.telegram"), text("held.moment"))
    about = [*reply.card.blocks]
    start = next((n for n, block in enumerate(about) if isinstance(block.text, Verbatim)), len(about))
    assert [block for block in about[start:] if block.text not in beside] == expected
    assert ("held.no-answers" in told(reply)) == (not expected)
    assert not [words for words in spoken(reply.card) if "theirs" in words]


def other(channel: Channel) -> Channel:
    return "web" if channel == "telegram" else "telegram"


@given(own=st.lists(PASS, min_size=2, max_size=2), channel=st.sampled_from(["telegram", "web"]))
@steady(60)
def test_what_is_told_is_what_is_stored(own: list[tuple[str, dict[str, Kept]]], channel: Channel) -> None:
    def run(doing: Awaitable[None]) -> None:
        async def do() -> None:
            await doing

        asyncio.run(do())

    with tempfile.TemporaryDirectory() as folder:
        run(compare(Path(folder), channel, own))


async def test_nothing_is_read_of_all_assessments_for_any_other_card(house: House) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["users"])
    asked: list[str] = []
    store = house.store
    turn = store.turn

    async def watched(visitor: bytes, work: Any) -> Any:
        async def spy(tx: Transaction) -> Any:
            every = tx.assessments

            async def counted(facilitator: bytes | None = None) -> Any:
                asked.append("all" if facilitator is None else "own")
                return await every(facilitator)

            tx.assessments = counted  # type: ignore[method-assign]
            return await work(tx)

        return await turn(visitor, spy)

    store.turn = watched  # type: ignore[method-assign]
    await ana.tap("score", "3")
    await ana.ask("privacy")
    assert asked == []
    await ana.tap("held")
    assert "all" in asked


async def test_wrong_codes_are_told_for_ten_minutes(house: House) -> None:
    guesser = Walker(house, "guesser")
    for _ in range(3):
        await guesser.write("BBBB-BBBB")
    assert text("held.wrong", n=3) in [block.text for block in (await held(guesser)).card.blocks]
    house.clock.now += 600
    assert "held.wrong" not in told(await held(guesser))


async def test_an_assessment_whose_key_is_missing_is_told_by_number(house: House) -> None:
    made = await assessment(await facilitator(house))
    house.keys.destroy(made.id)
    ana = Walker(house, "ana")
    await ana.open()
    assert text("held.unreadable", n=1) in [block.text for block in (await held(ana)).card.blocks]


async def test_another_browser_with_the_same_cookie_hash_is_not_told_of(house: House) -> None:
    ana = Walker(house, "ana", channel="web")
    record = BrowserRecord(person="somebody else")
    await house.store.turn(b"x", lambda tx: browser_records.put(tx, ana.person.cookie, record, key=house.installation))
    assert "held.cookie" not in told(await held(ana))


async def test_a_long_card_is_several_messages_on_telegram_with_the_buttons_on_the_last(house: House) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["users"])
    long = "Ask us before you decide. " * 76
    for principle in house.questionnaire.principles:
        await answer(ana, principle.id, [5, 5, 5], comment=long)
    reply = await held(ana)
    messages = render(reply, wordings().speak("en"))
    assert len(messages) > 2
    assert all(0 < units(message.text) <= TEXT_LIMIT for message in messages)
    assert sum(message.text.count(long.strip()) for message in messages) == 5
    assert [message.keyboard is not None for message in messages] == [False] * (len(messages) - 1) + [True]
    notice = await ana.ask("privacy")
    assert len(render(notice, wordings().speak("en"))) == 1
