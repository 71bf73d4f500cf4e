"""One person who walks through the conversation."""

from __future__ import annotations

from bot.replies import Channel, Person, Reply
from conversations.cards import Card
from conversations.inputs import Asked, Input, Odd, Opened, Tap, Typed, Unreadable
from walking.cards import check_reply
from walking.house import House


class Walker:
    """Somebody with a phone or a browser. Every reply is looked at, and the last one is kept in ``reply``."""

    def __init__(self, house: House, id: str, *, channel: Channel = "telegram", hint: str = "") -> None:
        """``hint``: the language tags of their phone or browser."""
        self.house = house
        self.hint = hint
        self.person = Person(channel=channel, id=id, cookie=b"" if channel == "telegram" else id.encode().ljust(32))
        self.reply: Reply | None = None
        self.message = 0
        self._last_tap: tuple[Tap, int] | None = None

    @property
    def card(self) -> Card:
        """The card that this person looks at."""
        assert self.reply is not None, "nothing was shown yet"
        return self.reply.card

    @property
    def state(self) -> str:
        """Where this person is."""
        return self.card.state

    @property
    def notices(self) -> list[str]:
        """The ids of what was remarked last."""
        assert self.reply is not None
        return [notice.id for notice in self.reply.notices]

    async def look(self) -> Reply:
        """Load the page again; nothing changes."""
        return self._seen(await self.house.turns.look(self.person, hint=self.hint))

    async def tap(self, action: str, value: str = "") -> Reply:
        """Tap a button of the current card."""
        await self._has_looked()
        offered = [(button.action, button.value) for button in self.card.buttons()]
        assert (action, value) in offered, f"{self.state} does not offer {action} {value}; it offers {offered}"
        return await self.force(action, value)

    async def force(self, action: str, value: str = "", *, behind: int = 0) -> Reply:
        """Tap a button whether the card has it or not. ``behind``: so many cards ago."""
        number = (await self._has_looked()).number - behind
        self._last_tap = (Tap(action, value), number)
        return await self.take(Tap(action, value), number=number)

    async def tap_again(self) -> Reply:
        """The last tap once more, as a nervous finger or a repeated update does it."""
        assert self._last_tap is not None
        tap, number = self._last_tap
        return await self.take(tap, number=number)

    async def write(self, words: str) -> Reply:
        """Send a text: a message on Telegram, the whole of the field on the web."""
        if self.person.channel == "web":
            number = (await self._has_looked()).number
            return await self.take(Typed(words, whole=True), number=number)
        return await self.take(Typed(words))

    async def open(self, payload: str = "") -> Reply:
        """Open a link, or send /start."""
        return await self.take(Opened(payload))

    async def ask(self, command: str) -> Reply:
        """Send a command of the menu."""
        return await self.take(Asked(command))

    async def send(self, what: Odd) -> Reply:
        """Send what nobody can read."""
        return await self.take(Unreadable(what))

    async def take(self, given: Input, *, number: int | None = None, message: int | None = None) -> Reply:
        """One turn. A chat message has the next message id, unless it is given."""
        if message is None and number is None and self.person.channel == "telegram":
            self.message += 1
            message = self.message
        turns = self.house.turns
        return self._seen(await turns.take(self.person, given, number=number, hint=self.hint, message=message))

    async def _has_looked(self) -> Reply:
        return await self.look() if self.reply is None else self.reply

    def _seen(self, reply: Reply) -> Reply:
        check_reply(reply)
        self.reply = reply
        return reply
