"""Walks that many tests need, each by the buttons that a person would tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.replies import Channel
from conversations.codes import normal
from conversations.pools import Choice
from conversations.says import Text, Verbatim
from walking.house import House
from walking.walker import Walker


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """An assessment that was set up: its id, and by name of the group its id and session code.

    Staff is called "staff", people who use services "users", another group as the facilitator named it.
    """

    id: str
    groups: Mapping[str, str]
    codes: Mapping[str, str]

    def link(self, group: str) -> str:
        """The payload of the link into a group."""
        return f"c-{normal(self.codes[group])}"


async def facilitator(house: House, id: str = "1", *, channel: Channel = "telegram") -> Walker:
    """Somebody who has used an invitation."""
    walker = Walker(house, id, channel=channel)
    await walker.open(await house.invitation())
    assert walker.notices == ["f-invited.welcome"]
    await choose(walker)
    return walker


async def choose(walker: Walker) -> None:
    """Choose the language that is offered first, where somebody new is asked: only where several are offered."""
    if walker.state == "language":
        await walker.tap("speak", walker.card.buttons()[0].value)


async def home(walker: Walker) -> None:
    """A facilitator goes to the list of their assessments."""
    await walker.open()
    for _ in range(3):
        offered = {button.action for button in walker.card.buttons()}
        for action in ("f-home", "f-assessment", "f-show", "give-up"):
            if action in offered and walker.state != "home":
                await walker.tap(action)
                break


async def assessment(
    walker: Walker, *, organisation: str = "St Elsewhere", threshold: int = 5, others: Sequence[str] = ()
) -> Assessment:
    """Set one up for staff, people who use services and ``others``; the walker ends on its page."""
    await home(walker)
    await walker.tap("new")
    await walker.write(organisation)
    for name in others:
        await walker.write(name)
    await walker.tap("go-on")
    await walker.tap("threshold", str(threshold))
    await walker.tap("weeks", "4")
    await walker.tap("create")
    id_ = (await walker.house.desk(walker.person)).dialogue.place.assessment
    view = await walker.house.view(walker.person, id_)
    groups, codes = {}, {}
    for each in view.groups:
        label = each.group.label
        name = label.words if isinstance(label, Verbatim) else each.group.audience
        groups[name], codes[name] = each.group.id, each.group.code
    return Assessment(id=id_, groups=groups, codes=codes)


async def participant(
    house: House, id: str, code: str, *, channel: Channel = "telegram", language: str = "en"
) -> Walker:
    """Somebody who types a session code, chooses a language where several are on offer, and agrees."""
    walker = Walker(house, id, channel=channel)
    await walker.open()
    await walker.write(code)
    if walker.state == "language":
        await walker.tap("speak", language)
    assert walker.state == "welcome", walker.notices
    await walker.tap("agree")
    return walker


async def answer(walker: Walker, principle: str, choices: Sequence[Choice], *, comment: str = "") -> None:
    """Go to an untouched principle by the list of own answers, answer all of it and hand it in."""
    await walker.ask("menu")
    await walker.tap("answers")
    await walker.tap("principle", principle)
    for choice in choices:
        if choice == "skipped":
            await walker.tap("skip")
        else:
            await walker.tap("score", str(choice))
    if comment:
        await walker.write(comment)
    if walker.state == "comment":
        await walker.tap("go-on")
    await walker.tap("hand-in")


async def people_hand_in(
    house: House, made: Assessment, group: str, many: int, *, named: str = "", said: Sequence[Choice] = (3, 4, 5)
) -> list[Walker]:
    """So many join a group and hand in Assets, each with the comment "of NAME"."""
    found = [await participant(house, f"{named or group}{number}", made.codes[group]) for number in range(many)]
    for walker in found:
        await answer(walker, "assets", said, comment=f"of {walker.person.id}")
    return found


async def show(walker: Walker, assessment: Assessment, principle: str = "all") -> Text | None:
    """Show a principle, or everything. The remark when nothing was shown, else None."""
    await home(walker)
    await walker.tap("open", assessment.id)
    # Without the key there is no such button, and none for a principle of which everything is shown.
    await walker.force("f-show")
    reply = await walker.force("show", principle)
    if walker.state == "f-warn":
        reply = await walker.tap("now")
    return reply.notices[0] if reply.notices else None


async def close(walker: Walker, assessment: Assessment) -> None:
    """Close answers."""
    await home(walker)
    await walker.tap("open", assessment.id)
    await walker.tap("f-close")
    await walker.tap("close")
