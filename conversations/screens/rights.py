"""What people can do with their data: the privacy notice, what is held about them, being forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.cards import Block, Card, heading, item, paragraph, quote, small
from conversations.dialogue import Dialogue
from conversations.pools import Choice
from conversations.questionnaire import Questionnaire
from conversations.says import Phrase, Say, Verbatim, text
from conversations.screens.answering import said, status_of
from conversations.screens.buttons import BACK, BOTTOM, URGENT, Row, button, row
from conversations.screens.promise import limits, promises, who_runs_this
from conversations.situation import Held, HeldPass, PartView, Runs, Situation

COMPLAINTS_PAGE, COMPLAINTS_PHONE = "https://ico.org.uk", "0303 123 1113"
"""The Information Commissioner's Office."""

FORGET_ME = row(button("menu.forget-me", "forget-me", look="danger"))


def privacy(dialogue: Dialogue, situation: Situation) -> Card:
    """The first card of the privacy notice: who, why, what is promised. The rest is one tap away, part by part."""
    return Card(
        state="privacy",
        title=text("privacy.title"),
        blocks=(
            *who_runs_this(situation.operator),
            heading(text("privacy.why-title")),
            *_items("privacy.why", "privacy.agree"),
            heading(text("promise.title")),
            *promises(_threshold(situation)),
        ),
        rows=(
            row(button("limits.title", "part", "limits")),
            row(button("privacy.kept-title", "part", "kept"), button("privacy.sees-title", "part", "sees")),
            row(button("privacy.rights-title", "part", "rights")),
            row(button("menu.held", "held")),
            FORGET_ME,
            row(BACK),
            BOTTOM,
        ),
    )


def privacy_part(dialogue: Dialogue, situation: Situation) -> Card:
    """One of PARTS, named by the topic: what is not promised, what is kept, who sees what, or everybody's rights."""
    rows: tuple[Row, ...] = (row(button("menu.privacy", "privacy"), BACK), BOTTOM)
    match dialogue.place.topic:
        case "limits":
            title, blocks = "limits.title", limits(situation.channel)
        case "kept":
            title, blocks = "privacy.kept-title", _kept(situation)
        case "sees":
            title, blocks = "privacy.sees-title", _sees(situation)
        case "rights":
            title, blocks = "privacy.rights-title", _rights()
            rows = (row(button("menu.held", "held")), FORGET_ME, *rows)
        case _:
            return privacy(dialogue, situation)
    return Card(state="privacy-part", title=text(title), blocks=blocks, rows=rows)


def _threshold(situation: Situation) -> int:
    about = situation.taking or situation.invited
    return about.threshold if about else situation.operator.smallest_threshold


def _sees(situation: Situation) -> tuple[Block, ...]:
    facilitator = item(text("privacy.facilitator", n=_threshold(situation)))
    return (facilitator, *_items("privacy.numbers", "privacy.others", "limits.noticed", "limits.machine"))


def _items(*ids: str) -> tuple[Block, ...]:
    return tuple(item(text(id_)) for id_ in ids)


def _rights() -> tuple[Block, ...]:
    lines = _items("privacy.see", "privacy.change", "privacy.withdraw", "privacy.forget")
    complain = item(text("privacy.complain", page=COMPLAINTS_PAGE, phone=COMPLAINTS_PHONE))
    return (*lines, complain)


def _kept(situation: Situation) -> tuple[Block, ...]:
    operator = situation.operator
    channel = "privacy.chat" if situation.channel == "telegram" else "privacy.cookie"
    return (
        item(text("privacy.answers")),
        item(text("privacy.unused", n=operator.retention_days)),
        item(text("privacy.words")),
        item(text("privacy.results", n=operator.results_months)),
        item(text("privacy.visitor", n=operator.results_months)),
        item(text(channel)),
    )


def held(dialogue: Dialogue, situation: Situation) -> Card:
    """Everything that is held about this person, in words, and nothing of anybody else."""
    own = situation.held
    assert own is not None
    blocks = [paragraph(text("held.scrambled")), *_about(own, situation)]
    if not own.passes:
        blocks.append(paragraph(text("held.no-answers")))
    for one in own.passes:
        blocks += _pass(one, situation)
    blocks.append(small(text("held.mixed")))
    if own.unreadable:
        blocks.append(small(text("held.unreadable", n=own.unreadable)))
    blocks.append(small(text("limits.telegram" if situation.channel == "telegram" else "held.moment")))
    rows: list[Row] = []
    if situation.taking is not None:
        rows.append(row(button("menu.answers", "answers")))
        rows.append(row(button("menu.withdraw", "withdraw", look="danger")))
    return Card(
        state="held", title=text("held.title"), blocks=tuple(blocks), rows=(*rows, FORGET_ME, row(BACK), BOTTOM)
    )


