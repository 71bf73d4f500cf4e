"""What an update means: who wrote, in which chat, and what they did. Pure.

Only private chats hold persons. Of groups nothing is read but whether somebody speaks to the bot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.replies import Person
from conversations.inputs import Asked, Input, Odd, Opened, Stale, Tap, Typed, Unreadable

COMMAND = re.compile(r"/([a-z][a-z0-9_]{0,31})(?:@(\w+))?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL | re.ASCII)
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
BUTTON = re.compile(r"([0-9]{1,12}):([a-z0-9-]{1,12}):([a-z0-9-]{0,36})")

# In this order: an animation is a document too, a venue a location too.
ODD: tuple[tuple[str, Odd], ...] = (
    ("photo", "photo"),
    ("sticker", "sticker"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "video"),
    ("document", "file"),
    ("location", "place"),
    ("contact", "contact"),
    ("poll", "poll"),
)
# What Telegram itself writes into a private chat. Nobody said anything, so nobody is answered.
SERVICE = (
    "boost_added",
    "chat_background_set",
    "chat_shared",
    "connected_website",
    "message_auto_delete_timer_changed",
    "pinned_message",
    "users_shared",
    "write_access_allowed",
)


@dataclass(frozen=True, kw_only=True, repr=False)
class Heard:
    """Somebody did something in their private chat.

    ``number`` is the card number on a tapped button. ``message`` is the id of a new message of theirs, by
    which it is known when it comes twice; None for taps and edits. ``query`` and ``tapped`` are the tap to be
    answered and the message that holds the button. ``album`` is the same for all pictures sent in one go.
    ``hint`` is a language tag.
    """

    person: Person
    chat: int
    given: Input
    hint: str
    number: int | None = None
    message: int | None = None
    query: str | None = None
    tapped: int | None = None
    album: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class InGroup:
    """Somebody spoke to the bot, or tapped, in a group."""

    chat: int
    hint: str
    query: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Membership:
    """Somebody blocked the bot or let it write again."""

    chat: int


def line_of(update: Update) -> int:
    """Updates with the same number are handled one by one: those of a person, and those of a group."""
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else user.id if user else 0


def read(update: Update, *, username: str) -> Heard | InGroup | Membership | None:
    """What an update means; None for what needs no answer. ``username`` is the bot's own, without @."""
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.edited_message is not None:
        return _edited(update.edited_message)
    if update.message is not None:
        return _message(update.message, username)
    return None


def _tap(query: CallbackQuery) -> Heard | InGroup:
    user, message = query.from_user, query.message
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return InGroup(chat=message.chat.id, hint=_hint(user), query=query.id)
    button = BUTTON.fullmatch(query.data or "")
    return Heard(
        person=_person(user),
        chat=user.id,
        given=Tap(button[2], button[3]) if button else Stale(),
        hint=_hint(user),
        number=int(button[1]) if button else None,
        query=query.id,
        tapped=message.message_id if message is not None else None,
    )


def _membership(change: ChatMemberUpdated) -> Membership | None:
    statuses = {change.old_chat_member.status, change.new_chat_member.status}
    if change.chat.type != ChatType.PRIVATE or ChatMemberStatus.BANNED not in statuses:
        return None
    return Membership(chat=change.chat.id)


def _edited(message: Message) -> Heard | None:
    if message.chat.type != ChatType.PRIVATE or message.from_user is None:
        return None
    # Its id was taken already by the text before the edit: with it, this would pass for that text come twice.
    return Heard(
        person=_person(message.from_user),
        chat=message.chat.id,
        given=Unreadable("edited"),
        hint=_hint(message.from_user),
    )


def _message(message: Message, username: str) -> Heard | InGroup | None:
    user = message.from_user
    if message.chat.type != ChatType.PRIVATE:
        words = message.text or message.caption or ""
        return InGroup(chat=message.chat.id, hint=_hint(user)) if _meant(words, username) else None
    if user is None or any(getattr(message, name, None) for name in SERVICE):
        return None
    return Heard(
        person=_person(user),
        chat=message.chat.id,
        given=_given(message),
        hint=_hint(user),
        message=message.message_id,
        album=message.media_group_id,
    )


def _given(message: Message) -> Input:
    if message.text is None:
        return Unreadable(next((odd for name, odd in ODD if getattr(message, name)), "other"))
    # Half a surrogate pair cannot be stored or sent.
    words = message.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    command = COMMAND.fullmatch(words)
    if command is None:
        return Typed(words, whole=False)
    if command[1].lower() != "start":
        return Asked(command[1].lower())
    payload = (command[3] or "").strip()
    return Opened(payload if PAYLOAD.fullmatch(payload) else "")


def _meant(words: str, username: str) -> bool:
    """Whether words in a group are for the bot: a command (for nobody else) or its name."""
    command = COMMAND.fullmatch(words)
    if command is not None and (command[2] or username).lower() == username.lower():
        return True
    return re.search(rf"(?<!\w)@{re.escape(username)}(?!\w)", words, re.IGNORECASE) is not None


def _person(user: User) -> Person:
    return Person(channel="telegram", id=str(user.id))


def _hint(user: User | None) -> str:
    return (user.language_code or "") if user else ""
