"""An installation with one assessment that is to be kept from strangers, and the strangers."""

from __future__ import annotations

import secrets
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.browser_records import BrowserRecord, put
from bot.replies import Channel
from bot.web.browsers import cookie_hash
from bot.web.server import WebChannel
from conversations.codes import normal
from conversations.commands import HandIn, ResumeCode, SaveComment, Withhold
from conversations.says import Verbatim
from storage.sqlite import SqliteStore
from walking import Assessment, House, Walker, answer, assessment, choose, facilitator, participant, perform, show
from walking.house import wordings

ORGANISATION, THIRD_GROUP, COMMENT, HIDDEN = "Quokka Trust", "Wombat doulas", "koala", "koala number one"
LANGUAGES = ("pl",)
"""Another language is on offer, so that there are posters in it."""
STAFF, USERS = 9, 6
"""How many join each group, strangers who do for a while among them."""
WORDS = (ORGANISATION, THIRD_GROUP, COMMENT, f"{STAFF} people have joined", f"{USERS} people have joined")

KINDS = (
    "nobody",
    "a participant of another assessment",
    "a participant of another group",
    "a participant who withdrew",
    "a participant who withdrew after being mixed in",
    "the facilitator of another assessment",
    "the second facilitator of another assessment",
    "somebody with whom it is no longer shared",
)
SECRETS: dict[str, tuple[str, ...]] = {
    # Whoever takes part knows where, and how many joined their own group.
    "a participant of another group": (THIRD_GROUP, COMMENT, f"{STAFF} people have joined"),
}
"""What of ``WORDS`` somebody may not see, where it is not all of it."""


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """Somebody of one kind on one channel. ``cookie`` is their browser's, "" in a chat."""

    kind: str
    walker: Walker
    cookie: str = ""


