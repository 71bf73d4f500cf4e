"""Who runs an assessment: the one place that says so, for every command, card and picture.

An account runs what it created and what was shared with it. Nobody is in an account that runs an assessment which they
take part in, or took part in as far as anything of that remains. Nothing is changed here.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.records import Visitor, open_visitor
from bot.sealing import Unreadable
from storage.store import AssessmentRow, Transaction

if TYPE_CHECKING:
    from bot.desk import Desk


async def runs(tx: Transaction, account: bytes, row: AssessmentRow) -> bool:
    """Whether an account runs an assessment. b"" is no account, and runs nothing."""
    return account != b"" and (row.facilitator == account or account in await tx.sharers(row.id))


async def run_by(desk: Desk, assessment: str) -> AssessmentRow | None:
    """The assessment, when this person runs it."""
    row = await desk.tx.assessment(assessment)
    return row if row is not None and await runs(desk.tx, desk.visitor.facilitator, row) else None


async def created_by(desk: Desk, assessment: str) -> AssessmentRow | None:
    """The assessment, when this person's account created it: only that account shares it or has it erased."""
    row = await run_by(desk, assessment)
    return row if row is not None and row.facilitator == desk.visitor.facilitator else None


async def devices(tx: Transaction, account: bytes, *, installation: bytes) -> dict[bytes, Visitor]:
    """Everybody who is in an account, by visitor. A damaged record is nobody's, and must not stop what is done."""
    found: dict[bytes, Visitor] = {}
    for id_, sealed in (await tx.visitors()).items() if account else ():
        with suppress(Unreadable):
            visitor = open_visitor(installation, id_, sealed)
            if visitor.facilitator == account:
                found[id_] = visitor
    return found


async def may_run(desk: Desk, account: bytes) -> bool:
    """Whether this person may run the assessments of a facilitator's account: they have a part in none of them."""
    if not account:
        return True
    for row in await desk.tx.assessments(account):
        if await desk.takes_or_took_part(row):
            return False
    return True
