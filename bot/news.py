"""What is told to somebody at their own next step, and never sent unasked: what happened while they were away."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import Desk
from conversations.says import Phrase, Text, listing, text
from conversations.situation import Situation


def mixed_in(desk: Desk, situation: Situation, notices: Sequence[Text]) -> tuple[Text, ...]:
    """What of this person's was mixed in or given up since they were last told; said once, in a turn of their own.

    A remark on the principle before them says the same already.
    """
    taking = situation.taking
    if taking is None:
        return ()
    poured = frozenset(id_ for id_, part in taking.parts.items() if part.poured)
    news = poured - desk.told
    desk.told = poured
    if any(notice.id in {"check.mixed", "check.given-up"} for notice in notices):
        news -= {desk.dialogue.place.principle}
    told = []
    for id_, given_up in (("mixed-in.now", False), ("given-up.now", True)):
        names = [
            Phrase(principle.name)
            for principle in situation.questionnaire.principles
            if principle.id in news and taking.part(principle.id).given_up == given_up
        ]
        if names:
            told.append(text(id_, principles=listing(names)))
    return tuple(told)


def while_away(desk: Desk) -> tuple[Text, ...]:
    """What happened while somebody was away."""
    away = (text(desk.away),) if desk.away else ()
    return (*away, text("f-invited.left")) if desk.parted else away
