"""Finds everything that is held about one person, for them alone, inside the turn's own transaction.

It is the counterpart of forgetting.py: what is told here goes there. tests/bot/test_holding.py compares it with what is
stored, and fails when a record gets a field that this does not know.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot import browser_records, forgetting
from bot.desk import Desk
from bot.going_back import given_up
from bot.records import open_about, open_dialogue, open_group, open_part
from bot.sealing import participant_id
from bot.throttling import PERSON
from conversations.dialogue import Dialogue
from conversations.situation import Held, HeldPass, PartView, Runs
from storage.store import AssessmentRow

STATES = frozenset({"held", "forget-me"})
"""The cards that need it. It reads every open assessment, so it is made for no other."""


async def held(desk: Desk, *, now: int) -> Held:
    """What is held of the person at this desk. ``now`` in seconds since 1970."""
    passes, unreadable = [], 0
    for row in await desk.tx.assessments():
        key = None if row.closed else desk.keys.get(row.id)
        unreadable += key is None and not row.closed
        found = await _pass(desk, row, key) if key is not None else None
        if found is not None:
            passes.append(found)
    record = await browser_records.find(desk.tx, desk.person.cookie, key=desk.installation)
    own_browser = record is not None and record.person == desk.person.id
    code = b"" if record is None or not own_browser else record.code
    account = desk.visitor.facilitator
    runs = await forgetting.runs(desk.tx, desk.person, installation=desk.installation)
    links = [sealed for sealed in (await desk.tx.tokens(kind="device")).values() if account and sealed == account]
    return Held(
        language=desk.visitor.language or "",
        message=await desk.tx.address(desk.id) is not None,
        messages=len(desk.chat.messages),
        cookie=own_browser,
        code=bool(code) and await desk.tx.token(code, kind="resume", now=now) is not None,
        wrong=len(PERSON.recent(desk.visitor.wrong, now=now)),
        # Whoever takes part has their place, and what they typed, in the assessment and nowhere else.
        unsent=() if desk.seat else _unsent(desk.dialogue),
        passes=tuple(sorted(passes, key=lambda one: (one.organisation.casefold(), one.organisation))),
        runs=None if runs is None else Runs(assessments=runs.assessments, open=runs.open, devices=runs.devices),
        links=len(links),
        unreadable=unreadable,
    )


async def _pass(desk: Desk, row: AssessmentRow, key: bytes) -> HeldPass | None:
    """What is held of them in one open assessment; None when they never took part."""
    tx, participant = desk.tx, participant_id(key, desk.person.channel, desk.person.id)
    found, spent = await tx.participant(participant), await tx.spent(participant)
    if found is None and not spent:
        return None
    ended = await given_up(tx, row.id, installation=desk.installation) if spent else frozenset()
    parts = {principle: PartView(poured=True, given_up=principle in ended) for principle in spent}
    for principle, own in (await tx.parts(participant)).items():
        part = open_part(key, participant, principle, own.sealed)
        parts[principle] = PartView(choices=part.choices, comment=part.comment, handed_in=own.handed_in)
    group, unsent, told = None, tuple[str, ...](), frozenset[str]()
    if found is not None:
        groups = {each.id: each for each in await tx.groups(row.id)}
        group = open_group(desk.installation, groups[found.group], with_code=False)
        dialogue, told = open_dialogue(key, participant, found.sealed)
        if desk.seat is not None and desk.seat.row.id == participant:
            # What this turn is about to write.
            dialogue, told = desk.dialogue, spent
        unsent = _unsent(dialogue)
    about = open_about(desk.installation, row)
    return HeldPass(organisation=about.organisation, group=group, parts=parts, unsent=unsent, told=told)


def _unsent(dialogue: Dialogue) -> tuple[str, ...]:
    """The words that somebody typed in the one draft of a dialogue: a text too long, or names of a set-up."""
    draft: Mapping[str, object] = dialogue.draft
    words = [draft.get("words"), draft.get("organisation")]
    groups = draft.get("groups")
    if isinstance(groups, list | tuple):
        words += [group[1] for group in groups]
    return tuple(str(each) for each in words if each)
