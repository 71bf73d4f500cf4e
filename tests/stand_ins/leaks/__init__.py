"""Looking for leaks: marked words go through the real program, and every place is searched for them.

``canaries`` are the words, ``places`` where is looked. ``Watched`` is the program, run through ``wrapper.py``: bugs can
be planted in it, and it can be made to leak everywhere, to see that every place is really searched. ``hearing`` has
browsers that remember all they were told.
"""

from leaks.canaries import Canaries, Canary, shapes
from leaks.hearing import AGENT, SOURCE, Hall, Listening, hall, metadata
from leaks.places import Finding, Look, chunks, leaves_core, on_the_machine, open_files, search
from leaks.watching import Door, Watched

__all__ = [
    "AGENT",
    "SOURCE",
    "Canaries",
    "Canary",
    "Door",
    "Finding",
    "Hall",
    "Listening",
    "Look",
    "Watched",
    "chunks",
    "hall",
    "leaves_core",
    "metadata",
    "on_the_machine",
    "open_files",
    "search",
    "shapes",
]
