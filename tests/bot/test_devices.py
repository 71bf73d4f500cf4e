"""The devices of a facilitator's account: whoever loses one signs all others out."""

from __future__ import annotations

import pytest

from conversations import commands as c
from conversations.cards import Card
from conversations.says import Verbatim
from walking import House, Walker, assessment, facilitator, result_of


def link_on(card: Card) -> str:
    """The payload of the link on the card."""
    (*_, web) = [block.text for block in card.blocks if block.kind == "code"]
    assert isinstance(web, Verbatim)
    return f"d-{web.words.rsplit('/', 1)[1]}"


async def another(house: House, organiser: Walker, id: str) -> Walker:
    """A second device of the same account, on the web."""
    if organiser.state != "home":
        await organiser.tap("f-home")
    await organiser.tap("device")
    walker = Walker(house, id, channel="web")
    await walker.open(link_on(organiser.card))
    assert walker.notices == ["f-invited.joined"]
    return walker


async def test_signing_out_leaves_only_this_device(house: House) -> None:
    organiser, stranger = await facilitator(house), await facilitator(house, "2")
    made, _ = await assessment(organiser), await assessment(stranger, organisation="Another")
    lost, lent = await another(house, organiser, "lost"), await another(house, organiser, "lent")
    await lost.tap("open", made.id)
    await organiser.tap("f-home")
    await organiser.tap("device")
    waiting = link_on(organiser.card)
    await organiser.tap("f-devices")
    await organiser.tap("end-devices")
    assert (organiser.notices, organiser.state) == (["f-devices.done"], "home")
    assert {button.value for button in organiser.card.buttons() if button.action == "open"} == {made.id}
    for walker in (lost, lent):
        await walker.look()
        assert walker.state == "home"
        assert not [button for button in walker.card.buttons() if button.action in {"open", "new"}]
        await walker.force("open", made.id)
        await walker.force("f-results")
        assert walker.state == "home"
    await lost.open(waiting)
    assert lost.notices == ["f-invited.unknown"], "a link that was made before is worth nothing"
    await stranger.tap("f-home")
    assert [button for button in stranger.card.buttons() if button.action == "open"], "another account is not touched"


async def test_a_link_made_afterwards_is_good(house: House) -> None:
    organiser = await facilitator(house)
    await assessment(organiser)
    await organiser.tap("f-home")
    await organiser.tap("device")
    await organiser.tap("f-devices")
    await organiser.tap("end-devices")
    assert organiser.notices == ["f-devices.none"]
    await another(house, organiser, "new")


@pytest.mark.parametrize("state", ["f-device", "f-devices"])
async def test_a_device_that_stands_there_when_it_is_signed_out_goes_home(house: House, state: str) -> None:
    organiser = await facilitator(house)
    await assessment(organiser)
    lost = await another(house, organiser, "lost")
    await lost.tap("device")
    if state == "f-devices":
        await lost.tap("f-devices")
    await organiser.tap("f-home")
    await organiser.tap("device")
    await organiser.tap("f-devices")
    await organiser.tap("end-devices")
    await lost.force("end-devices")
    assert lost.state == "home"
    await organiser.tap("device")
    assert organiser.state == "f-device", "and signs nobody out"


async def test_somebody_without_an_account_signs_nobody_out(house: House) -> None:
    organiser = await facilitator(house)
    await assessment(organiser)
    nobody = Walker(house, "nobody")
    await nobody.open()
    await nobody.force("end-devices")
    assert await result_of(house, nobody.person, c.EndDevices()) == "refused"
    assert (await house.desk(organiser.person)).visitor.facilitator != b""


async def test_signing_out_takes_back_links_for_a_second_facilitator_that_nobody_used(house: House) -> None:
    organiser, other = await facilitator(house), await facilitator(house, "2")
    made = await assessment(organiser)
    lost = await another(house, organiser, "lost")
    await lost.tap("open", made.id)
    await lost.tap("f-second")
    await lost.tap("make")
    link = f"f{link_on(lost.card)[1:]}"
    await organiser.tap("f-home")
    await organiser.tap("device")
    await organiser.tap("f-devices")
    await organiser.tap("end-devices")
    await other.open(link)
    assert other.notices == ["f-invited.unknown"]


async def test_a_damaged_record_of_somebody_else_keeps_no_lost_device_in(house: House) -> None:
    organiser = await facilitator(house)
    await assessment(organiser)
    lost = await another(house, organiser, "lost")
    await house.store.turn(b"x", lambda tx: tx.put_visitor(b"damaged", b"damaged"))
    assert await result_of(house, organiser.person, c.EndDevices()) == "ended"
    assert (await house.desk(lost.person)).visitor.facilitator == b""
