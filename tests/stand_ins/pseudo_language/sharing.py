"""A second facilitator on the journey: the link, everybody who opens it, and how it ends."""

from __future__ import annotations

from pseudo_language.facilitators import payload
from pseudo_language.participants import participant
from pseudo_language.theatre import HOSPITAL, Theatre
from walking import Assessment, Walker, assessment, choose, facilitator


async def share(house: Theatre, anna: Walker) -> None:
    """Share an assessment with somebody new and somebody who is a facilitator already; then end it."""
    made = await assessment(anna, organisation=HOSPITAL)
    await anna.tap("f-second")
    for _ in range(2):
        await anna.tap("make")
    link = payload(anna.card)
    await anna.open(link)
    await (await participant(house, "in it", made.codes["staff"])).open(link)
    second = Walker(house, "second", channel="web")
    await second.open(link)
    await choose(second)
    await second.force("f-second")
    await anna.tap("make")
    third = await facilitator(house, "busy")
    await third.tap("new")
    await third.write(HOSPITAL)
    await third.open(payload(anna.card))
    await _lose_the_account(house, anna, made)
    await anna.tap("f-unshare")
    await anna.tap("f-second")
    await anna.tap("f-unshare")
    await anna.tap("end")
    await second.tap("f-invite")


async def _lose_the_account(house: Theatre, anna: Walker, made: Assessment) -> None:
    """A second device takes part, goes out for a while, and meanwhile its account comes to run the same."""
    desk = await facilitator(house, "desk", channel="web")
    await desk.tap("device")
    phone = Walker(house, "pocket")
    await phone.open(payload(desk.card))
    await choose(phone)
    await phone.open(made.link("users"))
    await phone.tap("agree")
    await phone.ask("menu")
    await phone.tap("facilitate")
    await anna.tap("make")
    await desk.open(payload(anna.card))
    await phone.open()
