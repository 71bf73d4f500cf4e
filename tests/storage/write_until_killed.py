"""Run as a process by test_sqlite_durability.py: confirms one turn after the other until it is killed.

Writes a number to standard output after the turn of that number has returned.
"""

import asyncio
import sys
from pathlib import Path

from storage.sqlite import SqliteStore
from storage.store import Transaction


async def main(path: Path, start: int) -> None:
    store = await SqliteStore.open(path)
    for number in range(start, 1_000_000):
        key, value = b"%d" % number, b"%d" % (number * 7)

        async def work(transaction: Transaction, key: bytes = key, value: bytes = value) -> None:
            await transaction.put_visitor(key, value)
            await transaction.put_address(key, value)
            if len(key) > 1 and key.endswith(b"0"):
                # Every tenth turn also erases, so that the kill meets rebuilding and emptying as well.
                await transaction.remove_visitor(b"%d" % (int(key) - 5))
                await transaction.remove_address(b"%d" % (int(key) - 5))

        await store.turn(key, work)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
