"""Files of the key folder: written so that a crash leaves the old one or the new one, and removed for good.

What lies in them is keys.py's and pool_versions.py's. Functions here raise OSError, whose message names files;
`told` puts a sentence in its place that names none.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_ID: Final = re.compile(r"[a-z0-9]{16,40}")


class KeyFolderFault(Exception):
    """The key folder, or a file in it, cannot be used. The message is one sentence that names the remedy."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the operating system says into a `KeyFolderFault` about the folder ``path``."""
    try:
        yield
    except OSError as error:
        raise KeyFolderFault(
            f"The key folder {path} cannot be used ({os.strerror(error.errno or 0)}): "
            "let the user who runs Equal Voice read and write there, or choose another KEY_FOLDER."
        ) from None


def check_id(assessment_id: str) -> None:
    """Refuse an id that could lead to another file."""
    if not _ID.fullmatch(assessment_id):
        raise ValueError("an assessment's id has 16 to 40 of a-z and 0-9")


def ids(path: Path, suffix: str) -> set[str]:
    """The assessments that have a file with this suffix in the folder ``path``."""
    files = (file for file in path.iterdir() if file.suffix == f".{suffix}")
    return {file.stem for file in files if _ID.fullmatch(file.stem)}


def read(file: Path) -> bytes | None:
    """What is in a file; None when there is none. A link is not followed."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with open(descriptor, "rb") as stream:
        return stream.read()


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet, for this user only, safely on disk when its folder is synced as well."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def overwrite_and_remove(file: Path) -> None:
    """Remove a file whose bytes should not be found afterwards. Does nothing when there is none."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    with open(descriptor, "wb") as stream:
        stream.write(bytes(os.fstat(descriptor).st_size))
        stream.flush()
        os.fsync(descriptor)
    file.unlink(missing_ok=True)  # another thread may have been faster


def sync_folder(path: Path) -> None:
    """A new, renamed or removed name is safe only when its folder has been synced."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
