"""The walk of the canaries over HTTP: everybody says what must not leak, and whatever can go wrong does."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, field

from conversations.comments import normalised
from leaks.canaries import Canaries
from leaks.hearing import AGENT, SOURCE, Hall, Heard, Listening
from leaks.places import on_the_machine, search
from leaks.web_table import ALLOWED
from web_walk import Facilitator, Participant, Tab
from web_walk.instrument import ORDER

MARK = "Zq7canary"
ORGANISATION = f"{MARK} Hospital Trust"
GROUP = f"{MARK} partners"


@dataclass
class Walk:
    """One walk through everything."""

    place: Hall
    people: list[Participant] = field(default_factory=list)
    poster: Heard | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Everything that was found so far."""

    @property
    def canaries(self) -> Canaries:
        return self.place.canaries

    async def browser(self, reader: str) -> Listening:
        browser = await self.place.browser()
        browser.is_of(reader)
        return browser

    async def until_shown(self) -> None:
        """Everybody says what must not leak, and whatever can go wrong does."""
        self.canaries.release("source address", SOURCE)
        self.canaries.release("user agent", AGENT)
        self.facilitator = Facilitator(await self.browser("facilitator"))
        await self.set_up()
        for number in range(7):
            await self.takes_part(number)
        await self.too_long(self.people[0])
        await self.astray(self.people[1])
        await self.another_browser(self.people[2])
        await self.everything_breaks(self.people[4])
        await self.people[3].tab.tap("menu")
        await self.people[3].tab.tap("withdraw")
        await self.people[3].tab.tap("erase")
        await self.people[5].until(principle=ORDER[2])
        await self.people[5].comment(f"{MARK} not handed in")
        self.canaries.release("comment not handed in", f"{MARK} not handed in", owner="participant 5")
        await self.people[5].tab.tap("menu")
        await self.people[5].tab.tap("held")
        assert f"{MARK} not handed in" in self.people[5].page.words

    async def set_up(self) -> None:
        program, tab, canaries = self.place.program, self.facilitator.tab, self.canaries
        canaries.release("invitation", program.invitation, owner="facilitator")
        await self.facilitator.arrive(f"/i/{program.invitation}")
        await tab.tap("new")
        await tab.send(f"{MARK} given up")
        canaries.release("name typed in setting up", f"{MARK} given up", owner="facilitator")
        await tab.tap("go-on")
        await tab.tap("threshold", "5")
        await tab.tap("weeks", "4")
        await tab.tap("give-up")
        await tab.tap("new")
        await tab.send(ORGANISATION)
        await tab.send(GROUP)
        await tab.tap("go-on")
        await tab.tap("threshold", "5")
        await tab.tap("weeks", "4")
        await tab.tap("create")
        canaries.release("organisation", ORGANISATION, owner="facilitator")
        canaries.release("group", GROUP, owner="facilitator")
        self.place.entrances = await self.facilitator.entrances()
        for entrance in self.place.entrances.values():
            canaries.release("session code", entrance.code, owner="facilitator")
        self.poster = [heard for heard in self.place.heard if heard.answer.kind == "image/png"][-1]
        with closing(sqlite3.connect(f"{(program.data / 'equal-voice.db').as_uri()}?mode=ro", uri=True)) as database:
            ((assessment,),) = database.execute("SELECT id FROM assessments")
        canaries.release("id of the assessment", assessment, owner="facilitator")

    async def takes_part(self, number: int) -> None:
        kind = {2: "hidden comment", 3: "comment taken back"}.get(number, "comment")
        comments = {name: f"{MARK} {number} on {name} über ‘x’ <i>" for name in ORDER[:2]}
        person = await self.place.person(number, GROUP, comments=comments)
        assert isinstance(person.browser, Listening)
        person.browser.is_of(f"participant {number}")
        await person.arrive(self.place.entrances[GROUP].link)
        await person.after(ORDER[1])
        self.canaries.release(kind, *comments.values(), owner=f"participant {number}")
        self.people.append(person)

    async def too_long(self, person: Participant) -> None:
        await person.until(principle=ORDER[2])
        words = f"{MARK} too long " + "".join(random.Random(1).choices("abcdef ", k=2400))
        self.canaries.release("draft that is too long", f"{MARK} too long", owner="participant 0")
        await person.tab.send(words)
        assert person.page.typed == normalised(words)

    async def astray(self, person: Participant) -> None:
        """Old pages, broken forms, a wrong code, an address that is none: whatever may end in an error."""
        self.canaries.release("words that went astray", f"{MARK} stale", f"{MARK}-astray", owner="participant 1")
        await person.until(principle=ORDER[2])
        stale = Tab(person.browser)
        await stale.open()
        await person.tab.tap("go-on")
        await stale.send(f"{MARK} stale")
        assert stale.page.kept_words == f"{MARK} stale"
        token = person.page.form.controls[0].value
        for fields in (
            [("csrf", token), ("tap", f"{MARK}-astray")],
            [("csrf", f"{MARK}-csrf"), ("words", f"{MARK}-astray")],
            [("csrf", token), ("words", f"{MARK}-astray" * 9000)],
        ):
            await person.browser.post("/", fields)
        stranger = await self.browser("stranger")
        self.canaries.release("wrong code", f"{MARK} code", f"{MARK}-nowhere", owner="stranger")
        await stranger.tab.open()
        await stranger.tab.send(f"{MARK} code")
        await stranger.tab.open(f"/{MARK}-nowhere?{MARK}-nowhere=asked")
        await stranger.tab.open("/resume")
        await stranger.tab.send(f"{MARK} code")
        await stranger.post(f"/picture/gaps/{MARK}-nowhere.png", [])
        await stranger.get("/favicon.ico")

    async def another_browser(self, person: Participant) -> None:
        used = await self.code_of(person)
        new = await self.browser("participant 2")
        await new.tab.open("/resume")
        await new.tab.send(used)
        person.browser = new
        await self.code_of(person)

    async def code_of(self, person: Participant) -> str:
        assert isinstance(person.browser, Listening)
        await person.tab.tap("menu")
        await person.tab.tap("resume-code")
        (code,) = person.page.codes
        self.canaries.release("resume code", code, owner=person.browser.reader)
        return code

    async def everything_breaks(self, person: Participant) -> None:
        """Bugs that quote all they know: in a turn, a page, a picture, the store, a task, the control socket."""
        program, words = self.place.watched, f"{MARK} breaks"
        self.canaries.release("words of a broken turn", words, f"{MARK} waits", owner="participant 4")
        await person.until(principle=ORDER[2])
        form = person.page.form
        csrf = [(control.name, control.value) for control in form.controls if control.kind == "hidden"]
        for bug in ("turn", "store", "background", "page"):
            program.break_(bug)
            answer = await person.browser.post("/", [*csrf, ("words", words)])
            if bug == "page":
                answer = await person.browser.get("/")
            assert answer.status == (303 if bug == "background" else 500), bug
            program.mend(bug)
        program.break_("drawing")
        await self.facilitator.tab.tap("f-invite")
        await self.facilitator.tab.tap(*next(tap for tap in self.facilitator.page.taps() if tap[0] == "f-group"))
        program.mend("drawing")
        await self.facilitator.tab.tap("f-assessment")
        with closing(sqlite3.connect(program.data / "equal-voice.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await person.tab.open()
            await person.browser.post("/", [*csrf, ("words", f"{MARK} waits")])
            other.execute("ROLLBACK")
        program.break_("door")
        status, _ = await program.command("forget", typed="7654321987\n")
        assert status == 2
        program.mend("door")
        await person.tab.open()

    async def until_closed(self) -> None:
        """Shown, read, hidden, shared, forgotten, closed."""
        facilitator, program = self.facilitator, self.place.watched
        await facilitator.tab.open()
        await facilitator.show("all")
        await facilitator.principle(ORDER[0])
        await facilitator.gaps()
        await facilitator.overview()
        assert f"{MARK} 2 on" in "".join((await facilitator.comments(ORDER[0]))[GROUP])
        for name in ORDER[:2]:
            await self.hide(name, f"{MARK} 2 on")
        await facilitator.results()
        await facilitator.tab.tap("f-home")
        await facilitator.tab.tap("device")
        self.canaries.release("device link", facilitator.page.codes[0].rpartition("/")[2], owner="facilitator")
        await Facilitator(await self.browser("facilitator")).arrive(facilitator.page.codes[0])
        await facilitator.tab.tap("f-home")
        await facilitator.tab.tap(*next(tap for tap in facilitator.page.taps() if tap[0] == "open"))
        await facilitator.tab.tap("f-second")
        await facilitator.tab.tap("make")
        link = facilitator.page.codes[-1]
        self.canaries.release("link for a second facilitator", link.rpartition("/")[2], owner="facilitator")
        second = Facilitator(await self.browser("second-facilitator"))
        await second.arrive(link)
        await second.principle(ORDER[0])
        comments = (await second.comments(ORDER[0]))[GROUP]
        assert f"{MARK} 1 on" in "".join(comments)
        await second.sheet()
        status, _ = await program.command("invite")
        assert status == 0
        token = program.commands_told[-1][1].partition("/i/")[2].split()[0]
        self.canaries.release("invitation", token, owner="facilitator")
        await self.people[6].tab.open()
        status, told = await program.command("forget", typed=await self.code_of(self.people[6]) + "\n")
        assert (status, "This person is forgotten." in told) == (0, True)
        assert (await program.command("purge"))[0] == 0
        await facilitator.tab.tap("f-assessment")
        await facilitator.close()

    async def hide(self, principle: str, begins: str) -> None:
        await self.facilitator.comments(principle)
        await self.facilitator.tab.tap("f-hide")
        page = self.facilitator.page
        (number,) = [at for at, quote in enumerate(page.quotes, 1) if quote.startswith(begins)]
        (value,) = [value for action, value in page.taps() if action == "hide" and value.startswith(f"{number}-")]
        await self.facilitator.tab.tap("hide", value)
        await self.facilitator.tab.tap("f-comments", {"Assets": "assets", "Networks": "networks"}[principle])
        assert begins not in self.facilitator.page.words

    def found(self) -> dict[tuple[str, str], str]:
        """Every kind in every place, with one example."""
        looks = [*on_the_machine(self.place.watched), *self.place.looks()]
        return {finding.cell: str(finding) for finding in search(self.canaries, looks)}

    def none_leaks(self, but: Collection[tuple[str, str]] = ()) -> None:
        """Nothing stands where it may not. ``but``: what may not yet."""
        found = self.found()
        self.seen |= found.keys()
        strange = {text for cell, text in found.items() if cell not in ALLOWED or cell in but}
        assert not strange, "\n".join(sorted(strange))
