"""Taking part: joining a group, changing it, and the day on which an assessment was last used by a participant."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Desk
from bot.going_back import mark_newcomer
from bot.outcomes import outcome
from bot.records import seal_dialogue
from bot.running import runs
from bot.sealing import participant_id
from conversations import commands as c
from conversations.dialogue import START
from conversations.inputs import Outcome
from storage.store import ParticipantRow


async def join(desk: Desk, command: c.Join, *, today: int) -> Outcome:
    """Take part in a group, unless this person runs the assessment or is in another group of it."""
    row = await desk.tx.assessment(command.assessment)
    key = desk.keys.get(command.assessment) if row and not row.closed else None
    groups = {group.id for group in await desk.tx.groups(command.assessment)} if row else set()
    if row is None or key is None or command.group not in groups:
        return outcome("join", "closed")
    if await runs(desk.tx, desk.visitor.facilitator, row):
        return outcome("join", "own")
    seat = await desk.find_seat(row.id)
    if seat is not None:
        if seat.row.group != command.group:
            return outcome("join", "other-group")
        await desk.enter(row.id)
        return outcome("join", "mine")
    participant = participant_id(key, desk.person.channel, desk.person.id)
    sealed = seal_dialogue(key, participant, START)
    new = ParticipantRow(id=participant, assessment=row.id, group=command.group, sealed=sealed)
    await desk.tx.add_participant(new)
    await mark_newcomer(desk.tx, row.id, command.group, installation=desk.installation)
    waiting = desk.dialogue
    await desk.enter(row.id)
    desk.dialogue = waiting
    await used(desk, today=today)
    return outcome("join", "joined")


async def move(desk: Desk, command: c.Move, *, today: int) -> Outcome:
    """Change the group with every answer, as long as nothing is mixed in."""
    seat = desk.seat
    if seat is None or seat.assessment.id != command.assessment:
        return outcome("move", "closed")
    if command.group not in {group.id for group in await desk.tx.groups(command.assessment)}:
        return outcome("move", "closed")
    if await desk.tx.spent(seat.row.id):
        return outcome("move", "poured")
    await desk.tx.move_participant(seat.row.id, command.group)
    desk.seat = replace(seat, row=replace(seat.row, group=command.group))
    await used(desk, today=today)
    return outcome("move", "moved")


async def used(desk: Desk, *, today: int) -> None:
    """This person did something in their assessment today. Most turns come on a day that is known already."""
    seat = desk.seat
    if seat is not None and (seat.assessment.active < today or seat.assessment.due):
        await desk.tx.touch(seat.assessment.id, today=today)
        desk.seat = replace(seat, assessment=replace(seat.assessment, active=today, due=0))
