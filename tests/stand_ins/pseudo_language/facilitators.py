"""What facilitators do on the journey: setting up, inviting, showing, closing, and everything that can go wrong."""

from __future__ import annotations

from bot.retention import WARNING_DAYS
from conversations.cards import Card
from conversations.days import DAY
from conversations.says import Verbatim
from pseudo_language.making import CODE
from pseudo_language.participants import participant
from pseudo_language.theatre import ELSEWHERE, HOSPITAL, NAMED, PRACTICE, Theatre
from walking import Assessment, Walker, answer, assessment, choose, facilitator
from walking import show as show_now
from walking.house import TERMS

WARNED = TERMS.days - WARNING_DAYS
"""After so many days without use it is told what will be erased."""


async def set_up(house: Theatre, anna: Walker) -> Assessment:
    """Every card of the set-up, and everything that can be mistyped there."""
    await anna.open("i-unknown")
    stranger = Walker(house, "stranger")
    await stranger.open("i-unknown")
    await stranger.open("d-unknown")
    await anna.tap("code")
    await anna.tap("back")
    await anna.tap("menu")
    await anna.tap("back")
    await anna.tap("new")
    await anna.tap("give-up")
    await anna.tap("new")
    await anna.write("x" * 81)
    await anna.write(HOSPITAL)
    for name in ("x" * 41, "First group", "First group", "Second group", "Third group"):
        await anna.write(name)
    for _ in range(4):
        await anna.tap("remove", "0")
    await anna.force("go-on")
    await anna.tap("add", "staff")
    await anna.tap("give-up")
    made = await assessment(anna, organisation=HOSPITAL, threshold=5, others=(NAMED,))
    await anna.tap("f-home")
    await anna.tap("new")
    await anna.write(HOSPITAL)
    await anna.tap("go-on")
    await anna.write("99")
    await anna.tap("previous")
    await anna.tap("previous")
    await anna.tap("give-up")
    await anna.tap("open", made.id)
    return made


async def second_device(house: Theatre, anna: Walker) -> Walker:
    """A link that makes a browser part of the account, and one that cannot be used."""
    laptop = Walker(house, "laptop", channel="web")
    await anna.tap("f-home")
    await anna.tap("device")
    await anna.force("held")
    await anna.tap("back")
    spare = Walker(house, "spare", channel="web")
    await spare.open(payload(anna.card))
    await anna.tap("f-devices")
    await anna.tap("end-devices")
    await anna.tap("device")
    await anna.tap("f-devices")
    await anna.tap("end-devices")
    await anna.tap("device")
    await laptop.open(payload(anna.card))
    await choose(laptop)
    await laptop.open("i-again")
    await anna.force("forget-me")
    await anna.tap("back")
    await laptop.force("leave")
    await laptop.tap("back")
    await anna.tap("f-home")
    return laptop


async def invite(anna: Walker, made: Assessment) -> None:
    await anna.tap("open", made.id)
    await anna.tap("f-invite")
    for group in made.groups.values():
        await anna.tap("f-group", group)
        await anna.tap("f-invite")
    await anna.tap("f-group", made.groups["users"])
    await anna.tap("f-poster")
    await anna.tap("first", CODE)
    await anna.tap("only")
    await anna.tap("f-group", made.groups["users"])
    await anna.tap("f-assessment")
    await anna.tap("f-share")
    await anna.tap("f-assessment")
    await anna.force("f-principle", "assets")
    await anna.force("f-results")
    await anna.tap("f-assessment")
    await anna.tap("f-show")
    await anna.tap("show", "all")
    await anna.write("hello")
    await anna.write(made.codes["staff"])


async def show(house: Theatre, anna: Walker, made: Assessment, first: Walker) -> None:
    """Show one principle, look at it, then what came later, then the rest; and what changes for people."""
    await anna.open()
    await anna.tap("f-assessment")
    await anna.tap("f-show")
    await anna.tap("show", "catalysts")
    await anna.tap("f-show")
    await anna.tap("show", "catalysts")
    await anna.tap("now")
    await anna.tap("f-results")
    await anna.tap("f-overview")
    await anna.tap("f-results")
    await anna.tap("f-gaps")
    await anna.tap("f-assessment")
    for number in range(2):
        await answer(await participant(house, f"later{number}", made.codes[NAMED]), "catalysts", ("skipped",) * 3)
    await anna.tap("f-show")
    await anna.tap("show", "catalysts")
    await anna.tap("f-show")
    await anna.tap("show", "all")
    await anna.tap("now")
    for principle in house.questionnaire.principles:
        await anna.tap("f-principle", principle.id)
        await anna.tap("f-comments", principle.id)
        await anna.tap("f-results")
    await hide_a_comment(anna)
    for action in ("f-overview", "f-gaps", "f-sheet"):
        await anna.tap(action)
        await anna.tap("f-results")
    await first.ask("menu")
    await first.tap("answers")
    await first.tap("principle", "assets")
    await first.force("change")
    await first.open(made.link("users"))
    await first.tap("move")
    await first.ask("privacy")
    await first.tap("held")
    await first.ask("withdraw")
    await first.tap("erase")
    await first.ask("privacy")
    await first.tap("held")


