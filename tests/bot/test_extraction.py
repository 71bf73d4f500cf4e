"""Translators get every text in our words, with its line and its use, and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract

from bot.extraction import questionnaire
from conversations.questionnaire import FaultyQuestionnaire, parse

SHIPPED = Path(__file__).parents[2] / "conversations" / "questionnaires" / "maternity-neonatal.toml"


def extracted() -> list[tuple[int, None, str, list[str]]]:
    with SHIPPED.open("rb") as file:
        return list(questionnaire(file, ["_"], ["Translators:"], {}))


def texts_in(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a questionnaire with the name of its field."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item, name)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name), field.name)


def test_every_text_in_our_words_is_given_out_and_nothing_else() -> None:
    kept_back = {"id", "source", "source_url", "adapted_from", "ladder_source", "audience", "opens", "terms"}
    whole = parse(SHIPPED.read_text("utf-8"), SHIPPED.name)
    ours = [text for name, text in texts_in(whole) if name not in kept_back and not name.startswith("official")]
    assert sorted(message for _, _, message, _ in extracted()) == sorted(ours)


def test_each_text_stands_on_the_line_that_is_told() -> None:
    lines = SHIPPED.read_text("utf-8").split("\n")
    found = extracted()
    assert [line for line, _, _, _ in found] == sorted(line for line, _, _, _ in found)
    for line, _, message, _ in found:
        assert f'"{message}"' in lines[line - 1]


def test_translators_are_told_where_a_text_is_used() -> None:
    comments = {message: comment for _, _, message, [comment] in extracted()}
    whole = parse(SHIPPED.read_text("utf-8"), SHIPPED.name)
    assets, catalysts = whole.principle("assets"), whole.principle("catalysts")
    assert comments[assets.statement("1").plain] == "Translators: Principle Assets, statement 1, at most 140 characters"
    assert (
        comments[catalysts.prompts[1].text] == "Translators: Principle Catalysts, something to think about for everyone"
    )
    assert comments[whole.scores[3].label] == "Translators: Score 4, its button, at most 34 characters"
    assert comments[whole.ladder[0].text] == "Translators: Ladder of co-production, rung 7, its explanation"
    assert all(comment.startswith("Translators: ") for comment in comments.values())


def test_babel_takes_what_is_given() -> None:
    with SHIPPED.open("rb") as file:
        taken = list(extract("bot.extraction:questionnaire", file, comment_tags=["Translators:"]))
    assert [(line, message, comments) for line, message, comments, _ in taken] == [
        (line, message, comments) for line, _, message, comments in extracted()
    ]


def test_a_faulty_questionnaire_gives_nothing_to_translate() -> None:
    with pytest.raises(FaultyQuestionnaire, match="questionnaire, line 1: the questionnaire has no principles"):
        list(questionnaire(BytesIO(b"version = 1"), [], [], {}))
