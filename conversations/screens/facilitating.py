"""A facilitator's cards about one assessment: its page, invitations, showing, closing."""

from __future__ import annotations

from conversations.cards import Block, Card, Picture, code, heading, item, paragraph, small
from conversations.dialogue import Dialogue
from conversations.moves.facilitating import ALL, chosen_principles, current, warned_cells
from conversations.says import Phrase, Text, Verbatim, listing, text
from conversations.screens.buttons import Row, button, row
from conversations.screens.keeping import closed, due_soon, erasing
from conversations.situation import AssessmentView, CellView, GroupView, Situation

HOME = button("f.home", "f-home", look="quiet")


def view_of(situation: Situation) -> AssessmentView:
    """The assessment of the card; the machine has made sure that there is one."""
    view = current(situation)
    assert view is not None
    return view


def page(label: str = "f.page") -> Row:
    """Back to the assessment's page and to the list."""
    return row(button(label, "f-assessment"), HOME)


def marked(view: AssessmentView) -> tuple[Block, ...]:
    """A practice assessment says so wherever its numbers or links stand."""
    return (paragraph(text("practice")),) if view.practice else ()


def handed_in(cell: CellView, threshold: int) -> Text:
    """How many have handed in, and how many more since they were shown: a number from the threshold on.

    Or that this is over, and nothing is shown of it.
    """
    if cell.pool.given_up:
        return text("f.shown", shown=cell.pool.people) if cell.pool.people else text("f.erased")
    if cell.pool.people and cell.handed_in is None:
        return text("f.shown-fewer", shown=cell.pool.people, n=threshold)
    if cell.pool.people:
        return text("f.shown-more", shown=cell.pool.people, n=cell.handed_in or 0)
    if cell.handed_in is None:
        return text("f.fewer", n=threshold)
    return text("f.handed-in", n=cell.handed_in)


def assessment(dialogue: Dialogue, situation: Situation) -> Card:
    """The page of one assessment."""
    view = view_of(situation)
    blocks: list[Block] = [*marked(view), *due_soon(view)]
    for group in view.groups:
        blocks.append(heading(group.group.label))
        blocks.append(paragraph(text("f.joined", n=group.joined)))
        if not view.open:
            continue
        for principle in situation.questionnaire.principles:
            number = handed_in(group.cells[principle.id], view.threshold)
            blocks.append(item(text("f.line", principle=Phrase(principle.name), number=number)))
    blocks += lost(view, situation)
    any_shown = any(view.shown(principle.id) for principle in situation.questionnaire.principles)
    rows: list[Row] = []
    if view.open and not view.readable:
        # Nobody can join or be shown without the key, so nothing of that is offered.
        blocks.append(paragraph(text("f.no-key")))
    elif view.open:
        blocks += [small(text("f.posing")), small(text("f.posing-twice"))]
        rows.append(row(button("f.invite", "f-invite", look="main"), button("f.share", "f-share")))
        rows.append(row(button("f.show", "f-show"), button("f.refresh", "f-assessment")))
    else:
        blocks += closed(view, situation)
        blocks += left_out(view, situation)
    if any_shown:
        rows.append(row(button("f.results", "f-results", look="plain" if view.open else "main")))
    if view.open:
        rows.append(row(button("f.close", "f-close", look="danger")))
    if view.own:
        rows.append(row(button("f.second", "f-second")))
    else:
        blocks.append(small(text("f.not-own")))
    return Card(
        state="f-assessment",
        title=Verbatim(view.organisation),
        blocks=tuple(blocks),
        rows=(*rows, *erasing(view), row(HOME)),
    )


def left_out(view: AssessmentView, situation: Situation) -> list[Block]:
    """After closing: how many could not be counted, by number only."""
    why = "f.left-unread" if view.unread else "f.left-out"
    return [
        item(text(why, n=view.left_out[principle.id], principle=Phrase(principle.name)))
        for principle in situation.questionnaire.principles
        if view.left_out.get(principle.id)
    ]


def lost(view: AssessmentView, situation: Situation) -> list[Block]:
    """After the database was put back from an older copy: which answers are lost, and what that ends."""
    principles = situation.questionnaire.principles
    blocks: list[Block] = [
        paragraph(text("f.lost", group=group.group.label, principle=Phrase(principle.name)))
        for principle in principles
        for group in view.groups
        if group.cells[principle.id].pool.given_up == "lost"
    ]
    ended = [Phrase(principle.name) for principle in principles if view.given_up(principle.id)]
    if ended:
        blocks.append(paragraph(text("f.stopped", principles=listing(ended))))
    return blocks


def invite(dialogue: Dialogue, situation: Situation) -> Card:
    """One button for each group."""
    view = view_of(situation)
    rows = [row(button(group.group.label, "f-group", group.group.id)) for group in view.groups]
    return Card(
        state="f-invite",
        title=text("f-invite.title"),
        blocks=(*marked(view), paragraph(text("f-invite.what"))),
        rows=(*rows, page()),
    )


def group_card(dialogue: Dialogue, situation: Situation) -> Card:
    """Session code, links and poster of one group."""
    view = view_of(situation)
    found = view.group(dialogue.place.group)
    if found is None:
        return invite(dialogue, situation)
    group, links = found.group, situation.links
    payload = f"c-{group.code.replace('-', '')}"
    blocks: list[Block] = [*marked(view), heading(text("f-group.code")), code(Verbatim(group.code))]
    if links.bot:
        blocks += [heading(text("f-group.telegram")), code(Verbatim(links.telegram(payload)))]
    blocks += [heading(text("f-group.web")), code(Verbatim(links.page(payload)))]
    if links.near:
        blocks.append(paragraph(text("f-group.near")))
    blocks.append(small(text("f-group.aloud")))
    choice = (row(button("f-group.languages", "f-poster")),) if len(situation.languages) > 1 else ()
    return Card(
        state="f-group",
        title=group.label,
        blocks=tuple(blocks),
        rows=(*choice, row(button("f-group.others", "f-invite")), page()),
        pictures=(Picture(kind="poster", assessment=view.id, about=group.id),),
    )


