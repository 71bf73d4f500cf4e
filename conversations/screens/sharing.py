"""The cards about a second facilitator: who else runs an assessment, the link for one more, and ending it."""

from __future__ import annotations

from conversations.cards import Block, Card, paragraph
from conversations.dialogue import Dialogue
from conversations.says import Day, Minute, text
from conversations.screens.buttons import Row, button, row
from conversations.screens.facilitating import link, page, view_of
from conversations.situation import Situation


def second(dialogue: Dialogue, situation: Situation) -> Card:
    """How many others run it, and a one-time link for one more."""
    view = view_of(situation)
    token, until = str(dialogue.draft.get("token", "")), int(dialogue.draft.get("until", 0))
    others = text("f-second.others", n=view.others) if view.others else text("f-second.nobody")
    blocks: list[Block] = [paragraph(others)]
    if token:
        blocks += [paragraph(text("f-second.send", day=Day(until), time=Minute(until)))]
        blocks += link(f"f-{token}", situation)
    else:
        blocks += [paragraph(text("f-second.what"))]
    blocks.append(paragraph(text("f-second.not")))
    rows: tuple[Row, ...] = (
        row(button("f-second.another", "make") if token else button("f-second.make", "make", look="main")),
        row(button("f-second.end", "f-unshare", look="danger")),
        page(),
    )
    return Card(state="f-second", title=text("f-second.title"), blocks=tuple(blocks), rows=rows)


def unshare(dialogue: Dialogue, situation: Situation) -> Card:
    """Ending it for all others: sure?"""
    return Card(
        state="f-unshare",
        title=text("f-unshare.title"),
        blocks=(paragraph(text("f-unshare.what")),),
        rows=(
            row(button("f-warn.not-yet", "f-second", look="main")),
            row(button("f-unshare.now", "end", look="danger")),
        ),
    )


SCREENS = {"f-second": second, "f-unshare": unshare}
