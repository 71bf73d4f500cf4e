"""What a reviewer changed, and what of it can be taken. Nothing is read or written here.

A row is taken or not for itself; the forms of one plural are taken together or not at all. What is not taken is named
with its reason, and the catalogue keeps what it had: somebody mends the sheet and imports it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.catalogues import faults_of, number_of_forms
from bot.reviewing.sheet import Line, Sheet, SheetFault
from bot.reviewing.texts import Row, digest, rows, tidy
from bot.strings import forms, refreshed, written


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row whose translation was corrected."""

    line: int
    row: Row
    after: str


@dataclass(frozen=True, kw_only=True)
class NotTaken:
    """A row that stays as it was, and why: a sentence that goes on after the English text."""

    line: int
    english: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a sheet would do to a catalogue."""

    changes: tuple[Change, ...]
    not_taken: tuple[NotTaken, ...]
    emptied: int
    """Cells that are empty now and were not: they change nothing."""
    missing: int
    """Texts that the sheet does not have: deleted rows, and texts that are new since it was made."""


def compare(sheet: Sheet, catalogue: Catalog, *, language: str, on_buttons: Collection[str]) -> Comparison:
    """Hold a sheet against a catalogue that is up to date (`bot.strings.refreshed`).

    Raises:
        SheetFault: if rows were mixed up, so that no translation can be trusted to stand beside its text.
    """
    ours = {row.id: row for row in rows(catalogue, language=language, on_buttons=on_buttons)}
    _look_for_mixed_up_rows(sheet, ours)
    read = [_read(line, ours.get(line.id)) for line in _once(sheet.lines)]
    whole, faulty = _whole([each for each in read if isinstance(each, Change)], catalogue, language, on_buttons)
    refused = [each for each in read if isinstance(each, NotTaken)] + faulty
    untouched = digest("")
    emptied = [line for line in sheet.lines if line.kind == "empty" and line.id in ours and line.was != untouched]
    return Comparison(
        changes=tuple(whole),
        not_taken=tuple(sorted(refused, key=lambda each: each.line)),
        emptied=len(emptied),
        missing=len(ours.keys() - {line.id for line in sheet.lines}),
    )


def corrected(old: bytes, changes: Collection[Change], *, texts: Catalog, language: str) -> bytes:
    """A catalogue's file with the changes in it, as `make strings` writes it. ``texts``: those of today."""
    catalogue = read_po(BytesIO(refreshed(old, texts, language=language)), locale=language.replace("-", "_"))
    for message in _changed(changes, catalogue).values():
        catalogue[message.id].string = message.string
        catalogue[message.id].flags.discard("fuzzy")
    return refreshed(written(catalogue), texts, language=language)


def _look_for_mixed_up_rows(sheet: Sheet, ours: dict[str, Row]) -> None:
    """A part of a sheet that was sorted without its hidden column has each translation beside another's mark."""
    places: dict[str, set[str]] = defaultdict(set)
    for row in ours.values():
        places[row.shown].add(row.id)
    for line in sheet.lines:
        shown = line.shown.strip()
        if line.id in ours and shown != ours[line.id].shown and shown in places:
            raise SheetFault(
                f"Row {line.number} has the English text of another row: rows were moved or sorted in part. "
                "Nothing was taken. Undo that, or copy the corrections into a new sheet."
            )


def _once(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Each row once, where a row that was copied says the same twice; where it does not, both, marked as doubled."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.id].append(line)
    for same in found.values():
        if len({(line.kind, tidy(line.translation)) for line in same}) == 1:
            yield same[0]
        else:
            yield from (replace(line, was="") for line in same)


def _read(line: Line, row: Row | None) -> Change | NotTaken | None:
    """What one row asks for; None where it asks for nothing."""
    after = tidy(line.translation)
    if line.kind == "empty" or (line.kind == "text" and digest(after) == line.was):
        return None
    if row is None:
        english = line.shown.split("\n")[0]
        return NotTaken(line=line.number, english=english, why="has changed in English since this sheet was made.")

    def refuse(why: str) -> NotTaken:
        return NotTaken(line=line.number, english=row.english, why=why)

    if not line.was:
        return refuse("stands in this sheet more than once, and not with the same words.")
    if line.kind == "formula":
        return refuse("has a formula in its cell. Write it as text, such as with an apostrophe before it.")
    if line.kind == "other":
        return refuse("has a number, a date or an error in its cell. Write it as text.")
    if after == row.translation:
        return None
    if digest(row.translation) != line.was:
        return refuse("was corrected elsewhere since this sheet was made. Look at it in a new sheet.")
    return Change(line=line.number, row=row, after=after)


def _whole(
    changes: Collection[Change], catalogue: Catalog, language: str, on_buttons: Collection[str]
) -> tuple[list[Change], list[NotTaken]]:
    """The changes that leave their text without a fault, and the others, each with its faults."""
    number = number_of_forms(catalogue, language)
    whole, refused = [], []
    for key, message in _changed(changes, catalogue).items():
        told = dict.fromkeys(faults_of(message, message, number=number, on_button=key in on_buttons))
        for change in (change for change in changes if change.row.key == key):
            if told:
                english = change.row.english
                refused.append(NotTaken(line=change.line, english=english, why=" It ".join(told)))
            else:
                whole.append(change)
    return whole, refused


def _changed(changes: Collection[Change], catalogue: Catalog) -> dict[str, Message]:
    """Copies of the texts with the changes in them, by what they are looked up by."""
    found: dict[str, Message] = {}
    for change in changes:
        message = found.setdefault(change.row.key, catalogue[change.row.key].clone())
        message.flags.discard("fuzzy")
        if isinstance(message.id, str):
            message.string = change.after
        else:
            said = [*forms(message), *[""] * catalogue.num_plurals][: catalogue.num_plurals]
            said[change.row.form] = change.after
            message.string = tuple(said)
    return found
