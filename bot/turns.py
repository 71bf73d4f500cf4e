"""Takes turns: an input comes in, the conversation says what follows, and one transaction holds all of it.

Theory of operation. A turn loads the desk of a person, looks at the situation, lets the conversation advance, performs
its commands and feeds an outcome back, at most three times. Then it looks again and makes the card. After the commit
keys are confirmed or destroyed. Channels deliver the reply; nothing here waits for a network or draws a picture.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Protocol

from bot import holding, viewing
from bot.charts.jobs import Job
from bot.desk import Desk
from bot.going_back import look_back
from bot.keys import KeyFolder
from bot.news import mixed_in, while_away
from bot.performing import Performer
from bot.picturing import job_of
from bot.records import Visitor
from bot.replies import Drawn, Person, Reply
from bot.running import may_run, run_by
from bot.sealing import visitor_id
from bot.throttling import Throttling
from bot.wording import Wordings
from conversations.cards import Card, Picture
from conversations.codes import is_code
from conversations.days import month_of
from conversations.inputs import Asked, Input, Opened, Outcome, Stale, Typed
from conversations.machine import advance, settled
from conversations.moves import setting_up
from conversations.questionnaire import Questionnaire
from conversations.says import Text, text
from conversations.screens import card
from conversations.situation import Links, Operator, Situation, Support
from storage.store import Store, Transaction

FIRST_CARDS = 10**11
"""A chat's first card has a number up to this; twelve digits fit on a button."""

ROUNDS = 3
"""So often at most an outcome is fed back within one turn."""


class Artist(Protocol):
    """Whoever draws pictures: bot/charts/artist.py, or a stand-in that draws nothing."""

    async def draw(self, job: Job) -> Drawn:
        """Draw it, away from the event loop."""


