"""The whole way in one language, from the first tap to the charts, over Telegram or in a browser.

A ``Tongue`` is a language as a test knows it: by its code. What has to stand on a card is named by its id, as in
``conversations.says``, and said by ``bot.wording``; so these walks know no language, and run in any of locales.json.
A ``Device`` is what somebody holds: it finds a button by its label in that language and by nothing else, and keeps all
that was ever on its screen. ``Participant`` and ``Facilitator`` go all the way, the same on both channels.
``Reckoning`` adds up what the charts have to show. ``English`` finds what nobody translated.
"""

from language_walk.chat import Chat
from language_walk.device import Device
from language_walk.english import English
from language_walk.facilitating import ORGANISATION, Facilitator
from language_walk.page import Page
from language_walk.participating import Participant
from language_walk.reckoning import STAFF, USERS, Answers, Reckoning, some_answers
from language_walk.tongue import ENGLISH, WALKED, Tongue, tongue

__all__ = [
    "ENGLISH",
    "ORGANISATION",
    "STAFF",
    "USERS",
    "WALKED",
    "Answers",
    "Chat",
    "Device",
    "English",
    "Facilitator",
    "Page",
    "Participant",
    "Reckoning",
    "Tongue",
    "some_answers",
    "tongue",
]
