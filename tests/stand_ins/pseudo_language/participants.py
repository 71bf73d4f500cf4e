"""What participants do on the journey: every card of theirs, and everything that opens on top of it."""

from __future__ import annotations

from bot.replies import Channel
from conversations.inputs import Odd
from conversations.moves.rights import PARTS
from pseudo_language.making import CODE
from pseudo_language.theatre import COMMENTS, LONG, Theatre
from walking import Assessment, Walker, choose

CHANNELS: tuple[Channel, ...] = ("telegram", "web")
ODD: tuple[Odd, ...] = ("photo", "voice", "sticker", "video", "edited")


async def participant(house: Theatre, id_: str, code: str, *, channel: Channel = "telegram") -> Walker:
    """Somebody who types a session code, chooses the made-up language and agrees."""
    walker = Walker(house, id_, channel=channel)
    await walker.open()
    await walker.tap("speak", CODE)
    await walker.write(code)
    await walker.tap("agree")
    return walker


async def arrive(house: Theatre, made: Assessment) -> Walker:
    """From the first card to the first question, with everything that opens on the way."""
    first = Walker(house, "first")
    await first.open()
    await first.tap("no-language")
    await first.tap("back")
    await choose(first)
    for action in ("help", "privacy", "urgent", "language"):
        await first.tap(action)
        await first.tap("back")
    await first.write("hello")
    for command in ("stop", "withdraw", "gone"):
        await first.ask(command)
    await first.open("nonsense")
    await first.force("resume-code")
    await first.write(made.codes["staff"])
    await first.ask("privacy")
    await every_part(first)
    await first.tap("held")
    await first.tap("back")
    await first.tap("no-thanks")
    await first.open(made.link("staff"))
    await first.tap("agree")
    return first


async def every_part(reader: Walker) -> None:
    """The whole privacy notice, from its first card and back to it."""
    for part in PARTS:
        await reader.tap("part", part)
        await reader.tap("privacy")


async def answer_everything(first: Walker, made: Assessment) -> None:
    """All five principles, and on each card everything that it opens."""
    for principle in first.house.questionnaire.principles:
        for statement in principle.statements:
            await look_around(first)
            await first.tap("score", str(1 + int(statement.id) % 5))
            if statement.id != "1":
                await first.tap("previous")
                await first.tap("score", "unknown")
        await look_around(first)
        await write_a_comment(first)
        await first.tap("go-on")
        await first.tap("change")
        await first.tap("back")
        await first.tap("change")
        await first.tap("this", principle.statements[0].id)
        await first.tap("skip")
        await first.tap("change")
        await first.tap("this", "comment")
        await first.tap("go-on")
        await first.tap("hand-in")
    assert first.state == "end"


async def look_around(first: Walker) -> None:
    """Everything behind "More"."""
    await first.tap("more")
    for button in first.card.buttons():
        if button.action in {"official", "ladder"}:
            await first.tap(button.action)
            await first.tap("back")
            await first.tap("more")
    await first.tap("words")
    for button in first.card.buttons():
        if button.action == "word":
            await first.tap("word", button.value)
            if any(other.action == "ladder" for other in first.card.buttons()):
                await first.tap("ladder")
                await first.force("word", button.value)
            await first.tap("words")
    await first.tap("back")


async def write_a_comment(first: Walker) -> None:
    await first.write(COMMENTS[0])
    await first.write(COMMENTS[1])
    await first.tap("rewrite")
    await first.write(LONG)
    await first.tap("drop")
    await first.write(LONG)
    await first.force("held")
    await first.tap("back")
    await first.tap("cut")
    await first.tap("previous")
    await first.tap("erase")


async def wander(first: Walker) -> None:
    """What works everywhere, from the end; changing something that was handed in; another group."""
    assert first.state == "end"
    await first.tap("answers")
    await first.tap("principle", "assets")
    await first.tap("carry-on")
    await first.tap("answers")
    await first.tap("principle", "assets")
    await first.tap("change")
    await first.tap("this", "1")
    await first.tap("menu")
    for action in ("help", "privacy", "language", "words", "urgent"):
        await first.force(action)
        await first.tap("back")
    await first.ask("menu")
    await first.tap("held")
    await first.tap("forget-me")
    await first.tap("back")
    await first.ask("menu")
    await first.tap("answers")
    await first.tap("back")
    await first.ask("stop")
    await first.tap("back")
    await first.ask("clear")
    await first.tap("wipe")
    await first.tap("back")
    for what in ODD:
        await first.send(what)
    await first.write("hello")
    await first.ask("gone")
    await first.tap("score", "2")
    await first.tap("hand-in")


async def on_the_web(house: Theatre, made: Assessment) -> None:
    """What looks different in a browser, and changing the group."""
    web = await participant(house, "web", made.codes["users"], channel="web")
    await house.settle(web.person)
    await web.tap("menu")
    await web.tap("held")
    await web.tap("back")
    for choice in ("3", "4", "unknown"):
        await web.tap("score", choice)
    await web.write(LONG)
    await web.tap("menu")
    await web.tap("back")
    await web.write(COMMENTS[2])
    for action in ("help", "stop", "privacy"):
        await web.tap("menu")
        await web.tap(action)
        await web.tap("back")
    await web.ask("privacy")
    await every_part(web)
    await web.tap("back")
    await web.tap("menu")
    await web.tap("resume-code")
    await web.force("held")
    await web.tap("back")
    await web.tap("menu")
    await web.tap("leave")
    await web.tap("leave-code")
    await web.tap("back")
    await web.tap("previous")
    await web.tap("erase")
    await web.tap("go-on")
    await web.open(made.link("users"))
    await web.open(made.link("staff"))
    await web.tap("back")
    await web.open(made.link("staff"))
    await web.tap("move")


async def take_back(house: Theatre, made: Assessment) -> None:
    gone = await participant(house, "gone", made.codes["users"])
    for _ in range(3):
        await gone.tap("score", "3")
    await gone.write(COMMENTS[1])
    await gone.ask("withdraw")
    await gone.tap("back")
    await gone.ask("withdraw")
    await gone.tap("erase")


async def be_forgotten(house: Theatre, made: Assessment) -> None:
    for channel in CHANNELS:
        leaving = await participant(house, f"leaving-{channel}", made.codes["staff"], channel=channel)
        await leaving.tap("score", "3")
        await leaving.ask("privacy")
        await leaving.tap("forget-me")
        await leaving.tap("forget")


async def wrong_codes(house: Theatre) -> None:
    guesser = Walker(house, "guesser")
    for _ in range(11):
        await guesser.write("BBBB-BBBB")
    await guesser.open("i-unknown")
    await guesser.ask("privacy")
    await guesser.tap("held")
