"""Two processes never work on the same data, and a killed one keeps nobody out."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lock import LOCK_FILE, AlreadyRunning, DataLock, UnusableDataFolder

HOLD = """
import pathlib, sys
from bot.lock import DataLock
DataLock(pathlib.Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""
HOLD_AND_START_ANOTHER = """
import pathlib, subprocess, sys
from bot.lock import DataLock
DataLock(pathlib.Path(sys.argv[1])).acquire()
outliving = "import sys; print('outliving', flush=True); sys.stdin.read()"
subprocess.run([sys.executable, "-c", outliving], close_fds=False)
"""
RELEASE_BESIDE_A_COPY = """
import os, pathlib, sys
from bot.lock import DataLock
lock = DataLock(pathlib.Path(sys.argv[1]))
lock.acquire()
waiting, done = os.pipe()
if os.fork() == 0:
    os.read(waiting, 1)
    os._exit(0)
lock.release()
try:
    DataLock(pathlib.Path(sys.argv[1])).acquire()
    print("free")
finally:
    os.write(done, b"x")
    os.wait()
"""
TRY = """
import pathlib, sys
from bot.lock import AlreadyRunning, DataLock
try:
    DataLock(pathlib.Path(sys.argv[1])).acquire()
except AlreadyRunning as error:
    sys.exit(str(error))
"""


def try_in_another_process(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", TRY, str(folder)], capture_output=True, text=True, timeout=30, check=False
    )


def test_a_second_process_is_told_in_one_sentence(tmp_path: Path) -> None:
    with DataLock(tmp_path):
        second = try_in_another_process(tmp_path)
    assert second.returncode == 1
    (line,) = second.stderr.splitlines()
    assert "already running" in line
    assert "DATA_FOLDER" in line
    assert try_in_another_process(tmp_path).returncode == 0


def test_a_second_lock_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with DataLock(tmp_path), pytest.raises(AlreadyRunning):
        DataLock(tmp_path).acquire()


def test_locks_on_different_data_do_not_meet(tmp_path: Path) -> None:
    with DataLock(tmp_path / "a"), DataLock(tmp_path / "b"):
        assert try_in_another_process(tmp_path / "c").returncode == 0


def test_a_killed_process_keeps_nobody_out(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning):
            DataLock(tmp_path).acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait(30)
    with DataLock(tmp_path):
        pass


def test_a_program_that_outlives_the_process_does_not_hold_the_lock_on(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_START_ANOTHER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "outliving\n"
        holder.send_signal(signal.SIGKILL)
        holder.wait(30)
        with DataLock(tmp_path):
            pass


def test_releasing_counts_even_while_a_forked_process_has_a_copy_of_the_lock(tmp_path: Path) -> None:
    forking = subprocess.run(
        [sys.executable, "-c", RELEASE_BESIDE_A_COPY, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert forking.stdout == "free\n"


def test_the_lock_can_be_taken_again_and_released_twice(tmp_path: Path) -> None:
    lock = DataLock(tmp_path)
    for _ in range(2):
        lock.acquire()
        lock.release()
    lock.release()
    assert (tmp_path / LOCK_FILE).exists()


def test_a_held_lock_is_not_taken_again(tmp_path: Path) -> None:
    with DataLock(tmp_path) as lock, pytest.raises(RuntimeError, match="held already"):
        lock.acquire()


def test_a_new_data_folder_is_for_this_user_only(tmp_path: Path) -> None:
    with DataLock(tmp_path / "deep" / "data"):
        assert (tmp_path / "deep" / "data").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "deep" / "data" / LOCK_FILE).stat().st_mode & 0o777 == 0o600


def test_a_data_folder_that_is_a_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(UnusableDataFolder, match="DATA_FOLDER") as caught:
        DataLock(tmp_path / "data").acquire()
    assert len(str(caught.value).splitlines()) == 1
