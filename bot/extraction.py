"""What translators are given of a questionnaire and of the list of places to find help.

Babel calls this, by the names in locales/babel.cfg; the running program does not. Everything in our own words is given
out; official wordings, ids, sources, addresses and names are not, for a quotation is not ours to translate.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath
from typing import Any, BinaryIO

from bot import support as places
from conversations.questionnaire import LABEL_MOST, NAME_MOST, STATEMENT_MOST, parse
from conversations.questionnaire_lines import Lines, Path

_AUDIENCES = {"staff": "for staff", "users": "for people who use services", "both": "for everyone"}

Message = tuple[int, None, str, list[str]]
"""Line, no function name, text, comments: what Babel wants of an extractor."""


def questionnaire(
    fileobj: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """Each translatable text of one questionnaire with its line and one comment, in the order of lines.

    ``keywords``, ``comment_tags`` and ``options`` are Babel's and change nothing here.

    Raises:
        FaultyQuestionnaire: if the file is no questionnaire; half of one would lose translations.
    """
    text = fileobj.read().decode("utf-8")
    parse(text, PurePath(str(getattr(fileobj, "name", "questionnaire"))).name)
    lines = Lines(text)
    found = [(lines.of(path), message, use) for path, message, use in _texts(tomllib.loads(text))]
    for line, message, use in sorted(found, key=lambda each: each[0]):
        yield line, None, message, [f"Translators: {use}"]


def support(
    fileobj: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """Who each place to find help is for, and when somebody answers there, with line and comment.

    ``keywords``, ``comment_tags`` and ``options`` are Babel's and change nothing here.

    Raises:
        FaultySupport: if the file is no such list.
    """
    text = fileobj.read().decode("utf-8")
    lines = Lines(text)
    for index, place in enumerate(places.parse(text, PurePath(str(getattr(fileobj, "name", "support"))).name)):
        about = f"Translators: I need help, {place.name}"
        yield lines.of(("organisation", index, "what")), None, place.what, [f"{about}, who it is for"]
        if place.when is not None:
            yield lines.of(("organisation", index, "when")), None, place.when, [f"{about}, when somebody answers"]


def _texts(values: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """The path of each translatable text, the text, and where it is used."""
    yield ("title",), values["title"], "The questionnaire, its title"
    yield ("open_question",), values["open_question"], "The open question at the end of each principle"
    for index, score in enumerate(values["score"]):
        use = f"Score {score['value']}, its button, {_at_most(LABEL_MOST)}"
        yield ("score", index, "label"), score["label"], use
    for index, principle in enumerate(values["principle"]):
        yield from _principle_texts(("principle", index), principle)
    for index, explanation in enumerate(values.get("explanation", [])):
        where = f"Meaning of words, {explanation['term']}"
        yield ("explanation", index, "term"), explanation["term"], f"{where}, the word itself"
        yield ("explanation", index, "text"), explanation["text"], f"{where}, its explanation"
    for index, rung in enumerate(values.get("rung", [])):
        where = f"Ladder of co-production, rung {rung['number']}"
        yield ("rung", index, "name"), rung["name"], f"{where}, its name"
        yield ("rung", index, "text"), rung["text"], f"{where}, its explanation"


def _principle_texts(path: Path, principle: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    where = f"Principle {principle['name']}"
    yield (*path, "name"), principle["name"], f"{where}, its name, {_at_most(NAME_MOST)}"
    yield (*path, "definition"), principle["definition"], f"{where}, what it is about"
    for index, statement in enumerate(principle["statement"]):
        use = f"{where}, statement {statement['id']}, {_at_most(STATEMENT_MOST)}"
        yield (*path, "statement", index, "plain"), statement["plain"], use
    for index, prompt in enumerate(principle.get("prompt", [])):
        use = f"{where}, something to think about {_AUDIENCES[prompt['audience']]}"
        yield (*path, "prompt", index, "text"), prompt["text"], use


def _at_most(characters: int) -> str:
    return f"at most {characters} characters"
