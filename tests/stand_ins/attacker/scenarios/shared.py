"""What every scenario does: hand in, look at everything, conclude."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from attacker.narrowing import Narrowing
from attacker.people import Somebody
from attacker.stage import Stage
from attacker.truth import Choice, Said

Scenario = Callable[[Stage], Awaitable[list[Narrowing]]]


async def hand_in(stage: Stage, people: Sequence[Somebody], principle: str, *said: Sequence[Choice]) -> None:
    """These people hand in a principle, one after the other; each with a comment. ``said``: what each chooses."""
    for number, person in enumerate(people):
        stage.truth.tick()
        drawn = person.draw(principle, comment=True)
        if said:
            drawn = Said(dict(enumerate(said[number % len(said)], 1)), drawn.comment)
        assert await person.answer(principle, drawn), f"{person.name} could not hand in {principle}"


async def looked(stage: Stage) -> list[Narrowing]:
    """A look at everything on every device, and what follows."""
    await stage.facilitator.look_everywhere()
    return stage.conclude()


def smallest(found: Sequence[Narrowing]) -> int:
    """The smallest set of people to whom anything can be narrowed; there must be something."""
    assert found, "nothing was shown, so nothing was tested"
    return min(each.size for each in found)
