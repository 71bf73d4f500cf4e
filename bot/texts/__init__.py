"""Every text of our own that a person sees, by id, in plain English. The catalogues in locales/ translate them.

One module for each reader's corner. No logic lives here. ``{name}`` marks a parameter; ``{n}`` is the number that
chooses the plural. Sentences are whole: nothing is ever glued together from pieces.
"""

from __future__ import annotations

from bot.texts.entry import Entry
from bot.texts.gather import gather

TEXTS: dict[str, Entry] = gather()
