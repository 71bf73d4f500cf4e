"""People who walk through the real program over the pretend Telegram, and a book that counts what they tapped.

An ``Actor`` taps buttons and writes texts as the screen asks, and waits for the next card. All that follows from it is
written into a ``Book``, which knows the promises of the design but nothing of the program's code: it adds up by itself
what may be shown. A ``Facilitator`` sets up, looks, shows and closes; ``reading`` makes numbers of what they see, and
``comparing`` holds them against the book. ``at_rest`` looks at the files that a program left.
"""

from telegram_walk.acting import Actor
from telegram_walk.at_rest import Assessments, assessments, bytes_of, keys, versions
from telegram_walk.book import DONT_KNOW, LABELS, PRINCIPLES, SKIP, Book
from telegram_walk.comparing import all_results_match, numbers_match, picture_matches
from telegram_walk.facilitating import STAFF, USERS, Facilitator, Invite
from telegram_walk.making import settings_for, some_choices
from telegram_walk.participating import Participant, agree_all, joins

__all__ = [
    "DONT_KNOW",
    "LABELS",
    "PRINCIPLES",
    "SKIP",
    "STAFF",
    "USERS",
    "Actor",
    "Assessments",
    "Book",
    "Facilitator",
    "Invite",
    "Participant",
    "agree_all",
    "all_results_match",
    "assessments",
    "bytes_of",
    "joins",
    "keys",
    "numbers_match",
    "picture_matches",
    "settings_for",
    "some_choices",
    "versions",
]
