"""How long an assessment is kept, as its facilitator reads it; and erasing it for good."""

from __future__ import annotations

from conversations.cards import Block, Card, item, paragraph
from conversations.days import months_after, noon_of
from conversations.dialogue import Dialogue
from conversations.moves.facilitating import current
from conversations.says import Day, Verbatim, text
from conversations.screens.buttons import Row, button, row
from conversations.situation import AssessmentView, Listed, Situation


def due_soon(view: AssessmentView) -> tuple[Block, ...]:
    """That nobody used an open assessment, what will be erased, when, and what to do about it."""
    if not view.due:
        return ()
    return (paragraph(text("f.due", day=Day(noon_of(view.due)))), paragraph(text("f.due-remedy")))


def due_on_the_list(listed: Listed) -> tuple[Block, ...]:
    """The same on the list of all assessments, in a sentence."""
    if not listed.due:
        return ()
    day = Day(noon_of(listed.due))
    return (paragraph(text("f-home.due", organisation=Verbatim(listed.organisation), day=day)),)


def closed(view: AssessmentView, situation: Situation) -> tuple[Block, ...]:
    """That answers are closed, or were erased because nobody used them; and until when results stay."""
    until = Day(noon_of(months_after(view.used, situation.operator.results_months)))
    if view.lapsed:
        why = paragraph(text("f.lapsed", n=view.lapsed, day=Day(noon_of(view.lapsed_on))))
        return (why, paragraph(text("f.kept-until", day=until)))
    return (paragraph(text("f.is-closed", day=until)),)


def erasing(view: AssessmentView) -> tuple[Row, ...]:
    """The way to f-erase, for whoever may."""
    return () if view.open or not view.own else (row(button("f.erase", "f-erase", look="danger")),)


def erase(dialogue: Dialogue, situation: Situation) -> Card:
    """Erasing cannot be undone."""
    view = current(situation)
    assert view is not None
    return Card(
        state="f-erase",
        title=text("f-erase.title"),
        blocks=(
            paragraph(text("f-erase.what", organisation=Verbatim(view.organisation))),
            item(text("f-erase.copies")),
            item(text("f-erase.undone")),
        ),
        rows=(
            row(button("f-warn.not-yet", "f-assessment", look="main")),
            row(button("f-erase.now", "erase", look="danger")),
        ),
    )


SCREENS = {"f-erase": erase}
