"""A facilitator's commands check for themselves whose assessment it is; links and codes work once and not for ever."""

from __future__ import annotations

from bot.browser_records import BrowserRecord, put
from bot.sealing import keyed_hash, open_json
from conversations import commands as c
from conversations.codes import RESUME_LENGTH, normal
from conversations.says import Verbatim
from walking import (
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


async def test_showing_and_closing_belong_to_the_facilitator_of_the_assessment(house: House) -> None:
    made = await assessment(await facilitator(house))
    people = await people_hand_in(house, made, "staff", 5)
    other = await facilitator(house, "2")
    for somebody in (other, people[0], Walker(house, "stranger")):
        everything = c.Show(assessment=made.id, cells=((made.groups["staff"], "assets"),))
        assert await result_of(house, somebody.person, everything) == "refused"
        assert await result_of(house, somebody.person, c.Close(assessment=made.id)) == "refused"
    assert len(await house.store.turn(b"x", lambda tx: tx.handed_in(made.id))) == 1


async def test_closing_twice_is_told(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await close(organiser, made)
    assert await result_of(house, organiser.person, c.Close(assessment=made.id)) == "already"
    everything = c.Show(assessment=made.id, cells=((made.groups["staff"], "assets"),))
    assert await result_of(house, organiser.person, everything) == "closed"


async def test_an_invitation_works_once_and_only_for_a_week(house: House) -> None:
    payload = await house.invitation()
    late = await house.invitation()
    await Walker(house, "1").open(payload)
    second = Walker(house, "2")
    await second.open(payload)
    assert second.notices == ["f-invited.unknown"]
    house.clock.now += 7 * 24 * 60 * 60
    await second.open(late)
    assert second.notices == ["f-invited.unknown"]


async def test_the_first_invitation_revokes_the_others_of_its_kind_when_it_is_used(house: House) -> None:
    one, other = await house.invitation(kind="first"), await house.invitation(kind="first")
    ordinary = await house.invitation()
    first, second = Walker(house, "1"), Walker(house, "2")
    await first.open(one)
    assert first.notices == ["f-invited.welcome"]
    await second.open(other)
    assert second.notices == ["f-invited.unknown"]
    await second.open(ordinary)
    assert second.notices == ["f-invited.welcome"]


async def test_two_facilitators_see_nothing_of_each_other(house: House) -> None:
    one, other = await facilitator(house), await facilitator(house, "2")
    made = await assessment(one)
    await other.open()
    assert "open" not in {button.action for button in other.card.buttons()}
    await other.force("open", made.id)
    assert other.state == "home"


async def device_link(walker: Walker) -> str:
    """The payload of a fresh link for a second device."""
    await walker.tap("device")
    links = [block.text for block in walker.card.blocks if block.kind == "code"]
    web = links[-1]
    assert isinstance(web, Verbatim)
    return f"d-{web.words.rsplit('/', 1)[1]}"


async def test_a_second_device_joins_the_same_account_once_and_within_a_day(house: House) -> None:
    phone = await facilitator(house)
    payload = await device_link(phone)
    laptop = Walker(house, "laptop", channel="web")
    await laptop.open(payload)
    assert laptop.notices == ["f-invited.joined"]
    made = await assessment(laptop)
    await phone.open()
    await phone.tap("f-home")
    await phone.tap("open", made.id)
    thief = Walker(house, "thief")
    await thief.open(payload)
    assert thief.notices == ["f-invited.unknown"]
    await phone.tap("f-home")
    stale = await device_link(phone)
    house.clock.now += 24 * 60 * 60
    await thief.open(stale)
    assert thief.notices == ["f-invited.unknown"]


async def test_a_participant_cannot_become_the_facilitator_of_their_assessment(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    ana = await participant(house, "ana", made.codes["staff"])
    await organiser.open()
    await organiser.tap("f-home")
    payload = await device_link(organiser)
    await ana.open(payload)
    assert (ana.notices, ana.state) == (["f-invited.taking-part"], "question")
    laptop = Walker(house, "laptop")
    await laptop.open(payload)
    assert laptop.notices == ["f-invited.joined"]


async def test_neither_can_somebody_who_withdrew_after_they_were_mixed_in(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    people = await people_hand_in(house, made, "staff", 5)
    await show(organiser, made, "assets")
    ana = people[0]
    await ana.ask("withdraw")
    await ana.tap("erase")
    await organiser.tap("f-assessment")
    await organiser.tap("f-home")
    await ana.open(await device_link(organiser))
    assert (ana.notices, ana.state) == (["f-invited.taking-part"], "home")


async def test_an_empty_code_is_no_wrong_guess(house: House) -> None:
    ana = Walker(house, "ana")
    await ana.open()
    for _ in range(12):
        await ana.write(" - ")
        assert ana.notices == ["code.unknown"]


async def resume_code(house: House, walker: Walker) -> tuple[str, bytes | None]:
    """Ask for a code in this person's browser: the code as it is typed, and what is stored under its keyed hash."""
    found = await perform(house, walker.person, c.ResumeCode())
    assert found is not None
    assert found.number("until") == house.clock.now + 24 * 60 * 60
    code = normal(found.text("code"))
    return code, await stored(house, code)


async def stored(house: House, code: str) -> bytes | None:
    hashed, now = keyed_hash(house.installation, "resume", code), house.clock.now
    return await house.store.turn(b"x", lambda tx: tx.token(hashed, kind="resume", now=now))


async def browser_of(house: House, walker: Walker, *, person: str) -> None:
    """The row of the web channel that leads from this person's cookie to somebody."""
    record, cookie = BrowserRecord(person=person), walker.person.cookie
    await house.store.turn(b"x", lambda tx: put(tx, cookie, record, key=house.installation))


async def test_a_resume_code_is_kept_as_a_keyed_hash_that_leads_to_this_browser(house: House) -> None:
    ana = Walker(house, "ana", channel="web")
    await browser_of(house, ana, person="ana")
    code, sealed = await resume_code(house, ana)
    assert len(code) == RESUME_LENGTH
    assert sealed is not None
    about = b"resume" + keyed_hash(house.installation, "resume", code)
    value = open_json(house.installation, sealed, about=about)
    assert value == {"person": "ana", "cookie": ana.person.cookie.hex(), "until": house.clock.now + 24 * 60 * 60}


async def test_a_browser_has_one_resume_code(house: House) -> None:
    ana = Walker(house, "ana", channel="web")
    await browser_of(house, ana, person="ana")
    first, _ = await resume_code(house, ana)
    _, second = await resume_code(house, ana)
    assert await stored(house, first) is None
    assert second is not None


async def test_a_browser_that_has_ended_gets_no_resume_code_that_works(house: House) -> None:
    ana = Walker(house, "ana", channel="web")
    assert (await resume_code(house, ana))[1] is None
    await browser_of(house, ana, person="ben")
    assert (await resume_code(house, ana))[1] is None
