"""The list of languages, the way for people whose language is not on it, and what is said of an unchecked one."""

from __future__ import annotations

from conversations.cards import Block, Button, Card, paragraph, small
from conversations.dialogue import Dialogue
from conversations.moves.choosing import must_choose
from conversations.says import InLanguage, Verbatim, text
from conversations.screens.buttons import BACK, URGENT, Row, button, in_pairs, row
from conversations.situation import Situation

ENGLISH = "en"


def language(dialogue: Dialogue, situation: Situation) -> Card:
    """Every language in its own name, those that the phone asks for first. The heading stands in English too."""
    first = dialogue.below is not None and must_choose(dialogue.below.state, situation)
    names = [
        button(
            InLanguage(code, Verbatim(name)),
            "speak",
            code,
            look="main" if first and code == situation.language else "plain",
            chosen=code == situation.language and not first,
        )
        for code, name in situation.languages
    ]
    title = text("language.title")
    blocks = [] if situation.language == ENGLISH else [paragraph(InLanguage(ENGLISH, title))]
    return Card(
        state="language",
        title=title,
        blocks=(*blocks, *not_checked(situation)),
        rows=(
            *in_pairs(names),
            row(button("language.missing", "no-language")),
            row(URGENT) if first else row(BACK, URGENT),
        ),
    )


def no_language(dialogue: Dialogue, situation: Situation) -> Card:
    """How to take part with somebody's help, for people whose language is not on the list."""
    contact = situation.operator.contact
    ask = [text("no-language.inviter")]
    if contact is not None:
        ask = [text("no-language.operator"), text("who.contact", contact=Verbatim(contact))]
    return Card(
        state="no-language",
        title=text("language.missing"),
        blocks=(
            *(paragraph(line) for line in ask),
            paragraph(text("no-language.trust")),
            paragraph(text("no-language.helper")),
            paragraph(text("no-language.own-words")),
            *not_checked(situation),
        ),
        rows=(*rows_of(in_english(situation)), row(BACK, URGENT)),
    )


def not_checked(situation: Situation) -> tuple[Block, ...]:
    """That nobody who speaks the language has checked its words; nothing where somebody has."""
    return () if situation.language_reviewed else (small(text("language.unreviewed")),)


def in_english(situation: Situation) -> tuple[Button, ...]:
    """English one tap away, beside words that nobody has checked; nothing where somebody has."""
    if situation.language_reviewed:
        return ()
    names = [Verbatim(name) for code, name in situation.languages if code == ENGLISH]
    return tuple(button(InLanguage(ENGLISH, name), "speak", ENGLISH) for name in names)


def rows_of(buttons: tuple[Button, ...]) -> tuple[Row, ...]:
    """These buttons as a row of their own; no row when there are none."""
    return (buttons,) if buttons else ()


SCREENS = {"language": language, "no-language": no_language}
