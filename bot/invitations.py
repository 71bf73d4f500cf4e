"""One-time invitations for facilitators: random, stored as a hash only, good for seven days."""

from __future__ import annotations

import secrets

from bot.admitting import INVITATION_DAYS
from bot.sealing import token_hash
from conversations.days import DAY
from storage.store import Store, Transaction


def new_token() -> str:
    """192 random bits, in letters that stand in any link."""
    return secrets.token_urlsafe(24)


async def invite(store: Store, *, now: int) -> str:
    """Make an invitation and return its token. ``now`` in seconds since 1970."""
    token = new_token()
    until = now + INVITATION_DAYS * DAY

    async def keep(tx: Transaction) -> None:
        await tx.put_token(token_hash(token), kind="invitation", sealed=b"", until=until)

    await store.turn(b"", keep)
    return token


async def invite_first(store: Store, *, now: int) -> str | None:
    """The very first invitation: a new one at every start, which revokes the last, until one is redeemed.

    Returns None once there is a facilitator.
    """
    token = new_token()
    until = now + INVITATION_DAYS * DAY

    async def keep(tx: Transaction) -> bool:
        await tx.remove_tokens(kind="first")
        if await tx.facilitators():
            return False
        await tx.put_token(token_hash(token), kind="first", sealed=b"", until=until)
        return True

    return token if await store.turn(b"", keep) else None
