"""How somebody who speaks a language reads and corrects its texts: `equal-voice languages`.

`texts` makes rows of a catalogue. `writing` and `reading` turn them into a review sheet (XLSX) and back; only they know
the libraries for sheets. `comparing` finds what a reviewer changed and whether it can be taken, `coverage` says how far
each language is, and `commands` holds the words for the terminal and touches files.
"""
