"""Walking through Equal Voice without a channel: the real turns over a store, with a clock that tests set.

A ``House`` is a running installation. A ``Walker`` is one person in it who taps, types and opens links, and who looks
at every card as a person would: there must be a way on, and everything on it must have words. ``ways`` are walks that
many tests need.
"""

from walking.artist import NoArtist
from walking.breaking import BreakingStore
from walking.cards import check_card, spoken
from walking.copying import CopyingStore
from walking.house import Clock, House, questionnaire, small_questionnaire
from walking.performing import perform, result_of
from walking.steady import steady
from walking.walker import Walker
from walking.ways import Assessment, answer, assessment, choose, close, facilitator, participant, people_hand_in, show

__all__ = [
    "Assessment",
    "BreakingStore",
    "Clock",
    "CopyingStore",
    "House",
    "NoArtist",
    "Walker",
    "answer",
    "assessment",
    "check_card",
    "choose",
    "close",
    "facilitator",
    "participant",
    "people_hand_in",
    "perform",
    "questionnaire",
    "result_of",
    "show",
    "small_questionnaire",
    "spoken",
    "steady",
]
