"""The rows of the store in memory, by what the tables of SQLite have as their primary keys. No rules here."""

from dataclasses import dataclass, field, fields
from typing import NamedTuple

from storage.store import AssessmentRow, GroupRow, ParticipantRow, PartRow, PoolRow, Token


class TokenRow(NamedTuple):
    """What is kept of a one-time token."""

    kind: Token
    sealed: bytes
    until: int


@dataclass(kw_only=True)
class Tables:
    """Everything that is kept, by what the tables of SQLite have as their primary keys."""

    visitors: dict[bytes, bytes] = field(default_factory=dict)
    addresses: dict[bytes, bytes] = field(default_factory=dict)
    browsers: dict[bytes, bytes] = field(default_factory=dict)
    tokens: dict[bytes, TokenRow] = field(default_factory=dict)
    facilitators: dict[bytes, None] = field(default_factory=dict)
    assessments: dict[str, AssessmentRow] = field(default_factory=dict)
    groups: dict[str, GroupRow] = field(default_factory=dict)
    participants: dict[bytes, ParticipantRow] = field(default_factory=dict)
    parts: dict[tuple[bytes, str], PartRow] = field(default_factory=dict)
    spent: dict[tuple[bytes, str], str] = field(default_factory=dict)
    shares: dict[tuple[str, bytes], None] = field(default_factory=dict)
    pools: dict[tuple[str, str, str], PoolRow] = field(default_factory=dict)

    def copy(self) -> "Tables":
        """Another one with the same rows. They are frozen, so copying the dictionaries is enough."""
        return Tables(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})
