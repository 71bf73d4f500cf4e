"""Anything in any order: by dice, and all at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from random import Random

from attacker.narrowing import Narrowed, Narrowing
from attacker.people import Somebody
from attacker.scenarios.shared import hand_in, looked
from attacker.stage import STAFF, USERS, K, Stage


async def at_every_moment(stage: Stage) -> list[Narrowing]:
    """People do anything in any order. After every single thing that anybody does the facilitator looks at everything
    and, as the dice fall, tries to show everything.
    """
    lot = Random(f"walk {stage.lot.random()}")
    facilitator = await stage.assessment()
    people: list[Somebody] = []
    for step in range(45):
        await _anything(stage, people, lot)
        await facilitator.look(facilitator.seats[step % 7 == 3])
        if step > 12 and lot.random() < 0.3:
            what = lot.choice(("all", *stage.instrument.principles))
            await facilitator.show(what, seat=facilitator.seats[step % 2])
            await facilitator.look(facilitator.seats[step % 2])
    await facilitator.close()
    return await looked(stage)


async def _anything(stage: Stage, people: list[Somebody], lot: Random) -> None:
    """One thing that one person does."""
    group = lot.choice((STAFF, STAFF, USERS))
    if len(people) < 6 or (len(people) < 18 and lot.random() < 0.3):
        people.append(await stage.somebody(f"p{len(people)}", group, telegram=len(people) % 5 == 4))
        for principle in stage.instrument.principles:
            stage.truth.tick()
            await people[-1].answer(principle)
        return
    person, principle, doing = lot.choice(people), lot.choice(stage.instrument.principles), lot.random()
    stage.truth.tick()
    if not person.group:
        await person.join(group, stage.facilitator.codes[group])
    elif doing < 0.15:
        await person.withdraw()
    elif doing < 0.25:
        await person.join(group, stage.facilitator.codes[group])
    elif doing < 0.45:
        await person.take_out(principle)
    elif doing < 0.6 and principle in person.said:
        await person.change(principle, lot.choice(stage.instrument.statements), lot.choice((1, 2, 3, 4, 5)))
    else:
        await person.answer(principle)


async def racing(stage: Stage) -> list[Narrowing]:
    """While a facilitator's two devices and a second facilitator show at the same time, people hand in, take out,
    change and withdraw. As many are shown as read of themselves that they are mixed in.
    """
    facilitator = await stage.assessment()
    await facilitator.second(stage.browser())
    steady = await stage.some(K, STAFF)
    for principle in stage.instrument.principles:
        racers = await stage.some(4, STAFF)
        await hand_in(stage, [*steady, *racers[1:]], principle)
        await racers[0].answer(principle, racers[0].draw(principle, comment=True), hand_in=False)
        await facilitator.look()
        for seat in facilitator.seats:
            assert await facilitator.warned(principle, seat=seat)
        stage.truth.tick()
        acts: list[Awaitable[object]] = [
            racers[0].hand_in(principle),
            racers[1].take_out(principle),
            racers[2].withdraw(),
            racers[3].change(principle, 1, 5),
            *(seat.tap("now") for seat in facilitator.seats),
        ]
        done = await asyncio.gather(*(_after(act, stage.lot.random() * 0.02) for act in acts))
        look = await facilitator.look()
        # Who withdrew reads it at once, if it was so; the others in their own list.
        mixed = [person.name for person in (*steady, *racers[:2], racers[3]) if await person.mixed(principle)]
        shown = look.people.get((STAFF, principle), 0)
        if shown != len(mixed) + bool(done[2]):
            raise Narrowed(f"{shown} people are shown in {principle}, and {mixed} read that they are mixed in")
    await facilitator.close()
    return await looked(stage)


async def _after(act: Awaitable[object], seconds: float) -> object:
    await asyncio.sleep(seconds)
    return await act
