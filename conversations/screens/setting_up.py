"""The cards on which a facilitator sets up an assessment."""

from __future__ import annotations

from conversations.cards import Block, Card, Field, item, paragraph
from conversations.dialogue import Dialogue
from conversations.moves.setting_up import (
    GROUP_LIMIT,
    LARGEST_THRESHOLD,
    MOST_GROUPS,
    NAME_LIMIT,
    THRESHOLDS,
    USUAL_THRESHOLD,
    WEEKS,
    drafted_groups,
)
from conversations.says import Day, Say, Verbatim, listing, text
from conversations.screens.buttons import Row, button, row
from conversations.situation import Audience, Group, Situation

WAY_BACK = row(button("question.back", "previous"), button("f-setup.give-up", "give-up"))


def label(audience: Audience, name: str) -> Say:
    """What a drafted group is called."""
    return Group(id="", audience=audience, name=name).label


def organisation(dialogue: Dialogue, situation: Situation) -> Card:
    """Whose services are looked at?"""
    return Card(
        state="f-organisation",
        title=text("f-organisation.title"),
        blocks=(paragraph(text("f-organisation.what")),),
        field=Field(
            label=text("f-organisation.field"),
            submit=text("f-setup.next"),
            value=str(dialogue.draft.get("organisation", "")) if situation.channel == "web" else "",
            limit=NAME_LIMIT,
            lines=1,
        ),
        rows=(row(button("f-setup.give-up", "give-up")),),
    )


def groups(dialogue: Dialogue, situation: Situation) -> Card:
    """Which groups answer separately?"""
    drafted = drafted_groups(dialogue)
    rows: list[Row] = [row(button("f-setup.next", "go-on", look="main"))] if drafted else []
    for position, (audience, name) in enumerate(drafted):
        rows.append(row(button(text("f-groups.remove", group=label(audience, name)), "remove", str(position))))
    present = {audience for audience, _ in drafted}
    for known in ("staff", "users"):
        if known not in present:
            rows.append(row(button(text("f-groups.add", group=text(f"group.{known}")), "add", known)))
    blocks: list[Block] = [paragraph(text("f-groups.what"))]
    blocks += [item(label(audience, name)) for audience, name in drafted]
    field = Field(label=text("f-groups.field"), submit=text("f-groups.submit"), limit=GROUP_LIMIT, lines=1)
    return Card(
        state="f-groups",
        title=text("f-groups.title"),
        blocks=tuple(blocks),
        field=field if len(drafted) < MOST_GROUPS else None,
        rows=(*rows, WAY_BACK),
    )


def threshold(dialogue: Dialogue, situation: Situation) -> Card:
    """From how many people on is anything shown?"""
    smallest = situation.operator.smallest_threshold
    offered = sorted({*range(smallest, 5), *(number for number in THRESHOLDS if number >= smallest)})
    buttons = [
        button(
            text("f-threshold.button", n=number),
            "threshold",
            str(number),
            look="main" if number == USUAL_THRESHOLD else "plain",
        )
        for number in offered
    ]
    rows = [tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4)]
    return Card(
        state="f-threshold",
        title=text("f-threshold.title"),
        blocks=(paragraph(text("f-threshold.what")),),
        field=Field(
            label=text("f-threshold.choose", smallest=smallest, largest=LARGEST_THRESHOLD),
            submit=text("f-setup.next"),
            limit=3,
            lines=1,
        ),
        rows=(*rows, WAY_BACK),
    )


def hear_by(dialogue: Dialogue, situation: Situation) -> Card:
    """When will people hear what came of it?"""
    rows = [row(button(text("f-hear-by.weeks", n=weeks), "weeks", str(weeks))) for weeks in WEEKS]
    return Card(
        state="f-hear-by",
        title=text("f-hear-by.title"),
        blocks=(paragraph(text("f-hear-by.what")),),
        rows=(*rows, WAY_BACK),
    )


def confirm(dialogue: Dialogue, situation: Situation) -> Card:
    """Everything on one card, then "Create"."""
    draft = dialogue.draft
    named = listing(label(audience, name) for audience, name in drafted_groups(dialogue))
    return Card(
        state="f-confirm",
        title=text("f-confirm.title"),
        blocks=(
            item(text("f-confirm.organisation", organisation=Verbatim(str(draft.get("organisation", ""))))),
            item(text("f-confirm.groups", groups=named)),
            item(text("f-confirm.threshold", n=int(draft.get("threshold", 5)))),
            item(text("f-confirm.hear-by", day=Day(int(draft.get("hear_by", 0))))),
            paragraph(text("f-confirm.fixed")),
        ),
        rows=(row(button("f-confirm.create", "create", look="main")), WAY_BACK),
    )


SCREENS = {
    "f-organisation": organisation,
    "f-groups": groups,
    "f-threshold": threshold,
    "f-hear-by": hear_by,
    "f-confirm": confirm,
}
