"""What people do with their answers, and what the facilitator notices of them taking part."""

from __future__ import annotations

from attacker.instrument import NAMES
from attacker.narrowing import Narrowed, Narrowing
from attacker.observing import Observation
from attacker.scenarios.shared import hand_in, looked
from attacker.stage import STAFF, USERS, K, Stage
from attacker.truth import Choice


async def withdrawing_and_coming_back(stage: Stage) -> list[Narrowing]:
    """People withdraw before and after they are mixed in, and come back to the same group or to another one."""
    facilitator = await stage.assessment()
    staff = await stage.some(K + 2, STAFF, telegram=[1])
    for person in staff:
        await hand_in(stage, [person], "Assets")
        await hand_in(stage, [person], "Networks")
    stage.truth.tick()
    await staff[0].withdraw()
    stage.truth.tick()
    await staff[1].take_out("Assets")
    await facilitator.look()
    await facilitator.show("Assets")
    await facilitator.look()
    # Four who are mixed in withdraw and come back, two of them to the other group, with newcomers beside them.
    for number, person in enumerate(staff[2:6]):
        stage.truth.tick()
        await person.withdraw()
        await facilitator.look(whole=False)
        stage.truth.tick()
        await person.join(USERS if number % 2 else STAFF, facilitator.codes[USERS if number % 2 else STAFF])
        stage.truth.tick()
        await person.answer("Assets", person.draw("Assets", comment=True))
        stage.truth.tick()
        await person.answer("Networks", person.draw("Networks", comment=True))
        await facilitator.look()
    newcomers = [*await stage.some(3, USERS), *await stage.some(3, STAFF)]
    await hand_in(stage, newcomers, "Assets")
    await facilitator.look()
    await facilitator.show()
    await facilitator.look()
    await facilitator.close()
    return await looked(stage)


async def numbers_of_who_took_part(stage: Stage) -> list[Narrowing]:
    """Everybody's every step is followed by a look at the numbers: joining, handing in, taking out, withdrawing."""
    facilitator = await stage.assessment()
    people = []
    for number in range(K + 2):
        people.append(await stage.somebody(f"p{number}", STAFF, telegram=number == 2))
        await facilitator.look(whole=False)
    for person in people:
        await hand_in(stage, [person], "Assets")
        await facilitator.look(facilitator.seats[1], whole=False)
    for person in people[:3]:
        stage.truth.tick()
        await person.take_out("Assets")
        await facilitator.look(whole=False)
    stage.truth.tick()
    await people[3].withdraw()
    return await looked(stage)


async def handed_in_or_not(stage: Stage) -> list[Narrowing]:
    """Nine have answered and seven of them handed in. Two take it out while the facilitator reads the last call."""
    facilitator = await stage.assessment()
    people = await stage.some(K + 4, STAFF)
    await hand_in(stage, people[: K + 2], "Assets")
    for person in people[K + 2 :]:
        stage.truth.tick()
        await person.answer("Assets", hand_in=False)
    await facilitator.look()
    assert await facilitator.warned()
    for person in people[:2]:
        stage.truth.tick()
        assert await person.take_out("Assets")
    await facilitator.look(facilitator.seats[1])
    await facilitator.now()
    return await looked(stage)


async def trouble_in_delivery(stage: Stage) -> list[Narrowing]:
    """Two groups do the same. In one of them chats are blocked, refused and failing. The facilitator sees the same of
    both, and nobody but the facilitator is sent anything when they show and close.
    """
    facilitator = await stage.assessment()
    in_trouble = await stage.some(K, STAFF, telegram=range(K))
    fine = await stage.some(K, USERS, telegram=range(K))
    chats = [stage.chat(person) for person in in_trouble]
    stage.api.fail("editMessageText", kind=429, chat=chats[0], retry_after=1)
    stage.api.fail("editMessageText", kind=500, chat=chats[1])
    stage.api.fail("sendMessage", kind=502, chat=chats[2])
    said: list[Choice] = [2, 4]
    for one, other in zip(in_trouble, fine, strict=True):
        await hand_in(stage, [one], "Assets", said)
        await hand_in(stage, [other], "Assets", said)
        _same_of_both(await facilitator.look(whole=False))
    await chats[3].block()
    await chats[4].deactivate()
    _same_of_both(await facilitator.look(whole=False))
    mark = stage.api.mark()
    assert await facilitator.show()
    _same_of_both(await facilitator.look(whole=False))
    await facilitator.look_everywhere()
    await facilitator.close()
    found = await looked(stage)
    told = {call.chat for call in stage.api.calls_between(mark)} - {stage.chat(facilitator).id}
    if told:
        raise Narrowed(f"{len(told)} people were sent something when answers were shown or closed")
    return found


def _same_of_both(look: Observation) -> None:
    """The two groups have done the same, so all that is told of them is the same."""
    told = [
        {principle: (numbers.get((group, principle)), more.get((group, principle))) for principle in NAMES}
        for group in (STAFF, USERS)
        for numbers, more in [(look.handed_in, look.more)]
    ]
    if told[0] != told[1] or look.joined[STAFF] != look.joined[USERS]:
        raise Narrowed(f"the page tells the groups apart: {told}")
