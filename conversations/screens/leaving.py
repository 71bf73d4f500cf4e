"""Cards for people who share a phone or a browser: clear this chat, and leave this page."""

from __future__ import annotations

from conversations.cards import Block, Card, code, paragraph
from conversations.dialogue import Dialogue
from conversations.moves.leaving import WITH_CODE
from conversations.says import Day, Minute, Verbatim, text
from conversations.screens.buttons import BACK, BOTTOM, button, row
from conversations.situation import Situation


def clear(dialogue: Dialogue, situation: Situation) -> Card:
    """Clearing the chat: sure?"""
    return Card(
        state="clear",
        title=text("clear.title"),
        blocks=tuple(paragraph(text(f"clear.{line}")) for line in ("what", "older", "answers")),
        rows=(row(button("clear.no", "back", look="main")), row(button("clear.yes", "wipe", look="danger"))),
    )


def cleared(dialogue: Dialogue, situation: Situation) -> Card:
    """What stands in an emptied chat. Whoever picks the phone up next learns nothing from it."""
    return Card(
        state="cleared",
        blocks=(paragraph(text("cleared.done")), paragraph(text("cleared.left"))),
        rows=(row(button("cleared.go-on", "back")),),
        clears=True,
    )


def leave(dialogue: Dialogue, situation: Situation) -> Card:
    """Leaving the page: with a code to come back, or without."""
    has_code = dialogue.place.topic == WITH_CODE
    blocks: list[Block] = [paragraph(text("leave.what"))]
    if has_code:
        until = int(dialogue.draft.get("until", 0))
        blocks += [
            paragraph(text("leave.write-down")),
            code(Verbatim(str(dialogue.draft.get("code", "")))),
            paragraph(text("leave.how", page=f"{situation.links.web}/resume")),
            paragraph(text("resume.until", day=Day(until), time=Minute(until))),
        ]
    else:
        blocks.append(paragraph(text("leave.code-first")))
        if situation.taking is not None:
            blocks.append(paragraph(text("leave.no-way-back")))
        if situation.is_facilitator:
            blocks.append(paragraph(text("f-leave.account")))
    rows = [row(button("leave.now", "leave-now", look="main" if has_code else "danger"))]
    if not has_code:
        rows.insert(0, row(button("leave.get-code", "leave-code", look="main")))
    return Card(state="leave", title=text("leave.title"), blocks=tuple(blocks), rows=(*rows, row(BACK), BOTTOM))


SCREENS = {"clear": clear, "cleared": cleared, "leave": leave}
