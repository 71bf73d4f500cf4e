"""Who else runs an assessment, and how long things are kept. docs/storage.md says what each column holds."""

from alembic import op

revision = "0002"
down_revision = "0001"

STEPS = (
    # Days, not seconds: a finer time would tell when somebody answered.
    "ALTER TABLE assessments ADD COLUMN active INTEGER NOT NULL DEFAULT 0 CHECK (active >= 0)",
    "ALTER TABLE assessments ADD COLUMN due INTEGER NOT NULL DEFAULT 0 CHECK (due >= 0)",
    # Nobody wrote down when the older ones were last used, so their time begins today.
    "UPDATE assessments SET active = CAST(julianday('now') - 2440587.5 AS INTEGER)",
    """
    CREATE TABLE shares (
        assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
        facilitator BLOB NOT NULL REFERENCES facilitators (id),
        PRIMARY KEY (assessment, facilitator)
    ) STRICT, WITHOUT ROWID
    """,
    # A CHECK can only be changed by making the table anew.
    """
    CREATE TABLE new_tokens (
        token BLOB NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('invitation', 'first', 'device', 'share', 'resume')),
        sealed BLOB NOT NULL,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO new_tokens SELECT token, kind, sealed, until FROM tokens",
    "DROP TABLE tokens",
    "ALTER TABLE new_tokens RENAME TO tokens",
)


def upgrade() -> None:
    """Take each step."""
    for step in STEPS:
        op.execute(step)
