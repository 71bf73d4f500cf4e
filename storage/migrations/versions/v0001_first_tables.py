"""The first tables. docs/storage.md says what each of them holds.

WITHOUT ROWID everywhere: an ordinary table numbers its rows as they come, which would be an order of arrival.
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE visitors (
        id BLOB NOT NULL PRIMARY KEY,
        sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE addresses (
        visitor BLOB NOT NULL PRIMARY KEY,
        sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE browsers (
        cookie BLOB NOT NULL PRIMARY KEY,
        sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE tokens (
        token BLOB NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('invitation', 'first', 'device', 'resume')),
        sealed BLOB NOT NULL,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE facilitators (
        id BLOB NOT NULL PRIMARY KEY
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE assessments (
        id TEXT NOT NULL PRIMARY KEY,
        facilitator BLOB NOT NULL,
        threshold INTEGER NOT NULL CHECK (threshold BETWEEN 3 AND 20),
        closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
        sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE groups (
        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
        assessment TEXT NOT NULL REFERENCES assessments (id),
        position INTEGER NOT NULL CHECK (position >= 0),
        code BLOB NOT NULL UNIQUE,
        joined INTEGER NOT NULL CHECK (joined >= 0),
        sealed BLOB NOT NULL,
        UNIQUE (assessment, position),
        UNIQUE (id, assessment)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE participants (
        id BLOB NOT NULL PRIMARY KEY,
        assessment TEXT NOT NULL,
        group_id TEXT NOT NULL,
        sealed BLOB NOT NULL,
        FOREIGN KEY (group_id, assessment) REFERENCES groups (id, assessment)
    ) STRICT, WITHOUT ROWID
    """,
    # An index of such a table ends in the primary key, so it keeps no order of arrival either.
    "CREATE INDEX participants_of_a_group ON participants (assessment, group_id)",
    """
    CREATE TABLE parts (
        participant BLOB NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
        principle TEXT NOT NULL,
        handed_in INTEGER NOT NULL CHECK (handed_in IN (0, 1)),
        sealed BLOB NOT NULL,
        PRIMARY KEY (participant, principle)
    ) STRICT, WITHOUT ROWID
    """,
    # No reference to participants: a mark stays when somebody withdraws, or they could come back and be
    # poured twice.
    """
    CREATE TABLE spent (
        participant BLOB NOT NULL,
        principle TEXT NOT NULL,
        assessment TEXT NOT NULL REFERENCES assessments (id),
        PRIMARY KEY (participant, principle)
    ) STRICT, WITHOUT ROWID
    """,
    # group_id is '' for the left-over batch of everyone, so it refers to no group.
    """
    CREATE TABLE pools (
        assessment TEXT NOT NULL REFERENCES assessments (id),
        group_id TEXT NOT NULL,
        principle TEXT NOT NULL,
        shown BLOB NOT NULL,
        hidden BLOB NOT NULL,
        PRIMARY KEY (assessment, group_id, principle)
    ) STRICT, WITHOUT ROWID
    """,
)


def upgrade() -> None:
    """Make them all."""
    for table in TABLES:
        op.execute(table)