def share(dialogue: Dialogue, situation: Situation) -> Card:
    """Statements and prompts as a text to share beforehand."""
    questionnaire = situation.questionnaire
    blocks: list[Block] = [paragraph(text("f-share.what"))]
    for principle in questionnaire.principles:
        blocks.append(heading(Phrase(principle.name)))
        blocks.append(paragraph(Phrase(principle.definition)))
        blocks += [
            paragraph(text("change.line", number=number, statement=Phrase(statement.plain)))
            for number, statement in enumerate(principle.statements, 1)
        ]
        blocks += [item(Phrase(prompt.text)) for prompt in principle.prompts]
    blocks.append(paragraph(Phrase(questionnaire.open_question)))
    blocks.append(small(text("official.source", source=Verbatim(questionnaire.source), link=questionnaire.source_url)))
    blocks.append(small(text("official.guide", guide=Verbatim(questionnaire.adapted_from))))
    return Card(state="f-share", title=text("f-share.title"), blocks=tuple(blocks), rows=(page(),))


def show(dialogue: Dialogue, situation: Situation) -> Card:
    """Show a principle, or all."""
    view = view_of(situation)
    blocks: list[Block] = [*marked(view), paragraph(text("f-show.what", n=view.threshold))]
    rows: list[Row] = [row(button("f-show.all", "show", ALL, look="main"))]
    for principle in situation.questionnaire.principles:
        if view.given_up(principle.id) or all(group.cells[principle.id].pool.batches for group in view.groups):
            continue
        name = Phrase(principle.name)
        id_ = "f-show.again" if view.shown(principle.id) else "f-show.one"
        rows.append(row(button(text(id_, principle=name), "show", principle.id)))
    return Card(state="f-show", title=text("f-show.title"), blocks=tuple(blocks), rows=(*rows, page()))


def warn(dialogue: Dialogue, situation: Situation) -> Card:
    """Who is still writing: a last call before showing (rule 2)."""
    view = view_of(situation)
    chosen, warned = chosen_principles(dialogue.place.topic, situation), warned_cells(dialogue)
    blocks: list[Block] = [*marked(view)]
    for principle in situation.questionnaire.principles:
        if principle.id not in chosen:
            continue
        blocks.append(heading(Phrase(principle.name)))
        for group in view.groups:
            cell, label = group.cells[principle.id], group.group.label
            if not cell.may_show or (group.group.id, principle.id) not in warned:
                blocks.append(item(left_out_now(group, cell)))
            elif cell.waiting:
                blocks.append(item(text("f-warn.waiting", group=label, n=cell.waiting)))
            else:
                blocks.append(item(text("f-warn.everybody", group=label)))
    blocks.append(paragraph(text("f-warn.last-call")))
    return Card(
        state="f-warn",
        title=text("f-warn.title"),
        blocks=tuple(blocks),
        rows=(
            row(button("f-warn.not-yet", "f-show", look="main")),
            row(button("f-warn.now", "now", look="danger")),
        ),
    )


def left_out_now(view: GroupView, cell: CellView) -> Text:
    """Why a group is not shown now, and how many people that leaves out."""
    group = view.group.label
    if cell.pool.people:
        return text("f-warn.shown", group=group)
    if cell.pool.given_up:
        return text("f-warn.given-up", group=group)
    if view.joined:
        return text("f-warn.too-few", group=group, n=view.joined)
    return text("f-warn.nobody", group=group)


def close(dialogue: Dialogue, situation: Situation) -> Card:
    """Closing cannot be undone."""
    view = view_of(situation)
    blocks: list[Block] = [*marked(view), paragraph(text("f-close.what"))]
    if view.readable:
        blocks.append(paragraph(text("f-close.left", n=view.threshold)))
    else:
        blocks += [paragraph(text("f.no-key")), paragraph(text("f-close.unread"))]
    blocks += [item(text("f-close.group", group=group.group.label, n=group.joined)) for group in view.groups]
    missing = [(principle, view.may_miss.get(principle.id, 0)) for principle in situation.questionnaire.principles]
    if any(number for _, number in missing):
        blocks.append(heading(text("f-close.missing-title")))
        blocks += [
            item(text("f-close.missing", principle=Phrase(principle.name), n=number))
            for principle, number in missing
            if number
        ]
        if view.readable:
            blocks.append(small(text("f-close.missing-more", n=view.threshold)))
        blocks.append(small(text("f.posing-twice")))
    return Card(
        state="f-close",
        title=text("f-close.title"),
        blocks=tuple(blocks),
        rows=(
            row(button("f-warn.not-yet", "f-assessment", look="main")),
            row(button("f-close.now", "close", look="danger")),
        ),
    )


def link(payload: str, situation: Situation) -> list[Block]:
    """A link that works once, for the chat and for a browser."""
    links = situation.links
    blocks: list[Block] = []
    if links.bot:
        blocks += [heading(text("f-group.telegram")), code(Verbatim(links.telegram(payload)))]
    blocks += [heading(text("f-group.web")), code(Verbatim(links.page(payload)))]
    if links.near:
        blocks.append(paragraph(text("f-group.near")))
    return blocks


SCREENS = {
    "f-assessment": assessment,
    "f-invite": invite,
    "f-group": group_card,
    "f-share": share,
    "f-show": show,
    "f-warn": warn,
    "f-close": close,
}
