"""Hiding a comment that was poured, and putting it back: the one change that a pool knows between its pourings.

Whose assessment it is, bot/performing.py has checked. Only the record under the installation key is written anew, so
this works after closing too, when the key to everything else is destroyed.
"""

from __future__ import annotations

from bot.records import changed_pool_row, open_pool
from conversations.commands import Release, Withhold
from conversations.pools import release, withhold
from storage.store import Transaction


async def hide_or_put_back(tx: Transaction, command: Withhold | Release, *, installation: bytes) -> None:
    """Do it, if the cell is poured and has such a comment; otherwise nothing changes."""
    change = withhold if isinstance(command, Withhold) else release
    for row in await tx.pools(command.assessment):
        if (row.group, row.principle) == (command.group, command.principle):
            pool = open_pool(row, installation=installation)
            changed = change(pool, command.comment)
            if changed != pool:
                await tx.put_pool(changed_pool_row(row, changed, installation=installation))
