"""Every card on the screen of a small telephone, in a real browser with JavaScript off.

Nothing may need pushing aside at 320 or 360 pixels, everything to be tapped is large enough for a finger, whoever uses
the keyboard sees where they are, and a scored question fits on the screen whole.

``SCREENSHOTS=folder make test PYTEST_ARGS='-k screens'`` keeps a picture of every card, to be looked at.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.languages import listed
from conversations.moves.rights import PARTS
from web_walk import STAFF, USERS, Facilitator, Venue, venue
from web_walk.camera import CHROMIUM, HEIGHT, Camera, chromium, telephone
from web_walk.facilitator import Entrance
from web_walk.instrument import OPEN_QUESTION, ORDER, STATEMENTS, statements

# In CI nothing is skipped: .ci/run brings the browser, and without it these fail.
pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="This machine has no Chromium.")

ASSETS, CATALYSTS = ORDER[0], ORDER[-1]
SETTINGS = {"OPERATOR_NAME": "Riverside Voices", "OPERATOR_CONTACT": "hello@riverside.example"}
LONG = "Ask us before you decide, and tell us afterwards what became of it. " * 32


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program running, nobody there yet."""
    async with venue(SETTINGS) as running:
        yield running


async def test_a_participant_sees_every_card(place: Venue, folder: Path | None) -> None:
    facilitator = await place.facilitator()
    link = place.entrances[USERS].link
    async with chromium() as browser, telephone(browser, place.program.url, folder=folder) as phone:
        await arriving(phone, link)
        await every_question_fits(phone)
        await what_opens_on_top(phone)
        await coming_and_going(phone, place, facilitator)


async def arriving(phone: Camera, link: str) -> None:
    await phone.open()
    await phone.look("p01-home")
    await phone.walk_by_keyboard("home")
    await phone.tap("urgent")
    await phone.look("p26-urgent-for-everybody")
    await phone.tap("back")
    await phone.send("BCDF-2345")
    await phone.look("p02-home-wrong-code")
    await phone.tap("language")
    await phone.look("p03-language")
    await phone.tap("back")
    await phone.open("/nowhere")
    await phone.look("p04-no-such-page")
    await phone.open("/resume")
    await phone.look("p05-resume")
    await phone.send_code("BCDF-2345-BCDF")
    await phone.look("p06-resume-wrong")
    await phone.open(link)
    await phone.look("p07-link")
    await phone.only_button()
    await phone.look("p08-welcome")
    await phone.walk_by_keyboard("welcome")
    await phone.tap("agree")


async def every_question_fits(phone: Camera) -> None:
    """All fifteen, as they first come and with a choice; on the way every card of a principle."""
    seen: set[str] = set()
    choices = ["1", "2", "3", "4", "5", "unknown"]
    await phone.walk_by_keyboard("question")
    while len(seen) < len(STATEMENTS):
        heading = await phone.heading()
        if heading in STATEMENTS:
            await fits(phone, heading)
            await phone.look(f"p10-question-{len(seen) + 1:02}")
            await phone.tap("score", choices[len(seen) % len(choices)])
            if len(seen) in {0, 3}:
                await phone.tap("previous")
                await fits(phone, heading)
                await phone.look(f"p11-question-{len(seen) + 1:02}-chosen")
                await phone.tap("score", choices[len(seen) % len(choices)])
            seen.add(heading)
        elif heading == OPEN_QUESTION and len(seen) == 3:
            await the_open_question(phone)
        elif heading == OPEN_QUESTION:
            await phone.tap("go-on")
        else:
            await the_check_card(phone, name=f"p14-check-{len(seen) // 3}", whole=len(seen) == 3)


async def fits(phone: Camera, heading: str) -> None:
    height = await phone.height()
    assert height <= HEIGHT, f"“{heading}” is {height} pixels high"


async def the_open_question(phone: Camera) -> None:
    await phone.look("p12-comment")
    await phone.walk_by_keyboard("comment")
    await phone.tap("more")
    await phone.look("p12-comment-more")
    await phone.tap("official")
    await phone.look("p12-comment-official")
    await phone.tap("back")
    await phone.send(LONG)
    await phone.look("p13-too-long")
    await phone.send("Ask us before you decide, and tell us afterwards what became of it.\n\nAnd pay the bus.")


async def the_check_card(phone: Camera, *, name: str, whole: bool) -> None:
    await phone.look(name)
    if whole:
        await phone.tap("previous")
        await phone.look("p13-comment-again")
        await phone.send(await phone.page.input_value("#words"))
        await phone.tap("change")
        await phone.look("p15-change")
        await phone.tap("back")
    await phone.tap("hand-in")
    if whole:
        await phone.look("p16-question-after-handing-in")
        await phone.tap("previous")
        await phone.look("p16-check-handed-in")
        await phone.tap("carry-on")


