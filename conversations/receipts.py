"""What somebody is told when they take everything back: what was erased, what stays, and when. It is not kept."""

from __future__ import annotations

from conversations.dialogue import Dialogue
from conversations.says import Day, Listing, Minute, Phrase, Text, Verbatim, listing, text
from conversations.situation import Pass, Situation


def withdrawal(taking: Pass, dialogue: Dialogue, situation: Situation) -> tuple[Text, ...]:
    """The receipt of a withdrawal, from what there was just before it.

    A skipped question is no answer. A text that is too long and still waits for a decision is one of the texts.
    """
    erased = {id_: part for id_, part in taking.parts.items() if not part.poured}
    mixed = [id_ for id_, part in taking.parts.items() if part.poured and not part.given_up]
    unknown = any(part.given_up for part in taking.parts.values())
    answers = sum(choice != "skipped" for part in erased.values() for choice in part.choices.values())
    texts = sum(bool(part.comment) for part in erased.values()) + bool(dialogue.draft.get("words"))
    told = [text("withdraw.done-but-mixed" if mixed or unknown else "withdraw.done")]
    if answers:
        told.append(text("withdraw.answers", n=answers))
    if texts:
        told.append(text("withdraw.texts", n=texts))
    about = [id_ for id_, part in erased.items() if part.choices or part.comment]
    if about:
        told.append(text("withdraw.about", principles=_names(about, situation)))
    if mixed:
        told.append(text("withdraw.stays", principles=_names(mixed, situation)))
    if unknown:
        told.append(text("withdraw.given-up"))
    told.append(text("withdraw.when", day=Day(situation.now), time=Minute(situation.now)))
    return tuple(told)


def _names(ids: list[str], situation: Situation) -> Listing:
    """Principles by name, in the order of the questionnaire; one that it no longer has by its id."""
    known = {principle.id: Phrase(principle.name) for principle in situation.questionnaire.principles}
    ordered = [known[id_] for id_ in known if id_ in ids]
    return listing([*ordered, *(Verbatim(id_) for id_ in sorted(ids) if id_ not in known)])
