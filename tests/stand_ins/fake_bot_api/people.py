"""People and their private chats with the bot."""

import re

from .chats import Chat, Json
from .groups import GroupSeat
from .journal import Journal
from .seats import Seat
from .state import State
from .updates import Update

BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"


class Person(Seat):
    """One person, seated in their private chat with the bot."""

    def __init__(self, *, user: Json, state: State, journal: Journal) -> None:
        chat = state.chats.add(Chat(id=int(user["id"]), kind="private", person=user))
        super().__init__(user=user, chat=chat, state=state, journal=journal)

    async def start(self, payload: str | None = None) -> Update:
        """Press Start, or follow a t.me link with a payload of up to 64 of A-Z a-z 0-9 _ and -."""
        if payload is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload):
            raise AssertionError(f"no link can carry the payload {payload!r}")
        return await self.command("start", *([payload] if payload else []))

    async def block(self) -> Update:
        """Block the bot: it gets 403 from now on."""
        self.chat.refusal = BLOCKED
        return self._member_change("member", "kicked")

    async def unblock(self) -> Update:
        """Let the bot write again."""
        self.chat.refusal = None
        return self._member_change("kicked", "member")

    async def deactivate(self) -> None:
        """Leave Telegram for good. The bot is told only by a 403."""
        self.chat.refusal = DEACTIVATED

    async def delete_chat(self) -> None:
        """Clear the chat on the person's side. The bot is not told; for it, all is still there."""
        self.chat.cleared_below = self.chat.next_message_id

    def in_group(self, chat_id: int, *, title: str = "Ward meeting") -> GroupSeat:
        """This person in a group. The first to name it makes the group; the bot is not in it until `add_bot`.

        Several people named in one group have a seat each.
        """
        if chat_id >= 0:
            raise ValueError("ids of groups are negative")
        if chat_id not in self._state.chats:
            self._state.chats.add(Chat(id=chat_id, kind="group", title=title))
        return GroupSeat(user=self.user, chat=self._state.chats[chat_id], state=self._state, journal=self._journal)