async def what_opens_on_top(phone: Camera) -> None:
    """From the open question of the last principle, where the prompts name the ladder."""
    await phone.tap("previous")
    assert await phone.heading() in statements(CATALYSTS)
    await phone.tap("more")
    await phone.look("p20-more")
    await phone.tap("official")
    await phone.look("p21-official")
    await phone.tap("back")
    await phone.tap("more")
    await phone.tap("ladder")
    await phone.look("p22-ladder")
    await phone.tap("back")
    await phone.tap("more")
    await phone.tap("words")
    await phone.look("p23-words")
    await phone.page.locator('button[value^="word:"]').first.click()
    await phone.look("p24-word")
    await phone.tap("back")
    await phone.tap("menu")
    await phone.look("p25-menu")
    await phone.walk_by_keyboard("menu")
    await phone.tap("back")
    await phone.tap("urgent")
    await phone.look("p26-urgent")
    await phone.tap("back")
    await the_privacy_notice(phone)
    for name, number in (
        ("help", 27),
        ("answers", 29),
        ("resume-code", 30),
        ("stop", 31),
        ("held", 39),
    ):
        await phone.tap("menu")
        await phone.tap(name)
        await phone.look(f"p{number}-{name}")
        await phone.tap("back")


async def the_privacy_notice(phone: Camera) -> None:
    """Nobody has to read it in one piece: a card for who and why, and four that fit on the screen."""
    await phone.tap("menu")
    await phone.tap("privacy")
    await phone.look("p28-privacy")
    assert await phone.height() <= HEIGHT * 1.35
    for part in PARTS:
        await phone.tap("part", part)
        await phone.look(f"p28-privacy-{part}")
        assert await phone.height() <= HEIGHT, part
        await phone.tap("privacy")
    await phone.tap("back")


async def leaving_and_coming_back(phone: Camera) -> None:
    """From the end, which offers it: a code first, then the page that tells nothing, then back with the code."""
    await phone.tap("leave")
    await phone.look("p42-leave")
    await phone.walk_by_keyboard("leave")
    await phone.tap("leave-code")
    await phone.look("p43-leave-with-code")
    code = await phone.page.locator(".code code").inner_text()
    await phone.tap("leave-now")
    await phone.look("p44-left")
    await phone.walk_by_keyboard("left")
    await phone.page.locator("summary").click()
    await phone.look("p45-left-and-help")
    assert "Samaritans" in await phone.page.inner_text("details")
    await phone.open("/resume")
    await phone.send_code(code)
    await phone.look("p46-back-again")


async def coming_and_going(phone: Camera, place: Venue, facilitator: Facilitator) -> None:
    question = await phone.heading()
    await phone.open(place.entrances[STAFF].link)
    await phone.only_button()
    await phone.look("p32-move")
    await phone.tap("back")
    assert await phone.heading() == question
    await phone.tap("skip")
    await phone.tap("go-on")
    await phone.tap("hand-in")
    await phone.look("p33-end")
    await phone.walk_by_keyboard("end")
    await leaving_and_coming_back(phone)
    people = [await place.arrived(number, USERS) for number in range(4)]
    await asyncio.gather(*(person.after(ASSETS) for person in people))
    await facilitator.show(ASSETS)
    await phone.tap("answers")
    await phone.look("p34-answers-mixed")
    await phone.tap("principle", "assets")
    await phone.look("p35-check-mixed")
    await phone.tap("menu")
    await phone.tap("withdraw")
    await phone.look("p36-withdraw")
    await phone.tap("erase")
    await phone.look("p37-withdrawn")
    await people[0].tab.open()
    await facilitator.close()
    await phone.open(place.entrances[USERS].link)
    await phone.only_button()
    await phone.look("p38-closed")
    await phone.tap("privacy")
    await phone.tap("forget-me")
    await phone.look("p40-forget-me")
    await phone.walk_by_keyboard("forget-me")
    await phone.tap("forget")
    await phone.look("p41-forgotten")


async def test_everybody_finds_their_language_on_the_screen_of_an_old_telephone(folder: Path | None) -> None:
    """In each language: the list as it comes first and as it comes later, the way for others, and the first card."""
    async with venue({**SETTINGS, "LANGUAGES": "all"}) as place, chromium(every_script=True) as browser:
        for code, language in listed().items():
            async with telephone(browser, place.program.url, folder=folder, language=language.tag) as phone:
                await phone.open()
                await phone.look(f"l01-languages-{code}")
                await phone.walk_by_keyboard(f"languages-{code}")
                assert await phone.value("speak") == code
                assert await phone.height() <= HEIGHT
                assert await phone.narrow_height() <= HEIGHT
                await phone.tap("no-language")
                await phone.look(f"l02-no-language-{code}")
                assert await phone.height() <= HEIGHT
                await phone.tap("back")
                await phone.tap("speak", code)
                await phone.look(f"l03-home-{code}")
                await phone.tap("language")
                await phone.look(f"l04-languages-again-{code}")
                assert await phone.height() <= HEIGHT


async def test_whoever_comes_to_a_browser_that_was_left_alone_reads_both_ways_on(
    place: Venue, folder: Path | None
) -> None:
    """A restart stands for half an hour: nobody was seen by the program since."""
    await place.facilitator()
    async with chromium() as browser, telephone(browser, place.program.url, folder=folder) as phone:
        await phone.open(place.entrances[USERS].link)
        await phone.only_button()
        await phone.tap("agree")
        await place.restart()
        await phone.open(place.entrances[USERS].link)
        await phone.only_button()
        await phone.look("p47-away")
        await phone.walk_by_keyboard("away")
        await phone.page.locator("button[name=other]").click()
        await phone.look("p48-somebody-else")
        assert await phone.heading() == "Hello"


