"""How far each language is: how much of it is translated, and what is wrong with that. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from bot.catalogues import faults
from bot.languages import ENGLISH, Language, catalogue_file
from bot.reviewing.sheet import SheetFault
from bot.strings import messages, refreshed, translated

_EMPTY = "is not translated."


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """One language."""

    language: Language
    translated: int
    of: int
    faults: tuple[str, ...]
    """What is wrong with what is translated: sentences that begin with the English text."""

    @property
    def percent(self) -> int:
        """Rounded down: 100 means every one."""
        return self.translated * 100 // self.of if self.of else 100


def read_catalogue(file: Path, texts: Catalog, *, language: str) -> Catalog:
    """A catalogue with the texts of today; what is not translated is empty in it.

    Raises:
        SheetFault: if there is none, or it cannot be read.
    """
    try:
        content = file.read_bytes()
        # A line that is not understood is an error here: writing the file again would lose it.
        read_po(BytesIO(content), abort_invalid=True)
        up_to_date = refreshed(content, texts, language=language)
    except FileNotFoundError:
        raise SheetFault(f"{file} is not there yet. locales/README.md says how a language is added.") from None
    except (OSError, PoFileError, ValueError, LookupError):
        raise SheetFault(f"{file} cannot be read. Is it a catalogue, in UTF-8, that you may open?") from None
    return read_po(BytesIO(up_to_date), locale=language.replace("-", "_"))


def coverage(language: Language, texts: Catalog, *, folder: Path, on_buttons: Collection[str]) -> Coverage:
    """How far a language is. English is what everything is written in: all of it is there.

    Nothing is translated in a catalogue that is not there or cannot be read; that is its fault then.
    """
    count = len(list(messages(texts)))
    if language.code == ENGLISH:
        return Coverage(language=language, translated=count, of=count, faults=())
    try:
        catalogue = read_catalogue(catalogue_file(folder, language.code), texts, language=language.code)
    except SheetFault as fault:
        return Coverage(language=language, translated=0, of=count, faults=(str(fault),))
    found = faults(catalogue, texts, language=language.code, on_buttons=on_buttons)
    return Coverage(
        language=language,
        translated=translated(catalogue),
        of=count,
        faults=tuple(fault for fault in found if not fault.endswith(_EMPTY)),
    )
