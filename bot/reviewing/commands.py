"""``equal-voice languages``, its ``export`` and ``import``: what they say in the terminal, and the files they touch.

They need neither data nor keys, and work while the program runs. A running program reads a catalogue once: what is
imported is seen after its next start.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog

from bot.languages import ENGLISH, LOCALES, Language, catalogue_file, listed
from bot.plain.buttons import buttons
from bot.reviewing.comparing import Change, Comparison, compare, corrected
from bot.reviewing.coverage import Coverage, coverage, read_catalogue
from bot.reviewing.reading import LARGEST, read
from bot.reviewing.sheet import Sheet, SheetFault
from bot.reviewing.texts import rows
from bot.reviewing.writing import write
from bot.strings import ROOT, template
from bot.texts import TEXTS as OUR_TEXTS

Tell = Callable[[str], None]

DONE: Final = 0
NOT_ALL: Final = 1
"""The status of an import that left rows out. A script that sees it shows what was said to a person."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What every command works with."""

    folder: Path
    texts: Catalog
    on_buttons: frozenset[str]

    @classmethod
    def laid(cls, folder: Path = LOCALES) -> Desk:
        """With the texts of today."""
        return cls(
            folder=folder,
            texts=template(),
            on_buttons=frozenset(OUR_TEXTS[id_].singular for id_ in buttons(ROOT)),
        )

    def language(self, code: str) -> Language:
        """A language that is translated.

        Raises:
            SheetFault: if it is English, or none of ours.
        """
        languages = listed(self.folder)
        if code == ENGLISH:
            raise SheetFault("English is what all texts are written in: there is no translation to review.")
        if code not in languages:
            known = ", ".join(each for each in languages if each != ENGLISH)
            raise SheetFault(f"{code} is no language of Equal Voice. Choose one of {known}, or add it to locales.json.")
        return languages[code]


def overview(desk: Desk, *, offered: Sequence[str], tell: Tell) -> int:
    """A table of the languages, and what is wrong with them. ``offered``: the codes by the settings."""
    found = [
        coverage(each, desk.texts, folder=desk.folder, on_buttons=desk.on_buttons)
        for each in listed(desk.folder).values()
    ]
    tell(f"{'code':<6}{'translated':>14}{'reviewed':>17}  offered  faults  name")
    for each in found:
        # The name stands last: one that is written from the right would turn what follows it around.
        tell(
            f"{each.language.code:<6}{f'{each.translated} of {each.of}':>14}{each.percent:>4} %"
            f"   {_yes(each.language.reviewed):<8}  {_yes(each.language.code in offered):<7}"
            f"  {len(each.faults):>6}  {each.language.name}"
        )
    for line in _remarks(found):
        tell(line)
    return DONE


def export(desk: Desk, code: str, file: Path | None, *, tell: Tell) -> int:
    """Write a review sheet. ``file``: None for a name in the current folder.

    Raises:
        SheetFault: if the language or the place cannot be used. A file that is there is never changed.
    """
    language = desk.language(code)
    file = file or Path(f"equal-voice-{code}.xlsx")
    if file.suffix.lower() != ".xlsx":
        raise SheetFault(f"{file} does not end in .xlsx, so programs for sheets may not open it. Choose such a name.")
    catalogue = read_catalogue(catalogue_file(desk.folder, code), desk.texts, language=code)
    made = rows(catalogue, language=code, on_buttons=desk.on_buttons)
    _create(file, write(made, language))
    tell(f"{file}: {len(made)} rows in English and {language.name}")
    tell(f"Give it to somebody who speaks the language. Then: equal-voice languages import {code} {file}")
    return DONE


def take_back(desk: Desk, code: str, file: Path, *, tell: Tell, say: Callable[[str], str] | None) -> int:
    """Show what a review sheet changes, ask, and write it into the catalogue. ``say`` asks; None: it is agreed already.

    Returns `NOT_ALL` where rows were left out.

    Raises:
        SheetFault: if nothing of the sheet can be taken, or nobody answers. Nothing was written.
    """
    language = desk.language(code)
    sheet = _read(file)
    if sheet.language != code:
        raise SheetFault(f"This is a sheet for {sheet.language}, and not for {code}. Nothing was taken.")
    place = catalogue_file(desk.folder, code)
    catalogue = read_catalogue(place, desk.texts, language=code)
    found = compare(sheet, catalogue, language=code, on_buttons=desk.on_buttons)
    _show(found, tell)
    if found.changes:
        count = _count(len(found.changes), "change")
        if say is not None and not _agreed(say, f"Write {count} into {place}? [y/N] "):
            tell("Nothing was written.")
            return DONE
        _write(place, found.changes, desk.texts, code)
        tell(f"Written: {count}. A program that runs shows it after its next start.")
    elif found.not_taken:
        tell("Nothing was written.")
    else:
        tell("Nothing to write: the catalogue says the same as the sheet.")
    _say_what_comes_next(language, sheet, found, tell)
    return NOT_ALL if found.not_taken else DONE


