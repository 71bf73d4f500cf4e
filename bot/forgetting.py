"""Forgetting one person: everything that is kept of them and is not mixed with what others said.

Used by the person's own button and by the operator's ``equal-voice forget``. It works inside the caller's transaction
and says nothing to anybody; whoever calls it must not write this person's record or address again in the same turn.

What stays, and why:

* answers that were poured: nobody can tell which they are
* the marks that they were poured: without them, somebody who comes back could be counted twice. A mark names a person
  by a hash under the assessment's key, which is destroyed at closing, and the marks are erased then
* a facilitator's account and its assessments: an account is a random number, and other people answered there
* what lies in an assessment whose key is missing: nobody can find it or read it. Closing erases it
"""

from __future__ import annotations

from dataclasses import dataclass

from bot import browser_records
from bot.admitting import revoke
from bot.keys import KeyFolder
from bot.records import open_visitor
from bot.replies import Person
from bot.running import devices
from bot.sealing import Unreadable, participant_id, visitor_id
from storage.store import Transaction


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was erased and what stays, in numbers only. All 0 and not ``known``: there was nothing of this person.

    ``assessments``: open ones in which they were a participant; ``parts``: principles with answers in them that were
    erased; ``mixed``: principles that were poured and stay. ``known``: there was a record of them. ``browsers`` and
    ``codes`` led to them. ``unreadable``: open assessments without a key, in which nobody can be found.
    """

    assessments: int
    parts: int
    mixed: int
    known: bool
    browsers: int
    codes: int
    unreadable: int

    @property
    def anything(self) -> bool:
        """Whether anything was erased."""
        return self.known or bool(self.assessments or self.browsers or self.codes)


@dataclass(frozen=True, kw_only=True)
class Runs:
    """What a person runs as a facilitator, in numbers. ``devices``: others that can still reach the same account."""

    assessments: int
    open: int
    devices: int


async def runs(tx: Transaction, person: Person, *, installation: bytes) -> Runs | None:
    """What this person runs; None for somebody who is no facilitator."""
    own = visitor_id(installation, person.channel, person.id)
    account = await _account(tx, own, installation=installation)
    if not account:
        return None
    rows = await tx.assessments(account)
    return Runs(
        assessments=len(rows),
        open=sum(not row.closed for row in rows),
        devices=await _other_devices(tx, own, account, installation=installation),
    )


async def forget(tx: Transaction, person: Person, keys: KeyFolder, *, installation: bytes) -> Receipt:
    """Erase everything of this person that is not poured. A second time nothing is left to do."""
    assessments = parts = mixed = unreadable = 0
    for row in await tx.assessments():
        if row.closed:
            continue
        key = keys.get(row.id)
        if key is None:
            unreadable += 1
            continue
        participant = participant_id(key, person.channel, person.id)
        mixed += len(await tx.spent(participant))
        if await tx.participant(participant) is not None:
            assessments += 1
            parts += len(await tx.parts(participant))
            await tx.remove_participant(participant)
    own = visitor_id(installation, person.channel, person.id)
    known = await tx.visitor(own) is not None or await tx.address(own) is not None
    account = await _account(tx, own, installation=installation)
    if account and not await _other_devices(tx, own, account, installation=installation):
        await revoke(tx, kind="device", leads_to=account)
    # The store rebuilds its files after a turn that removes a visitor, so what went above is out of them as well.
    await tx.remove_visitor(own)
    await tx.remove_address(own)
    browsers = codes = 0
    if person.channel == "web":
        browsers, codes = await browser_records.forget(tx, person.id, key=installation)
    return Receipt(
        assessments=assessments,
        parts=parts,
        mixed=mixed,
        known=known,
        browsers=browsers,
        codes=codes,
        unreadable=unreadable,
    )


async def _account(tx: Transaction, visitor: bytes, *, installation: bytes) -> bytes:
    """The account in a visitor's record, or b"". A damaged record must not keep anybody from being forgotten."""
    sealed = await tx.visitor(visitor)
    try:
        return b"" if sealed is None else open_visitor(installation, visitor, sealed).facilitator
    except Unreadable:
        return b""


async def _other_devices(tx: Transaction, visitor: bytes, account: bytes, *, installation: bytes) -> int:
    return len((await devices(tx, account, installation=installation)).keys() - {visitor})
