"""What "More" opens: things to think about, what words mean, the official wording, the ladder."""

from __future__ import annotations

from conversations.cards import Block, Card, heading, item, paragraph, quote, small
from conversations.dialogue import Dialogue
from conversations.questionnaire import Explanation, Prompt
from conversations.says import Phrase, Verbatim, text
from conversations.screens.buttons import BACK, BOTTOM, Row, button, row
from conversations.situation import Audience, Situation


def prompts_for(prompts: tuple[Prompt, ...], audience: Audience) -> tuple[Prompt, ...]:
    """The prompts for this group. A group that the facilitator named sees all of them."""
    return tuple(prompt for prompt in prompts if audience == "other" or prompt.audience in {audience, "both"})


def more(dialogue: Dialogue, situation: Situation) -> Card:
    """Things to think about, none of which must be answered."""
    principle = situation.questionnaire.principle(dialogue.place.principle)
    audience: Audience = situation.taking.group.audience if situation.taking else "other"
    prompts = prompts_for(principle.prompts, audience)
    rows: list[Row] = [row(button("more.words", "words"), button("more.official", "official"))]
    if any(prompt.opens == "ladder" for prompt in prompts):
        rows.append(row(button("more.ladder", "ladder")))
    return Card(
        state="more",
        title=text("more.title"),
        blocks=(
            paragraph(text("more.optional")),
            *(item(Phrase(prompt.text)) for prompt in prompts),
        ),
        rows=(*rows, row(BACK), BOTTOM),
    )


def terms(dialogue: Dialogue, situation: Situation) -> tuple[Explanation, ...]:
    """The explanations that belong to the current principle; all of them elsewhere."""
    known = situation.questionnaire.explanations
    for principle in situation.questionnaire.principles:
        if principle.id == dialogue.place.principle:
            return tuple(explanation for explanation in known if explanation.id in principle.terms)
    return known


def words(dialogue: Dialogue, situation: Situation) -> Card:
    """A list of terms."""
    rows = [row(button(Phrase(each.term), "word", each.id)) for each in terms(dialogue, situation)]
    return Card(
        state="words",
        title=text("words.title"),
        blocks=(paragraph(text("words.ask")),),
        rows=(*rows, row(BACK), BOTTOM),
    )


def word(dialogue: Dialogue, situation: Situation) -> Card:
    """One term, explained."""
    for explanation in situation.questionnaire.explanations:
        if explanation.id == dialogue.place.topic:
            rows = [row(button("words.others", "words"), BACK)]
            if explanation.id == "ladder":
                rows.insert(0, row(button("more.ladder", "ladder")))
            return Card(
                state="word",
                title=Phrase(explanation.term),
                blocks=(paragraph(Phrase(explanation.text)),),
                rows=(*rows, BOTTOM),
            )
    return words(dialogue, situation)


def official(dialogue: Dialogue, situation: Situation) -> Card:
    """The official wording, quoted with its source."""
    questionnaire = situation.questionnaire
    principle = questionnaire.principle(dialogue.place.principle)
    blocks: list[Block] = [paragraph(text("official.what"))]
    if dialogue.place.statement:
        blocks.append(quote(Verbatim(principle.statement(dialogue.place.statement).official)))
    else:
        blocks.append(quote(Verbatim(questionnaire.official_open_question)))
    blocks.append(paragraph(text("official.principle", principle=Verbatim(principle.official_definition))))
    blocks.append(small(text("official.source", source=Verbatim(questionnaire.source), link=questionnaire.source_url)))
    blocks.append(small(text("official.guide", guide=Verbatim(questionnaire.adapted_from))))
    return Card(state="official", title=text("official.title"), blocks=tuple(blocks), rows=(row(BACK), BOTTOM))


def ladder(dialogue: Dialogue, situation: Situation) -> Card:
    """The seven rungs, from the top."""
    blocks: list[Block] = [paragraph(text("ladder.what"))]
    for rung in sorted(situation.questionnaire.ladder, key=lambda rung: -rung.number):
        blocks.append(heading(text("ladder.rung", number=rung.number, name=Phrase(rung.name))))
        blocks.append(paragraph(Phrase(rung.text)))
    blocks.append(small(text("ladder.source", source=Verbatim(situation.questionnaire.ladder_source))))
    return Card(state="ladder", title=text("ladder.title"), blocks=tuple(blocks), rows=(row(BACK), BOTTOM))


SCREENS = {"more": more, "words": words, "word": word, "official": official, "ladder": ladder}
