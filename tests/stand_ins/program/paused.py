"""Run as a script: the real program with a pause planted after the first call of one of its functions.

``paused.py module:Class.method FILE run``: after that method first returns, FILE is written, and the call that made it
waits until FILE is gone. The method's own work is done, its transaction is not.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any


def plant(where: str, sign: Path) -> None:
    """Wrap the method so that its first call pauses."""
    module_name, _, path = where.partition(":")
    holder: Any = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        holder = getattr(holder, part)
    real: Callable[..., Awaitable[Any]] = getattr(holder, name)
    done = False

    @functools.wraps(real)
    async def pausing(*args: Any, **kwargs: Any) -> Any:
        nonlocal done
        result = await real(*args, **kwargs)
        if not done:
            done = True
            sign.write_text("here")  # noqa: ASYNC240 - the whole program is meant to stand still
            while sign.exists():  # noqa: ASYNC110, ASYNC240
                await asyncio.sleep(0.02)
        return result

    setattr(holder, name, pausing)


if __name__ == "__main__":
    plant(sys.argv[1], Path(sys.argv[2]))
    from bot.command_line import main

    sys.exit(main(sys.argv[3:]))
