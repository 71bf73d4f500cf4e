"""Replacing functions of the program, by name, before it starts."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any


def swap(where: str, make: Callable[[Any], object]) -> None:
    """Put in the place of what is at ``where`` (``module:Class.method``) what ``make`` makes of it.

    Raises:
        AttributeError: there is nothing at that place: the rule has moved, and must be disabled where it is now.
    """
    module, _, path = where.partition(":")
    holder: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        holder = getattr(holder, part)
    setattr(holder, name, make(getattr(holder, name)))


def read_hidden_tallies() -> None:
    """Seal hidden tallies with the installation's key, and read them wherever a pool is read."""

    def seals(real: Any) -> object:
        return lambda *, installation, key, **rest: real(installation=installation, key=installation, **rest)

    def opens(real: Any) -> object:
        return lambda row, *, installation, key=None: real(row, installation=installation, key=installation)

    swap("bot.pouring:pool_row", seals)
    swap("bot.pouring:open_pool", opens)


def with_hidden(pool: Any) -> Any:
    """A pool that shows what waits in it."""
    from conversations.pools import EMPTY

    shown = dict(pool.shown)
    for statement, tally in pool.hidden.items():
        shown[statement] = shown.get(statement, EMPTY) + tally
    return replace(pool, shown={key: tally for key, tally in shown.items() if tally.scored}, hidden={})


def spend_without_looking() -> None:
    """Mark people as spent whether their parts are there or not, and leave the parts."""

    async def spend(self: Any, assessment: str, principle: str, participants: Sequence[bytes]) -> None:
        for participant in participants:
            await self._connection.execute(
                "INSERT OR IGNORE INTO spent (participant, principle, assessment) VALUES (?, ?, ?)",
                (participant, principle, assessment),
            )

    swap("storage.sqlite_transaction:SqliteTransaction.spend", lambda _: spend)


def do_not_shuffle() -> None:
    """Leave comments in the order in which they are poured."""

    def begins(real: Any) -> object:
        assert "mix" in real.__kwdefaults__, "the pourer is given its shuffle in another way now"
        real.__kwdefaults__["mix"] = lambda items: None
        return real

    swap("bot.pouring:Pourer.__init__", begins)
