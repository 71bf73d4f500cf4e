"""The card on which a facilitator hides comments and puts them back, and how comments are numbered everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.cards import Block, Button, Card, heading, item, paragraph, quote, small
from conversations.dialogue import Dialogue
from conversations.moves.hiding import PAGE, group_of, meant, page_of, with_comments
from conversations.pools import Comment, Pool
from conversations.says import Phrase, Verbatim, text
from conversations.screens.buttons import Row, button, row
from conversations.screens.facilitating import marked, page, view_of
from conversations.situation import Situation

NUMBERS_IN_A_ROW = 5
PUT_BACK_IN_A_ROW = 2

Numbered = tuple[int, Comment]


def numbered(comments: Sequence[Numbered]) -> list[Block]:
    """Comments with their numbers. A number stands by itself, so that it never mixes with the direction of words."""
    blocks: list[Block] = []
    for number, comment in comments:
        blocks.append(small(text("f-hide.hidden" if comment.withheld else "f-comments.number", number=number)))
        blocks.append(quote(Verbatim(comment.words)))
    return blocks


def shown_comments(pool: Pool) -> list[Block]:
    """The comments of a cell that are not hidden, with the numbers that f-hide calls them by, and how many are."""
    blocks = numbered([(number, each) for number, each in enumerate(pool.bag, 1) if not each.withheld])
    return [*blocks, *hidden_ones(pool)]


def hidden_ones(pool: Pool) -> list[Block]:
    """How many comments are hidden; nothing when none is."""
    return [item(text("f-comments.hidden", n=len(pool.withheld)))] if pool.withheld else []


def hide(dialogue: Dialogue, situation: Situation) -> Card:
    """Every comment of one group, hidden ones too, and a button for each."""
    view = view_of(situation)
    principle = situation.questionnaire.principle(dialogue.place.principle)
    group = group_of(dialogue.place, view)
    back = button("f-hide.back", "f-comments", principle.id, look="main")
    title = text("f-hide.title", principle=Phrase(principle.name))
    if group is None:
        nothing = (*marked(view), paragraph(text("f-comments.none")))
        return Card(state="f-hide", title=title, blocks=nothing, rows=(row(back), page()))
    bag = group.cells[principle.id].pool.bag
    first = page_of(dialogue.place, len(bag)) * PAGE
    here: list[Numbered] = list(enumerate(bag, 1))[first : first + PAGE]
    show = [
        button(text("f-hide.number", number=number), "hide", meant(each, number))
        for number, each in here
        if not each.withheld
    ]
    put_back = [
        button(text("f-hide.put-back", number=number), "put-back", meant(each, number))
        for number, each in here
        if each.withheld
    ]
    others = [each.group for each in with_comments(view, principle.id) if each is not group]
    return Card(
        state="f-hide",
        title=title,
        blocks=(
            *marked(view),
            paragraph(text("f-hide.what")),
            heading(group.group.label),
            *numbered(here),
        ),
        rows=(
            *_rows(show, NUMBERS_IN_A_ROW),
            *_rows(put_back, PUT_BACK_IN_A_ROW),
            *_pages(first // PAGE, -(-len(bag) // PAGE)),
            *(row(button(each.label, "f-hide", each.id)) for each in others),
            row(back),
            page(),
        ),
    )


def _pages(here: int, pages: int) -> tuple[Row, ...]:
    """The pages before and after this one, from 0."""
    turns: list[Button] = []
    if here > 0:
        turns.append(button("f-hide.before", "page", str(here)))
    if here + 1 < pages:
        turns.append(button("f-hide.after", "page", str(here + 2)))
    return (tuple(turns),) if turns else ()


def _rows(buttons: Sequence[Button], most: int) -> list[Row]:
    """As few rows as will do, and all about as long: a last button alone would look like the main one."""
    rows = -(-len(buttons) // most)
    many = -(-len(buttons) // rows) if rows else 1
    return [tuple(buttons[start : start + many]) for start in range(0, len(buttons), many)]


SCREENS = {"f-hide": hide}
