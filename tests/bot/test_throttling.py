"""Guessing is slow for a person, from an address and over everybody, and a meeting of people who mistype is not."""

from __future__ import annotations

from dataclasses import replace

from bot.throttling import ADDRESS, EVERYBODY, PERSON, SECONDS, Limit, Throttling
from walking import House, Walker, assessment, close, facilitator, participant
from walking.house import NOON

WRONG = "BCDF-2345"
MEETING = "the address of a meeting room"


def at(walker: Walker, source: str) -> Walker:
    """The same person, at an address."""
    walker.person = replace(walker.person, source=source)
    return walker


async def guess(house: House, name: str, *, source: str = "", times: int = 1) -> Walker:
    """Somebody types wrong codes."""
    walker = at(Walker(house, name, channel="web"), source)
    await walker.look()
    for _ in range(times):
        await walker.write(WRONG)
    return walker


def waits_until(walker: Walker) -> object:
    """Until when the remark says to wait, in seconds; None when it does not say so."""
    assert walker.reply is not None
    (notice,) = walker.reply.notices
    return getattr(dict(notice.parameters).get("at"), "at", None)


# the limits


def test_a_limit_lets_so_many_through_and_forgets_them_one_by_one() -> None:
    limit = Limit(tries=3)
    assert limit.until([100, 101], now=102) == 0
    assert limit.until([100, 101, 102], now=102) == 100 + SECONDS
    assert limit.until([100, 101, 102], now=100 + SECONDS - 1) == 100 + SECONDS
    assert limit.until([100, 101, 102], now=100 + SECONDS) == 0


def test_memory_holds_no_more_than_everybodys_limit() -> None:
    throttling = Throttling()
    for number in range(EVERYBODY.tries + 50):
        throttling.wrong(now=number, source=f"{number}")
    assert len(throttling._wrong) == EVERYBODY.tries
    throttling.wrong(now=10 * SECONDS, source="late")
    assert len(throttling._wrong) == 1, "what is too old to count is forgotten"


def test_browsers_and_addresses_are_counted_apart() -> None:
    throttling = Throttling()
    for _ in range(PERSON.tries):
        throttling.wrong(now=0, source=MEETING, browser=b"one")
    assert throttling.until(now=0, source=MEETING, browser=b"one") == SECONDS
    assert throttling.until(now=0, source=MEETING, browser=b"other") == 0
    for _ in range(ADDRESS.tries - PERSON.tries):
        throttling.wrong(now=0, source=MEETING)
    assert throttling.until(now=0, source=MEETING, browser=b"other") == SECONDS
    assert throttling.until(now=0, source="elsewhere", browser=b"other") == 0
    assert throttling.until(now=0, source="", browser=b"") == 0, "no address is nobody's address"


def test_a_wrong_code_tells_nothing_about_itself() -> None:
    throttling = Throttling()
    throttling.wrong(now=0, source="canary", browser=b"canary")
    assert "canary" not in repr(list(throttling._wrong))


# people


async def test_ten_wrong_codes_of_one_person_mean_waiting_and_a_right_one_is_not_looked_at(house: House) -> None:
    made = await assessment(await facilitator(house))
    guesser = await guess(house, "guesser", times=PERSON.tries)
    for code in (WRONG, made.codes["staff"]):
        await guesser.write(code)
        assert guesser.notices == ["code.wait"]
        assert guesser.state == "home"
    await guesser.open(made.link("staff"))
    assert guesser.notices == ["code.wait"]
    await guesser.open(await house.invitation())
    assert guesser.notices == ["code.wait"]


async def test_trying_on_while_waiting_makes_it_no_longer(house: House) -> None:
    made = await assessment(await facilitator(house))
    guesser = await guess(house, "guesser", times=PERSON.tries)
    for _ in range(SECONDS // 60):
        house.clock.now += 59
        await guesser.write(WRONG)
        assert waits_until(guesser) == NOON + SECONDS + 60, "the whole minute is over by then"
    house.clock.now = NOON + SECONDS
    await guesser.write(made.codes["staff"])
    assert guesser.state == "welcome"


async def test_closed_codes_count_as_wrong_ones_so_that_nobody_can_look_for_them(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await close(organiser, made)
    guesser = Walker(house, "guesser")
    for _ in range(PERSON.tries):
        await guesser.open(made.link("staff"))
        assert guesser.notices == ["code.closed"]
    await guesser.open(made.link("staff"))
    assert guesser.notices == ["code.wait"]


# addresses


async def test_twenty_people_in_one_room_mistype_now_and_then_and_all_get_in(house: House) -> None:
    made = await assessment(await facilitator(house))
    for number in range(20):
        walker = await guess(house, f"person {number}", source=MEETING, times=2)
        await walker.write(made.codes["staff"])
        assert walker.state == "welcome", f"person {number}: {walker.notices}"


async def test_one_address_with_many_accounts_waits_and_others_do_not(house: House) -> None:
    made = await assessment(await facilitator(house))
    for number in range(ADDRESS.tries // 5):
        await guess(house, f"account {number}", source="far away", times=5)
    late = at(Walker(house, "a new account", channel="web"), "far away")
    await late.look()
    await late.write(made.codes["staff"])
    assert (late.state, late.notices, waits_until(late)) == ("home", ["code.wait"], NOON + SECONDS + 60)
    elsewhere = at(Walker(house, "elsewhere", channel="web"), MEETING)
    await elsewhere.look()
    await elsewhere.write(made.codes["staff"])
    assert elsewhere.state == "welcome"
    house.clock.now += SECONDS
    await late.write(made.codes["staff"])
    assert late.state == "welcome"


async def test_over_all_accounts_and_addresses_so_many_and_no_more(house: House) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["staff"])
    for number in range(EVERYBODY.tries // PERSON.tries):
        await guess(house, f"account {number}", source=f"address {number}", times=PERSON.tries)
    somebody = Walker(house, "somebody")
    await somebody.open(made.link("staff"))
    assert somebody.notices == ["code.wait"]
    await ana.tap("score", "3")
    assert ana.state == "question", "whoever takes part already goes on"
    house.clock.now += SECONDS
    await somebody.open(made.link("staff"))
    assert somebody.state == "welcome"


async def test_an_address_is_neither_stored_nor_said(house: House) -> None:
    walker = await guess(house, "guesser", source="canary", times=3)
    assert "canary" not in repr(walker.person)
    desk = await house.desk(walker.person)
    assert desk.person == replace(walker.person, source=""), "where somebody is makes nobody somebody else"
    assert "canary" not in repr(desk.visitor)
