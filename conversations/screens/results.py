"""A facilitator's results: pictures, comments, and the score sheet of the prompt guide. From shown tallies only."""

from __future__ import annotations

from conversations.cards import Block, Card, Picture, heading, item, paragraph, quote, small
from conversations.dialogue import Dialogue
from conversations.moves.hiding import with_comments
from conversations.results import GroupResult, results
from conversations.says import Decimal, Phrase, Say, Text, Verbatim, listing, text
from conversations.screens.buttons import Row, button, row
from conversations.screens.facilitating import left_out, lost, marked, page, view_of
from conversations.screens.hiding import hidden_ones, shown_comments
from conversations.screens.keeping import due_soon
from conversations.situation import Situation
from conversations.statistics import mean

TO_RESULTS = row(button("f.results", "f-results"), button("f.page", "f-assessment"))


def overview_list(dialogue: Dialogue, situation: Situation) -> Card:
    """Which picture, which comments?"""
    view = view_of(situation)
    rows: list[Row] = []
    waiting = []
    for principle in situation.questionnaire.principles:
        name = Phrase(principle.name)
        if view.shown(principle.id):
            words = button(text("f-results.comments", principle=name), "f-comments", principle.id)
            rows.append(row(button(name, "f-principle", principle.id), words))
        elif not view.given_up(principle.id):
            waiting.append(name)
    if rows:
        gaps = (button("f-results.gaps", "f-gaps"),) if len(view.groups) > 1 else ()
        rows.append((button("f-results.overview", "f-overview"), *gaps))
        rows.append(row(button("f-results.sheet", "f-sheet")))
    blocks: list[Block] = [*marked(view), *due_soon(view)]
    if waiting:
        blocks.append(paragraph(text("f-results.waiting", principles=listing(waiting))))
    blocks += lost(view, situation)
    blocks += left_out(view, situation)
    return Card(
        state="f-results",
        title=text("f-results.title", organisation=Verbatim(view.organisation)),
        blocks=tuple(blocks),
        rows=(*rows, page()),
    )


def principle_picture(dialogue: Dialogue, situation: Situation) -> Card:
    """The stacked bars of one principle."""
    view = view_of(situation)
    principle = situation.questionnaire.principle(dialogue.place.principle)
    words = button(text("f-results.comments", principle=Phrase(principle.name)), "f-comments", principle.id)
    return Card(
        state="f-principle",
        title=Phrase(principle.name),
        blocks=marked(view),
        rows=(row(words), TO_RESULTS),
        pictures=(Picture(kind="principle", assessment=view.id, about=principle.id),),
    )


def gaps(dialogue: Dialogue, situation: Situation) -> Card:
    """Where the groups differ."""
    view = view_of(situation)
    return Card(
        state="f-gaps",
        title=text("f-results.gaps"),
        blocks=marked(view),
        rows=(TO_RESULTS,),
        pictures=(Picture(kind="gaps", assessment=view.id),),
    )


def overview(dialogue: Dialogue, situation: Situation) -> Card:
    """The five principles at a glance."""
    view = view_of(situation)
    return Card(
        state="f-overview",
        title=text("f-results.overview"),
        blocks=marked(view),
        rows=(TO_RESULTS,),
        pictures=(Picture(kind="overview", assessment=view.id),),
    )


def comments(dialogue: Dialogue, situation: Situation) -> Card:
    """The pooled comments of one principle, group by group, in random order, without those that are hidden."""
    view = view_of(situation)
    principle = situation.questionnaire.principle(dialogue.place.principle)
    blocks: list[Block] = [*marked(view), paragraph(Phrase(situation.questionnaire.open_question))]
    for group in view.groups:
        pool = group.cells[principle.id].pool
        if not pool.people:
            continue
        blocks.append(heading(group.group.label))
        blocks += shown_comments(pool) or [paragraph(text("f-comments.none"))]
    blocks.append(small(text("f-comments.care")))
    hiding = (row(button("f-comments.hide", "f-hide")),) if with_comments(view, principle.id) else ()
    picture = button(text("f-comments.picture", principle=Phrase(principle.name)), "f-principle", principle.id)
    return Card(
        state="f-comments",
        title=text("f-comments.title", principle=Phrase(principle.name)),
        blocks=tuple(blocks),
        rows=(*hiding, row(picture), TO_RESULTS),
    )


def sheet(dialogue: Dialogue, situation: Situation) -> Card:
    """The five-row score sheet of the prompt guide, for every group, as text."""
    view = view_of(situation)
    found = results(view)
    blocks: list[Block] = [*marked(view), paragraph(text("f-sheet.what"))]
    for shown, group in zip(found.groups, view.groups, strict=True):
        blocks.append(heading(shown.label))
        for principle in situation.questionnaire.principles:
            blocks.append(item(_line(shown, principle.id, situation)))
            pool = group.cells[principle.id].pool
            blocks += [*(quote(Verbatim(words)) for words in pool.comments), *hidden_ones(pool)]
    if len(found.groups) > 1:
        blocks.append(heading(found.everyone.label))
        blocks += [
            item(_line(found.everyone, principle.id, situation)) for principle in situation.questionnaire.principles
        ]
    blocks += _total(found.everyone, situation)
    blocks.append(small(text("f-sheet.ours")))
    return Card(state="f-sheet", title=text("f-sheet.title"), blocks=tuple(blocks), rows=(TO_RESULTS,))


def _line(group: GroupResult, principle_id: str, situation: Situation) -> Text:
    """One row: the average of each statement."""
    principle = situation.questionnaire.principle(principle_id)
    cells: list[Say] = []
    for statement in principle.statements:
        tally = group.tally(principle_id, statement.id)
        average = mean(tally) if tally else None
        cells.append(text("f-sheet.empty") if average is None else Decimal(average))
    return text("f-sheet.line", principle=Phrase(principle.name), scores=listing(cells))


def _total(group: GroupResult, situation: Situation) -> tuple[Block, ...]:
    """Our own total, 15 to 75, only when every statement is shown."""
    averages = [
        mean(tally) if (tally := group.tally(principle.id, statement.id)) else None
        for principle in situation.questionnaire.principles
        for statement in principle.statements
    ]
    known = [average for average in averages if average is not None]
    if len(known) < len(averages):
        return ()
    total = text("f-sheet.total", total=Decimal(sum(known)), least=len(known), most=5 * len(known))
    return (paragraph(total),)


SCREENS = {
    "f-results": overview_list,
    "f-principle": principle_picture,
    "f-comments": comments,
    "f-gaps": gaps,
    "f-overview": overview,
    "f-sheet": sheet,
}
