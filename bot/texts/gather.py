"""Puts the texts of all modules into one table, and refuses an id that is given twice."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from bot.texts.entry import Entry


def gather() -> dict[str, Entry]:
    """Every ``TEXTS`` of the modules in this folder.

    Raises:
        ValueError: when two modules use the same id.
    """
    texts: dict[str, Entry] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name in {"entry", "gather"}:
            continue
        for id_, entry in importlib.import_module(f"bot.texts.{module.name}").TEXTS.items():
            if id_ in texts:
                raise ValueError(f'The text "{id_}" is given twice; the second time in bot/texts/{module.name}.py.')
            texts[id_] = entry
    return texts
