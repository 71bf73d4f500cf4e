"""A second facilitator for one assessment: who may become one, what they may do, and how it ends."""

from __future__ import annotations

import pytest

from bot.browser_records import BrowserRecord, put
from bot.replies import Channel
from conversations import commands as c
from conversations.cards import Picture
from conversations.says import Verbatim
from storage.store import Transaction
from walking import (
    Assessment,
    House,
    Walker,
    assessment,
    close,
    facilitator,
    participant,
    people_hand_in,
    perform,
    result_of,
    show,
)

WEEK = 7 * 24 * 60 * 60
CHANNELS: tuple[Channel, ...] = ("telegram", "web")


async def the_page(walker: Walker, made: Assessment) -> None:
    """Go to the assessment's page from wherever one is."""
    await walker.open()
    for action in ("f-home", "f-assessment", "f-home"):
        if walker.state != "home" and action in {button.action for button in walker.card.buttons()}:
            await walker.tap(action)
    await walker.tap("open", made.id)


def link_on(walker: Walker, kind: str) -> str:
    """The payload of the link that the card shows."""
    (*_, web) = [block.text for block in walker.card.blocks if block.kind == "code"]
    assert isinstance(web, Verbatim)
    return f"{kind}-{web.words.rsplit('/', 1)[1]}"


async def share_link(walker: Walker, made: Assessment) -> str:
    """The payload of a fresh link for a second facilitator."""
    await the_page(walker, made)
    await walker.tap("f-second")
    await walker.tap("make")
    return link_on(walker, "f")


async def second(house: House, organiser: Walker, made: Assessment, id: str = "second") -> Walker:
    """Somebody without an account who has opened such a link."""
    walker = Walker(house, id, channel="web")
    await walker.open(await share_link(organiser, made))
    assert (walker.notices, walker.state) == (["f-invited.shared"], "f-assessment")
    return walker


async def device_link(walker: Walker) -> str:
    await walker.open()
    for action in ("f-home", "f-assessment", "f-home"):
        if walker.state != "home" and action in {button.action for button in walker.card.buttons()}:
            await walker.tap(action)
    await walker.tap("device")
    return link_on(walker, "d")


async def stored_tokens(house: House) -> list[bytes]:
    return list(await house.store.turn(b"x", lambda tx: tx.tokens(kind="share")))


# becoming one


