"""A copy of the languages to work on, and the commands on it with everything that they say."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.languages import LOCALES, catalogue_file
from bot.reviewing.commands import Desk, export, overview, take_back


@dataclass(frozen=True, kw_only=True)
class Office:
    """Where somebody runs the commands."""

    desk: Desk
    place: Path
    """Where sheets lie."""
    told: list[str] = field(default_factory=list)

    def catalogue(self, language: str = "pl") -> Path:
        return catalogue_file(self.desk.folder, language)

    def export(self, language: str = "pl") -> Path:
        """A new sheet."""
        file = self.place / f"{language}-{len(list(self.place.iterdir()))}.xlsx"
        assert export(self.desk, language, file, tell=self.told.append) == 0
        self.told.clear()
        return file

    def take_back(self, file: Path, language: str = "pl", *, say: Callable[[str], str] | None = None) -> int:
        """Its status. What was told before is gone from `told`."""
        self.told.clear()
        return take_back(self.desk, language, file, tell=self.told.append, say=say)

    def overview(self, *, offered: tuple[str, ...] = ()) -> dict[str, str]:
        """Each line of the table by its code; what else is told stays in `told`."""
        self.told.clear()
        assert overview(self.desk, offered=offered, tell=self.told.append) == 0
        return {line.split()[0]: line for line in self.told if " of " in line}


@pytest.fixture(scope="session")
def laid() -> Desk:
    """Today's texts, read once."""
    return Desk.laid()


@pytest.fixture
def office(laid: Desk, tmp_path: Path) -> Office:
    """A copy of locales/, and an empty place for sheets."""
    folder, place = tmp_path / "locales", tmp_path / "sheets"
    shutil.copytree(LOCALES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    place.mkdir()
    return Office(desk=Desk(folder=folder, texts=laid.texts, on_buttons=laid.on_buttons), place=place)
