"""Home, what people agree to, and the question which group somebody is in."""

from __future__ import annotations

from conversations.cards import Block, Card, Field, heading, item, paragraph
from conversations.dialogue import Dialogue
from conversations.says import Verbatim, text
from conversations.screens.buttons import BACK, BOTTOM, LANGUAGE, Row, button, row
from conversations.screens.choosing import in_english, not_checked, rows_of
from conversations.screens.keeping import due_on_the_list
from conversations.screens.promise import limits, promises, who_runs_this
from conversations.situation import Facilitates, Situation


def home(dialogue: Dialogue, situation: Situation) -> Card:
    """Before any assessment; a facilitator finds their assessments here."""
    if situation.facilitates is not None:
        return facilitator_home(situation, situation.facilitates)
    return Card(
        state="home",
        title=text("home.title"),
        blocks=(*not_checked(situation), paragraph(text("home.what")), paragraph(text("home.ask"))),
        field=code_field(),
        rows=(
            row(button("menu.help", "help"), button("menu.privacy", "privacy")),
            row(LANGUAGE, *in_english(situation)),
            BOTTOM,
        ),
    )


def code_field() -> Field:
    """Where a session code is typed."""
    return Field(label=text("home.field"), submit=text("home.submit"), limit=40, lines=1)


def another_code(dialogue: Dialogue, situation: Situation) -> Card:
    """Somebody who is in the middle of something has another session code."""
    return Card(
        state="code",
        title=text("menu.code"),
        blocks=(paragraph(text("code.other-kept")),),
        field=code_field(),
        rows=(row(BACK), BOTTOM),
    )


def facilitator_home(situation: Situation, facilitates: Facilitates) -> Card:
    """The list of a facilitator's assessments."""
    rows: list[Row] = []
    due: list[Block] = []
    for listed in facilitates.assessments:
        due += due_on_the_list(listed)
        id_ = "f-home.practice" if listed.practice else "f-home.open" if listed.open else "f-home.closed"
        label = text(id_, organisation=Verbatim(listed.organisation))
        rows.append(row(button(label, "open", listed.id)))
    rows.append(row(button("f-home.new", "new", look="main")))
    rows += rows_of(in_english(situation))
    rows.append(row(button("f-home.device", "device"), LANGUAGE))
    rows.append(row(button("menu.code", "code")))
    what = "f-home.some" if facilitates.assessments else "f-home.none"
    return Card(
        state="home",
        title=text("f-home.title"),
        blocks=(*not_checked(situation), *due, paragraph(text(what))),
        rows=(*rows, BOTTOM),
    )


def welcome(dialogue: Dialogue, situation: Situation) -> Card:
    """What somebody agrees to before the first question: all of rule 8."""
    invited = situation.invited
    if invited is None:
        return home(dialogue, situation)
    principles = situation.questionnaire.principles
    questions = sum(len(principle.statements) + 1 for principle in principles)
    blocks = [
        *not_checked(situation),
        paragraph(text("welcome.what", organisation=Verbatim(invited.organisation))),
        paragraph(text("welcome.group", group=invited.group.label)),
        paragraph(text("welcome.questions", n=questions)),
        paragraph(text("welcome.not-about")),
        *who_runs_this(situation.operator),
        heading(text("promise.title")),
        *promises(invited.threshold),
        heading(text("limits.title")),
        *limits(situation.channel),
        item(text("joined", n=invited.joined)),
    ]
    if invited.practice:
        blocks.insert(0, paragraph(text("practice")))
    return Card(
        state="welcome",
        title=text("welcome.title"),
        blocks=tuple(blocks),
        rows=(
            row(button("welcome.agree", "agree", look="main")),
            row(button("welcome.decline", "no-thanks")),
            *rows_of(in_english(situation)),
            row(LANGUAGE, button("menu.privacy", "privacy")),
            BOTTOM,
        ),
    )


def move(dialogue: Dialogue, situation: Situation) -> Card:
    """One person is in one group: change, or stay?"""
    taking = situation.taking
    assert taking is not None
    return Card(
        state="move",
        title=text("move.title"),
        blocks=(paragraph(text("move.now", group=taking.group.label)), paragraph(text("move.what"))),
        rows=(
            row(button("move.stay", "back", look="main")),
            row(button("move.yes", "move")),
        ),
    )


SCREENS = {"home": home, "code": another_code, "welcome": welcome, "move": move}
