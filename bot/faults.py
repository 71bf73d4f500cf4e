"""Every fault that the program foresees at start: each one's message is a sentence that names the remedy."""

from __future__ import annotations

from bot.bootstrap import CannotStart
from bot.clearing_up import NotDone
from bot.keys import KeyFolderFault
from bot.languages import NotSpoken
from bot.lock import AlreadyRunning, UnusableDataFolder
from bot.rehearsal import NotOurFolder
from bot.reviewing.sheet import SheetFault
from bot.settings import FaultySettings
from bot.support import FaultySupport
from bot.telegram.channel import TokenRefused, Unreachable
from bot.web.server import AddressUnusable
from conversations.questionnaire import FaultyQuestionnaire
from storage.store import Refused

FORESEEN = (
    AddressUnusable,
    AlreadyRunning,
    CannotStart,
    FaultyQuestionnaire,
    FaultySettings,
    FaultySupport,
    KeyFolderFault,
    NotDone,
    NotOurFolder,
    NotSpoken,
    Refused,
    SheetFault,
    TokenRefused,
    Unreachable,
    UnusableDataFolder,
)