def _yes(so: bool) -> str:  # A word for a truth, nothing else
    return "yes" if so else "no"


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _remarks(found: Sequence[Coverage]) -> list[str]:
    lines = [f"{each.language.code}: {fault}" for each in found for fault in each.faults]
    if any(not each.language.reviewed for each in found):
        lines.append("Reviewed: somebody who speaks it has read every text. LANGUAGES=reviewed offers only these.")
    return lines


def _show(found: Comparison, tell: Tell) -> None:
    for change in found.changes:
        tell(f"Row {change.line}: “{change.row.english}”")
        # The texts stand alone in their lines, so that each goes in its own direction.
        tell(f"  - {change.row.translation}")
        tell(f"  + {change.after}")
    if found.not_taken:
        tell("Not taken. Mend these in the sheet, and import it again:")
    for row in found.not_taken:
        tell(f"  Row {row.line}: “{_shortened(row.english)}” {row.why}")
    if found.emptied:
        tell(f"Empty now: {_count(found.emptied, 'cell')}. What was translated there stays.")
    if found.missing:
        tell(f"Not in the sheet: {_count(found.missing, 'row')}. What is translated there stays.")


def _shortened(english: str) -> str:
    """What a sheet says is English may be anything, of any length."""
    words = "".join(each if each.isprintable() else " " for each in english)
    return words if len(words) <= 120 else f"{words[:119]}…"


def _agreed(say: Callable[[str], str], question: str) -> bool:
    try:
        return say(question).strip().lower() in {"y", "yes"}
    except EOFError:
        raise SheetFault("Nothing was written: nobody answered. Write y when you are asked, or add --yes.") from None


def _say_what_comes_next(language: Language, sheet: Sheet, found: Comparison, tell: Tell) -> None:
    if sheet.declared.lower() in {"", "no"}:
        tell("The sheet does not say that somebody has read every text.")
    elif found.not_taken or found.missing:
        tell(
            f"The reviewer has read every text (they wrote “{_shortened(sheet.declared)}”). "
            "Mend what was not taken, and ask them about what is missing, before you call the language reviewed."
        )
    elif not language.reviewed:
        code = language.code
        tell(
            f"The reviewer has read every text (they wrote “{_shortened(sheet.declared)}”). If you know that they "
            f'speak the language, put "reviewed": true for {code} into locales/locales.json, '
            f"and say so in the first line of locales/{code}/glossary.md. No names."
        )


def _read(file: Path) -> Sheet:
    try:
        with file.open("rb") as source:
            content = source.read(LARGEST + 1)
    except FileNotFoundError:
        raise SheetFault(f"There is no file {file}. Look where the sheet was saved.") from None
    except OSError as error:
        raise SheetFault(f"{file} cannot be read ({error.strerror}). Is it a file that you may open?") from None
    return read(content)


def _create(file: Path, content: bytes) -> None:
    try:
        with file.open("xb") as target:
            try:
                target.write(content)
                target.flush()
            except OSError:
                file.unlink()
                raise
    except FileExistsError:
        raise SheetFault(f"{file} is there already, perhaps with corrections. Choose another name.") from None
    except OSError as error:
        raise SheetFault(f"{file} cannot be written ({error.strerror}). Choose another folder.") from None


def _write(place: Path, changes: Sequence[Change], texts: Catalog, language: str) -> None:
    """Put a catalogue in the place of the old one, whole or not at all."""
    place = place.resolve()
    try:
        made = corrected(place.read_bytes(), changes, texts=texts, language=language)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".messages-")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(made)
                target.flush()
                os.fsync(target.fileno())
            Path(name).chmod(place.stat().st_mode & 0o777)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SheetFault(
            f"{place} cannot be written ({error.strerror}), and is as it was. "
            "Import where you may change the files of Equal Voice, such as in a copy of its source."
        ) from None
