"""One turn's reads and writes in memory. What each method promises stands in `storage.store`.

It refuses the same misuse as the tables of SQLite do, so that tests on it mean something.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from storage.memory_tables import Tables, TokenRow
from storage.store import AssessmentRow, GroupRow, ParticipantRow, PartRow, PoolRow, Token


class MemoryTransaction:
    """The `Transaction` of one turn."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._failure: ValueError | None = None
        self._over = False

    def end(self) -> None:
        """From here on every use fails."""
        self._over = True

    @property
    def tables(self) -> Tables:
        """What this turn has made of everything. Raises what went wrong in it, even if its work went on."""
        if self._over:
            raise RuntimeError("This turn is over: do all reading and writing before its work returns.")
        if self._failure is not None:
            raise self._failure
        return self._tables

    def _refuse(self, why: str) -> NoReturn:
        self._failure = ValueError(why)
        raise self._failure

    # visitors
    async def visitor(self, visitor: bytes) -> bytes | None:
        return self.tables.visitors.get(visitor)

    async def put_visitor(self, visitor: bytes, sealed: bytes) -> None:
        self.tables.visitors[visitor] = sealed

    async def remove_visitor(self, visitor: bytes) -> None:
        self.tables.visitors.pop(visitor, None)

    async def visitors(self) -> Mapping[bytes, bytes]:
        return dict(self.tables.visitors)

    async def address(self, visitor: bytes) -> bytes | None:
        return self.tables.addresses.get(visitor)

    async def put_address(self, visitor: bytes, sealed: bytes) -> None:
        self.tables.addresses[visitor] = sealed

    async def remove_address(self, visitor: bytes) -> None:
        self.tables.addresses.pop(visitor, None)

    # browsers and one-time tokens
    async def browser(self, cookie: bytes) -> bytes | None:
        return self.tables.browsers.get(cookie)

    async def put_browser(self, cookie: bytes, sealed: bytes) -> None:
        self.tables.browsers[cookie] = sealed

    async def remove_browser(self, cookie: bytes) -> None:
        self.tables.browsers.pop(cookie, None)

    async def browsers(self) -> Mapping[bytes, bytes]:
        return dict(self.tables.browsers)

    async def put_token(self, token: bytes, *, kind: Token, sealed: bytes, until: int) -> None:
        self.tables.tokens[token] = TokenRow(kind, sealed, until)

    async def take_token(self, token: bytes, *, kind: Token, now: int) -> bytes | None:
        sealed = await self.token(token, kind=kind, now=now)
        if sealed is not None:
            del self.tables.tokens[token]
        return sealed

    async def token(self, token: bytes, *, kind: Token, now: int) -> bytes | None:
        row = self.tables.tokens.get(token)
        return row.sealed if row is not None and row.kind == kind and row.until > now else None

    async def tokens(self, *, kind: Token) -> Mapping[bytes, bytes]:
        return {token: row.sealed for token, row in self.tables.tokens.items() if row.kind == kind}

    async def remove_tokens(self, *, kind: Token) -> None:
        tables = self.tables
        tables.tokens = {token: row for token, row in tables.tokens.items() if row.kind != kind}

    async def forget_tokens(self, *, now: int) -> None:
        tables = self.tables
        tables.tokens = {token: row for token, row in tables.tokens.items() if row.until > now}

    # facilitators
    async def add_facilitator(self, facilitator: bytes) -> None:
        self.tables.facilitators[facilitator] = None

    async def facilitators(self) -> int:
        return len(self.tables.facilitators)

    # assessments
    async def add_assessment(self, assessment: AssessmentRow, groups: Sequence[GroupRow]) -> None:
        tables = self.tables
        if assessment.id in tables.assessments or not 3 <= assessment.threshold <= 20:
            self._refuse("the assessment's id is taken, or its threshold is not 3 to 20")
        if assessment.active < 0 or assessment.due < 0:
            self._refuse("days are counted from 0")
        tables.assessments[assessment.id] = assessment
        for group in groups:
            if group.assessment not in tables.assessments or group.position < 0 or group.joined < 0 or not group.id:
                self._refuse("a group needs an id, an assessment, a position and a number of people")
            if any(
                group.id == other.id
                or group.code == other.code
                or (group.assessment, group.position) == (other.assessment, other.position)
                for other in tables.groups.values()
            ):
                self._refuse("a group's id, code or position is taken")
            tables.groups[group.id] = group

    async def assessment(self, assessment: str) -> AssessmentRow | None:
        return self.tables.assessments.get(assessment)

    async def assessments(self, facilitator: bytes | None = None) -> Sequence[AssessmentRow]:
        tables = self.tables
        rows = [
            row
            for row in tables.assessments.values()
            if facilitator is None or row.facilitator == facilitator or (row.id, facilitator) in tables.shares
        ]
        return sorted(rows, key=lambda row: row.id)

    async def touch(self, assessment: str, *, today: int) -> None:
        row = self.tables.assessments.get(assessment)
        if row is not None:
            self.tables.assessments[assessment] = replace(row, active=max(row.active, today), due=0)

    async def set_due(self, assessment: str, *, due: int) -> None:
        row = self.tables.assessments.get(assessment)
        if row is not None:
            if due < 0:
                self._refuse("days are counted from 0")
            self.tables.assessments[assessment] = replace(row, due=due)

    async def share(self, assessment: str, facilitator: bytes) -> None:
        row = self.tables.assessments.get(assessment)
        if row is not None and row.facilitator == facilitator:
            return
        if row is None or facilitator not in self.tables.facilitators:
            self._refuse("sharing needs an assessment and an account")
        self.tables.shares[assessment, facilitator] = None

    async def unshare(self, assessment: str) -> None:
        tables = self.tables
        tables.shares = {key: None for key in tables.shares if key[0] != assessment}

    async def sharers(self, assessment: str) -> frozenset[bytes]:
        return frozenset(account for shared, account in self.tables.shares if shared == assessment)

    async def remove_assessment(self, assessment: str) -> None:
        tables = self.tables
        await self._forget_people(assessment)
        await self.unshare(assessment)
        tables.pools = {key: row for key, row in tables.pools.items() if row.assessment != assessment}
        tables.groups = {key: row for key, row in tables.groups.items() if row.assessment != assessment}
        tables.assessments.pop(assessment, None)

    async def _forget_people(self, assessment: str) -> None:
        tables = self.tables
        for participant in [who.id for who in tables.participants.values() if who.assessment == assessment]:
            await self.remove_participant(participant)
        tables.spent = {key: where for key, where in tables.spent.items() if where != assessment}

    async def groups(self, assessment: str) -> Sequence[GroupRow]:
        rows = self.tables.groups.values()
        return sorted((row for row in rows if row.assessment == assessment), key=lambda row: row.position)

    async def group_with(self, code: bytes) -> GroupRow | None:
        return next((row for row in self.tables.groups.values() if row.code == code), None)

    # participants
    async def participant(self, participant: bytes) -> ParticipantRow | None:
        return self.tables.participants.get(participant)

    async def add_participant(self, row: ParticipantRow) -> bool:
        tables = self.tables
        if row.id in tables.participants:
            return False
        assessment = tables.assessments.get(row.assessment)
        if assessment is None or assessment.closed:
            self._refuse("nobody can join an assessment that is closed or not there")
        self._join(row.group, row.assessment)
        tables.participants[row.id] = row
        return True

    def _join(self, group: str, assessment: str) -> None:
        row = self.tables.groups.get(group)
        if row is None or row.assessment != assessment:
            self._refuse("the assessment does not have this group")
        self.tables.groups[group] = replace(row, joined=row.joined + 1)

    async def put_dialogue(self, participant: bytes, sealed: bytes) -> None:
        row = self.tables.participants.get(participant)
        if row is not None:
            self.tables.participants[participant] = replace(row, sealed=sealed)

    async def move_participant(self, participant: bytes, group: str) -> None:
        row = self.tables.participants.get(participant)
        if row is None or row.group == group:
            return
        self._join(group, row.assessment)
        self.tables.participants[participant] = replace(row, group=group)
        for part in (await self.parts(participant)).values():
            self._put(replace(part, handed_in=False))

    async def remove_participant(self, participant: bytes) -> None:
        tables = self.tables
        tables.participants.pop(participant, None)
        tables.parts = {key: part for key, part in tables.parts.items() if part.participant != participant}

    # parts
    async def parts(self, participant: bytes) -> Mapping[str, PartRow]:
        parts = self.tables.parts.values()
        return {part.principle: part for part in parts if part.participant == participant}

    async def spent(self, participant: bytes) -> frozenset[str]:
        return frozenset(principle for who, principle in self.tables.spent if who == participant)

    def _writable(self, participant: bytes, principle: str) -> bool:
        return participant in self.tables.participants and (participant, principle) not in self.tables.spent

    def _put(self, part: PartRow) -> None:
        self.tables.parts[part.participant, part.principle] = part

    async def put_part(self, participant: bytes, principle: str, sealed: bytes) -> bool:
        if not self._writable(participant, principle):
            return False
        self._put(PartRow(participant=participant, principle=principle, handed_in=False, sealed=sealed))
        return True

    async def hand_in(self, participant: bytes, principle: str, *, sealed_if_new: bytes) -> bool:
        if not self._writable(participant, principle):
            return False
        old = self.tables.parts.get((participant, principle))
        sealed = sealed_if_new if old is None else old.sealed
        self._put(PartRow(participant=participant, principle=principle, handed_in=True, sealed=sealed))
        return True

    async def take_out(self, participant: bytes, principle: str) -> bool:
        part = self.tables.parts.get((participant, principle))
        if part is None or not part.handed_in:
            return False
        self._put(replace(part, handed_in=False))
        return True

    def _waiting(self) -> list[tuple[ParticipantRow, PartRow]]:
        tables = self.tables
        return [(tables.participants[part.participant], part) for part in tables.parts.values() if part.handed_in]

    async def handed_in(self, assessment: str) -> Mapping[tuple[str, str], int]:
        return Counter((who.group, part.principle) for who, part in self._waiting() if who.assessment == assessment)

    # pouring
    async def batch(self, group: str, principle: str) -> Sequence[PartRow]:
        parts = [part for who, part in self._waiting() if (who.group, part.principle) == (group, principle)]
        return sorted(parts, key=lambda part: part.participant)

    async def spend(self, assessment: str, principle: str, participants: Sequence[bytes]) -> None:
        tables = self.tables
        for participant in participants:
            part = tables.parts.pop((participant, principle), None)
            if part is None or not part.handed_in or tables.participants[participant].assessment != assessment:
                self._refuse("only parts that are handed in, and not spent, can be spent")
            tables.spent[participant, principle] = assessment

    async def give_up(self, assessment: str, group: str, principle: str) -> int:
        tables = self.tables
        people = {who.id for who in tables.participants.values() if (who.group, who.assessment) == (group, assessment)}
        gone = [key for key in tables.parts if key[0] in people and key[1] == principle]
        for key in gone:
            del tables.parts[key]
        for person in people:
            tables.spent.setdefault((person, principle), assessment)
        return len(gone)

    async def pools(self, assessment: str) -> Sequence[PoolRow]:
        return [row for row in self.tables.pools.values() if row.assessment == assessment]

    async def put_pool(self, row: PoolRow) -> None:
        if row.assessment not in self.tables.assessments:
            self._refuse("a pool needs an assessment")
        self.tables.pools[row.assessment, row.group, row.principle] = row

    async def close(self, assessment: str, *, sealed: bytes) -> bool:
        tables = self.tables
        row = tables.assessments.get(assessment)
        if row is None or row.closed:
            return False
        tables.assessments[assessment] = replace(row, closed=True, sealed=sealed)
        await self._forget_people(assessment)
        for pool in await self.pools(assessment):
            await self.put_pool(replace(pool, hidden=b""))
        return True
