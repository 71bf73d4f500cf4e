"""Cards that open on top of any other: menu, help, "I need help", stopped, withdraw."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.cards import Block, Card, code, heading, item, paragraph
from conversations.dialogue import Dialogue
from conversations.says import Day, Minute, Verbatim, text
from conversations.screens.buttons import BACK, BOTTOM, LANGUAGE, Row, button, row, share_a_phone
from conversations.screens.choosing import in_english, not_checked, rows_of
from conversations.screens.promise import who_runs_this
from conversations.situation import Audience, Situation, Support


def menu(dialogue: Dialogue, situation: Situation) -> Card:
    """Everything that is not about the current question."""
    rows: list[Row] = [row(button("button.back-here", "back", look="main"))]
    if situation.taking is not None:
        rows.append(row(button("menu.answers", "answers"), button("menu.stop", "stop")))
    rows.append(row(button("menu.help", "help"), button("menu.privacy", "privacy")))
    if situation.taking is not None:
        rows.append(row(button("menu.code", "code")))
    rows.append(row(LANGUAGE, button("menu.words", "words")))
    rows.append(row(button("menu.held", "held")))
    if situation.channel == "web":
        rows.append(row(button("menu.resume-code", "resume-code")))
    rows.append(share_a_phone(situation))
    if situation.is_facilitator and situation.taking is not None:
        rows.append(row(button("menu.facilitate", "facilitate")))
    if situation.taking is not None:
        rows.append(row(button("menu.withdraw", "withdraw", look="danger")))
    blocks: list[Block] = []
    if situation.taking is not None:
        blocks.append(
            paragraph(
                text(
                    "menu.taking",
                    organisation=Verbatim(situation.taking.organisation),
                    group=situation.taking.group.label,
                )
            )
        )
        blocks.append(paragraph(text("joined", n=situation.taking.joined)))
    return Card(state="menu", title=text("menu.title"), blocks=tuple(blocks), rows=tuple(rows))


def help_(dialogue: Dialogue, situation: Situation) -> Card:
    """How this works."""
    how = "help.telegram" if situation.channel == "telegram" else "help.web"
    lines = ["help.one-at-a-time", "help.no-must", "help.come-back", how, "help.change"]
    return Card(
        state="help",
        title=text("help.title"),
        blocks=(
            *(item(text(line)) for line in lines),
            *not_checked(situation),
            *who_runs_this(situation.operator),
        ),
        rows=(*rows_of(in_english(situation)), row(BACK), BOTTOM),
    )


def urgent(dialogue: Dialogue, situation: Situation) -> Card:
    """Who helps right now. Nothing else stands on this card."""
    audience = situation.taking.group.audience if situation.taking else "other"
    return Card(
        state="urgent", title=text("urgent.title"), blocks=places(situation.support, audience), rows=(row(BACK),)
    )


def places(support: Sequence[Support], audience: Audience = "other") -> tuple[Block, ...]:
    """Where this group finds help, what is for danger to life first; everything for those who are in no group."""
    blocks: list[Block] = [paragraph(text("urgent.not-watched"))]
    for each in sorted(support, key=lambda each: not each.emergency):
        if each.audience == "both" or audience in {"other", each.audience}:
            blocks.extend(_support(each))
    return tuple(blocks)


def _support(support: Support) -> tuple[Block, ...]:
    reach = " · ".join(support.reach)
    lines = [heading(Verbatim(support.name)), paragraph(support.what), paragraph(Verbatim(reach))]
    if support.when is not None:
        lines.append(paragraph(support.when))
    return tuple(line for line in lines if line.text != Verbatim(""))


def stopped(dialogue: Dialogue, situation: Situation) -> Card:
    """A pause, as long as it takes."""
    way_back = "stop.telegram" if situation.channel == "telegram" else "stop.web"
    return Card(
        state="stopped",
        title=text("stop.title"),
        blocks=(paragraph(text("stop.kept")), paragraph(text(way_back)), paragraph(text("stop.not-counted"))),
        rows=(row(button("stop.go-on", "back", look="main")), share_a_phone(situation), BOTTOM),
    )


def withdraw(dialogue: Dialogue, situation: Situation) -> Card:
    """Taking everything back: sure?"""
    poured = [part for part in situation.taking.parts.values() if part.poured] if situation.taking else []
    blocks = [paragraph(text("withdraw.what"))]
    if poured:
        unknown = all(part.given_up for part in poured)
        blocks.append(paragraph(text("withdraw.given-up" if unknown else "withdraw.mixed")))
    return Card(
        state="withdraw",
        title=text("withdraw.title"),
        blocks=tuple(blocks),
        rows=(
            row(button("withdraw.no", "back", look="main")),
            row(button("withdraw.yes", "erase", look="danger")),
        ),
    )


def resume_code(dialogue: Dialogue, situation: Situation) -> Card:
    """A code for another browser."""
    until = int(dialogue.draft.get("until", 0))
    return Card(
        state="resume-code",
        title=text("resume.title"),
        blocks=(
            paragraph(text("resume.how", page=f"{situation.links.web}/resume")),
            code(Verbatim(str(dialogue.draft.get("code", "")))),
            paragraph(text("resume.until", day=Day(until), time=Minute(until))),
            paragraph(text("resume.moves")),
        ),
        rows=(row(BACK), BOTTOM),
    )


SCREENS = {
    "menu": menu,
    "help": help_,
    "urgent": urgent,
    "stopped": stopped,
    "withdraw": withdraw,
    "resume-code": resume_code,
}
