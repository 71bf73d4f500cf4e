"""Turns: what comes twice or too late changes nothing, what is not committed never happened, others are left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts.jobs import GapChart, OverviewChart, Poster, PrincipleChart
from conversations.cards import Picture, PictureKind
from conversations.inputs import Asked, Input, Opened, Tap, Typed, Unreadable
from conversations.says import Minute, Phrase, Verbatim, text
from conversations.situation import Links
from storage.store import Unavailable
from walking import BreakingStore, House, Walker, answer, assessment, close, facilitator, participant, show
from walking.house import NOON

WRONG = "BCDF-GHJK"


async def at_the_open_question(house: House, *, closed: bool = False) -> Walker:
    """Somebody on Telegram who has scored Assets; and perhaps answers were closed since."""
    organiser = await facilitator(house)
    made = await assessment(organiser)
    walker = await participant(house, "ana", made.codes["users"])
    for score in ("4", "5", "unknown"):
        await walker.tap("score", score)
    if closed:
        await close(organiser, made)
    return walker


def number(walker: Walker) -> int:
    assert walker.reply is not None
    return walker.reply.number


def label(house: House, score: int) -> Phrase:
    return Phrase(house.questionnaire.scores[score - 1].label)


def quotes(walker: Walker) -> list[str]:
    return [block.text.words for block in walker.card.blocks if isinstance(block.text, Verbatim)]


# repeated and stale


async def test_a_message_that_comes_twice_counts_once(house: House) -> None:
    walker = await at_the_open_question(house)
    await walker.take(Typed("more time"), message=900)
    before = number(walker)
    again = await walker.take(Typed("more time"), message=900)
    assert (quotes(walker), again.again, again.number) == (["more time"], True, before)


async def test_a_message_from_before_the_last_one_is_not_acted_on(house: House) -> None:
    walker = await at_the_open_question(house)
    await walker.take(Typed("more time"), message=900)
    await walker.take(Typed("older"), message=899)
    assert quotes(walker) == ["more time"]
    await walker.take(Typed("newer"), message=901)
    assert quotes(walker) == ["more time\nnewer"]


async def test_another_bot_on_the_same_data_counts_its_messages_from_the_beginning(house: House) -> None:
    walker = await at_the_open_question(house)
    await walker.take(Typed("to the first bot"), message=900)
    house.turns.links = replace(house.turns.links, bot="another_bot")
    await walker.take(Typed("to the second"), message=2)
    assert quotes(walker) == ["to the first bot\nto the second"]


async def test_a_message_counts_again_when_its_turn_was_not_committed(tmp_path: Path) -> None:
    store = BreakingStore()
    walker = await at_the_open_question(House(tmp_path, store=store))
    store.breaking = True
    with pytest.raises(Unavailable):
        await walker.take(Typed("more time"), message=900)
    store.breaking = False
    await walker.look()
    assert quotes(walker) == []
    await walker.take(Typed("more time"), message=900)
    assert quotes(walker) == ["more time"]


async def test_a_button_of_an_old_card_shows_the_current_one(house: House) -> None:
    walker = await at_the_open_question(house)
    before = number(walker)
    reply = await walker.force("score", "1", behind=1)
    assert (reply.again, reply.number, reply.notices, walker.state) == (True, before, (), "comment")
    await walker.tap("go-on")
    assert [block.text for block in walker.card.blocks if block.kind == "paragraph"][:3] == [
        text("check.score", label=label(house, 4), score=4),
        text("check.score", label=label(house, 5), score=5),
        text("question.unknown"),
    ]


async def test_a_nervous_finger_answers_one_question(house: House) -> None:
    made = await assessment(await facilitator(house))
    walker = await participant(house, "ana", made.codes["users"])
    await walker.tap("score", "4")
    after = number(walker)
    for _ in range(3):
        reply = await walker.tap_again()
        assert (reply.again, reply.number) == (True, after)
    assert (await house.desk(walker.person)).dialogue.place.statement == "2"


async def test_a_card_of_the_future_is_as_stale_as_one_of_the_past(house: House) -> None:
    walker = await at_the_open_question(house)
    assert (await walker.force("go-on", behind=-1)).again


async def test_the_card_keeps_its_number_only_while_nothing_happens(house: House) -> None:
    walker = await at_the_open_question(house)
    before = number(walker)
    await walker.send("photo")
    assert number(walker) == before
    await walker.tap("menu")
    assert number(walker) == before + 1


# all or nothing


async def test_what_could_not_be_committed_never_happened(tmp_path: Path) -> None:
    store = BreakingStore()
    house = House(tmp_path, store=store)
    walker = await at_the_open_question(house)
    before = await house.desk(walker.person)
    store.breaking = True
    for given in (Tap("go-on"), Tap("menu")):
        with pytest.raises(Unavailable):
            await walker.take(given, number=number(walker))
    store.breaking = False
    after = await house.desk(walker.person)
    assert (after.visitor, after.dialogue) == (before.visitor, before.dialogue)
    await walker.tap("go-on")
    assert walker.state == "check"


async def test_looking_stores_nothing(tmp_path: Path) -> None:
    store = BreakingStore()
    house = House(tmp_path, store=store)
    stranger = Walker(house, "stranger", channel="web")
    assert (await stranger.look()).number == 0
    assert (await house.desk(stranger.person)).loaded == (await house.desk(stranger.person)).visitor
    found = await store.turn(b"x", lambda tx: tx.visitor(house.visitor(stranger.person)))
    assert found is None


# too many wrong codes


async def test_after_ten_wrong_codes_somebody_waits_and_is_told_until_when(house: House) -> None:
    made = await assessment(await facilitator(house))
    guesser = Walker(house, "guesser")
    await guesser.open()
    for _ in range(10):
        await guesser.write(WRONG)
        assert guesser.notices == ["code.unknown"]
        house.clock.now += 10
    for words in (WRONG, made.codes["staff"]):
        reply = await guesser.write(words)
        assert reply.notices == (text("code.wait", at=Minute(NOON + 660)),)
    await guesser.open(await house.invitation())
    assert guesser.notices == ["code.wait"]
    await guesser.open(made.link("staff"))
    assert guesser.notices == ["code.wait"]


async def test_waiting_is_over_at_the_time_that_was_told(house: House) -> None:
    made = await assessment(await facilitator(house))
    guesser = Walker(house, "guesser")
    for _ in range(10):
        await guesser.write(WRONG)
    house.clock.now = NOON + 599
    await guesser.write(made.codes["staff"])
    assert guesser.notices == ["code.wait"]
    told = NOON + 660
    house.clock.now = told - told % 60
    await guesser.write(made.codes["staff"])
    assert guesser.state == "welcome"


async def test_wrong_codes_spread_over_a_day_keep_nobody_out(house: House) -> None:
    made = await assessment(await facilitator(house))
    slow = Walker(house, "slow")
    for _ in range(25):
        await slow.write(WRONG)
        assert slow.notices == ["code.unknown"]
        house.clock.now += 61
    await slow.write(made.codes["staff"])
    assert slow.state == "welcome"


async def test_the_wrong_codes_of_one_person_keep_nobody_else_out(house: House) -> None:
    made = await assessment(await facilitator(house))
    guesser, other = Walker(house, "guesser"), Walker(house, "guesser", channel="web")
    for _ in range(12):
        await guesser.write(WRONG)
    await other.write(made.codes["staff"])
    assert other.state == "welcome"


async def test_waiting_outlasts_a_restart(house: House) -> None:
    guesser = Walker(house, "guesser")
    for _ in range(10):
        await guesser.write(WRONG)
    house.open()
    await guesser.write(WRONG)
    assert guesser.notices == ["code.wait"]


async def test_somebody_who_takes_part_goes_on_while_their_codes_wait(house: House) -> None:
    made = await assessment(await facilitator(house))
    walker = await participant(house, "ana", made.codes["users"])
    for _ in range(11):
        await walker.write(WRONG)
    assert walker.notices == ["code.wait"]
    await walker.tap("score", "3")
    assert walker.state == "question"


# closed while away


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Typed("something I wanted to say"), ["closed.while-away", "closed.not-kept"]),
        (Tap("go-on"), ["closed.while-away"]),
        (Unreadable("voice"), ["closed.while-away"]),
        (Opened(), ["closed.while-away"]),
    ],
)
async def test_back_after_closing_somebody_is_told_and_nothing_is_taken_for_something_else(
    house: House, given: Input, told: list[str]
) -> None:
    walker = await at_the_open_question(house, closed=True)
    current = number(walker) if isinstance(given, Tap) else None
    reply = await walker.take(given, number=current)
    assert (walker.state, walker.notices, reply.again) == ("home", told, False)
    await walker.open()
    assert walker.notices == []


async def test_a_command_works_after_closing(house: House) -> None:
    walker = await at_the_open_question(house, closed=True)
    await walker.take(Asked("urgent"))
    assert (walker.state, walker.notices) == ("urgent", ["closed.while-away"])


async def test_the_code_of_the_next_assessment_works_at_once(house: House) -> None:
    walker = await at_the_open_question(house, closed=True)
    following = await assessment(await facilitator(house, "2"))
    await walker.write(following.codes["staff"])
    assert (walker.state, walker.notices) == ("welcome", ["closed.while-away"])


# pictures


@pytest.mark.parametrize(
    ("kind", "about", "job"),
    [("principle", "assets", PrincipleChart), ("gaps", "", GapChart), ("overview", "", OverviewChart)],
)
async def test_only_the_facilitator_gets_a_picture_and_only_of_what_is_shown(
    house: House, kind: PictureKind, about: str, job: type
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = [await participant(house, f"p{each}", made.codes["staff"]) for each in range(5)]
    for walker in people[:4]:
        await answer(walker, "assets", [3, 4, 5])
    picture = Picture(kind=kind, assessment=made.id, about=about)
    assert await house.turns.draw(organiser.person, picture) is None
    await answer(people[4], "assets", [1, 1, 1])
    assert await house.turns.draw(organiser.person, picture) is None
    await show(organiser, made)
    drawn = await house.turns.draw(organiser.person, picture)
    assert drawn is not None
    assert isinstance(house.artist.jobs[-1], job)
    other = await facilitator(house, "2")
    for somebody in (people[0], other, Walker(house, "stranger")):
        assert await house.turns.draw(somebody.person, picture) is None
    assert await house.turns.draw(organiser.person, Picture(kind="principle", assessment=made.id, about="gone")) is None
    networks = Picture(kind="principle", assessment=made.id, about="networks")
    assert await house.turns.draw(organiser.person, networks) is None
    assert await house.turns.draw(organiser.person, Picture(kind=kind, assessment="gone", about=about)) is None


async def test_a_poster_leads_to_the_page_unless_only_the_chat_can_be_reached(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    poster = Picture(kind="poster", assessment=made.id, about=made.groups["users"])
    house.turns.links = Links(bot="equal_voice_bot", web="http://127.0.0.1:8080", near=True)
    await house.turns.draw(organiser.person, poster)
    house.turns.links = Links(bot="equal_voice_bot", web="https://voice.example")
    await house.turns.draw(organiser.person, poster)
    code = made.codes["users"].replace("-", "")
    chat, page = (job for job in house.artist.jobs if isinstance(job, Poster))
    assert (chat.code, chat.link) == (made.codes["users"], f"https://t.me/equal_voice_bot?start=c-{code}")
    assert page.link == f"https://voice.example/c/{code}"
    assert await house.turns.draw(organiser.person, Picture(kind="poster", assessment=made.id, about="gone")) is None


async def test_a_poster_is_made_in_one_or_two_of_the_languages_on_offer(tmp_path: Path) -> None:
    house = House(tmp_path, languages=("pl", "ar"))
    organiser = await facilitator(house)
    made = await assessment(organiser)

    async def drawn(*languages: str) -> bool:
        poster = Picture(kind="poster", assessment=made.id, about=made.groups["users"], languages=languages)
        return await house.turns.draw(organiser.person, poster) is not None

    assert await drawn()
    assert await drawn("pl")
    assert await drawn("ar", "en")
    assert [await drawn(*forged) for forged in (("cy",), ("pl", "cy"), ("pl", "pl"), ("pl", "ar", "en"))] == [False] * 4
    jobs = [job for job in house.artist.jobs if isinstance(job, Poster)]
    assert [[each.language.code for each in job.wordings] for job in jobs] == [["en"], ["pl"], ["ar", "en"]]
