"""How often a cell was poured is on disk before and after each pouring, whatever crash comes, and goes with the key."""

from __future__ import annotations

import json
import os
import stat
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import key_files
from bot.keys import KeyFolder, KeyFolderFault, Reconciled
from bot.pool_versions import Cell, PoolVersions

ID, OTHER = "a" * 16, "b" * 40
ASSETS, NETWORKS, EVERYONE = ("staff", "assets"), ("staff", "networks"), ("", "assets")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    KeyFolder(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def versions(path: Path) -> PoolVersions:
    return PoolVersions(path)


def cells(path: Path, assessment: str = ID) -> dict[Cell, tuple[int, int]]:
    """What the file says: intended and confirmed."""
    rows = json.loads((path / f"{assessment}.pools").read_bytes())["cells"]
    return {(group, principle): (intended, confirmed) for group, principle, intended, confirmed in rows}


def names(path: Path) -> set[str]:
    return {file.name for file in path.iterdir()}


def test_an_intention_and_its_confirmation_are_on_disk_for_this_user_only(path: Path, versions: PoolVersions) -> None:
    before = os.umask(0)
    try:
        versions.intend(ID, {ASSETS: 1, EVERYONE: 1})
        assert cells(path) == {ASSETS: (1, 0), EVERYONE: (1, 0)}
        versions.confirm(ID, {ASSETS: 1})
    finally:
        os.umask(before)
    assert cells(path) == {ASSETS: (1, 1), EVERYONE: (1, 0)}
    assert names(path) == {f"{ID}.pools"}
    assert stat.S_IMODE((path / f"{ID}.pools").stat().st_mode) == 0o600


def test_each_writing_is_synced_file_first_then_folder(
    path: Path, versions: PoolVersions, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        synced.append(f"{kind} {sorted(names(path))}")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    versions.intend(ID, {ASSETS: 1})
    versions.confirm(ID, {ASSETS: 1})
    versions.destroy(ID)
    assert synced == [
        f"file ['{ID}.pools-new']",
        f"folder ['{ID}.pools']",
        f"file ['{ID}.pools', '{ID}.pools-new']",
        f"folder ['{ID}.pools']",
        "folder []",
    ]


def test_what_was_never_poured_has_no_file(path: Path, versions: PoolVersions) -> None:
    assert versions.compare(ID, {}) == versions.compare(ID, {ASSETS: 0}) == {}
    assert names(path) == set()


@pytest.mark.parametrize(
    ("intended", "confirmed", "found", "behind", "kept"),
    [
        (1, 0, 1, {}, {ASSETS: (1, 1)}),
        (1, 0, 0, {}, {}),
        (1, 1, 1, {}, {ASSETS: (1, 1)}),
        (2, 1, 1, {}, {ASSETS: (1, 1)}),
        (2, 1, 2, {}, {ASSETS: (2, 2)}),
        (1, 1, 0, {ASSETS: 1}, {ASSETS: (1, 1)}),
        (2, 1, 0, {ASSETS: 1}, {ASSETS: (1, 1)}),
        (2, 2, 1, {ASSETS: 2}, {ASSETS: (2, 2)}),
        (1, 1, 2, {}, {ASSETS: (2, 2)}),
        (0, 0, 1, {}, {ASSETS: (1, 1)}),
    ],
    ids=[
        "committed and not confirmed",
        "not committed",
        "as it should be",
        "second not committed",
        "second committed and not confirmed",
        "put back",
        "put back before the second was committed",
        "put back to between the two",
        "the versions are older",
        "poured by an older program",
    ],
)
def test_at_start_the_database_is_right_unless_it_is_behind_what_was_confirmed(
    path: Path,
    intended: int,
    confirmed: int,
    found: int,
    behind: dict[Cell, int],
    kept: dict[Cell, tuple[int, int]],
) -> None:
    before = PoolVersions(path)
    if confirmed:
        before.confirm(ID, {ASSETS: confirmed})
    if intended > confirmed:
        before.intend(ID, {ASSETS: intended})
    assert PoolVersions(path).compare(ID, {ASSETS: found}) == behind
    assert (cells(path) if kept or names(path) else {}) == kept
    assert PoolVersions(path).compare(ID, {ASSETS: found}) == behind, "the next start says the same"


def test_a_cell_that_the_database_does_not_know_is_behind(versions: PoolVersions) -> None:
    versions.confirm(ID, {ASSETS: 1, NETWORKS: 1})
    assert versions.compare(ID, {NETWORKS: 1}) == {ASSETS: 1}
    assert versions.compare(OTHER, {}) == {}


def test_confirming_twice_or_late_takes_nothing_back(path: Path, versions: PoolVersions) -> None:
    versions.confirm(ID, {ASSETS: 2})
    versions.confirm(ID, {ASSETS: 1})
    assert cells(path) == {ASSETS: (2, 2)}


def test_what_is_not_confirmed_is_known_until_it_is_or_is_taken_back(versions: PoolVersions) -> None:
    assert versions.unconfirmed() == frozenset()
    versions.intend(ID, {ASSETS: 1})
    versions.intend(OTHER, {ASSETS: 1})
    assert versions.unconfirmed() == {ID, OTHER}
    versions.confirm(ID, {ASSETS: 1})
    assert versions.unconfirmed() == {OTHER}
    versions.compare(OTHER, {})
    assert versions.unconfirmed() == frozenset()


class PowerCut(BaseException):
    """The machine is gone: nothing afterwards is done."""


def cut_at(monkeypatch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Let the machine go before the step of that number, and not come back. Lists the steps that were done."""
    done: list[str] = []

    def wrapped(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **kwargs: object) -> object:
            if len(done) >= step:
                raise PowerCut
            done.append(name)
            return real(*args, **kwargs)

        return run

    monkeypatch.setattr(os, "fsync", wrapped("sync", os.fsync))
    monkeypatch.setattr(Path, "rename", wrapped("rename", Path.rename))
    monkeypatch.setattr(Path, "unlink", wrapped("remove", Path.unlink))
    monkeypatch.setattr(os, "open", wrapped("open", os.open))
    return done


@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize("what", ["intend", "confirm"])
def test_a_crash_at_any_step_leaves_the_old_numbers_or_the_new_ones(path: Path, what: str, step: int) -> None:
    before = PoolVersions(path)
    before.confirm(ID, {ASSETS: 1})
    if what == "confirm":
        before.intend(ID, {NETWORKS: 1})
    old = cells(path)
    new = old | {NETWORKS: (1, 1) if what == "confirm" else (1, 0)}
    with pytest.MonkeyPatch.context() as monkeypatch:
        done = cut_at(monkeypatch, step)
        try:
            getattr(before, what)(ID, {NETWORKS: 1})
        except PowerCut:
            assert before.unconfirmed() == {ID}, "what may not be on disk is not believed"
    assert cells(path) == (new if "rename" in done else old)
    again = PoolVersions(path)
    again.confirm(ID, {NETWORKS: 1})
    assert cells(path) == old | {NETWORKS: (1, 1)}
    assert names(path) == {f"{ID}.pools"}


def test_those_steps_are_all_there_are(path: Path, versions: PoolVersions, monkeypatch: pytest.MonkeyPatch) -> None:
    done = cut_at(monkeypatch, 99)
    versions.intend(ID, {ASSETS: 1})
    assert done == ["open", "remove", "open", "sync", "rename", "open", "sync"]


def test_a_full_disk_is_told_and_the_next_confirmation_works(
    path: Path, versions: PoolVersions, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions.intend(ID, {ASSETS: 1})

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(KeyFolderFault, match="No space left on device"):
            versions.confirm(ID, {ASSETS: 1})
    assert versions.unconfirmed() == {ID}
    assert names(path) == {f"{ID}.pools"}
    versions.confirm(ID, {ASSETS: 1})
    assert versions.unconfirmed() == frozenset()
    assert cells(path) == {ASSETS: (1, 1)}


def test_a_confirmation_whose_folder_was_not_synced_is_written_again(
    path: Path, versions: PoolVersions, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions.intend(ID, {ASSETS: 1})
    real, synced = os.fsync, []

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            synced.append(descriptor)
            if len(synced) == 1:
                raise OSError(5, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(KeyFolderFault):
        versions.confirm(ID, {ASSETS: 1})
    assert versions.unconfirmed() == {ID}, "the file may still be the old one after a power cut"
    versions.confirm(ID, {ASSETS: 1})
    assert len(synced) == 2
    assert (cells(path), versions.unconfirmed()) == ({ASSETS: (1, 1)}, frozenset())


DAMAGED = (
    b"",
    b"{",
    b"\xff\xff",
    b"[]",
    b"null",
    b'{"format": 2, "cells": []}',
    b'{"format": 1}',
    b'{"format": 1, "cells": [["staff", "assets", 1]]}',
    b'{"format": 1, "cells": [["staff", "assets", 0, 1]]}',
    b'{"format": 1, "cells": [["staff", "assets", -1, -1]]}',
    b'{"format": 1, "cells": [["staff", "assets", "x", 0]]}',
)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_told_with_a_remedy_and_never_replaced(path: Path, content: bytes) -> None:
    (path / f"{ID}.pools").write_bytes(content)
    for action in (PoolVersions.intend, PoolVersions.confirm, PoolVersions.compare):
        with pytest.raises(KeyFolderFault, match=r"\.pools is damaged: put a good copy") as caught:
            action(PoolVersions(path), ID, {ASSETS: 1})
        assert len(str(caught.value).splitlines()) == 1
        assert ID not in "".join(traceback.format_exception(caught.value, limit=0))
    assert (path / f"{ID}.pools").read_bytes() == content


def test_a_link_in_place_of_a_file_is_not_followed(tmp_path: Path, path: Path, versions: PoolVersions) -> None:
    (tmp_path / "elsewhere").write_text('{"format": 1, "cells": []}')
    (path / f"{ID}.pools").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFolderFault):
        versions.compare(ID, {})


@pytest.mark.parametrize("wrong", ["", "a" * 15, "A" * 16, "../../../etc/passwd", "installation"])
def test_an_id_that_could_be_another_file_is_refused(versions: PoolVersions, wrong: str) -> None:
    for action in (versions.intend, versions.confirm, versions.compare):
        with pytest.raises(ValueError, match="16 to 40"):
            action(wrong, {ASSETS: 1})
    with pytest.raises(ValueError, match="16 to 40"):
        versions.destroy(wrong)


# beside the keys


@pytest.mark.parametrize("suffix", ["pools", "pools-new"])
def test_a_file_open_to_others_is_refused_without_its_name(path: Path, suffix: str) -> None:
    file = path / f"{ID}.{suffix}"
    file.touch(0o600)
    KeyFolder(path)
    file.chmod(0o640)
    with pytest.raises(KeyFolderFault, match="chmod 600") as caught:
        KeyFolder(path)
    assert ID not in str(caught.value)


def test_the_versions_go_with_the_key_and_a_late_confirmation_does_not_bring_them_back(path: Path) -> None:
    keys = KeyFolder(path)
    keys.create(ID)
    keys.confirm(ID)
    keys.versions.intend(ID, {ASSETS: 1})
    keys.destroy(ID)
    keys.versions.confirm(ID, {ASSETS: 1})
    assert names(path) == set()
    assert keys.versions.unconfirmed() == frozenset()


def test_the_key_goes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key without its versions would open an older copy of the database as if nothing had been shown."""
    keys = KeyFolder(path)
    keys.create(ID)
    keys.confirm(ID)
    keys.versions.confirm(ID, {ASSETS: 1})
    gone: list[str] = []
    real = Path.unlink
    synced = key_files.sync_folder

    def unlink(self: Path, missing_ok: bool = False) -> None:
        gone.append(self.suffix)
        real(self, missing_ok)

    def sync(folder: Path) -> None:
        gone.append("synced")
        synced(folder)

    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(key_files, "sync_folder", sync)
    keys.destroy(ID)
    assert gone == [".key", "synced", ".pools", "synced"]


@pytest.mark.parametrize("suffix", ["pools", "pools-new"])
def test_versions_that_a_crash_left_without_a_key_go_at_start(path: Path, suffix: str) -> None:
    for assessment in (ID, OTHER):
        (path / f"{assessment}.{suffix}").touch(0o600)
    KeyFolder(path).reconcile(set(), {ID})
    assert names(path) == set()


def test_with_the_wrong_database_no_versions_are_removed(path: Path) -> None:
    keys = KeyFolder(path)
    keys.create(ID)
    keys.confirm(ID)
    for assessment in (ID, OTHER):
        keys.versions.confirm(assessment, {ASSETS: 1})
    before = names(path)
    assert KeyFolder(path).reconcile(set(), set()) == Reconciled(confirmed=0, destroyed=0, strangers=1, missing=0)
    assert names(path) == before


def test_the_versions_of_an_open_assessment_stay_even_without_a_key(path: Path, versions: PoolVersions) -> None:
    versions.confirm(ID, {ASSETS: 1})
    assert KeyFolder(path).reconcile({ID}, set()).missing == 1
    assert cells(path) == {ASSETS: (1, 1)}


happenings = st.lists(st.sampled_from(["intend", "commit", "confirm", "start", "put back", "shown"]), max_size=30)


@settings(deadline=None)
@given(happenings)
def test_whatever_happens_in_whatever_order_a_forgotten_pouring_that_was_shown_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, happenings: list[str]
) -> None:
    """One cell whose database is put back to before anything. Shown is only what was confirmed."""
    path = tmp_path_factory.mktemp("life")
    versions, number, shown = PoolVersions(path), 0, 0
    for happening in happenings:
        match happening:
            case "intend" | "commit":
                versions.intend(ID, {ASSETS: number + 1})
                number += happening == "commit"
            case "confirm" if number:
                versions.confirm(ID, {ASSETS: number})
            case "shown" if not versions.unconfirmed():
                shown = max(shown, number)
            case "put back":
                number = 0
                versions = PoolVersions(path)
                number = versions.compare(ID, {}).get(ASSETS, 0)
                assert number >= shown
            case "start":
                versions = PoolVersions(path)
                assert versions.compare(ID, {ASSETS: number}) == {}
