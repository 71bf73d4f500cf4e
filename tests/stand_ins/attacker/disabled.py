"""Run as a module: the real program with one of its rules taken away.

``python -m attacker.disabled RULE run`` replaces functions of the program before it starts, and then runs it as always.
This is the only place where a rule can be disabled: the program has no setting for it. Each function here takes one
rule away and nothing else; where the program keeps a rule at two places, both go, or the other would still hold.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from attacker.swapping import do_not_shuffle, read_hidden_tallies, spend_without_looking, swap, with_hidden

Rule = Callable[[], None]
RULES: dict[str, Rule] = {}


def rule(words: str) -> Callable[[Rule], Rule]:
    """Name what a function takes away."""

    def named(take_away: Rule) -> Rule:
        RULES[words] = take_away
        return take_away

    return named


# rule 1: nothing is shown about fewer than k people


@rule("a pouring takes at least k people")
def pours_fewer() -> None:
    from conversations.pools import EMPTY, count

    def fewer(real: Any) -> object:
        def pour(pool: Any, batch: Sequence[Any], *, threshold: int, statements: Sequence[str], **rest: Any) -> Any:
            if not 1 < len(batch) < threshold:
                return real(pool, batch, threshold=threshold, statements=statements, **rest)
            waiting = {each: pool.hidden.get(each, EMPTY) + count(batch, each) for each in statements}
            poured = real(pool, batch, threshold=2, statements=statements, **rest)
            return replace(poured, shown=pool.shown, hidden=waiting)

        return pour

    swap("bot.pouring:pour", fewer)


@rule("numbers of people who handed in are told from k on")
def tells_all_numbers() -> None:
    def telling(real: Any) -> object:
        async def assessment(desk: Any, row: Any, questionnaire: Any) -> Any:
            view = await real(desk, replace(row, threshold=1), questionnaire)
            return replace(view, threshold=row.threshold)

        return assessment

    swap("bot.viewing:assessment", telling)


@rule("a statement's scores wait until there are k of them")
def shows_few_scores() -> None:
    def showing(real: Any) -> object:
        def pour(*pool_and_batch: Any, **rest: Any) -> Any:
            poured = real(*pool_and_batch, **rest)
            return poured and with_hidden(poured)

        return pour

    swap("bot.pouring:pour", showing)


@rule("a cell is poured at most twice")
def pours_again() -> None:
    def forgotten(pools: Mapping[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
        return {cell: replace(pool, batches=0) for cell, pool in pools.items()}

    def when_poured(real: Any) -> object:
        async def pools(self: Any) -> dict[tuple[str, str], Any]:
            return forgotten(await real(self))

        return pools

    swap("bot.pouring:Pourer._pools", when_poured)
    swap("bot.viewing:pools_by_cell", lambda real: lambda *rows, **keys: forgotten(real(*rows, **keys)))


@rule("a group of which too few scores are shown has no average")
def averages_what_is_hidden() -> None:
    read_hidden_tallies()

    def everything(real: Any) -> object:
        def results(view: Any) -> Any:
            groups = []
            for group in view.groups:
                cells = {id_: replace(cell, pool=with_hidden(cell.pool)) for id_, cell in group.cells.items()}
                groups.append(replace(group, cells=cells))
            return real(replace(view, groups=tuple(groups)))

        return results

    swap("conversations.screens.results:results", everything)


@rule("pictures and captions are made from shown tallies only")
def draws_hidden_scores() -> None:
    read_hidden_tallies()

    def everything(real: Any) -> object:
        return lambda label, audience, pools: real(label, audience, {id_: with_hidden(pools[id_]) for id_ in pools})

    swap("conversations.results:_group", everything)


@rule("a picture tells nothing but what its words tell")
def signs_pictures() -> None:
    import time
    from io import BytesIO

    from PIL.PngImagePlugin import PngInfo

    def png(picture: Any) -> bytes:
        out, told = BytesIO(), PngInfo()
        told.add_text("Creation Time", str(time.time()))
        picture.save(out, "PNG", pnginfo=told)
        return out.getvalue()

    swap("bot.charts.sheet:png", lambda _: png)


# rule 2: everyone, and who is left over


@rule("everyone is the sum of what is shown")
def counts_hidden_scores_for_everyone() -> None:
    read_hidden_tallies()
    swap("bot.viewing:together", lambda real: lambda pools: real([with_hidden(pool) for pool in pools]))


@rule("the left-over batch holds at least k people")
def pours_any_left_over() -> None:
    swap("bot.pouring:left_over", lambda real: lambda batch, **rest: real(batch, **{**rest, "threshold": 2}))


@rule("the words of left-over people are erased")
def keeps_left_over_words() -> None:
    from bot.records import open_part, pool_row
    from conversations.pools import Pool

    def keeping(real: Any) -> object:
        async def pour(self: Any, group: str, principle: Any, pools: Any) -> bool:
            batch = await self._tx.batch(group, principle.id)
            if await real(self, group, principle, pools):
                return True
            pool = pools.get((group, principle.id), Pool())
            parts = [open_part(self._key, row.participant, row.principle, row.sealed) for row in batch]
            words = [part.comment for part in parts if part.comment]
            row = pool_row(
                assessment=self._assessment.id,
                group=group,
                principle=principle.id,
                pool=replace(pool, comments=(*pool.comments, *words)),
                installation=self._installation,
                key=self._key,
            )
            await self._tx.put_pool(row)
            return False

        return pour

    swap("bot.pouring:Pourer._pour", keeping)


# rule 3: pouring erases, and what remains has no order


@rule("what was poured is spent, and nobody is poured twice")
def forgets_who_is_spent() -> None:
    def forgetting(real: Any) -> object:
        async def write(self: Any, participant: bytes, principle: str, *sealed: bytes, **more: Any) -> bool:
            await self._connection.execute(
                "DELETE FROM spent WHERE participant = ? AND principle = ?", (participant, principle)
            )
            written: bool = await real(self, participant, principle, *sealed, **more)
            return written

        return write

    async def nothing(self: Any, participant: bytes) -> frozenset[str]:
        return frozenset()

    swap("storage.sqlite_transaction:SqliteTransaction.put_part", forgetting)
    swap("storage.sqlite_transaction:SqliteTransaction.hand_in", forgetting)
    swap("storage.sqlite_transaction:SqliteTransaction.spent", lambda _: nothing)


@rule("what older files have forgotten is given up")
def trusts_older_files() -> None:
    def trusting(real: Any) -> object:
        def compare(self: Any, assessment: str, found: Mapping[Any, int]) -> Mapping[Any, int]:
            real(self, assessment, found)
            return {}

        return compare

    swap("bot.pool_versions:PoolVersions.compare", trusting)


@rule("pouring erases")
def keeps_what_was_poured() -> None:
    spend_without_looking()


@rule("comments are shuffled")
def keeps_the_order_of_ids() -> None:
    do_not_shuffle()


@rule("no order of arrival is kept")
def keeps_the_order_of_arrival() -> None:
    do_not_shuffle()
    came: dict[tuple[bytes, str], int] = {}

    def noting(real: Any) -> object:
        async def hand_in(self: Any, participant: bytes, principle: str, **rest: Any) -> bool:
            came[participant, principle] = len(came)
            written: bool = await real(self, participant, principle, **rest)
            return written

        return hand_in

    def sorting(real: Any) -> object:
        async def batch(self: Any, group: str, principle: str) -> Any:
            rows = await real(self, group, principle)
            return sorted(rows, key=lambda row: came[row.participant, principle])

        return batch

    swap("storage.sqlite_transaction:SqliteTransaction.hand_in", noting)
    swap("storage.sqlite_transaction:SqliteTransaction.batch", sorting)


# rule 4: before that, people are in charge


@rule("withdrawing erases")
def keeps_what_was_withdrawn() -> None:
    async def nothing(self: Any, participant: bytes) -> None:
        return None

    swap("storage.sqlite_transaction:SqliteTransaction.remove_participant", lambda _: nothing)


@rule("only what is handed in is poured")
def pours_what_is_not_handed_in() -> None:
    def everything(real: Any) -> object:
        async def batch(self: Any, group: str, principle: str) -> Any:
            await self._connection.execute(
                "UPDATE parts SET handed_in = 1 WHERE principle = ? AND participant IN "
                "(SELECT id FROM participants WHERE group_id = ?)",
                (principle, group),
            )
            return await real(self, group, principle)

        return batch

    swap("storage.sqlite_transaction:SqliteTransaction.batch", everything)


@rule("what is taken out until the last moment is not poured")
def pours_what_was_handed_in_before() -> None:
    from storage.sqlite_transaction import SqliteTransaction

    spend_without_looking()
    real_batch: Any = SqliteTransaction.batch
    device = [b""]
    seen: dict[tuple[bytes, str, str], Any] = {}

    def keeping(real: Any) -> object:
        async def assessment(desk: Any, row: Any, questionnaire: Any) -> Any:
            device[0] = desk.id
            if desk.dialogue.place.state == "f-show":
                for group in await desk.tx.groups(row.id):
                    for principle in questionnaire.principles:
                        found = await real_batch(desk.tx, group.id, principle.id)
                        seen[desk.id, group.id, principle.id] = found
            return await real(desk, row, questionnaire)

        return assessment

    async def seen_before(self: Any, group: str, principle: str) -> Any:
        return seen.get((device[0], group, principle), [])

    swap("bot.viewing:assessment", keeping)
    swap("storage.sqlite_transaction:SqliteTransaction.batch", lambda _: seen_before)


if __name__ == "__main__":
    RULES[sys.argv[1]]()
    from bot.command_line import main

    sys.exit(main(sys.argv[2:]))
