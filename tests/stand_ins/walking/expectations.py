"""Files that hold what a test expects. With REWRITE=1 in the environment they are written anew; then read the diff."""

from __future__ import annotations

import os
from pathlib import Path


def rewriting() -> bool:
    """Whether expectations are written anew in this run."""
    return os.environ.get("REWRITE") == "1"


def expect(file: Path, text: str) -> None:
    """The file holds this text.

    Raises:
        AssertionError: when it does not, unless it is being written anew.
    """
    if rewriting():
        file.write_text(text, "utf-8")
        return
    written = file.read_text("utf-8") if file.exists() else ""
    assert written == text, f"{file.name} is not as expected. If the change is meant, run again with REWRITE=1."
