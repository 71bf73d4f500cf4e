"""No id, answer or token reaches a log or an error message, at debug level either."""

import logging
import sqlite3
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.sqlite import SqliteStore
from storage.store import AssessmentRow, GroupRow, ParticipantRow, Store

Call = Callable[..., Any]
CANARY = b"canary-5309"


def without_canary(text: str) -> bool:
    return CANARY.decode() not in text and CANARY.hex() not in text


async def do_everything(store: Store, call: Call) -> list[str]:
    """Write canaries everywhere and misuse the store in every way; the texts of all errors."""
    name = CANARY.decode()
    row = AssessmentRow(id=name, facilitator=CANARY, threshold=5, closed=False, sealed=CANARY)
    group = GroupRow(id=name, assessment=name, position=0, code=CANARY, joined=0, sealed=CANARY)
    person = ParticipantRow(id=CANARY, assessment=name, group=name, sealed=CANARY)
    for record in ("visitor", "address", "browser"):
        await call(store, f"put_{record}", CANARY, CANARY)
    await call(store, "put_token", CANARY, kind="resume", sealed=CANARY, until=10)
    await call(store, "take_token", CANARY, kind="resume", now=0)
    await call(store, "add_assessment", row, [group])
    await call(store, "add_participant", person)
    await call(store, "put_part", CANARY, name, CANARY)
    await call(store, "hand_in", CANARY, name, sealed_if_new=CANARY)
    await call(store, "batch", name, name)

    errors: list[str] = []
    elsewhere = ParticipantRow(id=CANARY + b"2", assessment=name, group=name + "2", sealed=CANARY)
    for method, *values in (
        ("add_assessment", row, []),
        ("add_participant", elsewhere),
        ("move_participant", CANARY, name + "2"),
        ("spend", name, name, [CANARY, CANARY]),
        ("put_visitor", CANARY, name),
        ("put_visitor", CANARY, [CANARY]),
    ):
        try:
            await call(store, method, *values)
        except Exception as error:
            errors.append("".join(traceback.format_exception(error)))
    await call(store, "remove_participant", CANARY)
    await call(store, "close", name, sealed=CANARY)
    return errors


async def test_neither_logs_nor_errors_tell_anything(
    store: Store, call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    errors = await do_everything(store, call)
    assert len(errors) >= 4
    assert all(without_canary(error) for error in errors)
    assert without_canary(caplog.text)


async def test_opening_and_migrating_tell_nothing_at_debug_level(
    tmp_path: Path, call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = await SqliteStore.open(tmp_path / "voices.db")
    await call(store, "put_visitor", CANARY, CANARY)
    await store.close()
    store = await SqliteStore.open(tmp_path / "voices.db", patience=0)
    assert await call(store, "visitor", CANARY) == CANARY
    with closing(sqlite3.connect(tmp_path / "voices.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Exception, match="right now") as error:
            await call(store, "put_visitor", CANARY, CANARY)
        other.execute("ROLLBACK")
    await store.close()
    assert without_canary("".join(traceback.format_exception(error.value)))
    assert without_canary(caplog.text)
