"""The cards of the questionnaire: a scored question, the open question, the check card, the end."""

from __future__ import annotations

from conversations.cards import Block, Card, Field, heading, item, paragraph, quote, small
from conversations.dialogue import Dialogue
from conversations.moves.answering import CHANGING, COMMENT_LIMIT, first_part
from conversations.pools import Choice
from conversations.questionnaire import Principle
from conversations.says import Day, Phrase, Say, Text, Verbatim, text
from conversations.screens.buttons import BACK, BOTTOM, Row, button, row, share_a_phone
from conversations.situation import PartView, Pass, Situation


def progress(dialogue: Dialogue, situation: Situation) -> Text:
    """Where somebody is: "Assets · 2 of 4 · question 2 of 20"."""
    principle = situation.questionnaire.principle(dialogue.place.principle)
    before = total = 0
    for each in situation.questionnaire.principles:
        if each.id == principle.id:
            before = total
        total += len(each.statements) + 1
    steps = len(principle.statements) + 1
    ids = [statement.id for statement in principle.statements]
    step = ids.index(dialogue.place.statement) + 1 if dialogue.place.statement in ids else steps
    return text(
        "progress",
        principle=Phrase(principle.name),
        step=step,
        steps=steps,
        number=before + step,
        total=total,
    )


def own(dialogue: Dialogue, situation: Situation) -> tuple[Principle, PartView]:
    """The principle of the dialogue and this person's part of it."""
    principle = situation.questionnaire.principle(dialogue.place.principle)
    part = situation.taking.part(principle.id) if situation.taking else PartView()
    return principle, part


def question(dialogue: Dialogue, situation: Situation) -> Card:
    """A scored question."""
    principle, part = own(dialogue, situation)
    statement = principle.statement(dialogue.place.statement)
    chosen = part.choices.get(statement.id)
    first = statement.id == principle.statements[0].id
    blocks: list[Block] = []
    if first and dialogue.place.topic != CHANGING:
        blocks.append(paragraph(Phrase(principle.definition)))
    rows: list[Row] = [
        row(button(Phrase(score.label), "score", str(score.value), chosen=chosen == score.value))
        for score in situation.questionnaire.scores
    ]
    rows.append(row(button("question.unknown", "score", "unknown", chosen=chosen == "unknown")))
    very_first = first and principle.id == situation.questionnaire.principles[0].id
    skip = button("question.skip", "skip", chosen=chosen == "skipped")
    more = button("question.more", "more")
    previous = button("question.back", "previous")
    rows.append(row(skip, more) if very_first and dialogue.place.topic != CHANGING else row(previous, skip, more))
    return Card(
        state="question",
        progress=progress(dialogue, situation),
        title=Phrase(statement.plain),
        blocks=tuple(blocks),
        rows=(*rows, BOTTOM),
    )


def comment(dialogue: Dialogue, situation: Situation) -> Card:
    """The open question. It takes a text, several, or none."""
    principle, part = own(dialogue, situation)
    blocks: list[Block] = []
    if part.comment and situation.channel == "telegram":
        blocks += [heading(text("comment.so-far")), quote(Verbatim(part.comment))]
    blocks += [paragraph(text("comment.about", principle=Phrase(principle.name)))]
    blocks += [small(text("comment.names")), small(text("comment.no-reply"))]
    if dialogue.place.topic == "rewrite":
        label = text("comment.field-again")
    elif part.comment and situation.channel == "telegram":
        label = text("comment.field-more")
    else:
        label = text("comment.field" if situation.channel == "telegram" else "comment.field-web")
    rows: list[Row] = []
    if part.comment:
        erase = button("comment.erase", "erase")
        if situation.channel == "telegram":
            rows.append(row(button("comment.go-on", "go-on", look="main")))
            rows.append(row(button("comment.again", "rewrite"), erase))
        else:
            # The field holds the text: sending it as it is goes on, and a second such button would only puzzle.
            rows.append(row(erase))
    else:
        rows.append(row(button("comment.none", "go-on")))
    rows.append(row(button("question.back", "previous"), button("question.more", "more")))
    return Card(
        state="comment",
        progress=progress(dialogue, situation),
        title=Phrase(situation.questionnaire.open_question),
        blocks=tuple(blocks),
        field=Field(
            label=label,
            submit=text("comment.submit"),
            value=part.comment if situation.channel == "web" else "",
            limit=COMMENT_LIMIT,
            lines=6,
        ),
        rows=(*rows, BOTTOM),
        fresh=True,
    )


