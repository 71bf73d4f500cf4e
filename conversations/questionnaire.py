"""Reading a questionnaire: what people are asked, in which words, and what helps them to answer.

A questionnaire is data, written in TOML by people who are not programmers, and adapted by Trusts. ``parse``
either gives a ``Questionnaire`` that keeps every limit below or tells all faults with their lines. It opens
no file.

Ids are stored beside answers: changing the meaning of a statement asks for a new ``version``, and a
published id is never given to another thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from conversations.questionnaire_faults import Fault, FaultyQuestionnaire
from conversations.questionnaire_parts import (
    AUDIENCES,
    Audience,
    Explanation,
    NotInQuestionnaire,
    Principle,
    Prompt,
    Questionnaire,
    Rung,
    Score,
    Statement,
)
from conversations.questionnaire_table import Table, load, shown

__all__ = [
    "AUDIENCES",
    "Audience",
    "Explanation",
    "Fault",
    "FaultyQuestionnaire",
    "NotInQuestionnaire",
    "Principle",
    "Prompt",
    "Questionnaire",
    "Rung",
    "Score",
    "Statement",
    "parse",
]

LADDER: Final = "ladder"
"""The id of the explanation that introduces the ladder; a questionnaire with rungs has it."""

# The most characters (code points) of each text. Labels must fit a button, and plain statements a card, on a
# screen 320 pixels wide.
STATEMENT_MOST: Final = 140
LABEL_MOST: Final = 34
NAME_MOST: Final = 30
PROMPT_MOST: Final = 220
EXPLANATION_MOST: Final = 700
TERM_MOST: Final = 60
HEADING_MOST: Final = 140
RUNG_MOST: Final = 300
OFFICIAL_MOST: Final = 400


def parse(text: str, name: str) -> Questionnaire:
    """The questionnaire in a TOML text. ``name`` is the file's name, for telling faults only.

    Raises:
        FaultyQuestionnaire: with everything that is wrong, in the order of lines.
    """
    root, notes = load(text, name)
    explanation_tables = root.tables("explanation", least=0, most=60)
    explanations = tuple(_explanation(table) for table in explanation_tables)
    _check_unique(explanation_tables, "id", [explanation.id for explanation in explanations])
    known = frozenset(explanation.id for explanation in explanations)

    principle_tables = root.tables("principle", least=1, most=8)
    seen_prompts: set[str] = set()
    principles = tuple(_principle(table, known, seen_prompts) for table in principle_tables)
    _check_unique(principle_tables, "id", [principle.id for principle in principles])

    score_tables = root.tables("score", least=5, most=5)
    scores = tuple(_score(table) for table in score_tables)
    for table, score, wanted in zip(score_tables, scores, range(1, 6), strict=False):
        if score.value not in (0, wanted):
            table.note("value", f"has the value {score.value}.", "Write the five scores in the order 1 to 5.")

    rung_tables = root.tables("rung", least=0, most=7)
    ladder = tuple(_rung(table) for table in rung_tables)
    _check_unique(rung_tables, "number", [str(rung.number or "") for rung in ladder])
    if ladder and LADDER not in known:
        rung_tables[0].note("", "has no introduction.", f'Write an [[explanation]] with id = "{LADDER}".')

    questionnaire = Questionnaire(
        id=root.identity(),
        version=root.number("version", least=1, most=10_000),
        title=root.text("title", most=80),
        source=root.text("source", most=OFFICIAL_MOST),
        source_url=root.web_address("source_url"),
        adapted_from=root.text("adapted_from", most=OFFICIAL_MOST),
        open_question=root.text("open_question", most=HEADING_MOST),
        official_open_question=root.text("official_open_question", most=OFFICIAL_MOST),
        principles=principles,
        scores=scores,
        explanations=explanations,
        ladder=tuple(sorted(ladder, key=lambda rung: -rung.number)),
        ladder_source=root.text("ladder_source", most=OFFICIAL_MOST) if ladder or root.has("ladder_source") else "",
    )
    root.finish()
    if notes.faults:
        raise FaultyQuestionnaire(notes.faults)
    return questionnaire


def _principle(table: Table, known: frozenset[str], seen_prompts: set[str]) -> Principle:
    identity = table.identity()
    statement_tables = table.tables("statement", least=1, most=5)
    statements = tuple(_statement(each) for each in statement_tables)
    _check_unique(statement_tables, "id", [statement.id for statement in statements])
    prompt_tables = table.tables("prompt", least=0, most=40)
    prompts = tuple(_prompt(each, known) for each in prompt_tables)
    _check_unique(prompt_tables, "id", [prompt.id for prompt in prompts], seen_prompts)
    terms = table.words("terms")
    for term in terms:
        _check_known(table, "terms", term, known)
    principle = Principle(
        id=identity,
        name=table.text("name", most=NAME_MOST),
        definition=table.text("definition", most=HEADING_MOST),
        official_definition=table.text("official_definition", most=OFFICIAL_MOST),
        statements=statements,
        prompts=prompts,
        terms=terms,
    )
    table.finish()
    return principle


def _statement(table: Table) -> Statement:
    statement = Statement(
        id=table.identity(number_too=True),
        official=table.text("official", most=OFFICIAL_MOST),
        plain=table.text("plain", most=STATEMENT_MOST),
    )
    table.finish()
    return statement


def _prompt(table: Table, known: frozenset[str]) -> Prompt:
    prompt = Prompt(
        id=table.identity(),
        text=table.text("text", most=PROMPT_MOST),
        audience=table.choice("audience", AUDIENCES),
        opens=table.text("opens", most=NAME_MOST) if table.has("opens") else None,
    )
    if prompt.opens:
        _check_known(table, "opens", prompt.opens, known)
    table.finish()
    return prompt


def _score(table: Table) -> Score:
    value = table.number("value", least=1, most=5)
    label = table.text("label", most=LABEL_MOST)
    score = Score(value=value, label=label, official=table.text("official", most=OFFICIAL_MOST, may_be_empty=True))
    table.finish()
    return score


def _explanation(table: Table) -> Explanation:
    identity = table.identity()
    term = table.text("term", most=TERM_MOST)
    explanation = Explanation(id=identity, term=term, text=table.text("text", most=EXPLANATION_MOST))
    table.finish()
    return explanation


def _rung(table: Table) -> Rung:
    number = table.number("number", least=1, most=7)
    rung = Rung(number=number, name=table.text("name", most=NAME_MOST), text=table.text("text", most=RUNG_MOST))
    table.finish()
    return rung


def _check_unique(tables: Sequence[Table], key: str, names: Sequence[str], seen: set[str] | None = None) -> None:
    """Note every table whose name is not "" and was seen before. ``seen`` is added to."""
    seen = set() if seen is None else seen
    for table, name in zip(tables, names, strict=True):
        if name in seen:
            table.note(key, f"has the same {key} as another one.", f"Give each its own {key}.")
        if name:
            seen.add(name)


def _check_known(table: Table, key: str, identity: str, known: frozenset[str]) -> None:
    if identity not in known:
        table.note(
            key,
            f"names the explanation {shown(identity)}, which is not there.",
            "Write it, or correct the name.",
        )
