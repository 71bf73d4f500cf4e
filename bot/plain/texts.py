"""Every English text of ours that people read, with its id, its kind and its placeholders filled.

Official wordings, sources and the names of places to find help are not ours to change, and are not collected.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import support
from bot.plain.buttons import buttons
from bot.texts.entry import Entry
from conversations.questionnaire import Principle, Questionnaire, parse

ROOT: Final = Path(__file__).parents[2]
QUESTIONNAIRE: Final = ROOT / "conversations" / "questionnaires" / "maternity-neonatal.toml"

MODULES: Final = ("participant", "rights", "common", "web", "telegram", "facilitator", "charts")
"""The modules of bot/texts/; a test holds them against the folder."""

FOR_FACILITATORS: Final = {"facilitator", "charts"}
"""Kinds that only facilitators, and rooms they show them to, read. Participants read every other kind."""


@dataclass(frozen=True, kw_only=True)
class PlainText:
    """One form of one text as somebody reads it.

    ``principle`` is the id of the principle that it stands in, "" elsewhere. A text with a number has two forms
    under the same id.
    """

    id: str
    kind: str
    words: str
    button: bool = False
    principle: str = ""


class NoSample(Exception):
    """A placeholder has no sample. Write one under [samples] in plain.toml."""

    def __init__(self, id_: str, name: str) -> None:
        super().__init__(f"{id_}: there is no sample for {{{name}}}. Write one under [samples] in plain.toml.")


class _Samples(dict[str, str]):
    """The samples for one text. Notes which are used."""

    def __init__(self, values: Mapping[str, str], id_: str, used: set[str]) -> None:
        super().__init__(values)
        self._id = id_
        self._used = used

    def __getitem__(self, name: str) -> str:
        self._used.add(name)
        return super().__getitem__(name)

    def __missing__(self, name: str) -> str:
        raise NoSample(self._id, name)


def shipped() -> Questionnaire:
    """The questionnaire as shipped."""
    return parse(QUESTIONNAIRE.read_text("utf-8"), QUESTIONNAIRE.name)


def every_text(questionnaire: Questionnaire, samples: Mapping[str, str], used: set[str]) -> list[PlainText]:
    """Every text there is. ``used`` is given the name of each sample that a text needed.

    Raises:
        NoSample: when a placeholder has none.
    """
    on_buttons = buttons(ROOT)
    found: list[PlainText] = []
    for kind in MODULES:
        texts: dict[str, Entry] = importlib.import_module(f"bot.texts.{kind}").TEXTS
        for id_, entry in texts.items():
            forms = {"1": entry.singular} if entry.plural is None else {"1": entry.singular, "5": entry.plural}
            for n, pattern in forms.items():
                words = pattern.format_map(_Samples({**samples, "n": n}, id_, used))
                found.append(PlainText(id=id_, kind=kind, words=words, button=id_ in on_buttons))
    return [*found, *_support(), *_questionnaire(questionnaire)]


def _support() -> Iterator[PlainText]:
    for place in support.load(support.SHIPPED):
        yield PlainText(id=f"support.{place.name}.what", kind="support", words=place.what)
        if place.when is not None:
            yield PlainText(id=f"support.{place.name}.when", kind="support", words=place.when)


def _questionnaire(questionnaire: Questionnaire) -> Iterator[PlainText]:
    yield PlainText(id="questionnaire.title", kind="heading", words=questionnaire.title)
    yield PlainText(id="questionnaire.open_question", kind="heading", words=questionnaire.open_question)
    for score in questionnaire.scores:
        yield PlainText(id=f"score.{score.value}", kind="scale", words=score.label, button=True)
    for principle in questionnaire.principles:
        yield from _principle(principle)
    for explanation in questionnaire.explanations:
        where = f"explanation.{explanation.id}"
        yield PlainText(id=f"{where}.term", kind="heading", words=explanation.term, button=True)
        yield PlainText(id=where, kind="explanation", words=explanation.text)
    for rung in questionnaire.ladder:
        yield PlainText(id=f"rung.{rung.number}.name", kind="heading", words=rung.name)
        yield PlainText(id=f"rung.{rung.number}", kind="ladder", words=rung.text)


def _principle(principle: Principle) -> Iterator[PlainText]:
    id_ = principle.id
    yield PlainText(id=f"{id_}.name", kind="heading", words=principle.name, button=True, principle=id_)
    yield PlainText(id=f"{id_}.definition", kind="definition", words=principle.definition, principle=id_)
    for statement in principle.statements:
        where = f"{id_}.statement.{statement.id}"
        yield PlainText(id=where, kind="statement", words=statement.plain, principle=id_)
    for prompt in principle.prompts:
        yield PlainText(id=f"{id_}.prompt.{prompt.id}", kind="prompt", words=prompt.text, principle=id_)
