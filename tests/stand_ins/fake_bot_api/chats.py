"""The chats and messages that the fake Telegram remembers, and their JSON as the Bot API tells it.

Who may be written to is decided here. What a message may hold is decided in limits.py, what a person sees
of it in screen.py.
"""

from dataclasses import dataclass, field
from typing import Any

from .refusals import Refusal, bad_request
from .wire import Upload

Json = dict[str, Any]


@dataclass(kw_only=True, eq=False)
class Message:
    """One message of either side."""

    id: int
    chat: "Chat"
    sender: Json
    date: int
    content: Json
    """The fields that make its kind: text and entities, photo, caption, sticker …"""
    markup: Json | None = None
    upload: Upload | None = None
    """The file itself, when the bot sent one."""
    edited_at: int | None = None
    protected: bool = False
    album: str | None = None
    reply_to: int | None = None

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def json(self) -> Json:
        """The Message object."""
        answer: Json = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat.json,
            "date": self.date,
            **self.content,
        }
        if self.edited_at is not None:
            answer["edit_date"] = self.edited_at
        if self.markup is not None and "inline_keyboard" in self.markup:
            answer["reply_markup"] = self.markup
        if self.protected:
            answer["has_protected_content"] = True
        if self.album is not None:
            answer["media_group_id"] = self.album
        if self.reply_to is not None and (earlier := self.chat.messages.get(self.reply_to)):
            answer["reply_to_message"] = {k: v for k, v in earlier.json.items() if k != "reply_to_message"}
        return answer


@dataclass(kw_only=True, eq=False)
class Chat:
    """A private chat (its id is the person's) or a group."""

    id: int
    kind: str
    """private, group or supergroup"""
    title: str | None = None
    person: Json | None = None
    """The User of a private chat."""
    next_message_id: int = 1
    messages: dict[int, Message] = field(default_factory=dict)
    """By id; deleted ones are gone."""
    deleted: dict[int, Message] = field(default_factory=dict)
    reachable: bool = False
    """Whether the person ever wrote, or the bot is in the group."""
    refusal: str | None = None
    """Why the bot may not write at present, in Telegram's words."""
    upgraded_to: int | None = None
    cleared_below: int = 0
    """The person deleted the chat: they no longer see messages with a lower id."""

    @property
    def json(self) -> Json:
        """The Chat object."""
        if self.person is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        names: Json = {key: self.person[key] for key in ("first_name", "last_name", "username") if key in self.person}
        return {"id": self.id, "type": self.kind, **names}

    def add(
        self,
        *,
        sender: Json,
        date: float,
        content: Json,
        markup: Json | None = None,
        upload: Upload | None = None,
        protected: bool = False,
        album: str | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Put a message at the end."""
        message = Message(
            id=self.next_message_id,
            chat=self,
            sender=sender,
            date=int(date),
            content=content,
            markup=markup,
            upload=upload,
            protected=protected,
            album=album,
            reply_to=reply_to,
        )
        self.next_message_id += 1
        self.messages[message.id] = message
        return message

    def find(self, message_id: int) -> Message:
        """A message, deleted or not, since an old screen may still show it."""
        return self.messages.get(message_id) or self.deleted[message_id]

    def delete(self, message: Message) -> None:
        """Take a message away from everybody."""
        self.deleted[message.id] = self.messages.pop(message.id)


class Chats:
    """Every chat there is, by id."""

    def __init__(self) -> None:
        self._by_id: dict[int, Chat] = {}

    def __contains__(self, chat_id: int) -> bool:
        return chat_id in self._by_id

    def __getitem__(self, chat_id: int) -> Chat:
        return self._by_id[chat_id]

    def add(self, chat: Chat) -> Chat:
        """Make a chat known. Each starts its message ids elsewhere, so that a mix-up of chats shows."""
        if chat.id in self._by_id:
            raise ValueError(f"there is a chat {chat.id} already")
        chat.next_message_id = 1 + 1000 * len(self._by_id)
        self._by_id[chat.id] = chat
        return chat

    def reach(self, chat_id: int | str) -> Chat:
        """The chat that a bot's call is about.

        Raises:
            Refusal: 400 when there is none or it was upgraded; 403 when the bot may not write there.
        """
        chat = self._by_id.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.upgraded_to is not None:
            raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to)
        if chat.refusal is not None:
            raise Refusal(403, chat.refusal)
        if not chat.reachable:
            raise Refusal(
                403,
                "bot can't initiate conversation with a user"
                if chat.kind == "private"
                else "bot is not a member of the group chat",
            )
        return chat
