"""Keys are on disk before anybody relies on them, gone when they should be, and nobody else's to read."""

import os
import stat
import threading
import traceback
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.keys import KeyFolder, KeyFolderFault, Reconciled

ID, OTHER, THIRD = "a" * 16, "b" * 40, "c0ffee" * 3


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def keys(path: Path) -> KeyFolder:
    return KeyFolder(path)


def names(path: Path) -> set[str]:
    return {file.name for file in path.iterdir()}


def told(path: Path) -> str:
    with pytest.raises(KeyFolderFault) as caught:
        KeyFolder(path)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_a_new_folder_and_its_keys_are_for_this_user_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keys = KeyFolder(tmp_path / "some" / "keys")
        keys.installation()
        keys.create(ID)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "some" / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "some" / "keys").iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o710, 0o720, 0o777])
def test_a_folder_open_to_others_is_refused_with_the_remedy(path: Path, mode: int) -> None:
    KeyFolder(path)
    path.chmod(mode)
    assert f"chmod 700 {path}" in told(path)
    path.chmod(0o700)
    KeyFolder(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
@pytest.mark.parametrize("confirmed", [True, False], ids=["confirmed", "new"])
def test_a_key_open_to_others_is_refused_without_its_name(path: Path, mode: int, *, confirmed: bool) -> None:
    keys = KeyFolder(path)
    keys.create(ID)
    if confirmed:
        keys.confirm(ID)
    (file,) = path.iterdir()
    file.chmod(mode)
    message = told(path)
    assert "chmod 600" in message
    assert ID not in message


def test_a_file_in_the_folders_place_is_refused(path: Path) -> None:
    path.write_text("")
    assert "not a folder" in told(path)


def test_somebody_elses_folder_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    KeyFolder(path)
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert "another user" in told(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be used" in told(tmp_path / "file" / "keys")


def test_the_installations_key_stays_the_same(path: Path) -> None:
    key = KeyFolder(path).installation()
    assert len(key) == 32
    assert KeyFolder(path).installation() == key
    assert names(path) == {"installation.key"}


def test_an_installations_key_that_a_crash_left_half_written_is_made_again(path: Path) -> None:
    keys = KeyFolder(path)
    (path / "installation.new").write_bytes(b"half")
    (path / "installation.new").chmod(0o600)
    assert len(keys.installation()) == 32
    assert names(path) == {"installation.key"}


def test_a_damaged_installations_key_is_never_replaced(path: Path, keys: KeyFolder) -> None:
    keys.installation()
    (path / "installation.key").write_bytes(b"short")
    with pytest.raises(KeyFolderFault, match="damaged"):
        keys.installation()
    assert (path / "installation.key").read_bytes() == b"short"


def test_a_key_is_found_before_and_after_it_is_confirmed_and_by_the_next_process(path: Path) -> None:
    keys = KeyFolder(path)
    key = keys.create(ID)
    assert len(key) == 32
    assert names(path) == {f"{ID}.new"}
    assert keys.get(ID) == KeyFolder(path).get(ID) == key
    keys.confirm(ID)
    keys.confirm(ID)
    assert names(path) == {f"{ID}.key"}
    assert keys.get(ID) == KeyFolder(path).get(ID) == key


def test_there_is_no_key_of_an_unknown_assessment(keys: KeyFolder) -> None:
    assert keys.get(ID) is None
    with pytest.raises(KeyFolderFault):
        keys.confirm(ID)


@pytest.mark.parametrize("confirmed", [True, False], ids=["confirmed", "new"])
def test_a_key_is_never_made_twice(path: Path, keys: KeyFolder, *, confirmed: bool) -> None:
    key = keys.create(ID)
    if confirmed:
        keys.confirm(ID)
    with pytest.raises(KeyFolderFault):
        keys.create(ID)
    assert KeyFolder(path).get(ID) == key


@pytest.mark.parametrize("confirmed", [True, False], ids=["confirmed", "new"])
def test_a_destroyed_key_is_gone_from_disk_and_memory(path: Path, keys: KeyFolder, *, confirmed: bool) -> None:
    keys.create(ID)
    if confirmed:
        keys.confirm(ID)
    assert keys.get(ID) is not None
    keys.destroy(ID)
    assert keys.get(ID) is None
    assert names(path) == set()
    keys.destroy(ID)


def test_a_destroyed_keys_bytes_are_overwritten(path: Path, keys: KeyFolder) -> None:
    key = keys.create(ID)
    keys.confirm(ID)
    with (path / f"{ID}.key").open("rb") as still_open:
        keys.destroy(ID)
        left = still_open.read()
    assert len(left) == 32
    assert left != key
    assert not any(left)


def test_what_was_written_is_synced_file_first_then_folder(
    path: Path, keys: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        kind = "folder" if is_folder else f"{os.fstat(descriptor).st_size} bytes"
        synced.append(f"{kind} {sorted(names(path))}")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    keys.create(ID)
    keys.confirm(ID)
    keys.destroy(ID)
    keys.installation()
    assert synced == [
        f"32 bytes ['{ID}.new']",
        f"folder ['{ID}.new']",
        f"folder ['{ID}.key']",
        f"32 bytes ['{ID}.key']",
        "folder []",
        "32 bytes ['installation.new']",
        "folder ['installation.key']",
    ]


def test_a_key_that_could_not_be_written_leaves_nothing_behind(
    path: Path, keys: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeyFolderFault, match="No space left on device"):
        keys.create(ID)
    assert names(path) == set()


def test_no_message_and_no_traceback_names_an_assessment(path: Path, keys: KeyFolder) -> None:
    keys.create(ID)
    for action in (keys.create, keys.confirm, keys.get, keys.destroy):
        (path / f"{OTHER}.key").mkdir(exist_ok=True)
        with pytest.raises(KeyFolderFault) as caught:
            action(ID if action == keys.create else OTHER) if action != keys.confirm else keys.confirm(THIRD)
        shown = "".join(traceback.format_exception(caught.value, limit=0))
        assert not any(name in shown for name in (ID, OTHER, THIRD))


def test_a_link_in_place_of_a_key_is_not_followed(tmp_path: Path, path: Path, keys: KeyFolder) -> None:
    (tmp_path / "elsewhere").write_bytes(bytes(32))
    (path / f"{ID}.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFolderFault):
        keys.get(ID)


@pytest.mark.parametrize("wrong", ["", "a" * 15, "a" * 41, "A" * 16, "../../../etc/passwd", "a" * 16 + "\n", "é" * 16])
def test_an_id_that_could_be_another_file_is_refused(keys: KeyFolder, wrong: str) -> None:
    for action in (keys.create, keys.confirm, keys.get, keys.destroy):
        with pytest.raises(ValueError, match="16 to 40"):
            action(wrong)


def test_many_keys_are_remembered_or_read_again(path: Path, keys: KeyFolder) -> None:
    made = {f"{number:016}": keys.create(f"{number:016}") for number in range(80)}
    for _ in range(2):
        assert {assessment: keys.get(assessment) for assessment in made} == made
    (path / f"{79:016}.new").unlink()
    assert keys.get(f"{79:016}") == made[f"{79:016}"]


def test_a_key_destroyed_while_it_is_being_read_is_not_remembered(path: Path, keys: KeyFolder) -> None:
    """Readers hammer a key while it is destroyed: none may see anything but the key or None, nor keep it."""
    for round_number in range(20):
        assessment = f"{round_number:016}"
        key = keys.create(assessment)
        seen: set[bytes | None] = set()
        ready = threading.Barrier(3)

        def look(assessment: str, seen: set[bytes | None], ready: threading.Barrier) -> None:
            ready.wait()
            seen.update(keys.get(assessment) for _ in range(50))

        readers = [threading.Thread(target=look, args=(assessment, seen, ready)) for _ in range(2)]
        for reader in readers:
            reader.start()
        ready.wait()
        keys.destroy(assessment)
        for reader in readers:
            reader.join()
        assert seen <= {key, None}
        assert keys.get(assessment) is None


def test_after_a_crash_before_the_row_the_key_goes(path: Path) -> None:
    KeyFolder(path).create(ID)
    found = KeyFolder(path).reconcile(open_ids=set(), closed_ids=set())
    assert found == Reconciled(confirmed=0, destroyed=1, strangers=0, missing=0)
    assert names(path) == set()


def test_after_a_crash_before_confirming_the_key_is_confirmed(path: Path) -> None:
    key = KeyFolder(path).create(ID)
    keys = KeyFolder(path)
    assert keys.reconcile({ID}, set()) == Reconciled(confirmed=1, destroyed=0, strangers=0, missing=0)
    assert names(path) == {f"{ID}.key"}
    assert keys.get(ID) == key


@pytest.mark.parametrize("confirmed", [True, False], ids=["confirmed", "new"])
def test_after_a_crash_before_destroying_the_key_is_destroyed(path: Path, *, confirmed: bool) -> None:
    keys = KeyFolder(path)
    keys.create(ID)
    if confirmed:
        keys.confirm(ID)
    assert KeyFolder(path).reconcile(set(), {ID}) == Reconciled(confirmed=0, destroyed=1, strangers=0, missing=0)
    assert names(path) == set()


def test_with_the_wrong_database_no_key_is_destroyed(path: Path, keys: KeyFolder) -> None:
    keys.create(ID)
    keys.confirm(ID)
    keys.create(OTHER)
    before = names(path)
    assert keys.reconcile(set(), set()) == Reconciled(confirmed=0, destroyed=0, strangers=2, missing=0)
    assert names(path) == before


def test_an_open_assessment_without_a_key_is_counted(keys: KeyFolder) -> None:
    assert keys.reconcile({ID, OTHER}, set()) == Reconciled(confirmed=0, destroyed=0, strangers=0, missing=2)


def test_reconciling_leaves_the_installations_key_and_other_files_alone(path: Path, keys: KeyFolder) -> None:
    keys.installation()
    (path / "README").write_text("do not touch")
    keys.reconcile(set(), set())
    assert names(path) == {"installation.key", "README"}


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([ID, OTHER, THIRD]), st.sampled_from(["create", "write", "confirm", "close"])),
        max_size=12,
    ),
    st.booleans(),
)
def test_wherever_a_crash_comes_keys_and_assessments_agree_afterwards(
    tmp_path_factory: pytest.TempPathFactory, happenings: list[tuple[str, str]], destroyed_in_time: bool
) -> None:
    """The life of three assessments, cut at any point: open ones have their keys, and no other is left."""
    path = tmp_path_factory.mktemp("life") / "keys"
    keys = KeyFolder(path)
    made: dict[str, bytes] = {}
    open_ids: set[str] = set()
    closed_ids: set[str] = set()
    for assessment, happening in happenings:
        match happening:
            case "create" if assessment not in made:
                made[assessment] = keys.create(assessment)
            case "write" if assessment in made and assessment not in closed_ids:
                open_ids.add(assessment)
            case "confirm" if assessment in open_ids:
                keys.confirm(assessment)
            case "close" if assessment in open_ids:
                open_ids.discard(assessment)
                closed_ids.add(assessment)
                if destroyed_in_time:
                    keys.destroy(assessment)
    again = KeyFolder(path)
    found = again.reconcile(open_ids, closed_ids)
    assert (found.strangers, found.missing) == (0, 0)
    assert names(path) == {f"{assessment}.key" for assessment in open_ids}
    assert {assessment: again.get(assessment) for assessment in open_ids} == {a: made[a] for a in open_ids}
    assert again.reconcile(open_ids, closed_ids) == Reconciled(confirmed=0, destroyed=0, strangers=0, missing=0)
