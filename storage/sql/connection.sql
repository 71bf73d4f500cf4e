-- What holds for the one connection, and what happens around every turn.

-- name: set_up_connection()#
-- FULL: what a turn confirmed survives power loss. secure_delete and temp_store: fewer traces of what is erased.
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA trusted_schema = OFF;

-- name: begin_turn()!
-- IMMEDIATE takes the right to write at once, so a turn never finds out half-way that it cannot have it.
BEGIN IMMEDIATE;

-- name: rebuild_file()!
-- SQLite leaves copies behind when it moves rows between pages, and secure_delete misses them. A rebuilt file has none.
VACUUM;

-- name: empty_log()^
-- The write-ahead log still holds the pages from before the erasing. The first column is 1 when somebody reads it.
PRAGMA wal_checkpoint(TRUNCATE);
