"""The dishonest facilitator: looks at everything at every moment on both channels, and tries what is not offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attacker.cards import Card, Picture, Seat
from attacker.instrument import Instrument
from attacker.observing import Observation
from attacker.reading import Reader
from attacker.truth import Truth
from attacker.web_seat import WebSeat

CODE = re.compile(r"[B-DF-HJKMNP-TV-Z2-9]{4}-[B-DF-HJKMNP-TV-Z2-9]{4}")
DEVICE = re.compile(r"/d/([A-Za-z0-9_-]+)")
SECOND = re.compile(r"/f/([A-Za-z0-9_-]+)")
ALL = "all"


class Facilitator:
    """One account, with any number of devices. ``seen`` is everything that stood on any of them, oldest first.

    ``groups``: their names on screen. ``assessment`` is its id once it is set up.
    """

    def __init__(
        self, seats: Sequence[Seat], *, instrument: Instrument, truth: Truth, groups: Sequence[str], k: int
    ) -> None:
        self.seats = list(seats)
        self.instrument = instrument
        self.groups = tuple(groups)
        self.k = k
        self.codes: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.assessment = ""
        self.seen: list[Observation] = []
        self.after_each_look: Callable[[], object] = lambda: None
        self._truth = truth
        self._reader = Reader(instrument=instrument, groups=self.groups, k=k)

    # before it begins

    async def set_up(self, organisation: str, *, others: Sequence[str] = ()) -> None:
        """Create an assessment for the groups, and read their codes. ``others``: groups with names of their own."""
        seat = self.seats[0]
        before = set((await seat.tap("f-home")).values("open"))
        await seat.tap("new")
        await seat.say(organisation)
        for name in others:
            await seat.say(name)
        card = await seat.tap("go-on")
        await (seat.tap("threshold", str(self.k)) if card.offers("threshold", str(self.k)) else seat.say(str(self.k)))
        await seat.tap("weeks", "4")
        await seat.tap("create")
        card = await seat.tap("f-invite")
        for group, id_ in zip(self.groups, card.values("f-group"), strict=True):
            shown = await seat.tap("f-group", id_)
            found = CODE.search(shown.words)
            assert found, shown.words
            self.codes[group], self.ids[group] = found[0], id_
            await seat.tap("f-invite")
        home = await seat.tap("f-home")
        (self.assessment,) = set(home.values("open")) - before
        await self.open()

    async def device(self, seat: Seat) -> None:
        """Use a second device for the same account."""
        first = self.seats[0]
        await first.tap("f-home")
        card = await first.tap("device")
        found = DEVICE.search(card.words)
        assert found, card.words
        await seat.follow(f"d-{found[1]}")
        self.seats.append(seat)
        await self.open()

    async def second(self, seat: Seat) -> None:
        """Let a second facilitator, with an account of their own, run it too: what they see, this one sees."""
        first = self.seats[0]
        await first.tap("f-second")
        card = await first.tap("make")
        found = SECOND.search(card.words)
        assert found, card.words
        await seat.follow(f"f-{found[1]}")
        self.seats.append(seat)
        await self.open()

    async def open(self) -> None:
        """Every device goes to the page of the assessment."""
        for seat in self.seats:
            await seat.look()
            if not seat.card.offers("open", self.assessment):
                await seat.tap("f-home")
            await seat.tap("open", self.assessment)

    # looking

    async def look(self, seat: Seat | None = None, *, whole: bool = True) -> Observation:
        """Look at everything on one device; on the first one unless told otherwise."""
        seat = seat or self.seats[0]
        look = Observation(moment=self._truth.now, channel=seat.channel, whole=whole)
        read = self._reader
        page = await self._go(seat, "f-assessment")
        read.page(page, look)
        read.other(await self._go(seat, "f-show"), look)
        await self._warnings(seat, look)
        read.warning(await self._go(seat, "f-close"), look)
        if whole:
            await self._results(seat, look)
        await self._go(seat, "f-assessment")
        self.seen.append(look)
        self.after_each_look()
        return look

    async def look_everywhere(self) -> None:
        """On every device."""
        for seat in self.seats:
            await self.look(seat)

    async def _go(self, seat: Seat, state: str) -> Card:
        """To one of the cards about the assessment. Each is reached from any other."""
        return await seat.tap(state)

    async def _warnings(self, seat: Seat, look: Observation) -> None:
        """What the last call says about each principle, without showing it."""
        card = seat.card
        for value in [ALL, *(self.instrument.id(each) for each in self.instrument.principles)]:
            if not card.offers("show", value):
                continue
            said = await seat.tap("show", value)
            self._reader.warning(said, look)
            if said.offers("now"):
                card = await seat.tap("f-show")

    async def _results(self, seat: Seat, look: Observation) -> None:
        listed = await self._go(seat, "f-results")
        self._reader.other(listed, look)
        for principle in self.instrument.principles:
            id_ = self.instrument.id(principle)
            # Also those that are not offered: a button can be forged, and so can the address of a picture.
            await self._picture(seat, "f-principle", id_, principle, look)
            await self._go(seat, "f-results")
            said = await seat.tap("f-comments", id_)
            if listed.offers("f-comments", id_) or said.pictures:
                self._reader.comments(said, principle, look)
            if isinstance(seat, WebSeat):
                await self._address(seat, principle, look)
            await self._go(seat, "f-results")
        for state, what in (("f-gaps", "gaps"), ("f-overview", "overview")):
            await self._picture(seat, state, "", what, look)
        self._reader.sheet(await self._go(seat, "f-sheet"), look)

    async def _picture(self, seat: Seat, state: str, value: str, what: str, look: Observation) -> None:
        card = await seat.tap(state, value)
        for picture in card.pictures:
            self._reader.picture(picture, what, look)
        self._reader.other(card, look)

    async def _address(self, seat: WebSeat, principle: str, look: Observation) -> None:
        """What lies behind the address of a picture is what the page shows, and nothing before it shows it."""
        png = await seat.picture(f"/picture/principle/{self.assessment}/{self.instrument.id(principle)}.png")
        known = look.pictures.get(principle)
        if png != (known.png if known else None):
            look.pictures[f"address of {principle}"] = Picture(png or b"", "not what the page shows")

    # showing

    async def show(self, what: str = ALL, *, seat: Seat | None = None) -> bool:
        """Try to show a principle, or all: by the buttons, and where there is none by forging them."""
        seat = seat or self.seats[0]
        offered = await self.warned(what, seat=seat)
        await self.now(seat=seat)
        return offered

    async def warned(self, what: str = ALL, *, seat: Seat | None = None) -> bool:
        """Go to the last call before showing. Whether there is one."""
        seat = seat or self.seats[0]
        await seat.tap("f-assessment")
        await seat.tap("f-show")
        card = await seat.tap("show", what if what == ALL else self.instrument.id(what))
        return card.offers("now")

    async def now(self, *, seat: Seat | None = None) -> None:
        """Show in spite of the last call."""
        seat = seat or self.seats[0]
        self._truth.tick()
        await seat.tap("now")
        await seat.tap("f-assessment")

    async def close(self) -> None:
        """Close answers."""
        self._truth.tick()
        seat = self.seats[0]
        await seat.tap("f-assessment")
        await seat.tap("f-close")
        await seat.tap("close")
        await seat.tap("f-assessment")
