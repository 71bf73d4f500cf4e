"""Commands performed past the conversation, as if its table had let them through."""

from __future__ import annotations

from bot.desk import Desk
from bot.performing import Performer
from bot.replies import Person
from conversations.commands import Command
from conversations.inputs import Outcome
from storage.store import Transaction
from walking.house import House


async def perform(house: House, person: Person, command: Command) -> Outcome | None:
    """One command in a turn of its own."""
    performer = Performer(questionnaire=house.questionnaire, clock=house.clock)

    async def work(tx: Transaction) -> Outcome | None:
        desk = await Desk.load(tx, person, keys=house.keys, installation=house.installation)
        outcome = await performer.perform(desk, command)
        await desk.save()
        return outcome

    return await house.store.turn(house.visitor(person), work)


async def result_of(house: House, person: Person, command: Command) -> str:
    """How a command that is waited for turned out, in a word."""
    outcome = await perform(house, person, command)
    assert outcome is not None
    return outcome.result
