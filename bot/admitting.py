"""Who becomes a facilitator of what: invitations, second devices, a second facilitator for one assessment.

All three are links that work once, kept as a hash. Wrong ones are counted by whoever calls this.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from bot.desk import Desk
from bot.outcomes import outcome
from bot.records import seal_visitor
from bot.running import created_by, devices, may_run, runs
from bot.sealing import token_hash
from conversations.days import DAY
from conversations.dialogue import START
from conversations.inputs import Outcome
from storage.store import AssessmentRow, Token, Transaction

INVITATION_DAYS = 7
"""Also how long a link for a second facilitator works."""
INVITATIONS: tuple[Token, ...] = ("first", "invitation")


async def redeem(desk: Desk, payload: str, *, now: int) -> Outcome:
    """Use a link up: ``i-``, ``d-`` or ``f-`` and its token. A refusal uses nothing up."""
    kind, _, secret = payload.partition("-")
    token = token_hash(secret)
    if kind == "f":
        return await _second_facilitator(desk, token, now=now)
    if desk.visitor.facilitator:
        return outcome("redeem", "already")
    if kind == "d":
        return await _device(desk, token, now=now)
    for one in INVITATIONS if kind == "i" else ():
        if await desk.tx.take_token(token, kind=one, now=now) is not None:
            await desk.tx.remove_tokens(kind="first")
            _become(desk, await _new_account(desk))
            return outcome("redeem", "welcome")
    return outcome("redeem", "unknown")


async def _device(desk: Desk, token: bytes, *, now: int) -> Outcome:
    account = await desk.tx.token(token, kind="device", now=now)
    if account is None:
        return outcome("redeem", "unknown")
    if not await may_run(desk, account):
        return outcome("redeem", "taking-part")
    await desk.tx.take_token(token, kind="device", now=now)
    _become(desk, account)
    return outcome("redeem", "joined")


async def _second_facilitator(desk: Desk, token: bytes, *, now: int) -> Outcome:
    found = await desk.tx.token(token, kind="share", now=now)
    row = None if found is None else await desk.tx.assessment(found.decode())
    if row is None:
        return outcome("redeem", "unknown")
    account = desk.visitor.facilitator
    if await runs(desk.tx, account, row):
        return outcome("redeem", "runs")
    if await desk.takes_or_took_part(row) or await _takes_part_on_another_device(desk, account, row):
        return outcome("redeem", "takes-part")
    await desk.tx.take_token(token, kind="share", now=now)
    account = account or await _new_account(desk)
    await desk.tx.share(row.id, account)
    _become(desk, account)
    return outcome("redeem", "shared", assessment=row.id)


async def _takes_part_on_another_device(desk: Desk, account: bytes, row: AssessmentRow) -> bool:
    """Whether another device of an account is in an assessment right now.

    One that left it for a while cannot be found from here: it loses the account when it comes back (bot/desk.py).
    """
    return any(
        other.assessment == row.id
        for other in (await devices(desk.tx, account, installation=desk.installation)).values()
    )


async def _new_account(desk: Desk) -> bytes:
    account = secrets.token_bytes(16)
    await desk.tx.add_facilitator(account)
    return account


def _become(desk: Desk, account: bytes) -> None:
    desk.visitor = replace(desk.visitor, facilitator=account)
    desk.stand_up()


async def link_for_a_device(desk: Desk, *, now: int) -> Outcome:
    """A link that makes another device part of this account, for a day."""
    if not desk.visitor.facilitator:
        return outcome("new-device", "refused")
    token, until = secrets.token_urlsafe(24), now + DAY
    await desk.tx.put_token(token_hash(token), kind="device", sealed=desk.visitor.facilitator, until=until)
    return outcome("new-device", "made", token=token, until=until)


async def end_devices(desk: Desk) -> Outcome:
    """From here on only this device opens the account, and links that nobody has used yet are worth nothing.

    Those for a second facilitator too: whoever has the lost device may have made one.
    """
    account = desk.visitor.facilitator
    if not account:
        return outcome("end-devices", "refused")
    others = await devices(desk.tx, account, installation=desk.installation)
    others.pop(desk.id, None)
    for id_, other in others.items():
        without = replace(other, facilitator=b"", dialogue=START)
        await desk.tx.put_visitor(id_, seal_visitor(desk.installation, id_, without))
    for row in await desk.tx.assessments(account):
        if row.facilitator == account:
            await revoke_links(desk.tx, row.id)
    await revoke(desk.tx, kind="device", leads_to=account)
    return outcome("end-devices", "ended", n=len(others))


async def link_for_a_facilitator(desk: Desk, assessment: str, *, now: int) -> Outcome:
    """A link that lets somebody else run this assessment as well."""
    row = await created_by(desk, assessment)
    if row is None:
        return outcome("share", "refused")
    token, until = secrets.token_urlsafe(24), now + INVITATION_DAYS * DAY
    await desk.tx.put_token(token_hash(token), kind="share", sealed=row.id.encode(), until=until)
    return outcome("share", "made", token=token, until=until)


async def end_sharing(desk: Desk, assessment: str) -> Outcome:
    """From here on only this account runs it; links that nobody has used yet are worth nothing."""
    row = await created_by(desk, assessment)
    if row is None:
        return outcome("unshare", "refused")
    await desk.tx.unshare(row.id)
    await revoke_links(desk.tx, row.id)
    return outcome("unshare", "ended")


async def revoke_links(tx: Transaction, assessment: str) -> None:
    """Links for a second facilitator that nobody has used yet are worth nothing from here on."""
    await revoke(tx, kind="share", leads_to=assessment.encode())


async def revoke(tx: Transaction, *, kind: Token, leads_to: bytes) -> None:
    """Links of a kind that lead there are worth nothing from here on."""
    for token, found in (await tx.tokens(kind=kind)).items():
        if found == leads_to:
            # Before every end, so that one that is too old goes as well.
            await tx.take_token(token, kind=kind, now=0)


async def erase_all(tx: Transaction, assessment: str) -> None:
    """Erase a closed assessment with its results, and the links to it."""
    await revoke_links(tx, assessment)
    await tx.remove_assessment(assessment)
