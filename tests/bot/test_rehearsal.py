"""A rehearsal makes a whole practice assessment, and removes nothing but what an earlier rehearsal made."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.bootstrap import house
from bot.lock import AlreadyRunning, DataLock, UnusableDataFolder
from bot.rehearsal import MARKER, NotOurFolder, Rehearsal, rehearse
from bot.sealing import token_hash
from bot.settings import Settings, read
from conversations.days import DAY

PICTURES = {"overview", "gaps", "assets", "networks", "relationships", "outcomes", "catalysts"}


def settings_in(folder: Path, *, data: str = "data", keys: str = "keys") -> Settings:
    return read({"DATA_FOLDER": str(folder / data), "KEY_FOLDER": str(folder / keys)})


def files(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder, links followed."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_a_rehearsal_makes_every_picture_with_its_caption_and_can_be_had_again(tmp_path: Path) -> None:
    told: list[str] = []
    made = tmp_path / "rehearsal"
    for _ in range(2):
        await rehearse(settings_in(tmp_path), tell=told.append, stay=False)
        assert {path.name for path in (made / "pictures").iterdir()} == {
            f"{name}.{kind}" for name in PICTURES for kind in ("png", "txt")
        }
        for name in PICTURES:
            with Image.open(made / f"pictures/{name}.png") as image:
                image.verify()
            assert "practice" in (made / f"pictures/{name}.txt").read_text("utf-8").lower()
        (made / "pictures/left-over.png").write_bytes(b"")
        with closing(sqlite3.connect(made / "data/equal-voice.db")) as connection:
            assert connection.execute("SELECT count(*) FROM assessments").fetchone() == (1,)
    assert told == [f"The practice assessment is ready. 7 pictures lie in {made / 'pictures'}."] * 2
    assert os.listdir(tmp_path) == ["rehearsal"]


async def test_the_link_of_a_rehearsal_lets_one_device_in_for_a_day(tmp_path: Path) -> None:
    async with house(settings_in(tmp_path)) as parts:
        made = await Rehearsal(parts).play(tmp_path / "pictures")
        hashed, now = token_hash(made.token), parts.clock()
        account = await parts.store.turn(b"", lambda tx: tx.token(hashed, kind="device", now=now))
        assert account is not None
        assert len(await parts.store.turn(b"", lambda tx: tx.assessments(account))) == 1
        later = now + DAY + 1
        assert await parts.store.turn(b"", lambda tx: tx.token(hashed, kind="device", now=later)) is None


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ("rehearsal", "keys"),
        ("data", "rehearsal"),
        ("data", "rehearsal/keys"),
        ("data", "rehearsal/deep/keys"),
        ("data", "link/keys"),
    ],
)
async def test_folders_that_a_rehearsal_would_share_are_refused(tmp_path: Path, data: str, keys: str) -> None:
    (tmp_path / "rehearsal").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "rehearsal")
    (tmp_path / "rehearsal" / MARKER).touch()
    settings = settings_in(tmp_path, data=data, keys=keys)
    for folder in (settings.data_folder, settings.key_folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "real").write_text("real")
    await refused(settings, tmp_path)


async def test_a_rehearsal_inside_the_key_folder_is_refused(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), key_folder=tmp_path)
    await refused(settings, tmp_path)


async def test_a_folder_that_no_rehearsal_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "rehearsal/pictures").mkdir(parents=True)
    (tmp_path / "rehearsal/pictures/of the choir.png").write_text("choir")
    await refused(settings_in(tmp_path), tmp_path)


@pytest.mark.parametrize("link", ["rehearsal", "rehearsal/data"])
async def test_a_link_to_another_folder_is_not_followed(tmp_path: Path, link: str) -> None:
    (tmp_path / "choir").mkdir()
    (tmp_path / "choir/song").write_text("la")
    for folder in (tmp_path / "choir", tmp_path / link):
        folder.parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(tmp_path / "choir")
    (tmp_path / "rehearsal" / MARKER).touch()
    await refused(settings_in(tmp_path), tmp_path)


async def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "rehearsal").write_text("Monday at seven")
    await refused(settings_in(tmp_path), tmp_path)


async def refused(settings: Settings, folder: Path) -> None:
    """It is told in one sentence, and every file is as it was."""
    before = files(folder)
    with pytest.raises(NotOurFolder, match="DATA_FOLDER") as caught:
        await rehearse(settings, tell=lambda line: None, stay=False)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value).splitlines()) == 1
    assert files(folder) == before


async def test_a_rehearsal_that_was_cut_short_at_its_very_beginning_can_be_had_again(tmp_path: Path) -> None:
    (tmp_path / "rehearsal").mkdir()
    await rehearse(settings_in(tmp_path), tell=lambda line: None, stay=False)
    assert (tmp_path / "rehearsal" / MARKER).is_file()


async def test_a_second_rehearsal_while_one_runs_removes_nothing(tmp_path: Path) -> None:
    made = tmp_path / "rehearsal"
    await rehearse(settings_in(tmp_path), tell=lambda line: None, stay=False)
    before = files(made)
    with DataLock(made / "data"), pytest.raises(AlreadyRunning, match="is already running on the data in"):
        await rehearse(settings_in(tmp_path), tell=lambda line: None, stay=False)
    assert files(made) == before


async def test_what_cannot_be_removed_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rehearsal/pictures").mkdir(parents=True)
    (tmp_path / "rehearsal" / MARKER).touch()

    def fails(path: Path) -> None:
        raise PermissionError(13, "", str(path))

    monkeypatch.setattr(shutil, "rmtree", fails)
    with pytest.raises(UnusableDataFolder, match=r"cannot be used .*DATA_FOLDER") as caught:
        await rehearse(settings_in(tmp_path), tell=lambda line: None, stay=False)
    assert len(str(caught.value).splitlines()) == 1