async def test_the_link_works_once_and_only_for_a_week(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    payload, late = await share_link(organiser, made), await share_link(organiser, made)
    first, other = Walker(house, "first"), Walker(house, "other")
    await first.open(payload)
    assert first.notices == ["f-invited.shared"]
    await other.open(payload)
    assert (other.notices, other.state) == (["f-invited.unknown"], "home")
    house.clock.now += WEEK
    await other.open(late)
    assert other.notices == ["f-invited.unknown"]


async def test_only_a_hash_of_the_link_is_stored(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    payload = await share_link(organiser, made)
    (kept,) = await stored_tokens(house)
    assert len(kept) == 32
    assert payload.removeprefix("f-").encode() not in kept


async def test_a_facilitator_gets_it_beside_their_own(house: House) -> None:
    organiser, other = await facilitator(house), await facilitator(house, "2")
    made, own = await assessment(organiser), await assessment(other, organisation="Another")
    await other.open(await share_link(organiser, made))
    assert (other.notices, other.state) == (["f-invited.shared"], "f-assessment")
    await other.tap("f-home")
    assert {button.value for button in other.card.buttons() if button.action == "open"} == {made.id, own.id}
    assert await house.store.turn(b"x", lambda tx: tx.facilitators()) == 2, "no account was added"


@pytest.mark.parametrize("channel", CHANNELS)
async def test_whoever_runs_it_is_told_so_and_the_link_stays_good(house: House, channel: Channel) -> None:
    organiser = await facilitator(house, channel=channel)
    made = await assessment(organiser)
    runs = await second(house, organiser, made)
    payload = await share_link(organiser, made)
    for walker in (organiser, runs):
        await walker.open(payload)
        assert walker.notices == ["f-invited.runs"]
    stranger = Walker(house, "stranger")
    await stranger.open(payload)
    assert stranger.notices == ["f-invited.shared"]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_participant_is_refused_also_after_withdrawing_what_was_mixed_in(
    house: House, channel: Channel
) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 4)
    ana = await participant(house, "ana", made.codes["staff"], channel=channel)
    payload = await share_link(organiser, made)
    await ana.open(payload)
    assert (ana.notices, ana.state) == (["f-invited.takes-part"], "question")
    for principle in ("assets",):
        for statement in house.questionnaire.principles[0].statements:
            await perform(house, ana.person, c.SaveChoice(principle=principle, statement=statement.id, choice=3))
        await perform(house, ana.person, c.HandIn(principle=principle))
    await the_page(organiser, made)
    await show(organiser, made, "assets")
    await perform(house, ana.person, c.Withdraw())
    await ana.open(payload)
    assert ana.notices == ["f-invited.takes-part"]
    assert await house.store.turn(b"x", lambda tx: tx.sharers(made.id)) == frozenset()
    stranger = Walker(house, "stranger")
    await stranger.open(payload)
    assert stranger.notices == ["f-invited.shared"], "a refusal uses nothing up"


async def test_a_closed_assessment_can_be_shared_for_its_results(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await close(organiser, made)
    runs = await second(house, organiser, made)
    await runs.tap("f-results")
    await runs.tap("f-principle", "assets")
    assert runs.state == "f-principle"


# what they may do


async def test_a_second_facilitator_shows_closes_and_sees_pictures_as_the_first_does(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    runs = await second(house, organiser, made)
    assert await show(runs, made, "assets") is None
    chart = Picture(kind="principle", assessment=made.id, about="assets")
    assert await house.turns.may_see(runs.person, chart)
    assert await house.turns.draw(runs.person, chart) is not None
    await close(runs, made)
    assert runs.notices == ["f-close.done"]
    await the_page(organiser, made)
    assert "f-results" in {button.action for button in organiser.card.buttons()}


async def test_a_second_facilitator_can_neither_share_it_nor_end_that_nor_erase_it(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    runs = await second(house, organiser, made)
    assert "f-second" not in {button.action for button in runs.card.buttons()}
    await runs.force("f-second")
    assert (runs.state, runs.notices) == ("f-assessment", ["f-second.refused"])
    for command in (c.Share(assessment=made.id), c.Unshare(assessment=made.id)):
        assert await result_of(house, runs.person, command) == "refused"
    assert len(await house.store.turn(b"x", lambda tx: tx.sharers(made.id))) == 1
    assert await stored_tokens(house) == []
    await close(runs, made)
    assert await result_of(house, runs.person, c.Erase(assessment=made.id)) == "refused"
    assert await house.store.turn(b"x", lambda tx: tx.assessment(made.id)) is not None


async def test_commands_of_facilitators_need_an_account(house: House) -> None:
    made = await assessment(await facilitator(house))
    stranger = Walker(house, "stranger")
    groups: tuple[tuple[str, str], ...] = (("staff", ""),)
    create = c.Create(organisation="Mine", groups=groups, threshold=5, hear_by=0)  # type: ignore[arg-type]
    for command in (create, c.NewDevice(), c.Share(assessment=made.id), c.Unshare(assessment=made.id)):
        assert await result_of(house, stranger.person, command) == "refused"
    assert [row.id for row in await house.store.turn(b"x", lambda tx: tx.assessments())] == [made.id]
    assert await house.store.turn(b"x", lambda tx: tx.tokens(kind="device")) == {}
    assert {file.stem for file in house.folder.glob("*.key")} == {"installation", made.id}


# ending it


async def test_ending_it_shuts_everybody_else_out_and_unused_links_too(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await show(organiser, made, "assets")
    other = await assessment(organiser, organisation="Another")
    runs, third = await second(house, organiser, made), await second(house, organiser, made, "third")
    unused, elsewhere = await share_link(organiser, made), await share_link(organiser, other)
    await the_page(organiser, made)
    await organiser.tap("f-second")
    await organiser.tap("f-unshare")
    await organiser.tap("end")
    assert organiser.notices == ["f-unshare.done"]
    chart = Picture(kind="principle", assessment=made.id, about="assets")
    for walker in (runs, third):
        assert not await house.turns.may_see(walker.person, chart)
        assert await house.turns.draw(walker.person, chart) is None
        assert await result_of(house, walker.person, c.Close(assessment=made.id)) == "refused"
        await walker.tap("f-invite")
        assert (walker.state, walker.notices) == ("home", ["f.gone"])
    await runs.open(unused)
    assert runs.notices == ["f-invited.unknown"]
    await runs.open(elsewhere)
    assert runs.notices == ["f-invited.shared"], "links of another assessment stay good"


# nobody is both


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_second_facilitator_cannot_join(house: House, channel: Channel) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    runs = Walker(house, "second", channel=channel)
    await runs.open(await share_link(organiser, made))
    await runs.open(made.link("staff"))
    assert (runs.notices, runs.state) == (["code.own"], "f-assessment")
    join = c.Join(assessment=made.id, group=made.groups["staff"])
    assert await result_of(house, runs.person, join) == "own"


async def test_nor_can_their_second_device_whichever_comes_first(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    runs = await second(house, organiser, made)
    phone = Walker(house, "phone")
    await phone.open(await device_link(runs))
    assert phone.notices == ["f-invited.joined"]
    await phone.open(made.link("staff"))
    assert phone.notices == ["code.own"]
    ana = await participant(house, "ana", made.codes["staff"])
    await ana.open(await device_link(runs))
    assert ana.notices == ["f-invited.taking-part"]


async def two_devices(house: House, made: Assessment) -> tuple[Walker, Walker]:
    """One account on two devices, of which the phone takes part in somebody else's assessment."""
    laptop, phone = await facilitator(house, "laptop", channel="web"), Walker(house, "phone")
    await phone.open(await device_link(laptop))
    await phone.open(made.link("staff"))
    await phone.tap("agree")
    return laptop, phone


async def test_an_account_whose_other_device_takes_part_is_refused(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    laptop, _ = await two_devices(house, made)
    await laptop.open(await share_link(organiser, made))
    assert laptop.notices == ["f-invited.takes-part"]
    assert await house.store.turn(b"x", lambda tx: tx.sharers(made.id)) == frozenset()


async def test_a_device_that_had_gone_out_for_a_while_loses_the_account(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    laptop, phone = await two_devices(house, made)
    await phone.ask("menu")
    await phone.tap("facilitate")
    await laptop.open(await share_link(organiser, made))
    assert laptop.notices == ["f-invited.shared"]
    chart = Picture(kind="poster", assessment=made.id, about=made.groups["staff"])
    assert await house.turns.draw(phone.person, chart) is None
    await phone.force("open", made.id)
    assert (phone.state, phone.notices) == ("home", ["f-invited.left"])
    assert phone.card.field is not None, "the home card of somebody who is no facilitator"
    assert (await house.desk(phone.person)).visitor.facilitator == b""
    await phone.open(made.link("staff"))
    assert (phone.state, phone.notices) == ("question", ["code.mine"])


async def test_a_resume_code_leads_neither_way_between_both(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    runs = await second(house, organiser, made)
    ana = await participant(house, "ana", made.codes["staff"], channel="web")
    somebody = Walker(house, "somebody", channel="web")
    for walker in (runs, ana, somebody):
        record, cookie = BrowserRecord(person=walker.person.id), walker.person.cookie
        await house.store.turn(b"x", lambda tx, c=cookie, r=record: put(tx, c, r, key=house.installation))  # type: ignore[misc]

    async def may(former: Walker, new: Walker) -> bool:
        async def work(tx: Transaction) -> bool:
            return await house.turns.may_become(tx, former.person, new.person)

        return await house.store.turn(b"x", work)

    assert not await may(runs, ana)
    assert not await may(ana, runs)
    assert await may(somebody, ana)
    assert await may(somebody, runs)
