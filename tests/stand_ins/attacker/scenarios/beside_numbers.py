"""What may tell something beside the numbers: the order of comments, and pictures byte by byte."""

from __future__ import annotations

from itertools import pairwise

from attacker.narrowing import Narrowed, Narrowing
from attacker.order import UNBELIEVABLE, chance
from attacker.scenarios.shared import hand_in, looked
from attacker.stage import STAFF, USERS, K, Stage
from attacker.truth import Choice


async def comment_order(stage: Stage) -> list[Narrowing]:
    """Everybody writes about everything. The order of comments is held against the order in which people joined and
    handed in, against their names, and against the order of the same people about other principles.
    """
    facilitator = await stage.assessment(telegram=False)
    people = await stage.some(K + 1, STAFF)
    handed_in: dict[str, list[str]] = {}
    for principle in stage.instrument.principles:
        order = stage.lot.sample(people, k=len(people))
        await hand_in(stage, order, principle)
        handed_in[principle] = [person.name for person in order]
    await facilitator.show()
    found = await looked(stage)
    look = facilitator.seen[-1]
    shown = {
        principle: [stage.truth.author(words)[0].person for words in look.bag((STAFF, principle))]
        for principle in stage.instrument.principles
    }
    assert all(len(order) == len(people) for order in shown.values())
    joined = [person.name for person in people]
    principles = stage.instrument.principles
    alike = {
        "joining": chance([(order, joined) for order in shown.values()]),
        "handing in": chance([(order, handed_in[principle]) for principle, order in shown.items()]),
        "the principle before": chance([(shown[one], shown[other]) for one, other in pairwise(principles)]),
    }
    # All of them: without shuffling one order stands behind every principle, and may be like another by chance.
    followed = [what for what, probable in alike.items() if probable < UNBELIEVABLE]
    if followed:
        least = float(min(alike.values()))
        raise Narrowed(f"the order of comments follows that of {' and '.join(followed)}: by chance {least}")
    return found


async def pictures_of_the_same_numbers(stage: Stage) -> list[Narrowing]:
    """Two assessments come to the same numbers in different ways, at different times, in another order and over
    another channel: their pictures are the same, byte by byte.
    """
    drawn = []
    chosen: list[tuple[Choice, Choice]] = [(1, 2), (2, 3), (3, "unknown"), (5, 5), (5, 1), (4, 4)]
    found: list[Narrowing] = []
    for number in range(2):
        facilitator = await stage.assessment()
        people = await stage.some(K + 1, STAFF, telegram=range(3) if number else ())
        users = await stage.some(K, USERS)
        if number:
            people.reverse()
            stage.truth.tick()
            await people[0].answer("Assets", people[0].draw("Assets"))
            stage.truth.tick()
            await people[0].withdraw()
            stage.truth.tick()
            await people[0].join(STAFF, facilitator.codes[STAFF])
        await hand_in(stage, people, "Assets", *chosen)
        await hand_in(stage, users[:: -1 if number else 1], "Assets", *chosen)
        assert await facilitator.show("Assets", seat=facilitator.seats[number])
        found += await looked(stage)
        drawn.append({what: (each.caption, each.png) for what, each in facilitator.seen[-1].pictures.items()})
    if drawn[0] != drawn[1]:
        raise Narrowed("pictures of the same numbers differ")
    return found
