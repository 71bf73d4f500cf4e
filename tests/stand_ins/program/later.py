"""Run as a script: the real program whose clock goes so many days ahead. ``later.py DAYS COMMAND [ARGUMENT …]``."""

from __future__ import annotations

import sys
import time
from types import SimpleNamespace

DAY = 24 * 60 * 60


def main(days: int, command: list[str]) -> int:
    """Set the one clock that the program's parts are given, and run a command."""
    from bot import bootstrap, command_line

    vars(bootstrap)["time"] = SimpleNamespace(time=lambda: time.time() + days * DAY)
    return command_line.main(command)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
