"""A person in a group chat, where the bot hears only what is meant for it."""

from .chats import Chat
from .seats import Seat
from .updates import Update


class GroupSeat(Seat):
    """Privacy mode is on: the bot hears commands, mentions and replies to it, and nothing else.

    The rest is on the screen, and its `Update` is marked as dropped.
    """

    async def command(self, name: str, *arguments: str) -> Update:
        """Send "/name@bot arguments", as the app does in groups."""
        return await self.say(" ".join((f"/{name}@{self._state.bot['username']}", *arguments)))

    async def mention(self, words: str) -> Update:
        """Send "@bot words"."""
        return await self.say(f"@{self._state.bot['username']} {words}")

    async def add_bot(self) -> Update:
        """Put the bot in."""
        self.chat.refusal = None
        self.chat.reachable = True
        return self._member_change("left", "member")

    async def remove_bot(self) -> Update:
        """Throw the bot out: it gets 403 from now on."""
        update = self._member_change("member", "kicked")
        self.chat.refusal = "bot was kicked from the group chat"
        return update

    async def upgrade(self, new_id: int) -> "GroupSeat":
        """Make a supergroup of it, under a new id (-100…).

        Returns:
            The same person's seat there. The old chat refuses with migrate_to_chat_id.
        """
        new = self._state.chats.add(Chat(id=new_id, kind="supergroup", title=self.chat.title, reachable=True))
        self._write({"migrate_to_chat_id": new_id})
        self.chat.upgraded_to = new_id
        seat = GroupSeat(user=self.user, chat=new, state=self._state, journal=self._journal)
        seat._write({"migrate_from_chat_id": self.chat.id})
        return seat

    def _hears(self, words: str, reply_to: int | None) -> bool:
        bot = self._state.bot["username"]
        name, _, addressee = words.partition(" ")[0].partition("@")
        command = name.startswith("/") and addressee in ("", bot)
        replied = reply_to is not None and self._found(reply_to).from_bot
        return self.chat.reachable and (not words or command or f"@{bot}" in words or replied)
