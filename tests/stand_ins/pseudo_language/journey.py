"""The whole way through Equal Voice, every card and remark of it, in the made-up language."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.charts.jobs import Job
from bot.support import SHIPPED, load
from bot.texts import TEXTS
from bot.wording import Wordings
from conversations.pools import Choice
from conversations.questionnaire import Questionnaire
from conversations.situation import Operator
from pseudo_language import facilitators, participants, sharing
from pseudo_language.theatre import COMMENTS, ELSEWHERE, HOSPITAL, NAMED, OPERATOR, PRACTICE, Seen, Theatre
from walking import Assessment, Walker, answer, assessment, facilitator


@dataclass(frozen=True, kw_only=True)
class Journey:
    """What was seen on the way. ``own``: what people typed, names and quotations."""

    seen: list[Seen] = field(repr=False)
    captions: list[str] = field(repr=False)
    jobs: list[Job] = field(repr=False)
    own: frozenset[str] = field(repr=False)


async def travel(folder: Path, wordings: Wordings) -> Journey:
    """Go all the way: two installations, one of which tells nobody who runs it."""
    house = Theatre(folder / "first", wordings=wordings)
    await _everything(house)
    nameless = Theatre(folder / "nameless", wordings=wordings, operator=Operator())
    await _nameless(nameless)
    return Journey(
        seen=list(dict.fromkeys(house.seen + nameless.seen)),
        captions=house.captions + nameless.captions,
        jobs=house.drawn.jobs + nameless.drawn.jobs,
        own=own_words(house.questionnaire, wordings),
    )


def own_words(questionnaire: Questionnaire, wordings: Wordings) -> frozenset[str]:
    """What nobody translates: what people typed, names, addresses and quotations."""
    words = {HOSPITAL, PRACTICE, NAMED, ELSEWHERE, *COMMENTS}
    words |= {"Parents", "First group", "Second group", "Third group"}
    words |= {each for each in (OPERATOR.name, OPERATOR.contact) if each}
    words |= {language.name for language in wordings.languages.values()}
    words.add(TEXTS["language.title"].singular)  # the list of languages has it in English too
    for place in load(SHIPPED):
        words |= {each for each in (place.name, place.phone, place.text, place.web) if each}
    words |= {questionnaire.source, questionnaire.source_url, questionnaire.adapted_from, questionnaire.ladder_source}
    words.add(questionnaire.official_open_question)
    for principle in questionnaire.principles:
        words.add(principle.official_definition)
        words |= {statement.official for statement in principle.statements}
    return frozenset(words)


async def _everything(house: Theatre) -> None:
    anna = await facilitator(house)
    made = await facilitators.set_up(house, anna)
    laptop = await facilitators.second_device(house, anna)
    await facilitators.invite(anna, made)
    first = await participants.arrive(house, made)
    await participants.answer_everything(first, made)
    await participants.wander(first)
    await participants.on_the_web(house, made)
    await participants.take_back(house, made)
    await participants.be_forgotten(house, made)
    await participants.wrong_codes(house)
    await _crowd(house, made)
    await facilitators.show(house, anna, made, first)
    away = await participants.participant(house, "away", made.codes["users"])
    await facilitators.close(house, anna, laptop, made)
    await away.look()
    await away.write(made.codes["users"])
    await sharing.share(house, anna)
    await anna.tap("f-assessment")
    await anna.tap("f-home")
    await facilitators.rehearse(house, anna)
    await facilitators.lose_a_key(house, anna)
    await facilitators.facilitator_takes_part(house, anna, made)
    await facilitators.leave_alone(house)


async def _crowd(house: Theatre, made: Assessment) -> None:
    """Enough people to show: staff who score, people who use services some of whom do not know, and a silent group."""
    every = [principle.id for principle in house.questionnaire.principles]
    scores: dict[str, tuple[Choice, ...]] = {"staff": (2, 4, 5), "users": (1, "unknown", 3), NAMED: ("skipped",) * 3}
    for group, choices in scores.items():
        for number in range(6):
            walker = await participants.participant(house, f"{group}{number}", made.codes[group])
            # Not all stay to the end, so numbers differ between principles, and one group is too small for the last.
            handed_in = every if number else every[:2]
            if group == NAMED and number < 3:
                handed_in = every[:4]
            for principle in handed_in:
                comment = COMMENTS[number % 3] if group == "users" and principle != "outcomes" else ""
                mine: tuple[Choice, ...] = (choices[0], 3, 4) if group == "users" and number > 2 else choices
                await answer(walker, principle, mine, comment=comment)


async def _nameless(house: Theatre) -> None:
    """Nobody has said who runs this; thresholds begin at five."""
    anna = await facilitator(house)
    made = await assessment(anna, organisation=HOSPITAL, threshold=20)
    somebody = Walker(house, "somebody")
    await somebody.write(made.codes["users"])
    await somebody.tap("no-language")
    await somebody.ask("help")
    await somebody.ask("privacy")
