"""Rows as SQLite gives them, as the protocol's own. The order of the columns is that of the statements in sql/."""

from storage.sqlite_queries import Row
from storage.store import AssessmentRow, GroupRow, PartRow


def assessment_row(row: Row) -> AssessmentRow:
    """An assessment, from its columns."""
    return AssessmentRow(
        id=row[0],
        facilitator=row[1],
        threshold=row[2],
        closed=bool(row[3]),
        sealed=row[4],
        active=row[5],
        due=row[6],
    )


def group_row(row: Row) -> GroupRow:
    """A group, from its columns."""
    return GroupRow(id=row[0], assessment=row[1], position=row[2], code=row[3], joined=row[4], sealed=row[5])


def part_row(row: Row) -> PartRow:
    """A part, from its columns."""
    return PartRow(participant=row[0], principle=row[1], handed_in=bool(row[2]), sealed=row[3])
