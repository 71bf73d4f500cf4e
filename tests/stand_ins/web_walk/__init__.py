"""The walk over HTTP: browsers without JavaScript, and the people who sit in front of them.

``Browser`` loads pages, keeps cookies and sends forms exactly as a browser does. Every page that it loads is checked
against ``rules``. ``Participant`` and ``Facilitator`` use one to do what such people do. ``Count`` adds up, on its own
and from what was posted alone, what the program may show. ``venue`` is the running program with all of them in front
of it. Nothing here imports the program.
"""

from web_walk.browser import Browser, Tab
from web_walk.count import Count, Sheet
from web_walk.facilitator import Facilitator
from web_walk.page import Page
from web_walk.participant import Participant, Wishes
from web_walk.venue import GROUPS, STAFF, USERS, K, Venue, venue

__all__ = [
    "GROUPS",
    "STAFF",
    "USERS",
    "Browser",
    "Count",
    "Facilitator",
    "K",
    "Page",
    "Participant",
    "Sheet",
    "Tab",
    "Venue",
    "Wishes",
    "venue",
]
