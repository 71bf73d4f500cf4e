"""Builds the ``Situation``: what the conversation may know, read inside the turn's own transaction.

Everything that a person may not know is left out here, before the conversation ever sees it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import Desk, Seat
from bot.going_back import given_up
from bot.pouring import pools_by_cell
from bot.records import open_about, open_group, open_part
from conversations.pools import Pool, together
from conversations.questionnaire import Questionnaire
from conversations.situation import (
    AssessmentView,
    CellView,
    Facilitates,
    GroupView,
    Invited,
    Listed,
    PartView,
    Pass,
)
from storage.store import AssessmentRow


async def taking(desk: Desk, seat: Seat) -> Pass:
    """This person's own pass."""
    tx = desk.tx
    about = open_about(desk.installation, seat.assessment)
    groups = {row.id: row for row in await tx.groups(seat.assessment.id)}
    spent = await tx.spent(seat.row.id)
    ended = await given_up(tx, seat.assessment.id, installation=desk.installation) if spent else frozenset()
    parts = {principle: PartView(poured=True, given_up=principle in ended) for principle in spent}
    for principle, row in (await tx.parts(seat.row.id)).items():
        part = open_part(seat.key, row.participant, principle, row.sealed)
        parts[principle] = PartView(choices=part.choices, comment=part.comment, handed_in=row.handed_in)
    own = groups[seat.row.group]
    return Pass(
        organisation=about.organisation,
        group=open_group(desk.installation, own, with_code=False),
        threshold=seat.assessment.threshold,
        open=not seat.assessment.closed,
        hear_by=about.hear_by,
        joined=own.joined,
        practice=about.practice,
        parts=parts,
    )


async def invited(desk: Desk, *, assessment: str, group: str) -> Invited | None:
    """The group of a session code; None when it can no longer be joined."""
    row = await desk.tx.assessment(assessment) if assessment else None
    if row is None or row.closed or desk.keys.get(assessment) is None:
        return None
    for found in await desk.tx.groups(assessment):
        if found.id == group:
            about = open_about(desk.installation, row)
            return Invited(
                assessment=assessment,
                organisation=about.organisation,
                group=open_group(desk.installation, found, with_code=False),
                threshold=row.threshold,
                hear_by=about.hear_by,
                joined=found.joined,
                practice=about.practice,
            )
    return None


async def facilitates(desk: Desk, questionnaire: Questionnaire, *, current: str) -> Facilitates:
    """A facilitator's assessments, and the one that the dialogue is about when it is theirs."""
    rows = await desk.tx.assessments(desk.visitor.facilitator)
    listed, chosen = [], None
    for row in rows:
        about = open_about(desk.installation, row)
        listed.append(
            Listed(
                id=row.id,
                organisation=about.organisation,
                open=not row.closed,
                practice=about.practice,
                due=0 if row.closed else row.due,
            )
        )
        if row.id == current:
            chosen = await assessment(desk, row, questionnaire)
    listed.sort(key=lambda line: (not line.open, line.organisation.casefold(), line.id))
    return Facilitates(assessments=tuple(listed), current=chosen)


async def assessment(desk: Desk, row: AssessmentRow, questionnaire: Questionnaire) -> AssessmentView:
    """An assessment as its facilitator may see it: numbers from the threshold on, and what is shown."""
    tx, installation = desk.tx, desk.installation
    about = open_about(installation, row)
    waiting = await tx.handed_in(row.id)
    pools = pools_by_cell(await tx.pools(row.id), installation=installation)
    readable = not row.closed and desk.keys.get(row.id) is not None
    groups = []
    for group in await tx.groups(row.id):
        cells = {}
        for principle in questionnaire.principles:
            pool = pools.get((group.id, principle.id), Pool())
            ready = waiting.get((group.id, principle.id), 0)
            may_show = readable and not pool.batches and not pool.given_up and ready >= row.threshold
            cells[principle.id] = CellView(
                handed_in=ready if ready >= row.threshold else None,
                may_show=may_show,
                waiting=max(0, group.joined - ready) if may_show else 0,
                pool=pool,
            )
        own = open_group(installation, group, with_code=True)
        groups.append(GroupView(group=own, joined=group.joined, cells=cells))
    everyone = {
        principle.id: together(
            [*(view.cells[principle.id].pool for view in groups), pools.get(("", principle.id), Pool())]
        )
        for principle in questionnaire.principles
    }
    return AssessmentView(
        id=row.id,
        organisation=about.organisation,
        threshold=row.threshold,
        open=not row.closed,
        hear_by=about.hear_by,
        practice=about.practice,
        readable=readable,
        groups=tuple(groups),
        everyone=everyone,
        may_miss={} if row.closed else {id_: may_miss(groups, id_, readable=readable) for id_ in everyone},
        left_out=about.left_out,
        unread=about.unread,
        own=row.facilitator == desk.visitor.facilitator,
        others=len(await tx.sharers(row.id)),
        used=row.active,
        due=0 if row.closed else row.due,
        lapsed=about.lapsed,
        lapsed_on=about.lapsed_on,
    )


def may_miss(groups: Sequence[GroupView], principle: str, *, readable: bool) -> int:
    """Of those who joined, how many would perhaps not be counted for a principle if answers were closed now.

    Worked out from what the facilitator is told anyway, and from nothing else: how many joined, are shown, and wait
    handed in where they are enough. Whether a left-over batch of all groups would come about is not said: how large it
    is would tell, group by group, how many have handed in where they are fewer than the threshold. 0 for a principle
    that was given up: it is told elsewhere that it is over.
    """
    if any(group.cells[principle].pool.given_up for group in groups):
        return 0
    counted = 0
    for group in groups:
        cell = group.cells[principle]
        counted += cell.pool.people + ((cell.handed_in or 0) if readable else 0)
    return max(0, sum(group.joined for group in groups) - counted)
