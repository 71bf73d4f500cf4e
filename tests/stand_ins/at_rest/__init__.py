"""Somebody with a copy of the files: what a database holds, whether bytes are in a folder, what keys open.

Reads the files of a program as anybody could who has them, with SQLite and with the functions that sealed them.
"""

from at_rest.opening import Trial, keys_in, sealed_under_the_assessments_key
from at_rest.remembering import Remembered, found_in, held_in, rows_of

__all__ = [
    "Remembered",
    "Trial",
    "found_in",
    "held_in",
    "keys_in",
    "rows_of",
    "sealed_under_the_assessments_key",
]