async def test_a_facilitator_sees_every_card(place: Venue, folder: Path | None) -> None:
    async with chromium() as browser, telephone(browser, place.program.url, folder=folder) as phone:
        await setting_up(phone, place)
        await people_take_part(place)
        await working(phone)
        await the_end(phone, place)


async def setting_up(phone: Camera, place: Venue) -> None:
    await phone.open(f"/i/{place.program.invitation}")
    await phone.look("f01-invitation")
    await phone.only_button()
    await phone.look("f02-home")
    await phone.tap("new")
    await phone.look("f03-organisation")
    await phone.send("Riverside Hospital and the Local Maternity and Neonatal System of the West")
    await phone.look("f04-groups")
    await phone.walk_by_keyboard("groups")
    await phone.tap("go-on")
    await phone.look("f05-threshold")
    await phone.tap("threshold", "5")
    await phone.look("f06-hear-by")
    await phone.tap("weeks", "4")
    await phone.look("f07-confirm")
    await phone.tap("create")
    await phone.look("f08-assessment")
    await phone.tap("f-invite")
    await phone.look("f09-invite")
    for group in (STAFF, USERS):
        await phone.page.get_by_role("button", name=group).click()
        await phone.look(f"f10-group-{group.split()[0].lower()}")
        link = (await phone.page.locator("code").all_inner_texts())[-1]
        place.entrances[group] = Entrance(code="", link=link)
        await phone.tap("f-invite")
    await phone.tap("f-assessment")
    await phone.tap("f-second")
    await phone.look("f27-second")
    await phone.tap("make")
    await phone.look("f28-second-link")
    await phone.tap("f-unshare")
    await phone.look("f29-unshare")
    await phone.tap("end")
    await phone.look("f30-unshared")
    await phone.tap("f-assessment")


async def people_take_part(place: Venue) -> None:
    """Six of each group; one of staff is late."""
    people = [
        await place.person(number, STAFF if number < 6 else USERS, comments={ASSETS: f"{number}: {LONG[:200]}"})
        for number in range(12)
    ]

    async def takes_part(number: int) -> None:
        person = people[number]
        await person.arrive(place.entrances[person.sheet.group].link)
        await (person.until(statement=statements(ORDER[1])[1]) if number == 5 else person.until())

    await asyncio.gather(*(takes_part(number) for number in range(len(people))))


async def working(phone: Camera) -> None:
    await phone.tap("f-assessment")
    await phone.look("f11-assessment-busy")
    await phone.tap("f-share")
    await phone.look("f12-share")
    await phone.tap("f-assessment")
    await phone.tap("f-show")
    await phone.look("f13-show")
    await phone.tap("show", "assets")
    await phone.look("f14-warn")
    await phone.tap("now")
    await phone.look("f15-principle")
    await phone.tap("f-results")
    await phone.look("f16-results")
    await phone.tap("f-assessment")
    await phone.tap("f-show")
    await phone.look("f17-show-again")
    await phone.tap("show", "all")
    await phone.look("f18-warn-all")
    await phone.tap("now")
    await phone.look("f19-results-all")
    await phone.walk_by_keyboard("results")
    for name in ("f-gaps", "f-overview", "f-sheet"):
        await phone.tap(name)
        await phone.look(f"f20-{name[2:]}")
        await phone.tap("f-results")
    await phone.tap("f-comments", "assets")
    await phone.look("f21-comments")
    await phone.tap("f-hide")
    await phone.look("f21-hide")
    await phone.page.locator("button[value^='hide:2-']").click()
    await phone.look("f21-hidden")
    await phone.tap("f-comments", "assets")
    assert "1 comment is hidden." in await phone.page.inner_text("main")
    await phone.look("f21-comments-but-one")


async def the_end(phone: Camera, place: Venue) -> None:
    await phone.tap("f-results")
    await phone.tap("f-assessment")
    await phone.tap("f-close")
    await phone.look("f22-close")
    await phone.tap("close")
    await phone.look("f23-closed")
    await phone.tap("f-erase")
    await phone.look("f31-erase")
    await phone.walk_by_keyboard("erase")
    await phone.tap("f-assessment")
    await phone.tap("f-home")
    await phone.look("f24-home")
    await phone.tap("device")
    await phone.look("f25-device")
    link = (await phone.page.locator("code").all_inner_texts())[-1]
    await phone.tap("f-home")
    await phone.tap("menu")
    await phone.look("f32-menu")
    await phone.tap("held")
    await phone.look("f33-held")
    await phone.tap("forget-me")
    await phone.look("f34-forget-me")
    await phone.tap("back")
    await phone.tap("open", await phone.value("open"))
    await phone.tap("f-erase")
    await phone.tap("erase")
    await phone.look("f35-erased")
    await phone.open(link)
    await phone.look("f26-device-link")
