"""A seat is one person in one chat: what they write and tap there, and what they see.

What only a private chat has (start, block …) is in people.py, groups are in groups.py.
"""

import time

from . import writings
from .chats import Chat, Json, Message
from .journal import POLLING, Journal
from .membership import member_change
from .queries import Tap, Toast
from .screen import Button, ScreenMessage, find_button, find_on_screen, screen_of
from .state import State
from .updates import Update
from .waiting import wait_for


class Seat:
    """Everything a person does takes effect at once, before the first real wait."""

    def __init__(self, *, user: Json, chat: Chat, state: State, journal: Journal) -> None:
        self.user = user
        """The person's User object."""
        self.chat = chat
        self.taps: list[Tap] = []
        """Every press of a button here, oldest first."""
        self._state = state
        self._journal = journal

    @property
    def id(self) -> int:
        """The person's id, which is that of their private chat too."""
        return int(self.user["id"])

    # What they see

    @property
    def screen(self) -> list[ScreenMessage]:
        """All messages as they look now, the person's own among them, oldest first."""
        return screen_of(self.chat)

    @property
    def card(self) -> ScreenMessage:
        """The newest message with an inline keyboard.

        Raises:
            AssertionError: when there is none.
        """
        for message in reversed(self.screen):
            if message.rows:
                return message
        raise AssertionError(f"no message with a keyboard is on the screen:\n{self.shown()}")

    @property
    def newest(self) -> ScreenMessage:
        """The bot's newest message.

        Raises:
            AssertionError: when there is none.
        """
        for message in reversed(self.screen):
            if message.from_bot:
                return message
        raise AssertionError(f"the bot has written nothing:\n{self.shown()}")

    @property
    def toasts(self) -> list[Toast]:
        """The answers to their taps, oldest tap first; unanswered taps are left out."""
        return [tap.toast for tap in self.taps if tap.toast]

    def shown(self) -> str:
        """The screen as text, for messages of failed tests."""
        return "\n".join(map(str, self.screen)) or "(an empty screen)"

    # What they write

    async def say(self, words: str, *, reply_to: ScreenMessage | int | None = None) -> Update:
        """Send a text. The update's body holds the message_id."""
        return self._write(writings.text(words), reply_to=reply_to)

    async def command(self, name: str, *arguments: str) -> Update:
        """Send "/name arguments"."""
        return await self.say(" ".join((f"/{name}", *arguments)))

    async def edit(self, message: ScreenMessage | Update | int, words: str) -> Update:
        """Change one of their own texts."""
        if isinstance(message, Update):
            message = int(message.body["message_id"])
        found = self._found(message)
        if found.from_bot or "text" not in found.content:
            raise AssertionError(f"message {found.id} is not a text of this person")
        found.content = writings.text(words)
        found.edited_at = int(self._state.clock.now())
        return self._put("edited_message", found.json)

    async def send_photo(self, caption: str = "") -> Update:
        return self._write(writings.photo(caption))

    async def send_document(self, name: str = "notes.pdf", caption: str = "") -> Update:
        return self._write(writings.document(name, caption))

    async def send_sticker(self) -> Update:
        return self._write(writings.sticker())

    async def send_voice(self) -> Update:
        return self._write(writings.voice())

    async def send_location(self) -> Update:
        return self._write(writings.location())

    async def send_contact(self) -> Update:
        return self._write(writings.contact())

    async def send_poll(self) -> Update:
        return self._write(writings.poll())

    # What they tap

    async def tap(self, label: str, *, message: ScreenMessage | int | None = None, within: float = 2) -> Tap:
        """Press the button with this label, or one that begins so, on the newest message that has it.

        Waits up to `within` seconds for the button to appear; then the tap takes effect at once.

        Raises:
            AssertionError: when no such button appears, or it is not one that tells the bot.
        """
        found = await wait_for(
            lambda: self._find(label, message),
            within,
            what=lambda: f"a button {label!r} on the screen:\n{self.shown()}",
        )
        where, button = found
        if button.data is None:
            raise AssertionError(f"button {button.label!r} opens a link or copies; look at it with .button()")
        return self._tap(button.data, self._found(where))

    async def tap_data(self, data: str, *, message: ScreenMessage | int | None = None) -> Tap:
        """Send any data, stale or forged, as from a message (also a deleted one), else from the newest."""
        return self._tap(data, self._found(message if message is not None else self.newest))

    async def tap_again(self) -> Tap:
        """The app sends the latest tap once more, as a new update with a new query id."""
        if not self.taps:
            raise AssertionError("nothing has been tapped here yet")
        return self._tap(self.taps[-1].data, self.taps[-1].message)

    async def settled(self, *, quiet: float = 0.15, within: float = 5) -> None:
        """Wait until nothing is outstanding, and for `quiet` seconds nothing has stirred.

        Outstanding are the person's unconfirmed updates and calls in flight about this chat.

        Raises:
            AssertionError: when it has not settled `within` so many seconds; says what is outstanding.
        """
        await wait_for(lambda: self._quiet_for() >= quiet, within, what=self._outstanding)

    # How it is done

    def _hears(self, words: str, reply_to: int | None) -> bool:
        """Whether the bot is told of a message with these words."""
        return True

    def _write(self, content: Json, *, reply_to: ScreenMessage | int | None = None) -> Update:
        if self.chat.refusal is not None:
            raise AssertionError(f"this person cannot write now: {self.chat.refusal}")
        replied = self._found(reply_to).id if reply_to is not None else None
        now = self._state.clock.now()
        message = self.chat.add(sender=self.user, date=now, content=content, reply_to=replied)
        if self.chat.kind == "private":
            self.chat.reachable = True
        return self._put("message", message.json, heard=self._hears(content.get("text", ""), replied))

    def _put(self, kind: str, body: Json, *, heard: bool = True) -> Update:
        return self._state.updates.add(kind, body, person=self.id, heard=heard)

    def _member_change(self, before: str, after: str) -> Update:
        return self._put(
            "my_chat_member",
            member_change(
                chat=self.chat,
                by=self.user,
                bot=self._state.bot,
                date=self._state.clock.now(),
                before=before,
                after=after,
            ),
        )

    def _found(self, message: ScreenMessage | int) -> Message:
        number = message if isinstance(message, int) else message.id
        try:
            return self.chat.find(number)
        except KeyError:
            raise AssertionError(f"there never was a message {number} in this chat") from None

    def _find(self, label: str, message: ScreenMessage | int | None) -> tuple[ScreenMessage, Button] | None:
        if message is None:
            return find_on_screen(self.screen, label)
        shown = ScreenMessage.of(self._found(message))
        button = find_button(shown.buttons, label)
        return (shown, button) if button else None

    def _tap(self, data: str, message: Message) -> Tap:
        tap = self._state.queries.add(data=data, message=message, person=self.id)
        gone = message.id not in self.chat.messages
        about = {"chat": self.chat.json, "message_id": message.id, "date": 0} if gone else message.json
        tap.update = self._put(
            "callback_query",
            {
                "id": tap.query_id,
                "from": self.user,
                "message": about,
                "data": data,
                "chat_instance": str(7_000_000_000_000_000_000 + self.chat.id),
            },
        )
        self.taps.append(tap)
        return tap

    def _waiting(self) -> list[Update]:
        return [update for update in self._state.updates.waiting if update.person == self.id]

    def _quiet_for(self) -> float:
        if self._waiting() or self._journal.in_flight(self.chat.id):
            return 0
        heard = self._journal.last_heard(self.chat.id) or 0
        return time.monotonic() - max(heard, self._state.updates.last_confirmed(self.id) or 0)

    def _outstanding(self) -> str:
        polls = [call for call in self._journal.calls if call.method == POLLING]
        if not polls:
            polling = "the bot has never asked for updates"
        elif polls[-1].ended is None:
            polling = "the bot is asking for updates now"
        else:
            polling = f"the bot last asked for updates {time.monotonic() - polls[-1].ended:.2f} s ago"
        outstanding = [*map(str, self._waiting()), *map(str, self._journal.in_flight(self.chat.id))]
        lines = outstanding or [f"quiet for {self._quiet_for():.2f} s only"]
        return "\n  ".join([f"all settled for person {self.id} in chat {self.chat.id}; {polling}", *lines])
