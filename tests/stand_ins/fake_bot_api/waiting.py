"""Waiting for something to become true, with a reason when it does not."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

EVERY = 0.005


async def wait_for(
    predicate: Callable[[], T | None],
    within: float = 5,
    *,
    what: str | Callable[[], str] = "what the test waits for",
) -> T:
    """Ask again and again, for at most `within` seconds.

    Returns:
        The first true value.

    Raises:
        AssertionError: when time is up, saying `what` did not come about.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not (value := predicate()):
        if loop.time() > deadline:
            raise AssertionError(f"not within {within} s: {what if isinstance(what, str) else what()}")
        await asyncio.sleep(EVERY)
    return value
