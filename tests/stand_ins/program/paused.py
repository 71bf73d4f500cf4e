"""Run as a script: the real program with a pause planted at one of its functions.

``paused.py WHERE FOLDER run``: at the function's first call once there is a file ``armed`` in FOLDER, ``paused`` is
written there, and the call waits until that is gone. WHERE is ``module:Class.method``, and the pause comes when the
function's own work is done and its caller has not heard of it; or ``before module:Class.method``, and the pause comes
first. An ordinary function holds up the thread that called it.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import inspect
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEP = 0.02


def plant(where: str, folder: Path) -> None:
    """Wrap the function so that its first call, once that is wished for, pauses."""
    sign, armed = folder / "paused", folder / "armed"
    early = where.startswith("before ")
    module_name, _, path = where.removeprefix("before ").partition(":")
    holder: Any = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        holder = getattr(holder, part)
    real: Callable[..., Any] = getattr(holder, name)
    done = False

    def first() -> bool:
        nonlocal done
        if done or not armed.exists():
            return False
        done = True
        sign.write_text("here")
        return True

    async def pause() -> None:
        if first():
            while sign.exists():  # noqa: ASYNC110 - the whole program is meant to stand still
                await asyncio.sleep(STEP)

    def hold_up() -> None:
        if first():
            while sign.exists():
                time.sleep(STEP)

    @functools.wraps(real)
    async def pausing(*args: Any, **kwargs: Any) -> Any:
        if early:
            await pause()
        result = await real(*args, **kwargs)
        await pause()
        return result

    @functools.wraps(real)
    def holding_up(*args: Any, **kwargs: Any) -> Any:
        if early:
            hold_up()
        result = real(*args, **kwargs)
        hold_up()
        return result

    setattr(holder, name, pausing if inspect.iscoroutinefunction(real) else holding_up)


if __name__ == "__main__":
    plant(sys.argv[1], Path(sys.argv[2]))
    from bot.command_line import main

    sys.exit(main(sys.argv[3:]))
