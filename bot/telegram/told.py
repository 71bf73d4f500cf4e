"""What Telegram was told last about the bot, so that the next start tells what has changed and withdraws what is gone.

One small JSON file in the data folder: for which bot, and for each language a fingerprint of the words, empty as long
as they are told or withdrawn only in part. It holds nothing of people and no token. When it is lost or faulty,
everything is told once more, and only a language that was taken from the offer just then stays at Telegram.
"""

from __future__ import annotations

import json
import logging
import os
from hashlib import sha256
from pathlib import Path

log = logging.getLogger(__name__)

FILE = "telegram-menu.json"


class Told:
    """The fingerprints of one bot by language; those of another bot count for nothing.

    ``path``: the file; None keeps them until the program ends.
    """

    def __init__(self, path: Path | None = None, *, bot: int = 0) -> None:
        self._path = path
        self._bot = sha256(f"bot {bot}".encode()).hexdigest()
        self._prints: dict[str, str] = {} if path is None else self._read(path)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of which Telegram may have something."""
        return tuple(self._prints)

    def same(self, language: str, words: str) -> bool:
        """Whether this language was told with this fingerprint last."""
        return self._prints.get(language) == words

    def keep(self, language: str, words: str) -> None:
        """Note what was told. A file that cannot be written is only reported."""
        self._prints[language] = words
        self._write()

    def drop(self, language: str) -> None:
        """Note that it was withdrawn."""
        self._prints.pop(language, None)
        self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        try:
            # Renamed when it is whole: a stop in the middle leaves the one before.
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as file:
                json.dump({"bot": self._bot, "told": self._prints}, file, indent=1)
            fresh.replace(self._path)
        except OSError as error:
            log.warning(
                "%s cannot be written (%s). Menu and descriptions are told again at the next start.",
                FILE,
                type(error).__name__,
            )

    def _read(self, path: Path) -> dict[str, str]:
        try:
            kept = json.loads(path.read_text("utf-8"))
            if kept["bot"] != self._bot:
                return {}
            return {str(language): str(words) for language, words in kept["told"].items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            log.warning("%s cannot be read. Menu and descriptions are told again.", FILE)
            return {}