async def hide_a_comment(anna: Walker) -> None:
    """Hide one, put it back, and hide it again: one stays hidden."""
    await anna.tap("f-comments", "assets")
    await anna.tap("f-hide")
    for action in ("hide", "put-back", "hide"):
        await anna.tap(action, next(each.value for each in anna.card.buttons() if each.action == action))
    await anna.tap("f-comments", "assets")
    await anna.tap("f-results")


async def close(house: Theatre, anna: Walker, laptop: Walker, made: Assessment) -> None:
    """Close on one device while the other still stands before closing, and before showing."""
    late = [
        await participant(house, f"late-{group}{n}", made.codes[group])
        for group in ("staff", "users")
        for n in range(3)
    ]
    for walker in late:
        await answer(walker, "assets", (1, 2, 3))
    await answer(late[0], "networks", (1, 2, 3))
    phone = Walker(house, "phone")
    await anna.open()
    await anna.tap("f-assessment")
    await anna.tap("f-home")
    await anna.tap("device")
    link = payload(anna.card)
    await late[0].open(link)
    await phone.open(link)
    await choose(phone)
    for walker, action in ((anna, "f-close"), (laptop, "f-close"), (phone, "f-show")):
        await walker.open()
        if walker.state == "f-device":
            await walker.tap("f-home")
        await walker.tap("open", made.id)
        await walker.tap(action)
    await anna.tap("close")
    await laptop.tap("close")
    await phone.tap("show", "all")
    await anna.tap("f-results")
    for action in ("f-overview", "f-gaps", "f-sheet"):
        await anna.tap(action)
        await anna.tap("f-results")
    await anna.tap("f-principle", "assets")
    await anna.tap("f-assessment")
    await anna.tap("f-home")


async def rehearse(house: Theatre, anna: Walker) -> None:
    """A practice assessment: every card of it says so. Everybody answers everything, so there is a total."""
    id_ = await house.practice(anna.person, PRACTICE)
    await anna.open()
    await anna.tap("open", id_)
    view = await house.view(anna.person, id_)
    codes = {group.group.audience: group.group.code for group in view.groups}
    for group in view.groups:
        await anna.tap("f-invite")
        await anna.tap("f-group", group.group.id)
        await anna.tap("f-assessment")
    walkers = [await participant(house, f"{name}p{n}", code) for name, code in codes.items() for n in range(5)]
    for walker in walkers:
        for principle in house.questionnaire.principles:
            await answer(walker, principle.id, (2, 3, 5))
    made = Assessment(id=id_, groups={}, codes={})
    await show_now(anna, made, "assets")
    await anna.tap("f-assessment")
    await show_now(anna, made)
    for action in ("f-sheet", "f-results", "f-overview", "f-results", "f-gaps", "f-results"):
        await anna.tap(action)
    await anna.tap("f-principle", "assets")
    await anna.tap("f-comments", "assets")
    await anna.tap("f-assessment")
    await anna.tap("f-close")
    await anna.tap("f-assessment")
    await anna.tap("f-home")


async def lose_a_key(house: Theatre, anna: Walker) -> None:
    """The key file is gone: the answers cannot be read, and can only be closed."""
    lost = await assessment(anna, organisation=ELSEWHERE, others=("Parents",))
    house.keys.destroy(lost.id)
    await anna.look()
    await anna.force("held")
    await anna.tap("back")
    await anna.force("f-show")
    await anna.tap("f-assessment")
    await anna.tap("f-close")
    await anna.tap("close")
    await anna.tap("f-home")


async def facilitator_takes_part(house: Theatre, anna: Walker, made: Assessment) -> None:
    """A facilitator who takes part in an assessment of somebody else."""
    bela = await facilitator(house, "bela")
    other = await assessment(bela, organisation=ELSEWHERE)
    await bela.force("forget-me")
    await bela.tap("back")
    await bela.tap("f-home")
    await bela.tap("new")
    await bela.write(HOSPITAL)
    await bela.force("held")
    await bela.tap("back")
    await anna.open(other.link("staff"))
    await anna.tap("agree")
    await anna.open(f"c-{'B' * 8}")
    await anna.ask("menu")
    await anna.tap("facilitate")
    third = await facilitator(house, "third")
    another = await assessment(third, organisation=HOSPITAL)
    await anna.open(other.link("staff"))
    await anna.open(another.link("users"))


async def leave_alone(house: Theatre) -> None:
    """Nobody uses an assessment: what is due is told, and erased; then its facilitator erases the rest."""
    dora = await facilitator(house, "dora")
    left = await assessment(dora, organisation=ELSEWHERE)
    await dora.force("f-erase")
    await days_pass(house, WARNED)
    await dora.look()
    await dora.tap("f-home")
    await dora.tap("open", left.id)
    await dora.force("f-results")
    await dora.tap("f-assessment")
    await days_pass(house, WARNING_DAYS)
    await dora.look()
    await dora.tap("f-erase")
    await dora.tap("erase")


async def days_pass(house: Theatre, days: int) -> None:
    """So many days, and what is past its day is swept."""
    house.clock.now += days * DAY
    await house.upkeep.hourly()


def payload(card: Card) -> str:
    """The payload of the Telegram link on a card."""
    codes = [block.text.words for block in card.blocks if block.kind == "code" and isinstance(block.text, Verbatim)]
    return next(words.partition("start=")[2] for words in codes if "start=" in words)
