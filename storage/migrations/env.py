"""What Alembic runs to bring a database up to date. `storage.schema` calls it with a connection.

One transaction holds all steps: a step that fails leaves the database as it was. Foreign keys are not
enforced on this connection, so that a table can be made anew without emptying those that refer to it; they
are checked at the end.
"""

from alembic import context

connection = context.config.attributes["connection"]
# Alembic believes that SQLite cannot undo a CREATE TABLE. It can, once BEGIN is really sent, as
# storage.schema sees to.
context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("A migration left rows that refer to rows which are not there: nothing was changed.")
