"""Showing and closing: the pouring of handed-in parts into pools, inside one transaction (rules 1 to 3).

The arithmetic is conversations/pools.py's. Here parts are opened with the assessment's key, poured, marked spent and
erased together. No message is sent to anybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from bot.pool_versions import Cell
from bot.records import About, open_part, open_pool, pool_row, seal_about
from conversations.pools import Part, Pool, left_over, pour
from conversations.questionnaire import Principle, Questionnaire
from storage.store import AssessmentRow, PartRow, PoolRow, Transaction

Shuffle = Callable[[list[str]], None]


def shuffle(items: list[str]) -> None:
    """Cryptographically random order, in place."""
    secrets.SystemRandom().shuffle(items)


class Pourer:
    """Pours the cells of one assessment within one transaction."""

    def __init__(
        self, tx: Transaction, assessment: AssessmentRow, *, installation: bytes, key: bytes, mix: Shuffle = shuffle
    ) -> None:
        self._tx = tx
        self._assessment = assessment
        self._installation = installation
        self._key = key
        self._shuffle = mix
        self.poured: dict[Cell, int] = {}
        """What was poured, and for the time of which number. To be intended before the commit, confirmed after it."""

    async def show(self, cells: Sequence[tuple[str, Principle]]) -> bool:
        """Pour these cells (group, principle), if they were not poured before, not given up and hold enough people.

        Returns whether any was poured.
        """
        pools = await self._pools()
        groups = {group.id for group in await self._tx.groups(self._assessment.id)}
        poured = False
        for group, principle in cells:
            pool = pools.get((group, principle.id), Pool())
            if group in groups and not pool.batches and not pool.given_up:
                poured = await self._pour(group, principle, pools) or poured
        return poured

    async def close(self, questionnaire: Questionnaire, about: About) -> About:
        """Pour the last batches, then the left-over people of all groups together; erase everything else.

        Returns the assessment's words with the numbers of those who were left out.
        """
        pools = await self._pools()
        groups = await self._tx.groups(self._assessment.id)
        left_out: dict[str, int] = {}
        for principle in questionnaire.principles:
            rest: list[PartRow] = []
            if any(pool.given_up for (_, id_), pool in pools.items() if id_ == principle.id):
                continue
            for group in groups:
                if not await self._pour(group.id, principle, pools):
                    rest += await self._tx.batch(group.id, principle.id)
            statements = [statement.id for statement in principle.statements]
            together = left_over(self._open(rest), threshold=self._assessment.threshold, statements=statements)
            if together is not None:
                await self._keep("", principle, together, rest)
            elif rest:
                left_out[principle.id] = len(rest)
        after = about.closed(left_out)
        await self._tx.close(self._assessment.id, sealed=seal_about(self._installation, self._assessment.id, after))
        return after

    async def _pools(self) -> dict[tuple[str, str], Pool]:
        rows = await self._tx.pools(self._assessment.id)
        return {
            (row.group, row.principle): open_pool(row, installation=self._installation, key=self._key) for row in rows
        }

    async def _pour(self, group: str, principle: Principle, pools: dict[tuple[str, str], Pool]) -> bool:
        batch = await self._tx.batch(group, principle.id)
        pool = pour(
            pools.get((group, principle.id), Pool()),
            self._open(batch),
            threshold=self._assessment.threshold,
            statements=[statement.id for statement in principle.statements],
            shuffle=self._shuffle,
        )
        if pool is None:
            return False
        await self._keep(group, principle, pool, batch)
        return True

    async def _keep(self, group: str, principle: Principle, pool: Pool, batch: Sequence[PartRow]) -> None:
        """In the same transaction: spent marks, the erasing of the parts, and the new pool."""
        self.poured[group, principle.id] = pool.batches
        await self._tx.spend(self._assessment.id, principle.id, [row.participant for row in batch])
        await self._tx.put_pool(
            pool_row(
                assessment=self._assessment.id,
                group=group,
                principle=principle.id,
                pool=pool,
                installation=self._installation,
                key=self._key,
            )
        )

    def _open(self, rows: Sequence[PartRow]) -> list[Part]:
        return [open_part(self._key, row.participant, row.principle, row.sealed) for row in rows]


async def close_unread(tx: Transaction, assessment: AssessmentRow, about: About, *, installation: bytes) -> None:
    """Close an assessment whose key is missing: nothing more can be poured, so everything unpoured is erased.

    How many had handed in is told by number all the same.
    """
    left_out: dict[str, int] = {}
    for (_, principle), parts in (await tx.handed_in(assessment.id)).items():
        left_out[principle] = left_out.get(principle, 0) + parts
    await tx.close(assessment.id, sealed=seal_about(installation, assessment.id, about.closed(left_out, unread=True)))


def pools_by_cell(rows: Sequence[PoolRow], *, installation: bytes) -> dict[tuple[str, str], Pool]:
    """What may be shown of each cell, by (group, principle); group "" is the left-over batch. Nothing hidden."""
    return {(row.group, row.principle): open_pool(row, installation=installation) for row in rows}
