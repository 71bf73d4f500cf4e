"""Telegram in trouble, and people who block the bot: nobody else waits, and nothing is lost."""

from __future__ import annotations

import asyncio
import time

from fake_bot_api import FakeBotApi
from fake_bot_api.faults import Kind
from program import Program
from telegram_walk import LABELS, STAFF, Book, Facilitator, Participant, all_results_match, joins, settings_for
from telegram_walk.acting import together

K = 5


async def begin(api: FakeBotApi, program: Program, names: str) -> tuple[Facilitator, Book, list[Participant]]:
    """An assessment of one group, and everybody at the first question."""
    book, facilitator = Book(STAFF, least=K), Facilitator(api, "Fay")
    await facilitator.start(f"i-{program.invitation}")
    invites = await facilitator.create(organisation="Riverside", least=K, groups=(STAFF,))
    return facilitator, book, await joins(api, book, invites[STAFF], names)


async def until(api: FakeBotApi, person: Participant, *, question: int) -> None:
    """Wait until somebody sees a question at last."""
    await api.wait_for(lambda: person.question == question, 30, what=f"question {question} for {person.name}")


async def finish(program: Program, facilitator: Facilitator, book: Book) -> None:
    """Show, compare, stop."""
    await facilitator.show("Assets")
    book.show("Assets")
    await all_results_match(facilitator, book)
    assert await program.stop() == 0
    assert "Traceback" not in program.output


async def test_a_chat_in_trouble_holds_up_nobody_and_loses_nothing(api: FakeBotApi) -> None:
    kinds: list[Kind] = [429, 500, 502, "close", "garbage", "after"]
    async with Program(settings=settings_for(api)) as program:
        facilitator, book, people = await begin(api, program, "abcdefg")
        *troubled, fine = people
        # Each of them is stuck for seconds, 0.5 + 1 + 2 or what Telegram asks for. The last got the card, unheard.
        faults = [
            api.fail(
                "editMessageText",
                kind=kind,
                chat=person.person,
                times=1 if kind in (429, "after") else 3,
                retry_after=3,
            )
            for kind, person in zip(kinds, troubled, strict=True)
        ]
        for person in troubled:
            await person.press(LABELS[0])
        begun = time.monotonic()
        await fine.answer(LABELS[:3], comments=["no trouble here"])
        took = time.monotonic() - begun
        assert [person.question for person in troubled] == [1, 1, 1, 1, 1, 2], f"this took {took:.1f} s"
        # An impatient tap on the same button while the answer is on its way.
        await troubled[0].person.tap_again()
        for person in troubled:
            await until(api, person, question=2)
        assert [fault.struck for fault in faults] == [fault.times for fault in faults]
        await together(*(person.person.settled(within=20) for person in troubled))
        for person in troubled:
            api.fail("sendMessage", kind=500, chat=person.person)
        await together(*(person.finish("Assets", LABELS[2]) for person in troubled))
        await finish(program, facilitator, book)


async def test_when_telegram_is_gone_for_a_while_everything_said_meanwhile_is_answered(api: FakeBotApi) -> None:
    async with Program(settings=settings_for(api)) as program:
        facilitator, book, people = await begin(api, program, "abcde")
        await together(*(person.score(LABELS[:2]) for person in people))
        api.fail("getUpdates", kind=502)
        await api.go_away()
        for person in people:
            await person.press(LABELS[4])
        await asyncio.sleep(0.3)
        assert len(api.waiting_updates) == len(people)
        await api.come_back()
        for person in people:
            await until(api, person, question=4)
        await together(*(person.write([f"{person.name} is back"]) for person in people))
        await together(*(person.hand_in() for person in people))
        await finish(program, facilitator, book)


async def test_who_blocks_the_bot_is_left_alone_and_nothing_of_theirs_is_lost(api: FakeBotApi) -> None:
    async with Program(settings=settings_for(api)) as program:
        facilitator, book, people = await begin(api, program, "abcde")
        blocked, gone, *others = people
        await together(*(person.answer(LABELS[1:4], comments=[f"by {person.name}"]) for person in people))
        # One blocks in the middle of the next principle, one leaves Telegram while an answer is on its way.
        await blocked.score(LABELS[:1])
        with api.hold("editMessageText", chat=gone.person) as held:
            await gone.press(LABELS[0])
            await held.arrived()
            await gone.person.deactivate()
        mark = api.mark()
        await blocked.person.block()
        await together(*(person.answer(LABELS[:3]) for person in others))
        await finish_without(api, blocked, gone, mark)
        await blocked.person.unblock()
        await blocked.start()
        # The same question, and what was handed in is as it was.
        assert blocked.question == 6
        await blocked.see("Assets")
        await finish(program, facilitator, book)


async def finish_without(api: FakeBotApi, blocked: Participant, gone: Participant, mark: int) -> None:
    """Nobody writes to somebody who blocked the bot, and one refusal was enough."""
    await api.wait_for(lambda: not api.waiting_updates, 5, what="every update confirmed")
    assert api.calls_between(mark, chat=blocked.person) == []
    refused = [call for call in api.calls_between(0, chat=gone.person) if call.code == 403]
    assert len(refused) == 1