def _about(own: Held, situation: Situation) -> Iterator[Block]:
    """What is held beside answers."""
    yield heading(text("held.about-you"))
    name = dict(situation.languages).get(own.language, own.language)
    yield item(text("held.language", language=Verbatim(name)) if own.language else text("held.no-language"))
    yield item(text("held.place"))
    yield item(text("held.seen"))
    if own.message:
        yield item(text("held.message"))
    if own.messages:
        yield item(text("held.messages", n=own.messages))
    if own.cookie:
        yield item(text("held.cookie"))
    if own.code:
        yield item(text("held.code"))
    if own.wrong:
        yield item(text("held.wrong", n=own.wrong))
    if own.runs is not None:
        yield item(text("f-rights.account"))
        yield item(text("f-rights.runs", n=own.runs.assessments))
    if own.links:
        yield item(text("f-rights.links", n=own.links))
    yield from _unsent(own.unsent)


def _unsent(unsent: tuple[str, ...]) -> Iterator[Block]:
    if unsent:
        yield item(text("held.unsent"))
        yield from (quote(Verbatim(words)) for words in unsent)


def _pass(one: HeldPass, situation: Situation) -> Iterator[Block]:
    """What is held in one assessment, principle by principle, in the order of the questionnaire."""
    yield heading(Verbatim(one.organisation))
    if one.group is None:
        yield paragraph(text("held.left"))
    else:
        yield paragraph(text("held.group", group=one.group.label))
        if not one.parts:
            yield paragraph(text("held.nothing-yet"))
    yield from _unsent(one.unsent)
    order = [principle.id for principle in situation.questionnaire.principles]
    for id_ in sorted(one.parts, key=lambda id_: (order.index(id_) if id_ in order else len(order), id_)):
        part = one.parts[id_]
        yield heading(text("answers.line", principle=_principle(id_, situation.questionnaire), status=status_of(part)))
        if part.poured:
            yield paragraph(text("held.over" if part.given_up else "held.mark"))
            if id_ in one.told:
                yield paragraph(text("held.told"))
        yield from _part(id_, part, situation)


def _part(principle: str, part: PartView, situation: Situation) -> Iterator[Block]:
    words = _statements(principle, situation.questionnaire)
    order = [*words]
    for id_ in sorted(part.choices, key=lambda id_: (order.index(id_) if id_ in order else len(order), id_)):
        yield item(_choice(words.get(id_, Verbatim(id_)), part.choices[id_], situation))
    if part.comment:
        yield paragraph(text("held.comment"))
        yield quote(Verbatim(part.comment))


def _choice(statement: Say, choice: Choice, situation: Situation) -> Say:
    if choice == "skipped":
        return text("held.skipped", statement=statement)
    return text("held.choice", statement=statement, choice=said(choice, situation))


def _principle(id_: str, questionnaire: Questionnaire) -> Say:
    """Its name; its id when the questionnaire no longer has it."""
    names = {principle.id: principle.name for principle in questionnaire.principles}
    return Phrase(names[id_]) if id_ in names else Verbatim(id_)


def _statements(principle: str, questionnaire: Questionnaire) -> dict[str, Say]:
    """The statements of a principle by id, in order; none when the questionnaire no longer has it."""
    found = [each for each in questionnaire.principles if each.id == principle]
    return {statement.id: Phrase(statement.plain) for each in found for statement in each.statements}


def forget_me(dialogue: Dialogue, situation: Situation) -> Card:
    """Being forgotten: sure? A facilitator reads what remains."""
    own = situation.held
    assert own is not None
    blocks: list[Block] = [
        *_items("forget-me.erased", "forget-me.also", "forget-me.stays", "forget-me.anew"),
        item(text("forget-me.chat" if situation.channel == "telegram" else "forget-me.browser")),
        *(() if own.runs is None else _what_remains(own.runs, situation)),
    ]
    return Card(
        state="forget-me",
        title=text("forget-me.title"),
        blocks=tuple(blocks),
        rows=(
            row(button("forget-me.no", "back", look="main")),
            row(button("forget-me.yes", "forget", look="danger")),
        ),
    )


def _what_remains(runs: Runs, situation: Situation) -> Iterator[Block]:
    """What becomes of a facilitator's assessments. Nothing is refused: this is everybody's right."""
    if not runs.assessments:
        return
    yield heading(text("f-forget.title"))
    yield paragraph(text("f-forget.stay", n=runs.assessments))
    if runs.devices:
        yield paragraph(text("f-forget.devices", n=runs.devices))
        return
    yield paragraph(text("f-forget.alone"))
    if runs.open:
        yield paragraph(text("f-forget.close-first", n=runs.open))
        yield paragraph(text("f-forget.silence", n=situation.operator.retention_days))


def forgotten(dialogue: Dialogue, situation: Situation) -> Card:
    """The last card: it tells nothing about the subject. Its number is that of somebody new."""
    return Card(
        state="forgotten",
        title=text("forgotten.title"),
        blocks=(paragraph(text("forgotten.done")), paragraph(text("forgotten.anew"))),
        rows=(row(URGENT),),
        clears=True,
    )


SCREENS = {
    "privacy": privacy,
    "privacy-part": privacy_part,
    "held": held,
    "forget-me": forget_me,
    "forgotten": forgotten,
}
