"""Going on in another browser, with the real turns behind the pages: who may, and which codes are still good."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.browser_records import BrowserRecord, put
from bot.web.browsers import cookie_hash
from bot.web.server import WebChannel
from walking import Assessment, House, Walker, assessment, close, facilitator, people_hand_in, show
from walking.house import wordings
from web_walk.browser import Browser, Tab

WRONG = "We do not know this code."
BOTH = "You cannot run an assessment and take part in it too."


class Place:
    """A house with its web pages, one assessment in it, and browsers in front."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        self.house = House(folder)
        self.stack = stack
        self.channel = WebChannel(
            address=("127.0.0.1", 0),
            public_url="",
            turns=self.house.turns,
            wordings=wordings(),
            store=self.house.store,
            installation_key=self.house.installation,
            clock=self.house.clock,
        )
        self.organiser: Walker
        self.made: Assessment

    async def open(self) -> None:
        """Open the pages; a facilitator sets an assessment up."""
        await self.channel.start()
        self.stack.push_async_callback(self.channel.stop)
        self.organiser = await facilitator(self.house)
        self.made = await assessment(self.organiser)

    async def browser(self) -> Tab:
        """Somebody new."""
        return (await self.stack.enter_async_context(Browser(self.channel.url))).tab

    async def participant(self) -> Tab:
        """Somebody at the first question."""
        tab = await self.browser()
        await tab.open("/c/" + self.made.codes["staff"])
        await tab.only_button()
        await tab.tap("agree")
        return tab

    async def facilitator(self) -> Tab:
        """The browser in which the facilitator runs the assessment too."""
        token = await _device(self.organiser)
        tab = await self.browser()
        await tab.open(f"/d/{token}")
        await tab.only_button()
        return tab


async def _device(organiser: Walker) -> str:
    await organiser.open()
    await organiser.tap("f-home")
    await organiser.tap("device")
    (*_, link) = [block.text for block in organiser.card.blocks if block.kind == "code"]
    return str(getattr(link, "words", "")).rsplit("/", 1)[1]


async def code_from(tab: Tab) -> str:
    """Ask for a code, and go back to where one was."""
    await tab.open()
    await tab.tap("menu")
    await tab.tap("resume-code")
    (code,) = tab.page.codes
    await tab.tap("back")
    return code


async def resume(tab: Tab, code: str) -> str:
    """Type a code at its page; all the words of the page that follows."""
    await tab.open("/resume")
    return (await tab.send(code)).words


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        made = Place(tmp_path, stack)
        await made.open()
        yield made


async def test_a_new_code_makes_the_one_before_it_worthless(place: Place) -> None:
    ana = await place.participant()
    first, second = await code_from(ana), await code_from(ana)
    assert WRONG in await resume(await place.browser(), first)
    assert WRONG not in await resume(await place.browser(), second)


async def test_once_somebody_has_moved_no_code_of_the_old_browser_makes_a_second_one(place: Place) -> None:
    ana = await place.participant()
    first, second, new = await code_from(ana), await code_from(ana), await place.browser()
    assert "Welcome back" in await resume(new, second)
    assert WRONG in await resume(await place.browser(), first)
    assert (await new.open()).offers("menu")


async def test_a_code_is_worth_nothing_once_the_row_of_its_browser_names_another_or_is_gone(place: Place) -> None:
    ana, store, key = await place.participant(), place.house.store, place.house.installation
    code, cookie = await code_from(ana), cookie_hash(ana.browser.cookie)
    row = await store.turn(b"x", lambda tx: tx.browser(cookie))
    assert row is not None
    other = BrowserRecord(person="other")
    await store.turn(b"x", lambda tx: put(tx, cookie, other, key=key))
    assert WRONG in await resume(await place.browser(), code)
    await store.turn(b"x", lambda tx: tx.remove_browser(cookie))
    assert WRONG in await resume(await place.browser(), code)
    await store.turn(b"x", lambda tx: tx.put_browser(cookie, row))
    assert "Welcome back" in await resume(await place.browser(), code)


async def test_somebody_can_move_again_and_again(place: Place) -> None:
    tab = await place.participant()
    heading = tab.page.heading
    for _ in range(3):
        code, tab = await code_from(tab), await place.browser()
        await resume(tab, code)
        assert tab.page.heading == heading


async def test_whose_browser_another_person_took_over_can_go_on_with_the_code_they_got_first(place: Place) -> None:
    ana, ben = await place.participant(), await place.participant()
    await ben.tap("score", "4")
    heading = ben.page.heading
    of_ana, of_ben = await code_from(ana), await code_from(ben)
    assert "Welcome back" in await resume(ben, of_ana)
    elsewhere = await place.browser()
    assert "Welcome back" in await resume(elsewhere, of_ben)
    assert elsewhere.page.heading == heading
    assert WRONG in await resume(await place.browser(), of_ben)


async def test_a_participant_cannot_take_the_browser_of_their_facilitator_over(place: Place) -> None:
    ana, runs = await place.participant(), await place.facilitator()
    heading, code = ana.page.heading, await code_from(runs)
    assert BOTH in await resume(ana, code)
    assert ana.page.status == 422
    assert (await ana.open()).heading == heading
    assert "Welcome back" in await resume(await place.browser(), code), "nothing was used up"


async def test_neither_can_somebody_who_withdrew_after_they_were_mixed_in(place: Place) -> None:
    ana, code = await place.participant(), await code_from(await place.facilitator())
    while not ana.page.offers("hand-in"):
        await (ana.tap("score", "3") if ana.page.offers("score", "3") else ana.tap("go-on"))
    await ana.tap("hand-in")
    await people_hand_in(place.house, place.made, "staff", 4)
    await show(place.organiser, place.made, "assets")
    await ana.open()
    await ana.tap("menu")
    await ana.tap("withdraw")
    await ana.tap("erase")
    assert BOTH in await resume(ana, code)


async def test_nor_can_the_browser_of_their_facilitator_take_a_participant_over(place: Place) -> None:
    ana, runs = await place.participant(), await place.facilitator()
    code = await code_from(ana)
    assert BOTH in await resume(runs, code)
    assert runs.page.status == 422
    assert (await runs.open()).offers("new"), "this browser still runs the account"
    assert "Welcome back" in await resume(await place.browser(), code), "nothing was used up"


async def test_a_participant_of_a_closed_assessment_can(place: Place) -> None:
    ana, runs = await place.participant(), await place.facilitator()
    code = await code_from(runs)
    await close(place.organiser, place.made)
    assert "Welcome back" in await resume(ana, code)


async def test_what_happened_meanwhile_is_told_in_the_new_browser(place: Place) -> None:
    code = await code_from(await place.participant())
    await close(place.organiser, place.made)
    words = await resume(await place.browser(), code)
    assert "Welcome back" in words
    assert "Answers were closed" in words
