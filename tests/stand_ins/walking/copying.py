"""A store of which copies are made, and put back: what an operator does with the database's files."""

from __future__ import annotations

from storage.memory_tables import Tables
from walking.breaking import BreakingStore


class CopyingStore(BreakingStore):
    """A database that can be put back from an older copy. The key folder is in no copy."""

    def copied(self) -> Tables:
        """A copy as it is now."""
        return self._tables.copy()

    def put_back(self, copy: Tables) -> None:
        """The database is this copy from now on."""
        self._tables = copy.copy()
