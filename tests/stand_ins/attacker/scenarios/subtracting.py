"""Subtracting: what was seen before from what is seen now, a group from the total, a round from another."""

from __future__ import annotations

from collections.abc import Sequence

from attacker.narrowing import Narrowed, Narrowing, rounds_apart
from attacker.scenarios.shared import hand_in, looked, smallest
from attacker.stage import STAFF, USERS, K, Stage
from attacker.truth import Choice, Said

WARD = "Ward clerks"
"""A third group, with a name of its own."""


async def before_and_after_one_answer(stage: Stage) -> list[Narrowing]:
    """Show, and show again after each single answer more; then close over one left-over person."""
    facilitator = await stage.assessment()
    people = await stage.some(K + 2, STAFF, telegram=[0, K])
    for person in people[:K]:
        await hand_in(stage, [person], "Assets", (4, 2))
        await facilitator.look(whole=False)
    await facilitator.look_everywhere()
    assert await facilitator.show("Assets")
    await facilitator.look_everywhere()
    for person in people[K:]:
        await hand_in(stage, [person], "Assets", (1, 5))
        await facilitator.look_everywhere()
        await facilitator.show("Assets")
        await facilitator.look_everywhere()
    await facilitator.close()
    return await looked(stage)


async def fewer_than_k_late_comers(stage: Stage) -> list[Narrowing]:
    """Two principles are shown to five; four come late to the one and five to the other; closed."""
    facilitator = await stage.assessment()
    first = await stage.some(K, STAFF)
    for principle in stage.instrument.principles:
        await hand_in(stage, first, principle)
    await facilitator.show()
    await facilitator.look()
    late = await stage.some(K, STAFF)
    await hand_in(stage, late, "Assets")
    await hand_in(stage, late[1:], "Networks")
    await facilitator.look()
    await facilitator.close()
    return await looked(stage)


async def total_minus_group(stage: Stage) -> list[Narrowing]:
    """Staff are shown. Of two other groups four and three are left over in one principle, two and two in the other."""
    facilitator = await stage.assessment(others=[WARD])
    staff = await stage.some(K + 1, STAFF)
    users = await stage.some(4, USERS)
    clerks = await stage.some(3, WARD)
    for principle, left in (("Assets", [*users, *clerks]), ("Networks", [*users[:2], *clerks[:2]])):
        await hand_in(stage, staff, principle)
        await hand_in(stage, left, principle, (1, 5), (2, 4), (5, 5))
    await facilitator.look()
    await facilitator.show()
    await facilitator.look()
    await facilitator.close()
    return await looked(stage)


async def skippers(stage: Stage) -> list[Narrowing]:
    """In a group of six, four score the first statement and nobody the second. Five come late, of whom one scores the
    first and all score the second.
    """
    facilitator = await stage.assessment()
    first = await stage.some(K + 1, STAFF)
    few: list[Sequence[Choice]] = [(score, "unknown") for score in (1, 2, 4, 5)]
    await hand_in(stage, first, "Assets", *few, ("skipped", "unknown"), ("unknown", "skipped"))
    await facilitator.look()
    await facilitator.show("Assets")
    await facilitator.look_everywhere()
    late = await stage.some(K, STAFF)
    many: list[Sequence[Choice]] = [("unknown", 4)] * (K - 1)
    await hand_in(stage, late, "Assets", (3, 3), *many)
    users = await stage.some(K, USERS)
    await hand_in(stage, users, "Assets", (5, 1), (5, "unknown"))
    await facilitator.look()
    await facilitator.show("Assets")
    await facilitator.look_everywhere()
    await facilitator.close()
    return await looked(stage)


async def shown_again_and_again(stage: Stage) -> list[Narrowing]:
    """Two devices of one facilitator and a second facilitator read the same last call. One shows; then k more hand in,
    the next shows, and so on.
    """
    facilitator = await stage.assessment()
    await facilitator.second(stage.browser())
    await hand_in(stage, await stage.some(K, STAFF), "Assets")
    await facilitator.look_everywhere()
    for seat in facilitator.seats:
        assert await facilitator.warned("Assets", seat=seat)
    # The second device and the second facilitator still have the old last call before them.
    for seat in facilitator.seats:
        await facilitator.now(seat=seat)
        await facilitator.look()
        await hand_in(stage, await stage.some(K, STAFF), "Assets")
        await facilitator.look()
    for seat in facilitator.seats:
        await facilitator.show("Assets", seat=seat)
        await facilitator.look(seat)
    await facilitator.close()
    return await looked(stage)


async def yesterdays_files(stage: Stage) -> list[Narrowing]:
    """A copy of the data folder from before a showing is put back. Then one more person hands in, everybody tries to
    answer anew, and all is shown again; another principle, which was not shown meanwhile, is shown for the first time.
    """
    facilitator = await stage.assessment()
    people = await stage.some(K + 1, STAFF, telegram=[1])
    await hand_in(stage, people[:K], "Assets")
    await hand_in(stage, people[:K], "Networks")
    await facilitator.look()
    await stage.copy_files()
    await facilitator.open()
    assert await facilitator.show("Assets")
    await facilitator.look_everywhere()
    await stage.put_files_back()
    await facilitator.open()
    await facilitator.look()
    for person in (people[K], *people):
        stage.truth.tick()
        await person.seat.look()
        await person.answer("Assets", person.draw("Assets", odd=0))
    await facilitator.look()
    for principle in stage.instrument.principles:
        await facilitator.show(principle)
        await facilitator.look_everywhere()
    await facilitator.close()
    found = await looked(stage)
    assert facilitator.seen[-1].people.get((STAFF, "Networks")) == K, "what was not shown meanwhile was lost too"
    return found


async def rounds_against_each_other(stage: Stage) -> list[Narrowing]:
    """The same people answer the same in two rounds, and in the second one person more. Both are open at once; what
    follows from the one, from the other and from both together.
    """
    first = await stage.assessment()
    people = await stage.some(K, STAFF)
    said = {person.name: person.draw("Assets", odd=0, comment=True) for person in people}
    for person in people:
        stage.truth.tick()
        assert await person.answer("Assets", said[person.name])
    assert await first.show()
    found = await looked(stage)
    one = stage.attacker()
    second = await stage.assessment()
    again = [await stage.somebody(person.name, STAFF, seat=person.seat) for person in people]
    newcomer = await stage.somebody("newcomer", STAFF)
    for person in (*again, newcomer):
        stage.truth.tick()
        words = person.draw("Assets", odd=0, comment=True)
        before = said.get(person.name, words)
        assert await person.answer("Assets", Said(before.choices, words.comment))
    await second.look_everywhere()
    assert await second.show()
    found += await looked(stage)
    apart = rounds_apart(one, stage.attacker())
    assert apart
    if smallest(apart) < K:
        raise Narrowed("\n".join(map(str, apart)))
    return [*found, *apart]
