"""Performs the conversation's commands inside the turn's transaction, and says how they turned out.

A command that reads or changes an assessment checks again that it is open, that it is this facilitator's, and that
nobody is both. The conversation's table decides what is said; nothing is said here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.browser_records import keep_code
from bot.desk import Desk, Seat
from bot.forgetting import forget
from bot.pouring import Pourer, close_unread
from bot.records import About, open_about, open_part, seal_about, seal_dialogue, seal_group, seal_part
from bot.sealing import keyed_hash, participant_id, token_hash
from bot.withholding import hide_or_put_back
from conversations import commands as c
from conversations.codes import ALPHABET, LENGTH, RESUME_LENGTH, is_code, made_from, normal, readable
from conversations.dialogue import START
from conversations.inputs import Outcome
from conversations.pools import Part
from conversations.questionnaire import Questionnaire
from conversations.situation import Group
from storage.store import AssessmentRow, GroupRow, ParticipantRow, Token

WRONG_CODES = 10
"""So many wrong codes are let through …"""
WRONG_CODES_WITHIN = 600
"""… within so many seconds. After that the person waits."""
DAY = 24 * 60 * 60
INVITATION_DAYS = 7


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
            case c.SaveComment(principle=principle, comment=comment):
                if desk.seat:
                    part = await self._part(desk, desk.seat, principle)
                    await self._put_part(desk, desk.seat, principle, Part(choices=part.choices, comment=comment))
            case c.HandIn(principle=principle):
                if desk.seat:
                    empty = seal_part(desk.seat.key, desk.seat.row.id, principle, Part())
                    await desk.tx.hand_in(desk.seat.row.id, principle, sealed_if_new=empty)
            case c.TakeOut(principle=principle):
                if desk.seat:
                    await desk.tx.take_out(desk.seat.row.id, principle)
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
                row = await self._own(desk, command.assessment)
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
            case c.NewDevice():
                return await self._new_device(desk)
            case c.ResumeCode():
                return await self._resume_code(desk)
        return None

    # answers

    async def _part(self, desk: Desk, seat: Seat, principle: str) -> Part:
        row = (await desk.tx.parts(seat.row.id)).get(principle)
        return Part() if row is None else open_part(seat.key, seat.row.id, principle, row.sealed)

    async def _put_part(self, desk: Desk, seat: Seat, principle: str, part: Part) -> None:
        await desk.tx.put_part(seat.row.id, principle, seal_part(seat.key, seat.row.id, principle, part))

    # session codes

    async def _look_up(self, desk: Desk, command: c.LookUp) -> Outcome:
        wait = self._throttled(desk)
        if wait:
            return outcome("look-up", "wait", until=wait)
        code = normal(command.code)
        if not code:
            return outcome("look-up", "unknown")
        group = await desk.tx.group_with(keyed_hash(desk.installation, "code", code)) if is_code(code) else None
        row = await desk.tx.assessment(group.assessment) if group else None
        if group is None or row is None:
            self._count_wrong(desk)
            return outcome("look-up", "unknown")
        if desk.visitor.facilitator and row.facilitator == desk.visitor.facilitator:
            return outcome("look-up", "own")
        if row.closed or desk.keys.get(row.id) is None:
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
        """Until when to wait, in seconds since 1970; 0 when there is no need."""
        now = self.clock()
        recent = tuple(at for at in desk.visitor.wrong if at > now - WRONG_CODES_WITHIN)
        desk.visitor = replace(desk.visitor, wrong=recent)
        return recent[-WRONG_CODES] + WRONG_CODES_WITHIN + 60 if len(recent) >= WRONG_CODES else 0

    def _count_wrong(self, desk: Desk) -> None:
        desk.visitor = replace(desk.visitor, wrong=(*desk.visitor.wrong, self.clock()))

    async def _join(self, desk: Desk, command: c.Join) -> Outcome:
        row = await desk.tx.assessment(command.assessment)
        key = desk.keys.get(command.assessment) if row and not row.closed else None
        groups = {group.id for group in await desk.tx.groups(command.assessment)} if row else set()
        if row is None or key is None or command.group not in groups:
            return outcome("join", "closed")
        if desk.visitor.facilitator and row.facilitator == desk.visitor.facilitator:
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
        waiting = desk.dialogue
        await desk.enter(row.id)
        desk.dialogue = waiting
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
        return outcome("move", "moved")

    # facilitators

    async def _redeem(self, desk: Desk, command: c.Redeem) -> Outcome:
        wait = self._throttled(desk)
        if wait:
            return outcome("redeem", "wait", until=wait)
        if desk.visitor.facilitator:
            return outcome("redeem", "already")
        kind, _, secret = command.token.partition("-")
        token, now = token_hash(secret), self.clock()
        if kind == "d":
            return await self._redeem_device(desk, token, now)
        kinds: tuple[Token, ...] = ("first", "invitation")
        for one in kinds if kind == "i" else ():
            if await desk.tx.take_token(token, kind=one, now=now) is not None:
                account = secrets.token_bytes(16)
                await desk.tx.add_facilitator(account)
                await desk.tx.remove_tokens(kind="first")
                desk.visitor = replace(desk.visitor, facilitator=account)
                desk.stand_up()
                return outcome("redeem", "welcome")
        self._count_wrong(desk)
        return outcome("redeem", "unknown")

    async def _redeem_device(self, desk: Desk, token: bytes, now: int) -> Outcome:
        account = await desk.tx.token(token, kind="device", now=now)
        if account is None:
            self._count_wrong(desk)
            return outcome("redeem", "unknown")
        if not await may_run(desk, account):
            return outcome("redeem", "taking-part")
        await desk.tx.take_token(token, kind="device", now=now)
        desk.visitor = replace(desk.visitor, facilitator=account)
        desk.stand_up()
        return outcome("redeem", "joined")

    async def _create(self, desk: Desk, command: c.Create) -> Outcome:
        id_ = random_id()
        await self.create(desk, id_, command, practice=False)
        return outcome("create", "created", assessment=id_)

    async def create(self, desk: Desk, id_: str, command: c.Create, *, practice: bool) -> None:
        """Write a new assessment with its key and session codes. The key is on disk before the row exists."""
        desk.keys.create(id_)
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
        )
        await desk.tx.add_assessment(row, groups)
        desk.afterwards.append(lambda: desk.keys.confirm(id_))

    async def _own(self, desk: Desk, assessment: str) -> AssessmentRow | None:
        """The assessment, when it belongs to this facilitator."""
        row = await desk.tx.assessment(assessment)
        mine = row is not None and desk.visitor.facilitator != b"" and row.facilitator == desk.visitor.facilitator
        return row if mine else None

    async def _show(self, desk: Desk, command: c.Show) -> Outcome:
        row = await self._own(desk, command.assessment)
        key = desk.keys.get(row.id) if row else None
        if row is None or (key is None and not row.closed):
            return outcome("show", "refused")
        if row.closed or key is None:
            return outcome("show", "closed")
        pourer = Pourer(desk.tx, row, installation=desk.installation, key=key)
        shown = await pourer.show([(group, self.questionnaire.principle(id_)) for group, id_ in command.cells])
        return outcome("show", "shown" if shown else "too-few")

    async def _close(self, desk: Desk, command: c.Close) -> Outcome:
        row = await self._own(desk, command.assessment)
        if row is None:
            return outcome("close", "refused")
        if row.closed:
            return outcome("close", "already")
        key, about = desk.keys.get(row.id), open_about(desk.installation, row)
        if key is None:
            await close_unread(desk.tx, row, about, installation=desk.installation)
        else:
            pourer = Pourer(desk.tx, row, installation=desk.installation, key=key)
            await pourer.close(self.questionnaire, about)
        desk.afterwards.append(lambda: desk.keys.destroy(row.id))
        return outcome("close", "closed")

    async def _new_device(self, desk: Desk) -> Outcome:
        token, until = secrets.token_urlsafe(24), self.clock() + DAY
        await desk.tx.put_token(token_hash(token), kind="device", sealed=desk.visitor.facilitator, until=until)
        return outcome("new-device", "made", token=token, until=until)

    async def _resume_code(self, desk: Desk) -> Outcome:
        code, until = random_code(RESUME_LENGTH), self.clock() + DAY
        await keep_code(desk.tx, code, person=desk.person, key=desk.installation, now=self.clock(), until=until)
        return outcome("resume-code", "made", code=readable(code), until=until)


async def may_run(desk: Desk, account: bytes) -> bool:
    """Whether this person may run the assessments of a facilitator's account: they have a part in none of them."""
    for row in await desk.tx.assessments(account):
        if await desk.takes_or_took_part(row):
            return False
    return True


def outcome(command: str, result: str, **values: str | int) -> Outcome:
    """An outcome with its values."""
    return Outcome(command=command, result=result, values=tuple(values.items()))
