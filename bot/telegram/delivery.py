"""The way out: for each chat a queue, delivered in order by a worker that is gone when the queue is empty.

A turn only puts a parcel down here; drawing and sending happen behind its back. A chat that has to wait
(Telegram asks for a pause, or cannot be reached) holds up no other. Queues live in memory: what a stop leaves
in them is lost, and the next tap or text shows the current card.

Everything sent here answers something that the person has just done. So nothing of it rings: a phone that lies on the
table does not call anybody's eyes to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from telegram import Bot, LinkPreviewOptions
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.replies import Drawn, Person, Reply
from bot.telegram.clearing import Clearing
from bot.telegram.ledger import Ledger
from bot.telegram.patience import GaveUp, Patience, Random, Sleep
from bot.telegram.rendering import CAPTION_LIMIT, Message, caption_of, plain, render, units
from bot.wording import Wordings
from conversations.cards import Picture
from conversations.says import text as said

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
REMEMBERED = 8
FEW_TRIES = 3


class Helps(Protocol):
    """Whoever draws the pictures of a card, and keeps the ids of a chat's messages."""

    async def draw(self, person: Person, picture: Picture, *, hint: str = "") -> Drawn | None:
        """The picture, or None when this person may not see it or there is nothing to see."""

    async def note(self, person: Person, *, sent: Collection[int] = (), gone: Collection[int] = ()) -> None:
        """Keep or forget ids of messages in this person's chat."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Parcel:
    """What one update leads to: a reply, plain words, or nothing but the answer to a tap.

    ``query`` is the tap to answer and ``tapped`` the message that holds its button. ``person`` is needed for
    pictures.
    """

    content: Reply | str | None = None
    person: Person | None = None
    hint: str = ""
    query: str | None = None
    tapped: int | None = None


@dataclass(eq=False)
class _Line:
    parcels: deque[Parcel]
    worker: asyncio.Task[None] | None = None


class Delivery:
    """Every chat's queue. Use it within one event loop."""

    def __init__(
        self, *, bot: Bot, helps: Helps, ledger: Ledger, wordings: Wordings, sleep: Sleep, random: Random
    ) -> None:
        self._bot = bot
        self._helps = helps
        self._ledger = ledger
        self._wordings = wordings
        self._patience = Patience(sleep=sleep, random=random)
        self._clearing = Clearing(bot=bot, patience=self._patience)
        self._lines: dict[int, _Line] = {}
        self._keyboards: dict[int, tuple[int, ...]] = {}
        """The latest messages of each chat that have a keyboard, newest last."""

    def put(self, chat: int, parcel: Parcel) -> None:
        """Queue a parcel; returns at once."""
        line = self._lines.get(chat)
        if line is None:
            line = self._lines[chat] = _Line(deque())
            line.worker = asyncio.create_task(self._work(chat, line))
        line.parcels.append(parcel)

    def forget(self, chat: int) -> None:
        """Drop the queue of a chat, what is on its way too."""
        line = self._lines.pop(chat, None)
        self._keyboards.pop(chat, None)
        if line is not None and line.worker is not None:
            line.worker.cancel()

    async def finish(self, *, seconds: float) -> None:
        """Wait until every queue is empty, for so long at most; drop the rest."""
        workers = [line.worker for line in self._lines.values() if line.worker is not None]
        if not workers:
            return
        _, late = await asyncio.wait(workers, timeout=seconds)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self._lines.clear()
        if late:
            log.warning("%d chats had not got everything when the time to stop had come.", len(late))

    async def _work(self, chat: int, line: _Line) -> None:
        try:
            while line.parcels:
                await self._deliver(chat, line)
        finally:
            if self._lines.get(chat) is line:
                del self._lines[chat]

    async def _deliver(self, chat: int, line: _Line) -> None:
        parcel = line.parcels.popleft()
        try:
            await self._hand_over(chat, parcel)
        except Forbidden:
            line.parcels.clear()
            self._keyboards.pop(chat, None)
            log.info("A chat no longer takes messages; its queue was dropped.")
        except GaveUp as error:
            log.warning("A message could not be delivered in all tries (%s).", error)
        except Exception as error:
            # One parcel that cannot be sent must not stop the next.
            log.error("A message could not be delivered (%s).", type(error).__name__)

    async def _hand_over(self, chat: int, parcel: Parcel) -> None:
        if parcel.query is not None:
            await self._answer(parcel.query)
        if isinstance(parcel.content, Reply):
            await self._show(chat, parcel, parcel.content)
        elif parcel.content is not None:
            for message in plain(parcel.content):
                await self._send(chat, message)

    async def _show(self, chat: int, parcel: Parcel, reply: Reply) -> None:
        wording = self._wordings.speak(reply.language)
        if reply.card.clears:
            await self._clear(chat, parcel.person, reply.messages)
            parcel = replace(parcel, tapped=None)
        pictures = () if reply.again else reply.card.pictures
        failed = await self._send_pictures(chat, parcel, pictures)
        messages = render(reply, wording)
        if failed:
            messages = (*plain(wording.say(said("telegram.no_picture"))), *messages)
        # A repeated tap must not add a second copy of a fresh card below the first.
        fresh = reply.card.fresh and not reply.again
        in_place = len(messages) == 1 and not fresh and not pictures
        if parcel.tapped is not None and in_place:
            if await self._edit(chat, parcel.tapped, messages[0]):
                self._remember(chat, parcel.tapped, has_buttons=messages[0].keyboard is not None)
                return
            await self._send_card(chat, messages, without=parcel.tapped)
        elif parcel.tapped is not None and len(messages) == 1 and not pictures:
            # A tap costs two calls at most: the old buttons go with the next text. Until then they are known as old.
            self._remember(chat, parcel.tapped, has_buttons=True)
            self._remember(chat, await self._send(chat, messages[0]), has_buttons=messages[0].keyboard is not None)
        else:
            await self._send_card(chat, messages, also=parcel.tapped)

    async def _clear(self, chat: int, person: Person | None, messages: Collection[int]) -> None:
        """Empty the chat. What could not be deleted yet stays noted: showing the card again tries once more."""
        gone = await self._clearing.clear(chat, self._ledger.with_waiting(chat, messages))
        self._keyboards.pop(chat, None)
        self._ledger.settled(chat, gone)
        try:
            if person is not None:
                await self._helps.note(person, gone=gone)
        except Exception as error:
            log.warning("Messages that were deleted are still noted (%s).", type(error).__name__)

    async def _send_card(
        self, chat: int, messages: Sequence[Message], *, also: int | None = None, without: int | None = None
    ) -> None:
        """Send new messages, then take the buttons off the old ones: ``also`` this, but ``without`` that."""
        old = {*self._keyboards.pop(chat, ()), also} - {None, without}
        for message in messages:
            self._remember(chat, await self._send(chat, message), has_buttons=message.keyboard is not None)
        for number in sorted(number for number in old if number is not None):
            await self._remove_keyboard(chat, number)

    def _remember(self, chat: int, number: int, *, has_buttons: bool) -> None:
        others = tuple(other for other in self._keyboards.get(chat, ()) if other != number)
        self._keyboards[chat] = (*others, number)[-REMEMBERED:] if has_buttons else others

    async def _answer(self, query: str) -> None:
        try:
            await self._patience.make(lambda: self._bot.answer_callback_query(query), tries=FEW_TRIES)
        except BadRequest as error:
            # Normal after a pause of ours: Telegram no longer waits for an answer to that tap.
            if "query is too old" not in error.message.lower():
                log.error("A tap could not be answered (%s).", type(error).__name__)
        except GaveUp as error:
            # The card matters more than the little clock on the button.
            log.warning("A tap could not be answered in all tries (%s).", error)

    async def _edit(self, chat: int, number: int, message: Message) -> bool:
        """Change a message. False when Telegram will not have it changed: it is gone, or too old."""
        try:
            await self._patience.make(
                lambda: self._bot.edit_message_text(
                    message.text,
                    chat_id=chat,
                    message_id=number,
                    entities=message.entities,
                    reply_markup=message.keyboard,
                    link_preview_options=NO_PREVIEW,
                )
            )
        except BadRequest as error:
            return "message is not modified" in error.message.lower()
        return True

    async def _send(self, chat: int, message: Message, *, protected: bool = False) -> int:
        sent = await self._patience.make(
            lambda: self._bot.send_message(
                chat,
                message.text,
                entities=message.entities,
                reply_markup=message.keyboard,
                link_preview_options=NO_PREVIEW,
                protect_content=protected,
                disable_notification=True,
            )
        )
        self._ledger.add(chat, sent.message_id)
        return sent.message_id

    async def _remove_keyboard(self, chat: int, number: int) -> None:
        """As well as can be: buttons that stay are known as old ones when they are tapped."""
        try:
            await self._patience.make(
                lambda: self._bot.edit_message_reply_markup(chat_id=chat, message_id=number), tries=FEW_TRIES
            )
        except Forbidden:
            raise
        except (TelegramError, GaveUp) as error:
            log.debug("An old keyboard stays (%s).", type(error).__name__)

    async def _send_pictures(self, chat: int, parcel: Parcel, pictures: Sequence[Picture]) -> bool:
        """Draw and send pictures. True when one of them could not be drawn."""
        failed = False
        for picture in pictures:
            if parcel.person is None:
                continue
            try:
                drawn = await self._helps.draw(parcel.person, picture, hint=parcel.hint)
            except Exception as error:
                log.error("A picture could not be drawn (%s).", type(error).__name__)
                failed = True
                continue
            if drawn is not None:
                await self._send_picture(chat, drawn, protected=picture.kind != "poster")
        return failed

    async def _send_picture(self, chat: int, drawn: Drawn, *, protected: bool) -> None:
        caption = caption_of(drawn.caption)
        try:
            sent = await self._patience.make(
                lambda: self._bot.send_photo(
                    chat,
                    drawn.png,
                    caption=caption or None,
                    filename="picture.png",
                    protect_content=protected,
                    disable_notification=True,
                )
            )
        except BadRequest as error:
            log.error("A picture was refused; its words go alone (%s).", type(error).__name__)
        else:
            self._ledger.add(chat, sent.message_id)
            if units(drawn.caption.strip()) <= CAPTION_LIMIT:
                return
        for message in plain(drawn.caption):
            await self._send(chat, message, protected=protected)
