"""One turn's reads and writes on SQLite: a method of the protocol, a statement or two of sql/.

What each method promises stands in `storage.store`; why each statement is as it is stands beside it in
sql/. Beginning, committing and rolling back are not here but in `storage.sqlite`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import aiosqlite

from storage.sqlite_errors import told_apart
from storage.sqlite_queries import QUERIES, Row
from storage.sqlite_rows import assessment_row, group_row, part_row
from storage.store import AssessmentRow, GroupRow, ParticipantRow, PartRow, PoolRow, Token


class SqliteTransaction:
    """The `Transaction` of one turn."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._failure: Exception | None = None
        self._over = False
        self.erases = False
        """Whether this turn deletes what must leave the files as well."""

    def end(self) -> None:
        """From here on every use fails: outside of a transaction each statement would be kept on its own."""
        self._over = True

    def check(self) -> None:
        """Raise what went wrong in this turn, even if its work went on as if nothing had happened.

        SQLite may have rolled back by itself, or half of a method may be done: nothing may be added to that.
        """
        if self._over:
            raise RuntimeError("This turn is over: do all reading and writing before its work returns.")
        if self._failure is not None:
            raise self._failure

    @contextmanager
    def _step(self) -> Iterator[None]:
        self.check()
        try:
            with told_apart():
                yield
        except Exception as error:
            self._failure = error
            raise
        except BaseException:
            self._failure = RuntimeError("A statement of this turn was cancelled: let the whole turn end.")
            raise

    async def _do(self, query: Any, **values: object) -> None:
        with self._step():
            await query(self._connection, **values)

    async def _one(self, query: Any, **values: object) -> Row | None:
        with self._step():
            row: Row | None = await query(self._connection, **values)
            return row

    async def _all(self, query: Any, **values: object) -> list[Row]:
        with self._step():
            return [row async for row in query(self._connection, **values)]

    async def _value(self, query: Any, **values: object) -> bytes | None:
        row = await self._one(query, **values)
        return None if row is None else row[0]

    # visitors
    async def visitor(self, visitor: bytes) -> bytes | None:
        return await self._value(QUERIES.visitor, visitor=visitor)

    async def put_visitor(self, visitor: bytes, sealed: bytes) -> None:
        await self._do(QUERIES.put_visitor, visitor=visitor, sealed=sealed)

    async def remove_visitor(self, visitor: bytes) -> None:
        await self._do(QUERIES.remove_visitor, visitor=visitor)
        self.erases = True

    async def visitors(self) -> Mapping[bytes, bytes]:
        return {row[0]: row[1] for row in await self._all(QUERIES.visitors)}

    async def address(self, visitor: bytes) -> bytes | None:
        return await self._value(QUERIES.address, visitor=visitor)

    async def put_address(self, visitor: bytes, sealed: bytes) -> None:
        await self._do(QUERIES.put_address, visitor=visitor, sealed=sealed)

    async def remove_address(self, visitor: bytes) -> None:
        await self._do(QUERIES.remove_address, visitor=visitor)
        self.erases = True

    # browsers and one-time tokens
    async def browser(self, cookie: bytes) -> bytes | None:
        return await self._value(QUERIES.browser, cookie=cookie)

    async def put_browser(self, cookie: bytes, sealed: bytes) -> None:
        await self._do(QUERIES.put_browser, cookie=cookie, sealed=sealed)

    async def remove_browser(self, cookie: bytes) -> None:
        await self._do(QUERIES.remove_browser, cookie=cookie)
        self.erases = True

    async def browsers(self) -> Mapping[bytes, bytes]:
        return {row[0]: row[1] for row in await self._all(QUERIES.browsers)}

    async def put_token(self, token: bytes, *, kind: Token, sealed: bytes, until: int) -> None:
        await self._do(QUERIES.put_token, token=token, kind=kind, sealed=sealed, until=until)

    async def take_token(self, token: bytes, *, kind: Token, now: int) -> bytes | None:
        return await self._value(QUERIES.take_token, token=token, kind=kind, now=now)

    async def token(self, token: bytes, *, kind: Token, now: int) -> bytes | None:
        return await self._value(QUERIES.token, token=token, kind=kind, now=now)

    async def tokens(self, *, kind: Token) -> Mapping[bytes, bytes]:
        return {row[0]: row[1] for row in await self._all(QUERIES.tokens, kind=kind)}

    async def remove_tokens(self, *, kind: Token) -> None:
        await self._do(QUERIES.remove_tokens, kind=kind)

    async def forget_tokens(self, *, now: int) -> None:
        await self._do(QUERIES.forget_tokens, now=now)

    # facilitators
    async def add_facilitator(self, facilitator: bytes) -> None:
        await self._do(QUERIES.add_facilitator, facilitator=facilitator)

    async def facilitators(self) -> int:
        row = await self._one(QUERIES.facilitators)
        return int(row[0]) if row else 0

    # assessments
    async def add_assessment(self, assessment: AssessmentRow, groups: Sequence[GroupRow]) -> None:
        await self._do(
            QUERIES.add_assessment,
            id=assessment.id,
            facilitator=assessment.facilitator,
            threshold=assessment.threshold,
            closed=int(assessment.closed),
            sealed=assessment.sealed,
            active=assessment.active,
            due=assessment.due,
        )
        for group in groups:
            await self._do(
                QUERIES.add_group,
                id=group.id,
                assessment=group.assessment,
                position=group.position,
                code=group.code,
                joined=group.joined,
                sealed=group.sealed,
            )

    async def assessment(self, assessment: str) -> AssessmentRow | None:
        row = await self._one(QUERIES.assessment, assessment=assessment)
        return None if row is None else assessment_row(row)

    async def assessments(self, facilitator: bytes | None = None) -> Sequence[AssessmentRow]:
        if facilitator is None:
            rows = await self._all(QUERIES.assessments)
        else:
            rows = await self._all(QUERIES.assessments_of, facilitator=facilitator)
        return [assessment_row(row) for row in rows]

    async def touch(self, assessment: str, *, today: int) -> None:
        await self._do(QUERIES.touch, assessment=assessment, today=today)

    async def set_due(self, assessment: str, *, due: int) -> None:
        await self._do(QUERIES.set_due, assessment=assessment, due=due)

    async def share(self, assessment: str, facilitator: bytes) -> None:
        await self._do(QUERIES.share, assessment=assessment, facilitator=facilitator)

    async def unshare(self, assessment: str) -> None:
        await self._do(QUERIES.unshare, assessment=assessment)

    async def sharers(self, assessment: str) -> frozenset[bytes]:
        return frozenset(row[0] for row in await self._all(QUERIES.sharers, assessment=assessment))

    async def remove_assessment(self, assessment: str) -> None:
        self.erases = True
        await self._do(QUERIES.forget_participants, assessment=assessment)
        await self._do(QUERIES.forget_spent, assessment=assessment)
        await self._do(QUERIES.forget_pools, assessment=assessment)
        await self._do(QUERIES.forget_groups, assessment=assessment)
        await self._do(QUERIES.forget_assessment, assessment=assessment)

    async def groups(self, assessment: str) -> Sequence[GroupRow]:
        return [group_row(row) for row in await self._all(QUERIES.groups, assessment=assessment)]

    async def group_with(self, code: bytes) -> GroupRow | None:
        row = await self._one(QUERIES.group_with, code=code)
        return None if row is None else group_row(row)

    # participants
    async def participant(self, participant: bytes) -> ParticipantRow | None:
        row = await self._one(QUERIES.participant, participant=participant)
        if row is None:
            return None
        return ParticipantRow(id=row[0], assessment=row[1], group=row[2], sealed=row[3])

    async def add_participant(self, row: ParticipantRow) -> bool:
        added = await self._one(
            QUERIES.add_participant,
            participant=row.id,
            assessment=row.assessment,
            group_id=row.group,
            sealed=row.sealed,
        )
        if added is None:
            if await self._one(QUERIES.participant, participant=row.id) is not None:
                return False
            with self._step():
                raise ValueError("nobody can join an assessment that is closed or not there")
        await self._do(QUERIES.count_joined, group_id=row.group)
        return True

    async def put_dialogue(self, participant: bytes, sealed: bytes) -> None:
        await self._do(QUERIES.put_dialogue, participant=participant, sealed=sealed)

    async def move_participant(self, participant: bytes, group: str) -> None:
        if await self._one(QUERIES.move_participant, participant=participant, group_id=group) is not None:
            await self._do(QUERIES.count_joined, group_id=group)
            await self._do(QUERIES.take_all_out, participant=participant)

    async def remove_participant(self, participant: bytes) -> None:
        await self._do(QUERIES.remove_participant, participant=participant)
        self.erases = True

    # parts
    async def parts(self, participant: bytes) -> Mapping[str, PartRow]:
        return {row[1]: part_row(row) for row in await self._all(QUERIES.parts, participant=participant)}

    async def spent(self, participant: bytes) -> frozenset[str]:
        return frozenset(row[0] for row in await self._all(QUERIES.spent, participant=participant))

    async def put_part(self, participant: bytes, principle: str, sealed: bytes) -> bool:
        row = await self._one(QUERIES.put_part, participant=participant, principle=principle, sealed=sealed)
        return row is not None

    async def hand_in(self, participant: bytes, principle: str, *, sealed_if_new: bytes) -> bool:
        row = await self._one(
            QUERIES.hand_in, participant=participant, principle=principle, sealed_if_new=sealed_if_new
        )
        return row is not None

    async def take_out(self, participant: bytes, principle: str) -> bool:
        return await self._one(QUERIES.take_out, participant=participant, principle=principle) is not None

    async def handed_in(self, assessment: str) -> Mapping[tuple[str, str], int]:
        rows = await self._all(QUERIES.handed_in, assessment=assessment)
        return {(group, principle): number for group, principle, number in rows}

    # pouring
    async def batch(self, group: str, principle: str) -> Sequence[PartRow]:
        return [part_row(row) for row in await self._all(QUERIES.batch, group_id=group, principle=principle)]

    async def spend(self, assessment: str, principle: str, participants: Sequence[bytes]) -> None:
        self.erases = True
        for participant in participants:
            part = {"participant": participant, "principle": principle, "assessment": assessment}
            if await self._one(QUERIES.remove_handed_in, **part) is None:
                with self._step():
                    raise ValueError("only parts that are handed in, and not spent, can be spent")
            await self._do(QUERIES.mark_spent, **part)

    async def give_up(self, assessment: str, group: str, principle: str) -> int:
        self.erases = True
        cell = {"assessment": assessment, "group_id": group, "principle": principle}
        gone = await self._all(QUERIES.give_up_parts, **cell)
        await self._do(QUERIES.give_up_marks, **cell)
        return len(gone)

    async def pools(self, assessment: str) -> Sequence[PoolRow]:
        rows = await self._all(QUERIES.pools, assessment=assessment)
        return [PoolRow(assessment=a, group=g, principle=p, shown=s, hidden=h) for a, g, p, s, h in rows]

    async def put_pool(self, row: PoolRow) -> None:
        await self._do(
            QUERIES.put_pool,
            assessment=row.assessment,
            group_id=row.group,
            principle=row.principle,
            shown=row.shown,
            hidden=row.hidden,
        )

    async def close(self, assessment: str, *, sealed: bytes) -> bool:
        if await self._one(QUERIES.close_assessment, assessment=assessment, sealed=sealed) is None:
            return False
        self.erases = True
        await self._do(QUERIES.forget_participants, assessment=assessment)
        await self._do(QUERIES.forget_spent, assessment=assessment)
        await self._do(QUERIES.forget_hidden, assessment=assessment, nothing=b"")
        return True