class Turns:
    """The one way into the conversation for every channel. ``links`` is set once the channels know their addresses."""

    def __init__(
        self,
        *,
        store: Store,
        keys: KeyFolder,
        questionnaire: Questionnaire,
        wordings: Wordings,
        operator: Operator,
        support: Sequence[Support],
        artist: Artist,
        clock: Callable[[], int],
    ) -> None:
        self.links = Links()
        self._store = store
        self._keys = keys
        self._installation = keys.installation()
        self._questionnaire = questionnaire
        self._wordings = wordings
        self._operator = operator
        self._support = tuple(support)
        self._artist = artist
        self._clock = clock
        self.throttling = Throttling()
        self._performer = Performer(questionnaire=questionnaire, clock=clock, throttling=self.throttling)

    async def take(
        self,
        person: Person,
        given: Input,
        *,
        number: int | None = None,
        hint: str = "",
        message: int | None = None,
        sent: Collection[int] = (),
    ) -> Reply:
        """One turn, committed when this returns.

        ``number``: the card that a tap or a form belongs to; when it is not the current one, nothing changes and the
        current card is shown again. None for a typed chat text or a command. ``hint``: the phone's or browser's
        language tags. ``message``: the id of a chat message, by which one that comes twice is known.
        ``sent``: ids of other messages that stand in the chat, kept so that it can be cleared.

        Raises:
            storage.store.Unavailable: nothing of the turn was kept; take it again later.
        """

        async def work(tx: Transaction) -> tuple[Reply, Desk]:
            desk = await self._desk(tx, person)
            repeated = message is not None and message <= desk.chat.last
            desk.chat = desk.chat.noting(message=message, others=sent)
            stale = number is not None and number != desk.visitor.card
            reply = await self._turn(desk, Stale() if repeated or stale else given, hint)
            if desk.visitor != Visitor():  # an old button makes nobody known, such as somebody who was forgotten
                desk.visitor = replace(desk.visitor, seen=month_of(self._clock()))
            await desk.save()
            return reply, desk

        reply, desk = await self._store.turn(visitor_id(self._installation, person.channel, person.id), work)
        for do in desk.afterwards:
            await asyncio.to_thread(do)
        await self._settle(desk)
        return reply

    async def look(self, person: Person, *, hint: str = "") -> Reply:
        """The current card; nothing changes and nothing is stored. Somebody unknown sees the first card."""

        async def work(tx: Transaction) -> tuple[Reply, Desk]:
            desk = await self._desk(tx, person)
            situation = await self._situation(desk, hint)
            shown = card(desk.dialogue, situation)
            return _reply(desk, situation, shown, notices=while_away(desk), again=True), desk

        reply, desk = await self._store.turn(visitor_id(self._installation, person.channel, person.id), work)
        await self._settle(desk)
        return reply

    async def note(self, person: Person, *, sent: Collection[int] = (), gone: Collection[int] = ()) -> None:
        """Keep or forget ids of messages in this person's chat; no turn is taken. Nothing is kept of a stranger.

        Raises:
            storage.store.Unavailable: nothing was kept.
        """

        async def work(tx: Transaction) -> None:
            desk = await self._desk(tx, person)
            if desk.chat.last:
                desk.chat = desk.chat.noting(message=None, others=sent).without(gone)
                await desk.save_chat()

        await self._store.turn(visitor_id(self._installation, person.channel, person.id), work)

    async def draw(self, person: Person, picture: Picture, *, hint: str = "") -> Drawn | None:
        """A picture of a card, drawn outside any transaction.

        None when this person has no right to it or there is nothing to show.
        """

        async def work(tx: Transaction) -> tuple[Job | None, Desk]:
            desk = await self._desk(tx, person)
            row = await run_by(desk, picture.assessment)
            if row is None:
                return None, desk
            view = await viewing.assessment(desk, row, self._questionnaire)
            job = job_of(
                view,
                picture,
                questionnaire=self._questionnaire,
                wordings=self._wordings,
                language=self._language(desk, hint),
                links=self.links,
            )
            return job, desk

        job, desk = await self._store.turn(visitor_id(self._installation, person.channel, person.id), work)
        await self._settle(desk)
        return None if job is None else await self._artist.draw(job)

    async def may_see(self, person: Person, picture: Picture) -> bool:
        """Whether this person runs the assessment of a picture, so that one that was drawn before may be shown."""

        async def work(tx: Transaction) -> bool:
            return await run_by(await self._desk(tx, person), picture.assessment) is not None

        return await self._store.turn(visitor_id(self._installation, person.channel, person.id), work)

    async def may_become(self, tx: Transaction, former: Person, new: Person) -> bool:
        """Whether somebody may go on as somebody else, within the transaction of that move.

        False when that would lead a participant to the account that runs their assessment, or the other way round.
        """
        one, other = await self._desk(tx, former), await self._desk(tx, new)
        return await may_run(one, other.visitor.facilitator) and await may_run(other, one.visitor.facilitator)

    async def _settle(self, desk: Desk) -> None:
        """No results leave while a pouring is not confirmed: seen and not confirmed, it could be done again.

        Usually there is nothing to do, as `take` has confirmed it. But that can fail or be cancelled.
        """
        unconfirmed = self._keys.versions.unconfirmed() if desk.visitor.facilitator else ()
        if unconfirmed:
            await look_back(self._store, self._keys, only=unconfirmed)

    async def _desk(self, tx: Transaction, person: Person) -> Desk:
        return await Desk.load(tx, person, keys=self._keys, installation=self._installation, bot=self.links.bot)

    async def _turn(self, desk: Desk, given: Input, hint: str) -> Reply:
        """Advance, perform, feed back; then the card."""
        notices = list(while_away(desk))
        if desk.away and not _leads_elsewhere(given):
            if isinstance(given, Typed):
                notices.append(text("closed.not-kept"))
            given = Stale()
        before, first = (desk.dialogue, desk.visitor.assessment), given
        for _ in range(ROUNDS):
            step = advance(desk.dialogue, given, await self._situation(desk, hint))
            notices += step.notices
            # A command may lead to another dialogue, the one that was left in an assessment.
            desk.dialogue = step.dialogue
            result: Outcome | None = None
            for command in step.commands:
                result = await self._performer.perform(desk, command)
            if result is None:
                break
            given = result
        else:
            raise RuntimeError("The conversation fed outcomes back more often than it may.")
        situation = await self._situation(desk, hint)
        shown = card(desk.dialogue, situation)
        if not shown.clears:  # a cleared chat tells nothing; the next turn tells it
            notices = [*mixed_in(desk, situation, notices), *notices]
        desk.dialogue = settled(desk.dialogue, situation)
        notices += setting_up.left_behind(before[0], first, desk.dialogue)
        unchanged = before == (desk.dialogue, desk.visitor.assessment) and not desk.away
        again = step.again and unchanged
        if not again:
            desk.visitor = replace(desk.visitor, card=_next_card(desk))
        return _reply(desk, situation, shown, notices=tuple(notices), again=again)

    def _language(self, desk: Desk, hint: str) -> str:
        return self._chosen(desk) or self._wordings.likely(hint)

    def _chosen(self, desk: Desk) -> str:
        """The language that this person chose; "" when they chose none, or one that is no longer on offer."""
        chosen = desk.visitor.language or ""
        return chosen if chosen in self._wordings.languages else ""

    async def _situation(self, desk: Desk, hint: str) -> Situation:
        place = desk.dialogue.place
        facilitating = bool(desk.visitor.facilitator) and desk.seat is None
        below = desk.dialogue.below or place
        chosen = self._chosen(desk)
        return Situation(
            now=self._clock(),
            questionnaire=self._questionnaire,
            channel=desk.person.channel,
            language=chosen or self._wordings.likely(hint),
            languages=self._wordings.offered(hint),
            language_chosen=bool(chosen),
            unreviewed=self._wordings.unreviewed,
            operator=self._operator,
            support=self._support,
            taking=await viewing.taking(desk, desk.seat) if desk.seat else None,
            invited=await viewing.invited(desk, assessment=below.assessment, group=below.group)
            if below.state == "welcome"
            else None,
            facilitates=await viewing.facilitates(desk, self._questionnaire, current=below.assessment)
            if facilitating
            else None,
            is_facilitator=bool(desk.visitor.facilitator),
            held=await holding.held(desk, now=self._clock()) if place.state in holding.STATES else None,
            links=self.links,
        )


def _reply(desk: Desk, situation: Situation, shown: Card, *, notices: tuple[Text, ...], again: bool) -> Reply:
    return Reply(
        notices=notices,
        card=shown,
        messages=desk.chat.messages if shown.clears else (),
        number=desk.visitor.card,
        again=again,
        language=situation.language,
    )


def _next_card(desk: Desk) -> int:
    """The number of the card that follows.

    Old buttons stay in a chat after its person was forgotten. So somebody new begins there with a random number, and
    no button from before can pass for one of the cards that follow. On the web an old page does not fit a new cookie.
    """
    if desk.forgotten:
        return 0
    if desk.visitor.card == 0 and desk.person.channel == "telegram":
        return 1 + secrets.randbelow(FIRST_CARDS)
    return desk.visitor.card + 1


def _leads_elsewhere(given: Input) -> bool:
    """Whether an input means the same after answers were closed: a link, a command, a session code."""
    return isinstance(given, Opened | Asked) or (isinstance(given, Typed) and is_code(given.words))
