"""The whole way in Arabic, Polish, Bengali and Chinese, on both channels, from the first tap to the charts.

The real program with every language on offer; a facilitator and ten people whose telephones or browsers ask for that
language, but for one of another language, as mixed groups are the normal case. What is said is what the catalogue says,
buttons are found by their labels, and no English of ours stands anywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack

import pytest

from conversations.says import text
from conversations.situation import Audience
from fake_bot_api import FakeBotApi
from language_walk import (
    ORGANISATION,
    STAFF,
    USERS,
    WALKED,
    Answers,
    Chat,
    Device,
    English,
    Facilitator,
    Page,
    Participant,
    Reckoning,
    Tongue,
    some_answers,
    tongue,
)
from language_walk.direction import set_backwards
from language_walk.reckoning import GROUPS, K
from language_walk.tongue import WORDINGS
from language_walk.writings import writing
from program import Program
from pseudo_language.journey import own_words
from telegram_walk import settings_for
from walking import questionnaire

OPERATOR = {"OPERATOR_NAME": "Riverside Voices", "OPERATOR_CONTACT": "hello@voices.example"}

MENU_TOLD = 60.0
"""Seconds until Telegram must have been told every description, one language after the other."""
ENOUGH = 70
"""So many different texts even somebody who only answers comes past."""


def the_next(code: str) -> str:
    """Another of the languages, for the one person who has it."""
    return WALKED[(WALKED.index(code) + 1) % len(WALKED)]


def everybody(code: str, device: Callable[[str, Tongue], Device]) -> list[Participant]:
    """Five people of each group. One of them speaks another language."""
    people = []
    for number in range(2 * K):
        spoken = tongue(the_next(code) if number == 3 else code)
        comments = [writing(spoken, number)] * (2 if number == 2 else 1)
        people.append(
            Participant(
                device(f"p{number}", spoken),
                audience=GROUPS[number // K],
                answers=some_answers(number, comments=comments),
            )
        )
    return people


async def all_the_way(
    facilitator: Facilitator, people: list[Participant], *, invitation: str, link: Callable[[Iterable[str]], str]
) -> None:
    """Everybody at once. ``link``: which of a group's links people of this channel follow."""
    invites = await facilitator.create(invitation, second=people[3].device.tongue)
    another = questionnaire().principles[2].id

    async def take_part(number: int, person: Participant) -> None:
        await person.arrive(link(invites[person.audience].links), organisation=ORGANISATION)
        if number == 0:
            await person.look_around()
        await person.answer_everything(hear_by=facilitator.hear_by, into_english_at=another if number in {1, 3} else "")

    await asyncio.gather(*(take_part(number, person) for number, person in enumerate(people)))
    await facilitator.sees_that_all_have_handed_in()
    await facilitator.show()
    reckoning = Reckoning(answers_by_group(people), organisation=ORGANISATION)
    await facilitator.look_at_everything(reckoning)
    await people[3].finds_it_mixed_in()
    await facilitator.look_in_english(reckoning)
    await facilitator.close()
    typed = [words for person in people for words in person.answers.comments.values()]
    devices = [facilitator.device, *(person.device for person in people)]
    all_of_it_is_translated(devices, typed=[*typed, *facilitator.in_another])


def answers_by_group(people: Iterable[Participant]) -> dict[Audience, list[Answers]]:
    found: dict[Audience, list[Answers]] = {STAFF: [], USERS: []}
    for person in people:
        found[person.audience].append(person.answers)
    return found


def all_of_it_is_translated(devices: Sequence[Device], *, typed: Iterable[str]) -> None:
    """No English of ours in all that was ever said to anybody, and in a chat each line runs as its language does.

    A page says of itself how it runs.
    """
    pages = all(isinstance(device, Page) for device in devices)
    own = {*own_words(questionnaire(), WORDINGS), *typed, ORGANISATION, *OPERATOR.values()}
    said: dict[Tongue, set[str]] = {}
    for device in devices:
        said.setdefault(device.tongue, set()).update(device.everything())
    for spoken, every in said.items():
        english = English(spoken, own=own)
        assert len(every) > ENOUGH
        found = {loose: words for words in sorted(every) if (loose := english.found_in(words))}
        assert found == {}, spoken.code
        if spoken.language.direction == "rtl" and not pages:
            assert [line for words in sorted(every) for line in set_backwards(words)] == []


@pytest.mark.parametrize("code", WALKED)
async def test_on_telegram_everybody_goes_all_the_way_in_their_language(api: FakeBotApi, code: str) -> None:
    spoken = tongue(code)
    async with Program(settings=settings_for(api, **OPERATOR, LANGUAGES="all")) as program:
        await all_the_way(
            Facilitator(Chat(api, "Fay", spoken)),
            everybody(code, lambda name, own: Chat(api, name, own)),
            invitation=f"start=i-{program.invitation}",
            link=lambda links: next(each for each in links if "start=" in each),
        )
        # What stands in an empty chat, before anybody has tapped anything. It is told behind everything else.
        empty = await api.wait_for(lambda: api.profile("description", language_code=code), MENU_TOLD)
        assert empty == spoken.say(text("telegram.description"))
        assert "ERROR" not in program.output


@pytest.mark.parametrize("code", WALKED)
async def test_on_the_web_everybody_goes_all_the_way_in_their_language(code: str) -> None:
    async with Program(settings={**OPERATOR, "LANGUAGES": "all"}) as program, AsyncExitStack() as stack:

        def browser(name: str, spoken: Tongue) -> Page:
            page = Page(program.url, spoken)
            stack.push_async_callback(page.browser.close)
            return page

        await all_the_way(
            Facilitator(browser("Fay", tongue(code))),
            everybody(code, browser),
            invitation=f"/i/{program.invitation}",
            link=lambda links: next(iter(links)),
        )
        assert "ERROR" not in program.output
