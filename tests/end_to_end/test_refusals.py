"""What the program cannot start with: a sentence that names the remedy, status 2, no traceback, and nothing changed."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from fake_bot_api import FakeBotApi
from program import Ended, Program
from telegram_walk import STAFF, USERS, Facilitator, bytes_of, settings_for

SHIPPED = Path(__file__).parents[2] / "conversations/questionnaires/maternity-neonatal.toml"


async def refused(program: Program, *, another_runs: bool = False) -> list[str]:
    """The lines that it said; it refused kindly, and every file is as it was.

    ``another_runs``: another process works on the same data, and may write to the database meanwhile.
    """

    def files() -> dict[str, bytes]:
        found = bytes_of(program.folder).items()
        return {name: held for name, held in found if not (another_runs and "equal-voice.db" in name)}

    before = files()
    status, told = await program.ends()
    assert status == 2, told
    assert "Traceback" not in told
    assert files() == before
    lines = told.strip().split("\n")
    assert all(line.endswith(".") for line in lines), told
    return lines


@pytest.fixture
async def used(tmp_path: Path) -> AsyncIterator[Program]:
    """A program that was used before, and stopped: its database holds something."""
    program = Program(settings={"OPERATOR_NAME": "Op", "OPERATOR_CONTACT": "op@voices.example"}, folder=tmp_path)
    await program.start()
    assert await program.stop() == 0
    yield program
    if program.running:
        await program.kill()


async def test_a_token_that_telegram_refuses(api: FakeBotApi, used: Program) -> None:
    used.settings |= settings_for(api, BOT_TOKEN="987654321:" + api.token.partition(":")[2])
    status, told = await used.ends()
    assert status == 2
    assert told.strip() == "Telegram refused the bot token. Copy it again from BotFather into BOT_TOKEN."
    assert used.settings["BOT_TOKEN"] not in used.output
    # The data was opened and closed again; it is as good as before.
    del used.settings["BOT_TOKEN"]
    await used.start()
    assert await used.stop() == 0


async def test_a_second_process_on_the_same_data(api: FakeBotApi) -> None:
    async with Program(settings=settings_for(api)) as first:
        facilitator = Facilitator(api, "Fay")
        await facilitator.start(f"i-{first.invitation}")
        second = Program(settings=first.settings, folder=first.folder)
        assert await refused(second, another_runs=True) == [
            f"Equal Voice is already running on the data in {first.data}: stop that one first, "
            "or choose another DATA_FOLDER."
        ]
        # The first goes on as if nothing had happened.
        await facilitator.create(organisation="Riverside", least=5, groups=(STAFF, USERS))
        assert await first.stop() == 0


async def test_a_key_folder_that_others_can_read(used: Program) -> None:
    used.keys.chmod(0o750)
    [line] = await refused(used)
    assert line.startswith(f"Other users of this machine can open the key folder {used.keys}: run chmod 700")
    used.keys.chmod(0o700)
    (used.keys / "installation.key").chmod(0o640)
    [line] = await refused(used)
    assert line.startswith(f"Other users of this machine can read a file in {used.keys}: run chmod 600")


@pytest.mark.parametrize("how", ["the folder is gone", "the key is gone"])
async def test_a_lost_key_folder(used: Program, how: str) -> None:
    if how == "the folder is gone":
        shutil.rmtree(used.keys)
    else:
        (used.keys / "installation.key").unlink()
    [line] = await refused(used)
    assert line.startswith(f"The key folder {used.keys} does not hold the keys of the database in {used.data}:")
    assert used.keys.exists() == (how != "the folder is gone")


@pytest.mark.parametrize(
    "place",
    [
        "before bot.keys:KeyFolder.installation",
        "before storage.sqlite:SqliteStore.open",
        "storage.sqlite:prepare",
        "storage.sqlite:SqliteStore.open",
    ],
)
async def test_a_first_start_that_is_killed_keeps_no_later_one_out(tmp_path: Path, place: str) -> None:
    program = Program(folder=tmp_path)
    try:
        starting = asyncio.create_task(program.start(pause=place))
        await program.wait_until_paused()
        await program.kill()
        with pytest.raises(Ended):
            await starting
        await program.start()
        assert await program.stop() == 0
    finally:
        if program.running:
            await program.kill()


async def test_a_database_of_a_newer_version(used: Program) -> None:
    with closing(sqlite3.connect(used.data / "equal-voice.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9001'")
    with closing(sqlite3.connect(used.data / "equal-voice.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    [line] = await refused(used)
    assert "was written by a newer Equal Voice (its tables are version 9001" in line


async def test_a_file_that_is_no_database(used: Program) -> None:
    (used.data / "equal-voice.db").write_bytes(b"minutes of the last meeting\n" * 400)
    [line] = await refused(used)
    assert "is damaged or is not a database of Equal Voice" in line


async def test_a_database_that_another_program_writes_to(used: Program) -> None:
    with closing(sqlite3.connect(used.data / "equal-voice.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, told = await used.ends()
        other.execute("ROLLBACK")
    assert status == 2
    assert told.strip() == (
        f"The database {used.data / 'equal-voice.db'} is in use by another program: stop that one, then start again."
    )
    await used.start()
    assert await used.stop() == 0


async def test_faulty_settings_are_told_all_at_once(tmp_path: Path) -> None:
    program = Program(
        settings={
            "BOT_TOKEN": "forgotten",
            "BOT_API_URL": "api.telegram.org",
            "WEB_ADDRESS": "everywhere",
            "PUBLIC_URL": "https://voice.example.org/path",
            "DATA_FOLDER": "here",
            "KEY_FOLDER": "here/keys",
            "SMALLEST_THRESHOLD": "2",
            "LANGUAGES": "klingon!",
            "LOG_LEVEL": "CHATTY",
            "OPERATOR_NAM": "misspelt",
        },
        folder=tmp_path,
    )
    lines = await refused(program)
    # DATA_FOLDER is as good as any; it is KEY_FOLDER that must not lie in it.
    assert sorted(line.split(" ")[0] for line in lines) == sorted({*program.settings} - {"DATA_FOLDER"})
    assert not any(value in line for line in lines for value in ("forgotten", "everywhere", "klingon", "CHATTY"))
    assert bytes_of(tmp_path) == {}


async def test_a_language_that_is_not_spoken(tmp_path: Path) -> None:
    [line] = await refused(Program(settings={"LANGUAGES": "reviewed,tlh"}, folder=tmp_path))
    assert line.startswith("LANGUAGES names tlh, which Equal Voice does not speak. Leave it out; it speaks cy, en, ")


async def test_languages_that_nobody_has_reviewed_are_offered_with_a_note_and_not_where_reviewed_ones_are_asked_for(
    tmp_path: Path,
) -> None:
    program = Program(settings={"LANGUAGES": "pl,reviewed,ur"}, folder=tmp_path)
    await program.start()
    assert await program.stop() == 0
    assert program.output.count("no speaker has reviewed these languages yet: pl, ur. LANGUAGES=reviewed ") == 1
    program = Program(settings={"LANGUAGES": "reviewed"}, folder=tmp_path)
    await program.start()
    assert await program.stop() == 0
    assert "reviewed" not in program.output


async def test_a_faulty_questionnaire_is_told_by_its_lines(tmp_path: Path) -> None:
    shipped = SHIPPED.read_text("utf-8").split("\n")
    value = shipped.index("value = 2")
    label = next(place for place, line in enumerate(shipped) if line.startswith("audience"))
    shipped[value], shipped[label] = "value = 1", 'audience = "dragons"'
    (tmp_path / "ours.toml").write_text("\n".join(shipped), "utf-8")
    program = Program(settings={"QUESTIONNAIRE": str(tmp_path / "ours.toml")}, folder=tmp_path)
    lines = await refused(program)
    assert [line.split(":")[0] for line in lines] == [f"ours.toml, line {value + 1}", f"ours.toml, line {label + 1}"]
    (tmp_path / "ours.toml").write_text("[[score]]\nvalue = = 1\n", "utf-8")
    [line] = await refused(program)
    assert line.startswith("ours.toml, line 2: ")
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "keys").exists()