@dataclass(kw_only=True)
class World:
    """``made`` is the assessment that is to be kept; Fay created it, Gil is its second facilitator."""

    house: House
    database: Path
    stack: AsyncExitStack
    channel: WebChannel
    made: Assessment = field(init=False)
    other: Assessment = field(init=False)
    fay: Walker = field(init=False)
    people: list[Walker] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    """Session codes, tokens and the like of that assessment: nobody here may ever see one."""

    @classmethod
    async def open(cls, folder: Path, stack: AsyncExitStack) -> Self:
        """Everybody is there, something is shown, something waits to be shown."""
        database = folder / "store.db"
        store = await SqliteStore.open(database)
        stack.push_async_callback(store.close)
        house = House(folder, store=store, languages=LANGUAGES)
        channel = WebChannel(
            address=("127.0.0.1", 0),
            public_url="",
            turns=house.turns,
            wordings=wordings(LANGUAGES),
            store=store,
            installation_key=house.installation,
            clock=house.clock,
            throttling=house.turns.throttling,
        )
        await channel.start()
        stack.push_async_callback(channel.stop)
        world = cls(house=house, database=database, stack=stack, channel=channel)
        await world._fill()
        return world

    async def _fill(self) -> None:
        house = self.house
        self.fay = await facilitator(house, "100")
        self.made = await assessment(self.fay, organisation=ORGANISATION, others=[THIRD_GROUP])
        self.other = await assessment(await facilitator(house, "200"), organisation="Another Trust")
        for group, many in (("staff", STAFF - 1), ("users", USERS - 2)):
            self.people += [await self.takes_part(f"{group}{number}", group) for number in range(many)]
        await perform(self.house, self.people[0].person, SaveComment(principle="assets", comment=HIDDEN))
        await perform(self.house, self.people[0].person, HandIn(principle="assets"))
        self.unseen += [code for each in self.made.codes.values() for code in (each, normal(each))]

    async def waits_for_showing(self) -> None:
        """Once the strangers are there: Assets are shown, Networks wait, and links lie about that nobody has used."""
        await show(self.fay, self.made, "assets")
        hide = Withhold(assessment=self.made.id, group=self.made.groups["staff"], principle="assets", comment=HIDDEN)
        assert (await perform(self.house, self.fay.person, hide)) is None
        for walker in self.people[:5]:
            await answer(walker, "networks", (3, 4, 5), comment=COMMENT)
        self.unseen += [await self.share_link(), await device_link(self.fay)]
        code = await perform(self.house, self.fay.person, ResumeCode())
        assert code is not None
        self.unseen.append(code.text("code"))

    async def takes_part(self, id: str, group: str, *, channel: Channel = "telegram") -> Walker:
        """Somebody in the assessment who has handed in Assets."""
        walker = await participant(self.house, id, self.made.codes[group], channel=channel)
        await answer(walker, "assets", (3, 4, 5), comment=COMMENT)
        return walker

    async def share_link(self, made: Assessment | None = None, organiser: Walker | None = None) -> str:
        """The token of a fresh link for a second facilitator."""
        organiser, made = organiser or self.fay, made or self.made
        await to_the_list(organiser)
        await organiser.tap("open", made.id)
        await organiser.tap("f-second")
        await organiser.tap("make")
        return token_on(organiser)

    async def cookie_of_fay(self) -> str:
        """The cookie of a browser that is part of Fay's account."""
        laptop = Walker(self.house, "101", channel="web")
        await laptop.open(f"d-{await device_link(self.fay)}")
        return await self.cookie_of(laptop)

    async def cookie_of(self, walker: Walker) -> str:
        """A browser's cookie that leads to this person."""
        assert walker.person.channel == "web"
        cookie = secrets.token_urlsafe(32)
        record, hashed = BrowserRecord(person=walker.person.id), cookie_hash(cookie)
        await self.house.store.turn(b"x", lambda tx: put(tx, hashed, record, key=self.house.installation))
        return cookie

    async def strangers(self, channel: Channel) -> list[Stranger]:
        """One of each kind."""
        found = []
        for number, kind in enumerate(KINDS):
            walker = await self._one(kind, f"{3 if channel == 'web' else 7}0{number}", channel)
            cookie = await self.cookie_of(walker) if channel == "web" else ""
            found.append(Stranger(kind=kind, walker=walker, cookie=cookie))
        return found

    async def mix_in(self, strangers: list[Stranger]) -> None:
        """What is left to do when there is something to see: one is mixed in and withdraws, sharing with one ends."""
        await self.waits_for_showing()
        for stranger in strangers:
            if stranger.kind == "a participant who withdrew after being mixed in":
                await stranger.walker.ask("withdraw")
                await stranger.walker.tap("erase")
        await to_the_list(self.fay)
        await self.fay.tap("open", self.made.id)
        for action in ("f-second", "f-unshare", "end"):
            await self.fay.tap(action)
        gil = Walker(self.house, "150")
        await gil.open(f"f-{await self.share_link()}")
        await choose(gil)
        assert gil.state == "f-assessment"
        self.unseen.append(await self.share_link())

    async def _one(self, kind: str, id: str, channel: Channel) -> Walker:
        house = self.house
        match kind:
            case "a participant of another assessment":
                return await participant(house, id, self.other.codes["staff"], channel=channel)
            case "a participant of another group":
                return await participant(house, id, self.made.codes["users"], channel=channel)
            case "a participant who withdrew":
                walker = await participant(house, id, self.made.codes["staff"], channel=channel)
                await walker.ask("withdraw")
                await walker.tap("erase")
                return walker
            case "a participant who withdrew after being mixed in":
                return await self.takes_part(id, "users", channel=channel)
            case "the facilitator of another assessment":
                walker = await facilitator(house, id, channel=channel)
                await assessment(walker, organisation="Mine alone")
                return walker
            case "the second facilitator of another assessment":
                walker, organiser = Walker(house, id, channel=channel), Walker(house, "200")
                await organiser.look()
                await walker.open(f"f-{await self.share_link(self.other, organiser)}")
                await choose(walker)
                return walker
            case "somebody with whom it is no longer shared":
                walker = Walker(house, id, channel=channel)
                await walker.open(f"f-{await self.share_link()}")
                await choose(walker)
                assert walker.state == "f-assessment"
                return walker
        walker = Walker(house, id, channel=channel)
        await walker.open()
        return walker


async def to_the_list(walker: Walker) -> None:
    """A facilitator goes to the list of their assessments."""
    await walker.open()
    for _ in range(2):
        offered = {button.action for button in walker.card.buttons()}
        for action in ("f-home", "f-assessment"):
            if walker.state != "home" and action in offered:
                await walker.tap(action)
                break


def token_on(walker: Walker) -> str:
    """The token of the link that the card shows."""
    (*_, web) = [block.text for block in walker.card.blocks if block.kind == "code"]
    assert isinstance(web, Verbatim)
    return web.words.rsplit("/", 1)[1]


async def device_link(walker: Walker) -> str:
    """The token of a fresh link for a second device."""
    await to_the_list(walker)
    await walker.tap("device")
    return token_on(walker)
