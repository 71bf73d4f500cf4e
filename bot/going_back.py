"""Notices a database that was put back from an older copy, and gives up what it can no longer protect (rules 1 to 3).

Such a database has forgotten a pouring: its people count as not poured, and whoever joined since is not in it. Poured
once more, with one answer changed, the two results would tell that answer. Who was in the forgotten pouring cannot be
known, and they could come back in any group. So the whole principle ends in that assessment: in every group all answers
about it that are not poured are erased with their hidden tallies, everybody counts as poured, those who join later as
well, and nothing is poured any more, not into the left-over answers of everyone either. What is shown already stays.

bot/pool_versions.py tells which cells are behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace

from bot.keys import KeyFolder
from bot.pool_versions import PoolVersions
from bot.pouring import pools_by_cell
from bot.records import pool_row
from conversations.pools import Pool
from storage.store import AssessmentRow, Store, Transaction


async def give_up_lost(
    tx: Transaction, assessment: AssessmentRow, *, versions: PoolVersions, installation: bytes
) -> int:
    """Give up every principle of which the database has forgotten a pouring. Returns how many cells had lost one.

    Raises:
        KeyFolderFault: the versions could not be read or written.
    """
    pools = pools_by_cell(await tx.pools(assessment.id), installation=installation)
    found = {cell: pool.batches for cell, pool in pools.items()}
    behind = await asyncio.to_thread(versions.compare, assessment.id, found)
    groups = [group.id for group in await tx.groups(assessment.id)] if behind else []
    for principle in sorted({principle for _, principle in behind}):
        for group in groups:
            await tx.give_up(assessment.id, group, principle)
        for cell in ((group, principle) for group in ("", *groups)):
            pool = pools.get(cell, Pool())
            ended = replace(
                pool,
                hidden={},
                batches=behind.get(cell, pool.batches),
                given_up="lost" if cell in behind else pool.given_up or "stopped",
            )
            row = pool_row(
                assessment=assessment.id,
                group=cell[0],
                principle=principle,
                pool=ended,
                installation=installation,
                key=b"",  # for hidden tallies, of which there are none
            )
            await tx.put_pool(row)
    return len(behind)


async def given_up(tx: Transaction, assessment: str, *, installation: bytes) -> frozenset[str]:
    """The principles of an assessment that were given up."""
    pools = pools_by_cell([row for row in await tx.pools(assessment) if not row.group], installation=installation)
    return frozenset(principle for (_, principle), pool in pools.items() if pool.given_up)


async def mark_newcomer(tx: Transaction, assessment: str, group: str, *, installation: bytes) -> None:
    """Somebody has joined: they cannot answer what was given up, as they may have been in the forgotten pouring."""
    for principle in sorted(await given_up(tx, assessment, installation=installation)):
        await tx.give_up(assessment, group, principle)


async def look_back(store: Store, keys: KeyFolder, *, only: Collection[str] | None = None) -> int:
    """Compare every open assessment, or ``only`` these, in one turn. Returns how many cells had lost a pouring.

    Closed ones among ``only`` lose their key, if that has failed before.

    Raises:
        KeyFolderFault: versions could not be read or written, or a key not destroyed.
        storage.store.Unavailable: nothing was given up.
    """

    async def work(tx: Transaction) -> tuple[int, list[str]]:
        lost, closed = 0, []
        for row in await tx.assessments():
            if only is not None and row.id not in only:
                continue
            if row.closed:
                closed.append(row.id)
                continue
            lost += await give_up_lost(tx, row, versions=keys.versions, installation=keys.installation())
        return lost, closed

    lost, closed = await store.turn(b"", work)
    for assessment in closed if only is not None else []:
        await asyncio.to_thread(keys.destroy, assessment)
    return lost
