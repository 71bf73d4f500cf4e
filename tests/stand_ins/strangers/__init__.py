"""Everybody who has no business with an assessment, and everything that they could try.

``World`` is an installation on SQLite with one assessment full of things to find, real pages in front, and every kind
of stranger on both channels. ``Chat`` and ``Page`` are their ways in. ``Keeper`` says what must not change.
"""

from strangers.chat import Chat
from strangers.forging import COMMANDS, STATES, VALUES, place_in, values_of
from strangers.keeping import Keeper
from strangers.page import Page
from strangers.world import KINDS, SECRETS, Stranger, World

__all__ = [
    "COMMANDS",
    "KINDS",
    "SECRETS",
    "STATES",
    "VALUES",
    "Chat",
    "Keeper",
    "Page",
    "Stranger",
    "World",
    "place_in",
    "values_of",
]
