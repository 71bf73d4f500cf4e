"""Performs the conversation's commands inside the turn's transaction, and says how they turned out.

A command that reads or changes an assessment checks again that it is open, that this facilitator runs it, and that
nobody is both (bot/running.py). The conversation's table decides what is said; nothing is said here.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.admitting import end_devices, end_sharing, erase_all, link_for_a_device, link_for_a_facilitator, redeem
from bot.browser_records import keep_code
from bot.desk import Desk, Seat
from bot.forgetting import forget
from bot.going_back import give_up_lost, mark_newcomer
from bot.outcomes import outcome
from bot.pool_versions import Cell
from bot.pouring import Pourer, close_unread
from bot.records import About, open_about, open_part, seal_about, seal_dialogue, seal_group, seal_part
from bot.running import created_by, run_by, runs
from bot.sealing import keyed_hash, participant_id
from bot.throttling import PERSON, Throttling
from bot.withholding import hide_or_put_back
from conversations import commands as c
from conversations.codes import ALPHABET, LENGTH, RESUME_LENGTH, is_code, made_from, normal, readable
from conversations.days import DAY, day_of
from conversations.dialogue import START
from conversations.inputs import Outcome
from conversations.pools import Part
from conversations.questionnaire import Questionnaire
from conversations.situation import Group
from storage.store import AssessmentRow, GroupRow, ParticipantRow

MINUTE = 60


def random_code(length: int) -> str:
    """A code of the readable alphabet, from cryptographic randomness."""
    return made_from([secrets.randbelow(len(ALPHABET)) for _ in range(length)], length=length)


def random_id() -> str:
    """A random id of 32 lower-case hexadecimal digits."""
    return secrets.token_hex(16)


@dataclass(frozen=True, kw_only=True)
class Performer:
    """Performs commands at a desk. ``clock`` gives seconds since 1970."""

    questionnaire: Questionnaire
    clock: Callable[[], int]
    throttling: Throttling = field(default_factory=Throttling)

    async def perform(self, desk: Desk, command: c.Command) -> Outcome | None:
        """Do it. A command of the waiting kind returns its outcome, any other None."""
        match command:
            case c.SetLanguage(language=language):
                desk.visitor = replace(desk.visitor, language=language)
            case c.SaveChoice(principle=principle, statement=statement, choice=choice):
                if desk.seat:
                    part = await self._part(desk, desk.seat, principle)
                    changed = Part(choices={**part.choices, statement: choice}, comment=part.comment)
                    await self._put_part(desk, desk.seat, principle, changed)
                    await self._used(desk)
            case c.SaveComment(principle=principle, comment=comment):
                if desk.seat:
                    part = await self._part(desk, desk.seat, principle)
                    await self._put_part(desk, desk.seat, principle, Part(choices=part.choices, comment=comment))
                    await self._used(desk)
            case c.HandIn(principle=principle):
                if desk.seat:
                    empty = seal_part(desk.seat.key, desk.seat.row.id, principle, Part())
                    await desk.tx.hand_in(desk.seat.row.id, principle, sealed_if_new=empty)
                    await self._used(desk)
            case c.TakeOut(principle=principle):
                if desk.seat:
                    await desk.tx.take_out(desk.seat.row.id, principle)
                    await self._used(desk)
            case c.Withdraw():
                if desk.seat:
                    await desk.tx.remove_participant(desk.seat.row.id)
                    desk.stand_up()
            case c.Forget():
                await forget(desk.tx, desk.person, desk.keys, installation=desk.installation)
                desk.forget()
            case c.Leave():
                desk.stand_up()
            case c.Withhold() | c.Release():
                row = await run_by(desk, command.assessment)
                if row is not None:
                    await hide_or_put_back(desk.tx, command, installation=desk.installation)
            case c.LookUp():
                return await self._look_up(desk, command)
            case c.Join():
                return await self._join(desk, command)
            case c.Move():
                return await self._move(desk, command)
            case c.Redeem():
                return await self._redeem(desk, command)
            case c.Create():
                return await self._create(desk, command)
            case c.Show():
                return await self._show(desk, command)
            case c.Close():
                return await self._close(desk, command)
            case c.Erase():
                return await self._erase(desk, command)
            case c.NewDevice():
                return await link_for_a_device(desk, now=self.clock())
            case c.EndDevices():
                return await end_devices(desk)
            case c.Share(assessment=assessment):
                return await link_for_a_facilitator(desk, assessment, now=self.clock())
            case c.Unshare(assessment=assessment):
                return await end_sharing(desk, assessment)
            case c.ResumeCode():
                return await self._resume_code(desk, command)
        return None

    # answers

    async def _part(self, desk: Desk, seat: Seat, principle: str) -> Part:
        row = (await desk.tx.parts(seat.row.id)).get(principle)
        return Part() if row is None else open_part(seat.key, seat.row.id, principle, row.sealed)

    async def _put_part(self, desk: Desk, seat: Seat, principle: str, part: Part) -> None:
        await desk.tx.put_part(seat.row.id, principle, seal_part(seat.key, seat.row.id, principle, part))

    async def _used(self, desk: Desk) -> None:
        """This person did something in their assessment today. Most turns come on a day that is known already."""
        seat, today = desk.seat, day_of(self.clock())
        if seat is not None and (seat.assessment.active < today or seat.assessment.due):
            await desk.tx.touch(seat.assessment.id, today=today)
            desk.seat = replace(seat, assessment=replace(seat.assessment, active=today, due=0))

    # session codes

    async def _look_up(self, desk: Desk, command: c.LookUp) -> Outcome:
        wait = self._throttled(desk)
        if wait:
            return outcome("look-up", "wait", until=wait)
        code = normal(command.code)
        if not code:
            return outcome("look-up", "unknown")
        group = await desk.tx.group_with(keyed_hash(desk.installation, "code", code)) if is_code(code) else None
        # Asked in any case, so that an unknown code takes as long as one that was closed.
        row = await desk.tx.assessment(group.assessment if group else "")
        if group is None or row is None:
            self._count_wrong(desk)
            return outcome("look-up", "unknown")
        if await runs(desk.tx, desk.visitor.facilitator, row):
            return outcome("look-up", "own")
        if row.closed or desk.keys.get(row.id) is None:
            # It leads nowhere: whoever guesses one is slowed down as by any other that leads nowhere.
            self._count_wrong(desk)
            return outcome("look-up", "closed")
        seat = await desk.find_seat(row.id)
        if seat is None:
            return outcome("look-up", "found", assessment=row.id, group=group.id)
        if desk.seat is None or desk.seat.assessment.id != row.id:
            await desk.enter(row.id)
        if seat.row.group == group.id:
            return outcome("look-up", "mine")
        return outcome("look-up", "other-group", assessment=row.id, group=group.id)

    def _throttled(self, desk: Desk) -> int:
        """Until when to wait, in seconds since 1970 and not before that minute is over; 0 when there is no need."""
        now = self.clock()
        recent = PERSON.recent(desk.visitor.wrong, now=now)
        desk.visitor = replace(desk.visitor, wrong=recent)
        everywhere = self.throttling.until(now=now, source=desk.person.source, browser=desk.id)
        until = max(PERSON.until(recent, now=now), everywhere)
        return until + MINUTE if until else 0

    def _count_wrong(self, desk: Desk) -> None:
        now = self.clock()
        desk.visitor = replace(desk.visitor, wrong=(*desk.visitor.wrong, now))
        self.throttling.wrong(now=now, source=desk.person.source, browser=desk.id)

    async def _join(self, desk: Desk, command: c.Join) -> Outcome:
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
        await self._used(desk)
        return outcome("join", "joined")

    async def _move(self, desk: Desk, command: c.Move) -> Outcome:
        seat = desk.seat
        if seat is None or seat.assessment.id != command.assessment:
            return outcome("move", "closed")
        if command.group not in {group.id for group in await desk.tx.groups(command.assessment)}:
            return outcome("move", "closed")
        if await desk.tx.spent(seat.row.id):
            return outcome("move", "poured")
        await desk.tx.move_participant(seat.row.id, command.group)
        desk.seat = replace(seat, row=replace(seat.row, group=command.group))
        await self._used(desk)
        return outcome("move", "moved")

    # facilitators

    async def _redeem(self, desk: Desk, command: c.Redeem) -> Outcome:
        wait = self._throttled(desk)
        if wait:
            return outcome("redeem", "wait", until=wait)
        done = await redeem(desk, command.token, now=self.clock())
        if done.result == "unknown":
            self._count_wrong(desk)
        return done

    async def _create(self, desk: Desk, command: c.Create) -> Outcome:
        if not desk.visitor.facilitator:
            return outcome("create", "refused")
        id_ = random_id()
        await self.create(desk, id_, command, practice=False)
        return outcome("create", "created", assessment=id_)

    async def create(self, desk: Desk, id_: str, command: c.Create, *, practice: bool) -> None:
        """Write a new assessment with its key and session codes. The key is on disk before the row exists."""
        await asyncio.to_thread(desk.keys.create, id_)
        about = About(organisation=command.organisation, hear_by=command.hear_by, practice=practice)
        groups = []
        for position, (audience, name) in enumerate(command.groups):
            code = random_code(LENGTH)
            group = Group(id=random_id(), audience=audience, name=name, code=readable(code))
            groups.append(
                GroupRow(
                    id=group.id,
                    assessment=id_,
                    position=position,
                    code=keyed_hash(desk.installation, "code", code),
                    joined=0,
                    sealed=seal_group(desk.installation, group),
                )
            )
        row = AssessmentRow(
            id=id_,
            facilitator=desk.visitor.facilitator,
            threshold=command.threshold,
            closed=False,
            sealed=seal_about(desk.installation, id_, about),
            active=day_of(self.clock()),
        )
        await desk.tx.add_assessment(row, groups)
        desk.afterwards.append(lambda: desk.keys.confirm(id_))

    async def _show(self, desk: Desk, command: c.Show) -> Outcome:
        row = await run_by(desk, command.assessment)
        key = desk.keys.get(row.id) if row else None
        if row is None or (key is None and not row.closed):
            return outcome("show", "refused")
        if row.closed or key is None:
            return outcome("show", "closed")
        lost = await give_up_lost(desk.tx, row, versions=desk.keys.versions, installation=desk.installation)
        pourer = Pourer(desk.tx, row, installation=desk.installation, key=key)
        shown = await pourer.show([(group, self.questionnaire.principle(id_)) for group, id_ in command.cells])
        await self._intend(desk, row.id, pourer.poured)
        if shown:
            await desk.tx.touch(row.id, today=day_of(self.clock()))
        if not shown and lost:
            return outcome("show", "refused")
        return outcome("show", "shown" if shown else "too-few")

    async def _close(self, desk: Desk, command: c.Close) -> Outcome:
        row = await run_by(desk, command.assessment)
        if row is None:
            return outcome("close", "refused")
        if row.closed:
            return outcome("close", "already")
        await give_up_lost(desk.tx, row, versions=desk.keys.versions, installation=desk.installation)
        key, about = desk.keys.get(row.id), open_about(desk.installation, row)
        if key is None:
            await close_unread(desk.tx, row, about, installation=desk.installation)
        else:
            pourer = Pourer(desk.tx, row, installation=desk.installation, key=key)
            await pourer.close(self.questionnaire, about)
            await self._intend(desk, row.id, pourer.poured)
        await desk.tx.touch(row.id, today=day_of(self.clock()))
        desk.afterwards.append(lambda: desk.keys.destroy(row.id))
        return outcome("close", "closed")

    async def _intend(self, desk: Desk, assessment: str, pourings: Mapping[Cell, int]) -> None:
        """Beside the key, on disk before the pouring commits: it is about to be. After the commit: it is."""
        if pourings:
            await asyncio.to_thread(desk.keys.versions.intend, assessment, pourings)
            desk.afterwards.append(lambda: desk.keys.versions.confirm(assessment, pourings))

    async def _erase(self, desk: Desk, command: c.Erase) -> Outcome:
        row = await created_by(desk, command.assessment)
        if row is None:
            return outcome("erase", "refused")
        if not row.closed:
            return outcome("erase", "open")
        await erase_all(desk.tx, row.id)
        # It is gone since the closing, unless that was cut short.
        desk.afterwards.append(lambda: desk.keys.destroy(row.id))
        return outcome("erase", "erased")

    async def _resume_code(self, desk: Desk, command: c.ResumeCode) -> Outcome:
        code, until = random_code(RESUME_LENGTH), self.clock() + command.days * DAY
        await keep_code(desk.tx, code, person=desk.person, key=desk.installation, now=self.clock(), until=until)
        return outcome("resume-code", "made", code=readable(code), until=until)
