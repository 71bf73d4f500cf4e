"""From an update to a parcel: the turn is taken, and what it leads to is put into the queue of its chat.

Knows no retries: intake.py calls again when a turn failed, and ``set_aside`` when it failed for good.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

from telegram import Update

from bot.replies import Person, Reply
from bot.telegram.delivery import Delivery, Helps, Parcel
from bot.telegram.ledger import Ledger
from bot.telegram.reading import Heard, InGroup, read
from bot.wording import Wordings
from conversations.inputs import Input
from conversations.says import text as said

log = logging.getLogger(__name__)

GROUP_PAUSE = 60.0
"""Seconds between two answers in a group."""


class Turns(Helps, Protocol):
    """What this channel needs of bot/turns.py, which says what each does."""

    async def take(
        self,
        person: Person,
        given: Input,
        *,
        number: int | None = None,
        hint: str = "",
        message: int | None = None,
        sent: Collection[int] = (),
    ) -> Reply: ...

    async def look(self, person: Person, *, hint: str = "") -> Reply: ...


class Answering:
    """Answers updates, one call each. ``clock`` gives seconds that never go back."""

    def __init__(
        self,
        *,
        turns: Turns,
        wordings: Wordings,
        delivery: Delivery,
        ledger: Ledger,
        username: str,
        clock: Callable[[], float],
    ) -> None:
        self._turns = turns
        self._wordings = wordings
        self._delivery = delivery
        self._ledger = ledger
        self._username = username
        self._clock = clock
        self._albums: dict[int, str] = {}
        self._told: dict[int, float] = {}

    async def answer(self, update: Update) -> None:
        """Take the turn of an update. When this returns, what it did is committed.

        Raises:
            Unavailable: nothing was kept; call again later.
            Exception: of any other kind; nothing was kept, and calling again may not help.
        """
        match read(update, username=self._username):
            case Heard() as heard:
                await self._turn(heard)
            case InGroup() as group:
                self._point_to_private_chat(group)
            case None:
                pass
            case membership:
                self._delivery.forget(membership.chat)

    async def set_aside(self, update: Update) -> None:
        """Tell the person, kindly, that this update led to nothing, and show the current card if possible."""
        heard = read(update, username=self._username)
        if not isinstance(heard, Heard):
            return
        notice = said("telegram.set_aside")
        content: Reply | str
        try:
            seen = await self._turns.look(heard.person, hint=heard.hint)
            content = replace(seen, notices=(notice,), again=True)
        except Exception as error:
            log.error("The current card could not be shown (%s).", type(error).__name__)
            content = self._wordings.speak(self._wordings.likely(heard.hint)).say(notice)
        self._put(heard, content)

    async def _turn(self, heard: Heard) -> None:
        if heard.album is not None and self._albums.get(heard.chat) == heard.album:
            self._ledger.add(heard.chat, heard.message)
            return  # ten pictures sent in one go get one answer
        self._ledger.add(heard.chat, heard.tapped)
        sent = self._ledger.waiting(heard.chat)
        reply = await self._turns.take(
            heard.person, heard.given, number=heard.number, hint=heard.hint, message=heard.message, sent=sent
        )
        self._ledger.settled(heard.chat, sent)
        if heard.album is not None:
            self._albums[heard.chat] = heard.album
        else:
            self._albums.pop(heard.chat, None)
        self._put(heard, reply)

    def _put(self, heard: Heard, content: Reply | str) -> None:
        self._delivery.put(
            heard.chat,
            Parcel(
                content=content,
                person=heard.person,
                hint=heard.hint,
                query=heard.query,
                tapped=heard.tapped,
            ),
        )

    def _point_to_private_chat(self, group: InGroup) -> None:
        now = self._clock()
        self._told = {chat: told for chat, told in self._told.items() if now - told < GROUP_PAUSE}
        words = None
        if group.chat not in self._told:
            self._told[group.chat] = now
            wording = self._wordings.speak(self._wordings.likely(group.hint))
            words = wording.say(said("telegram.group", link=f"https://t.me/{self._username}"))
        if words is not None or group.query is not None:
            self._delivery.put(group.chat, Parcel(content=words, query=group.query))
