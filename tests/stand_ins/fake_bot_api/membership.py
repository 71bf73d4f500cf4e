"""The my_chat_member update: how the bot's own place in a chat changed."""

from typing import Any

from .chats import Chat

Json = dict[str, Any]


def member_change(*, chat: Chat, by: Json, bot: Json, date: float, before: str, after: str) -> Json:
    """The ChatMemberUpdated object. Status is one of member, left and kicked."""
    return {
        "chat": chat.json,
        "from": by,
        "date": int(date),
        "old_chat_member": _member(bot, before),
        "new_chat_member": _member(bot, after),
    }


def _member(bot: Json, status: str) -> Json:
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
