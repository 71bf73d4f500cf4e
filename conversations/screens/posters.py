"""The cards about a poster in other languages: which one, a second one or none, and the poster."""

from __future__ import annotations

from conversations.cards import Card, Picture, paragraph
from conversations.dialogue import Dialogue
from conversations.moves.posters import chosen
from conversations.says import InLanguage, Say, Verbatim, listing, text
from conversations.screens.buttons import Row, button, in_pairs, row
from conversations.screens.facilitating import marked, view_of
from conversations.situation import Situation


def languages(situation: Situation, action: str, *, without: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """A button for each language on offer, in its own name."""
    offered = [(code, name) for code, name in situation.languages if code not in without]
    return in_pairs([button(InLanguage(code, Verbatim(name)), action, code) for code, name in offered])


def label(dialogue: Dialogue, situation: Situation) -> Say:
    """What the group is called."""
    found = view_of(situation).group(dialogue.place.group)
    return found.group.label if found is not None else text("group.other")


def back(dialogue: Dialogue) -> Row:
    """Back to the group's session code and links."""
    return row(button("question.back", "f-group", dialogue.place.group, look="quiet"))


def first(dialogue: Dialogue, situation: Situation) -> Card:
    """Which language stands first?"""
    return Card(
        state="f-poster-first",
        title=text("f-poster.first", group=label(dialogue, situation)),
        rows=(*languages(situation, "first"), back(dialogue)),
    )


def second(dialogue: Dialogue, situation: Situation) -> Card:
    """One more language below it, or none?"""
    before = chosen(dialogue, situation)
    names = dict(situation.languages)
    return Card(
        state="f-poster-second",
        title=text("f-poster.second"),
        blocks=tuple(paragraph(text("f-poster.above", language=Verbatim(names[code]))) for code in before),
        rows=(
            row(button("f-poster.only", "only", look="main")),
            *languages(situation, "second", without=before),
            row(button("question.back", "f-poster", look="quiet")),
        ),
    )


def poster(dialogue: Dialogue, situation: Situation) -> Card:
    """The poster of a group in one or two languages."""
    view, codes, names = view_of(situation), chosen(dialogue, situation), dict(situation.languages)
    found = view.group(dialogue.place.group)
    picture = Picture(kind="poster", assessment=view.id, about=dialogue.place.group, languages=codes)
    return Card(
        state="f-poster",
        title=label(dialogue, situation),
        blocks=(
            *marked(view),
            *((paragraph(listing(Verbatim(names[code]) for code in codes)),) if codes else ()),
        ),
        rows=(row(button("f-group.languages", "f-poster")), back(dialogue)),
        pictures=(picture,) if found is not None else (),
    )


SCREENS = {"f-poster-first": first, "f-poster-second": second, "f-poster": poster}
