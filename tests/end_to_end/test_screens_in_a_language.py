"""The main cards in Arabic, Polish, Bengali and Chinese on the screen of a small telephone, in a real browser.

Nothing may need pushing aside at 320 or 360 pixels, and everything to be tapped is large enough for a finger.

``SCREENSHOTS=folder make test PYTEST_ARGS='-k screens'`` keeps a picture of every card, to be looked at.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from conversations.says import Phrase, Verbatim, text
from language_walk import ORGANISATION, WALKED, Page, Participant, Tongue, some_answers, tongue
from language_walk.reckoning import GROUPS
from language_walk.writings import writing
from program import Program
from walking import questionnaire
from web_walk.camera import CHROMIUM, HEIGHT, Camera, chromium, telephone

# In CI nothing is skipped: .ci/run brings the browser, and without it these fail.
pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="This machine has no Chromium.")

SETTINGS = {
    "OPERATOR_NAME": "Riverside Voices",
    "OPERATOR_CONTACT": "hello@riverside.example",
    "LANGUAGES": "all",
    "SMALLEST_THRESHOLD": "3",
}
FEW = 3
"""So many of each group are enough here: it is the cards that are looked at."""
PRINCIPLES = questionnaire().principles


@pytest.mark.parametrize("code", WALKED)
async def test_the_main_cards_stay_on_the_screen_of_a_small_telephone(code: str, folder: Path | None) -> None:
    spoken = tongue(code)
    async with AsyncExitStack() as stack:
        program = await stack.enter_async_context(Program(settings=SETTINGS))
        browser = await stack.enter_async_context(chromium(every_script=True))

        async def phone() -> Camera:
            held = telephone(browser, program.url, folder=folder, language=spoken.language.tag)
            return await stack.enter_async_context(held)

        organiser, person = await phone(), await phone()
        links = await setting_up(organiser, f"/i/{program.invitation}", spoken)
        others = [Page(program.url, spoken) for _ in range(2 * FEW - 1)]
        for page in others:
            stack.push_async_callback(page.browser.close)
        await asyncio.gather(
            taking_part(person, links[-1], spoken),
            *(one_more(page, number, links=links) for number, page in enumerate(others)),
        )
        await results(organiser, spoken)
        await afterwards(person, spoken)


async def setting_up(phone: Camera, link: str, spoken: Tongue) -> list[str]:
    """From the invitation to the poster of each group; returns the links of the groups, in their order."""
    code = spoken.code
    await phone.open(link)
    await phone.only_button()
    await phone.tap("speak", code)
    await phone.look(f"{code}-f03-home")
    await phone.tap("new")
    await phone.send(ORGANISATION)
    await phone.look(f"{code}-f05-groups")
    await phone.tap("go-on")
    await phone.tap("threshold", str(FEW))
    await phone.tap("weeks", "4")
    await phone.look(f"{code}-f08-confirm")
    await phone.tap("create")
    await phone.look(f"{code}-f09-assessment")
    await phone.tap("f-invite")
    groups = [await each.get_attribute("value") for each in await phone.page.locator('[value^="f-group:"]').all()]
    links: list[str] = []
    for group in groups:
        await phone.tap("f-group", (group or "").partition(":")[2])
        if not links:
            await phone.look(f"{code}-f10-group")
            await a_poster_in_two(phone, spoken)
        links.append((await phone.page.locator("code").all_inner_texts())[-1])
        await phone.tap("f-invite")
    await phone.tap("f-assessment")
    return links


async def a_poster_in_two(phone: Camera, spoken: Tongue) -> None:
    """In this language and in the next, and back to the card of the group."""
    code, second = spoken.code, WALKED[WALKED.index(spoken.code) - 1]
    await phone.tap("f-poster")
    await phone.look(f"{code}-f10-poster-first")
    await phone.tap("first", code)
    await phone.look(f"{code}-f10-poster-second")
    await phone.tap("second", second)
    await phone.look(f"{code}-f10-poster")
    await phone.tap("f-group", await phone.value("f-group"))


async def taking_part(phone: Camera, link: str, spoken: Tongue) -> None:
    """From the link to the thanks."""
    code = spoken.code
    await phone.open(link)
    await phone.only_button()
    await phone.look(f"{code}-p02-languages")
    assert await phone.heading() == spoken.say(text("language.title"))
    assert await phone.height() <= HEIGHT
    await phone.tap("speak", code)
    await phone.look(f"{code}-p03-welcome")
    await phone.tap("agree")
    await phone.look(f"{code}-p04-question")
    assert await phone.heading() == spoken.say(Phrase(PRINCIPLES[0].statements[0].plain))
    await phone.tap("more")
    await phone.look(f"{code}-p05-more")
    await phone.tap("back")
    for principle in PRINCIPLES:
        first = principle is PRINCIPLES[0]
        for score, _ in enumerate(principle.statements, 3):
            await phone.tap("score", str(score))
        if first:
            await phone.look(f"{code}-p06-comment")
            await phone.send(writing(spoken, 0))
            await phone.look(f"{code}-p07-check")
        else:
            await phone.tap("go-on")
        await phone.tap("hand-in")
        if first:
            await phone.tap("score", "4")
            await phone.tap("previous")
            await phone.look(f"{code}-p08-question-chosen")
    await phone.look(f"{code}-p09-thanks")
    await phone.tap("menu")
    await phone.look(f"{code}-p10-menu")
    await phone.tap("urgent")
    await phone.look(f"{code}-p11-urgent")
    await phone.tap("back")


async def one_more(page: Page, number: int, *, links: list[str]) -> None:
    """One of the others, whom nobody takes pictures of."""
    audience = GROUPS[number // FEW]
    answers = some_answers(number, comments=[writing(page.tongue, number)] if number % 2 else [])
    person = Participant(page, audience=audience, answers=answers)
    await page.open(links[GROUPS.index(audience)])
    await page.tap(Verbatim(page.tongue.language.name), text("welcome.agree"))
    for principle in PRINCIPLES:
        for statement in principle.statements:
            await person.choose(answers.choices[principle.id, statement.id])
        await person.write(principle)
        await person.hand_in(principle)


async def results(phone: Camera, spoken: Tongue) -> None:
    """Numbers, the last call, every kind of result, and the question before closing."""
    code = spoken.code
    await phone.open()
    await phone.look(f"{code}-f11-numbers")
    await phone.tap("f-show")
    await phone.tap("show", "all")
    await phone.look(f"{code}-f13-last-call")
    await phone.tap("now")
    await phone.look(f"{code}-f14-results")
    for action, value in (
        ("f-principle", PRINCIPLES[0].id),
        ("f-gaps", ""),
        ("f-overview", ""),
        ("f-comments", PRINCIPLES[0].id),
        ("f-sheet", ""),
    ):
        await phone.tap(action, value)
        await phone.look(f"{code}-f15-{action}")
        await phone.tap("f-results")
    await phone.tap("f-assessment")
    await phone.tap("f-close")
    await phone.look(f"{code}-f16-close")


async def afterwards(phone: Camera, spoken: Tongue) -> None:
    """After showing: what a participant finds."""
    await phone.tap("answers")
    await phone.look(f"{spoken.code}-p12-answers")
