"""A stranger's way in by Telegram: updates as Telegram sends them, and everything that would be sent back."""

from __future__ import annotations

import itertools
from typing import Any, cast

from telegram import Bot, Update

from bot.desk import Desk
from bot.replies import Person, Reply
from bot.telegram.answering import Answering
from bot.telegram.delivery import Delivery, Parcel
from bot.telegram.ledger import Ledger
from bot.telegram.rendering import render
from conversations.cards import Card
from conversations.dialogue import Dialogue
from storage.store import Transaction
from strangers.world import Stranger, World
from walking.house import wordings

NUMBERS = itertools.count(100_000)


class Tray:
    """Where the parcels land, instead of in a queue to Telegram."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []

    def put(self, chat: int, parcel: Parcel) -> None:
        """Keep it."""
        self.parcels.append(parcel)


class Chat:
    """One stranger's chat with the bot."""

    def __init__(self, world: World, stranger: Stranger) -> None:
        self._world, self._person = world, stranger.walker.person
        self._tray = Tray()
        self._answering = Answering(
            turns=world.house.turns,
            wordings=wordings(),
            delivery=cast(Delivery, self._tray),
            ledger=Ledger(),
            username="equal_voice_bot",
            clock=lambda: 0.0,
        )

    async def pretend(self, dialogue: Dialogue) -> None:
        """Be there, as if the program had once led this person there."""
        await pretend(self._world, self._person, dialogue)

    async def tap(self, action: str, value: str, *, behind: int = 0) -> tuple[str, Card | None]:
        """A button with the current card's number, as somebody makes it who can write updates."""
        number = (await self._world.house.desk(self._person)).visitor.card - behind
        chat = {"id": int(self._person.id), "type": "private", "first_name": "S"}
        query = {
            "id": str(next(NUMBERS)),
            "from": self._user,
            "chat_instance": "1",
            "data": f"{number}:{action}:{value}",
            "message": {"message_id": next(NUMBERS), "date": 1, "chat": chat, "text": "a card"},
        }
        return await self._send({"callback_query": query})

    async def say(self, words: str) -> tuple[str, Card | None]:
        """A message."""
        chat = {"id": int(self._person.id), "type": "private", "first_name": "S"}
        message = {"message_id": next(NUMBERS), "date": 1, "chat": chat, "from": self._user, "text": words}
        return await self._send({"message": message})

    @property
    def _user(self) -> dict[str, Any]:
        return {"id": int(self._person.id), "is_bot": False, "first_name": "S", "language_code": "en"}

    async def _send(self, body: dict[str, Any]) -> tuple[str, Card | None]:
        """Every word and button that goes back, and the card."""
        update = Update.de_json({"update_id": next(NUMBERS), **body}, cast(Bot, None))
        await self._answering.answer(update)
        words, card = [], None
        for parcel in self._tray.parcels:
            if isinstance(parcel.content, Reply):
                card = parcel.content.card
                for message in render(parcel.content, wordings().speak("en")):
                    words.append(message.text)
                    if message.keyboard is not None:
                        words += [button.text for row in message.keyboard.inline_keyboard for button in row]
                for picture in card.pictures:
                    drawn = await self._world.house.turns.draw(self._person, picture)
                    words.append("" if drawn is None else drawn.caption)
            elif parcel.content:
                words.append(parcel.content)
        self._tray.parcels.clear()
        return "\n".join(words), card


async def pretend(world: World, person: Person, dialogue: Dialogue) -> None:
    """Write somebody's place, where the program keeps it."""
    house = world.house
    house.clock.now += 600

    async def work(tx: Transaction) -> None:
        desk = await Desk.load(tx, person, keys=house.keys, installation=house.installation, bot=house.turns.links.bot)
        desk.dialogue = dialogue
        await desk.save()

    await house.store.turn(house.visitor(person), work)