def too_long(dialogue: Dialogue, situation: Situation) -> Card:
    """A comment above the limit: nothing is lost, the person decides."""
    words = str(dialogue.draft.get("words", ""))
    blocks = [paragraph(text("too-long.what", length=len(words), limit=COMMENT_LIMIT))]
    chat = situation.channel == "telegram"
    blocks.append(paragraph(text("too-long.shorter-chat" if chat else "too-long.shorter")))
    blocks.append(quote(Verbatim("…" + first_part(words)[-120:])))
    return Card(
        state="too-long",
        title=text("too-long.title"),
        blocks=tuple(blocks),
        field=Field(
            label=text("too-long.field-chat" if chat else "too-long.field"),
            submit=text("comment.submit"),
            value=words,
            limit=COMMENT_LIMIT,
            lines=10,
        ),
        rows=(
            row(button("too-long.cut", "cut")),
            *((row(button("comment.again", "rewrite")),) if chat else ()),
            row(button("too-long.drop", "drop")),
            BOTTOM,
        ),
        fresh=True,
    )


def said(choice: Choice | None, situation: Situation) -> Say:
    """A choice in words."""
    for score in situation.questionnaire.scores:
        if score.value == choice:
            return text("check.score", label=Phrase(score.label), score=score.value)
    return text("question.unknown") if choice == "unknown" else text("check.skipped")


def check(dialogue: Dialogue, situation: Situation) -> Card:
    """Three scores and the text of a principle: hand in, or change."""
    principle, part = own(dialogue, situation)
    title = text("check.title", principle=Phrase(principle.name))
    if part.poured:
        return Card(
            state="check",
            title=title,
            blocks=(paragraph(text("check.given-up" if part.given_up else "check.mixed")),),
            rows=(row(button("check.carry-on", "carry-on", look="main")), BOTTOM),
        )
    blocks: list[Block] = []
    for statement in principle.statements:
        blocks.append(heading(Phrase(statement.plain)))
        blocks.append(paragraph(said(part.choices.get(statement.id), situation)))
    blocks.append(heading(Phrase(situation.questionnaire.open_question)))
    blocks.append(quote(Verbatim(part.comment)) if part.comment else paragraph(text("check.no-comment")))
    rows: list[Row] = []
    if part.handed_in:
        blocks.append(paragraph(text("check.is-in")))
        rows.append(row(button("check.carry-on", "carry-on", look="main")))
        rows.append(row(button("check.take-out", "change")))
    else:
        blocks.append(paragraph(text("check.what-follows")))
        rows.append(row(button("check.hand-in", "hand-in", look="main")))
        rows.append(row(button("question.back", "previous"), button("check.change", "change")))
    return Card(state="check", title=title, blocks=tuple(blocks), rows=(*rows, BOTTOM))


def change(dialogue: Dialogue, situation: Situation) -> Card:
    """Which answer is to be changed?"""
    principle, part = own(dialogue, situation)
    rows: list[Row] = []
    blocks: list[Block] = []
    for number, statement in enumerate(principle.statements, 1):
        blocks.append(paragraph(text("change.line", number=number, statement=Phrase(statement.plain))))
        choice = said(part.choices.get(statement.id), situation)
        rows.append(row(button(text("change.button", number=number, choice=choice), "this", statement.id)))
    rows.append(row(button("change.comment", "this", "comment")))
    return Card(
        state="change",
        title=text("change.title"),
        blocks=tuple(blocks),
        rows=(*rows, row(BACK)),
    )


def status(id_: str, taking: Pass) -> Text:
    """How far a principle is, in words."""
    return status_of(taking.part(id_))


def status_of(part: PartView) -> Text:
    """How far a part is, in words."""
    if part.poured:
        return text("status.given-up" if part.given_up else "status.mixed")
    if part.handed_in:
        return text("status.in")
    return text("status.begun") if part.choices or part.comment else text("status.open")


def answers(dialogue: Dialogue, situation: Situation) -> Card:
    """This person's own answers, principle by principle."""
    taking = situation.taking
    assert taking is not None
    rows = [
        row(
            button(
                text("answers.line", principle=Phrase(each.name), status=status(each.id, taking)),
                "principle",
                each.id,
            )
        )
        for each in situation.questionnaire.principles
    ]
    return Card(
        state="answers",
        title=text("answers.title"),
        blocks=(paragraph(text("answers.what")),),
        rows=(*rows, row(BACK), BOTTOM),
    )


def end(dialogue: Dialogue, situation: Situation) -> Card:
    """Thanks, what happens next and by when."""
    taking = situation.taking
    assert taking is not None
    return Card(
        state="end",
        title=text("end.title"),
        blocks=(
            paragraph(text("end.thanks")),
            heading(text("end.next-title")),
            item(text("end.mixed", n=taking.threshold - 1)),
            item(text("end.meeting")),
            item(text("end.hear-by", day=Day(taking.hear_by))),
            paragraph(text("end.until-then")),
        ),
        rows=(row(button("menu.answers", "answers")), share_a_phone(situation), BOTTOM),
    )


SCREENS = {
    "question": question,
    "comment": comment,
    "too-long": too_long,
    "check": check,
    "change": change,
    "answers": answers,
    "end": end,
}
