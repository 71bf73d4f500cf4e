"""A running installation in which everybody's phone asks for the made-up language, and every reply is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.browser_records import BrowserRecord, put
from bot.charts.captions import caption
from bot.charts.jobs import Job
from bot.desk import Desk
from bot.performing import Performer, random_id
from bot.replies import Drawn, Person, Reply
from bot.support import SHIPPED, load
from bot.turns import Turns
from bot.wording import Wordings
from conversations.cards import Picture
from conversations.commands import Create
from conversations.inputs import Input
from conversations.says import Phrase
from conversations.situation import Audience, Links, Operator, Support
from pseudo_language.making import CODE
from storage.store import Transaction
from walking import House

OPERATOR = Operator(name="Riverside Charity", contact="help@riverside.example", smallest_threshold=3)

HOSPITAL, PRACTICE, NAMED, ELSEWHERE = "St Elsewhere", "Practice Ward", "Doulas", "Other Trust"
COMMENTS = ("Ask us before you decide.", "Meet where a pram fits.", "Letters in words that I know.")
LONG = "12 " * 900
"""Too long for a comment; wherever it is cut, no letter is left."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody got to see. The card's number is left out, so that equal cards are equal."""

    channel: str
    reply: Reply


class CaptionArtist:
    """Draws nothing, and writes real captions."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    async def draw(self, job: Job) -> Drawn:
        """Keep the job; caption it."""
        self.jobs.append(job)
        return Drawn(png=b"", caption=caption(job))


class Watched(Turns):
    """The real turns, in the made-up language; every reply is kept, and every picture of a card is drawn."""

    seen: list[Seen]
    captions: list[str]

    async def take(
        self,
        person: Person,
        given: Input,
        *,
        number: int | None = None,
        hint: str = CODE,
        message: int | None = None,
        sent: Collection[int] = (),
    ) -> Reply:
        """Keep the reply."""
        reply = await super().take(person, given, number=number, hint=CODE, message=message, sent=sent)
        return await self._keep(person, reply)

    async def look(self, person: Person, *, hint: str = CODE) -> Reply:
        """Keep the reply."""
        return await self._keep(person, await super().look(person, hint=CODE))

    async def draw(self, person: Person, picture: Picture, *, hint: str = CODE) -> Drawn | None:
        """Keep the caption."""
        drawn = await super().draw(person, picture, hint=CODE)
        if drawn is not None:
            self.captions.append(drawn.caption)
        return drawn

    async def _keep(self, person: Person, reply: Reply) -> Reply:
        self.seen.append(Seen(channel=person.channel, reply=replace(reply, number=0, again=False)))
        for picture in reply.card.pictures:
            await self.draw(person, picture)
        return reply


class Theatre(House):
    """The installation. ``operator`` and ``near`` change what its cards say."""

    def __init__(self, folder: Path, *, wordings: Wordings, operator: Operator = OPERATOR) -> None:
        self.wordings, self.operator = wordings, operator
        self.drawn = CaptionArtist()
        self.seen: list[Seen] = []
        self.captions: list[str] = []
        super().__init__(folder)

    def open(self) -> None:
        """The same parts as in the House, with another language, and the shipped places to find help."""
        super().open()
        watched = Watched(
            store=self.store,
            keys=self.keys,
            questionnaire=self.questionnaire,
            wordings=self.wordings,
            operator=self.operator,
            support=tuple(support()),
            artist=self.drawn,
            clock=self.clock,
        )
        watched.seen, watched.captions = self.seen, self.captions
        watched.links = Links(bot="equal_voice_bot", web="https://voice.example", near=True)
        self.turns = watched

    async def settle(self, person: Person) -> None:
        """Know this person's browser, as the web pages do from the first thing that somebody does there."""
        record = BrowserRecord(person=person.id)

        async def work(tx: Transaction) -> None:
            await put(tx, person.cookie, record, key=self.installation)

        await self.store.turn(self.visitor(person), work)

    async def practice(self, person: Person, organisation: str) -> str:
        """A practice assessment of this facilitator; its id."""
        id_ = random_id()
        performer = Performer(questionnaire=self.questionnaire, clock=self.clock)
        groups: tuple[tuple[Audience, str], ...] = (("staff", ""), ("users", ""))
        hear_by = self.clock() + 28 * 24 * 60 * 60
        command = Create(organisation=organisation, groups=groups, threshold=5, hear_by=hear_by)

        async def work(tx: Transaction) -> Desk:
            desk = await Desk.load(tx, person, keys=self.keys, installation=self.installation)
            await performer.create(desk, id_, command, practice=True)
            return desk

        desk = await self.store.turn(self.visitor(person), work)
        for do in desk.afterwards:
            do()
        return id_


def support() -> Iterator[Support]:
    """The shipped places to find help."""
    for place in load(SHIPPED):
        yield Support(
            name=place.name,
            what=Phrase(place.what),
            reach=tuple(way for way in (place.phone, place.text, place.web) if way),
            emergency=place.emergency,
            audience=place.audience,
            when=Phrase(place.when) if place.when else None,
        )
