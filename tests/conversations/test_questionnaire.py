"""The questionnaire's data as shipped, and what ``parse`` says of data that is not right."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.questionnaire import (
    Fault,
    FaultyQuestionnaire,
    NotInQuestionnaire,
    Questionnaire,
    parse,
)
from conversations.questionnaire_lines import Lines

NAME = "maternity-neonatal.toml"
SHIPPED = (Path(__file__).parents[2] / "conversations" / "questionnaires" / NAME).read_text("utf-8")

SMALL = """\
id = "small"
version = 2
title = "Small"
source = "Somebody"
source_url = "https://example.org/a"
adapted_from = "Somebody else"
open_question = "What would help?"
official_open_question = "What would help you?"

[[principle]]
id = "one"
name = "One"
definition = "The first."
official_definition = "You do the first."
terms = ["word"]

[[principle.statement]]
id = "1"
official = "You do it."
plain = "This service does it."

[[principle.prompt]]
id = "a1"
audience = "both"
text = "Does it?"
opens = "word"

[[principle.prompt]]
id = "a2"
audience = "staff"
text = "Do you?"

[[principle]]
id = "two"
name = "Two"
definition = "The second."
official_definition = "You do the second."

[[principle.statement]]
id = "1"
official = "You did it."
plain = "This service did it."

[[principle.statement]]
id = "2"
official = "You will do it."
plain = "This service will do it."

[[score]]
value = 1
label = "Nothing"
official = ""

[[score]]
value = 2
label = "A little"
official = ""

[[score]]
value = 3
label = "Some"
official = ""

[[score]]
value = 4
label = "Much"
official = ""

[[score]]
value = 5
label = "All"
official = ""

[[explanation]]
id = "word"
term = "Word"
text = "What a word is."
"""

LADDER = """
[[rung]]
number = 1
name = "Bottom"
text = "Nothing is shared."

[[rung]]
number = 2
name = "Top"
text = "All is shared."
"""


def shipped() -> Questionnaire:
    return parse(SHIPPED, NAME)


def line_of(text: str, needle: str, occurrence: int = 1) -> int:
    """The line, from 1, of the given occurrence of a line that begins with ``needle``."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith(needle)]
    return lines[occurrence - 1]


def changed(old: str, new: str, *, base: str = SMALL, occurrence: int = 1) -> str:
    """The base text with the line ``old`` replaced by ``new``."""
    lines = base.split("\n")
    lines[line_of(base, old, occurrence) - 1] = new
    return "\n".join(lines)


def told(text: str) -> list[str]:
    with pytest.raises(FaultyQuestionnaire) as caught:
        parse(text, "small.toml")
    assert str(caught.value).split("\n") == [str(fault) for fault in caught.value.faults]
    return str(caught.value).split("\n")


# What is shipped


def test_the_shipped_questionnaire_has_the_five_principles_in_the_order_of_the_guide() -> None:
    ids = [principle.id for principle in shipped().principles]
    assert ids == ["assets", "networks", "outcomes", "relationships", "catalysts"]


def test_every_principle_has_three_statements_that_stand_alone() -> None:
    for principle in shipped().principles:
        assert [statement.id for statement in principle.statements] == ["1", "2", "3"]
        for statement in principle.statements:
            assert "his service" in statement.plain
            assert len(statement.plain.split()) <= 20


def test_the_official_wordings_are_those_that_were_published() -> None:
    assert [statement.official for p in shipped().principles for statement in p.statements] == [
        "You acknowledge that everyone (including staff and people you support) has skills, strengths, "
        "knowledge or experience to contribute.",
        "You find ways to use and develop their assets, which builds their confidence and capacity further.",
        "You demonstrate that you value everyone's contribution, and you ensure everyone's voice is heard.",
        "You help people become part of supportive peer networks.",
        "You help people to make connections with communities, groups or other networks.",
        "You use these networks to make positive change happen.",
        "Your work is shaped around what matters to the individual.",
        "You focus on creating good outcomes (the difference in someone's life) more than on outputs "
        "(what you did and how often).",
        "Your monitoring and evaluation systems are built around these good outcomes.",
        "You take time to build connections, trust and understanding.",
        "You respect each other's perspective and the value everyone brings to the table.",
        "You ensure your approaches, systems and structures enable and encourage the sharing of power*.",
        "You see your role as enabling people to change, not just delivering services.",
        "You help people to build the life they want by enabling them to take action.",
        "You work in partnership with the people you support to co-commission, co-design, co-deliver and "
        "co-evaluate your services.",
    ]


def test_the_footnote_on_power_is_kept_in_its_explanation() -> None:
    assert "Think about sharing decision making etc." in shipped().explanation("power").text


def test_every_question_of_the_guide_has_its_prompt() -> None:
    assert {p.id: len(p.prompts) for p in shipped().principles} == {
        "assets": 11,
        "networks": 9,
        "outcomes": 9,
        "relationships": 11,
        "catalysts": 7,
    }


def test_the_ladder_has_seven_rungs_from_the_top_and_one_prompt_opens_it() -> None:
    questionnaire = shipped()
    assert [rung.number for rung in questionnaire.ladder] == [7, 6, 5, 4, 3, 2, 1]
    assert [rung.name for rung in questionnaire.ladder][:: len(questionnaire.ladder) - 1] == [
        "Co-production",
        "Coercion",
    ]
    opened = [(p.id, prompt.opens) for p in questionnaire.principles for prompt in p.prompts if prompt.opens]
    assert opened == [("catalysts", "ladder")]


def test_every_explanation_can_be_reached_from_some_principle() -> None:
    questionnaire = shipped()
    reached = {term for p in questionnaire.principles for term in p.terms}
    reached |= {prompt.opens for p in questionnaire.principles for prompt in p.prompts if prompt.opens}
    assert reached == {explanation.id for explanation in questionnaire.explanations}


def plain_texts() -> list[str]:
    questionnaire = shipped()
    texts = [questionnaire.open_question, *(rung.text for rung in questionnaire.ladder)]
    texts += [explanation.text for explanation in questionnaire.explanations]
    for principle in questionnaire.principles:
        texts += [principle.definition, *(statement.plain for statement in principle.statements)]
        texts += [prompt.text for prompt in principle.prompts]
    return texts


def test_no_plain_sentence_has_more_than_twenty_words() -> None:
    sentences = [s for text in plain_texts() for s in re.split(r"(?<=[.?!])[”)]*\s", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []


@pytest.mark.parametrize("phrase", ["your baby", "easy", "simple", "simply", "please", "stakeholder", "!", "%"])
def test_no_plain_text_uses(phrase: str) -> None:
    assert [text for text in plain_texts() if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.I)] == []


def test_service_users_are_named_only_where_the_term_itself_is_explained() -> None:
    assert len([text for text in plain_texts() if "service user" in text.lower()]) == 1


def test_explanations_have_two_to_four_sentences() -> None:
    for explanation in shipped().explanations:
        assert 2 <= len(re.findall(r"[.?!](?=\s|$)", explanation.text)) <= 4, explanation.id


# Finding parts


def test_parts_are_found_by_their_ids() -> None:
    questionnaire = parse(SMALL, "small.toml")
    assert questionnaire.principle("two").statement("2").plain == "This service will do it."
    assert questionnaire.explanation("word").term == "Word"


def test_a_part_that_is_not_there_is_a_lookup_error_that_names_it() -> None:
    questionnaire = parse(SMALL, "small.toml")
    with pytest.raises(NotInQuestionnaire, match="'three'"):
        questionnaire.principle("three")
    with pytest.raises(NotInQuestionnaire, match=r"'one'.*'2'"):
        questionnaire.principle("one").statement("2")
    with pytest.raises(LookupError, match="'nothing'"):
        questionnaire.explanation("nothing")
    assert not issubclass(NotInQuestionnaire, KeyError)


def test_a_questionnaire_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        parse(SMALL, "small.toml").title = "Other"  # type: ignore[misc]


# Faults, their words and their lines


def test_a_wrong_audience_is_told_in_full() -> None:
    text = changed('audience = "staff"', 'audience = "stuff"')
    line = line_of(text, 'audience = "stuff"')
    assert told(text) == [
        f'small.toml, line {line}: prompt "a2" of principle "one" has the audience "stuff". '
        'Write "staff", "users" or "both".'
    ]


@pytest.mark.parametrize(
    ("old", "occurrence", "new", "expected"),
    [
        ('id = "small"', 1, 'id = "Small"', "has an id of the wrong form"),
        ('id = "one"', 1, 'id = "one-two-three-x"', "has an id of the wrong form"),
        ('id = "a1"', 1, 'id = "1"', "has an id of the wrong form"),
        ('id = "1"', 1, "id = 1", "has the number 1 as its id"),
        ('id = "two"', 1, 'id = "one"', "has the same id as another one"),
        ('id = "2"', 1, 'id = "1"', "has the same id as another one"),
        ('id = "a2"', 1, 'id = "a1"', "has the same id as another one"),
        ("version = 2", 1, "version = 0", "has the number 0 as its version"),
        ("version = 2", 1, "version = true", "has yes or no (true, false) as its version"),
        ("version = 2", 1, 'version = "2"', "has a text as its version"),
        ("version = 2", 1, "version = 2.0", "has a number with a point as its version"),
        ("version = 2", 1, "version = 2026-01-01", "has a date or time as its version"),
        ('title = "Small"', 1, 'title = ""', "has an empty title"),
        ('title = "Small"', 1, 'title = "  "', "has an empty title"),
        ('title = "Small"', 1, 'title = " Small"', "has a space around its title"),
        ('title = "Small"', 1, 'title = "a\\nb"', "has a line break"),
        ('title = "Small"', 1, 'title = ["Small"]', "has a list as its title"),
        ('source_url = "https', 1, 'source_url = "javascript:x"', "has no web address as its source_url"),
        ('name = "Two"', 1, f'name = "{"n" * 31}"', "has 31 characters in its name"),
        ('plain = "This service did', 1, f'plain = "{"p" * 141}"', "has 141 characters in its plain"),
        ('text = "Do you?"', 1, f'text = "{"t" * 221}"', "has 221 characters in its text"),
        ('label = "Much"', 1, f'label = "{"l" * 35}"', "has 35 characters in its label"),
        ('text = "What a word', 1, f'text = "{"e" * 701}"', "has 701 characters in its text"),
        ('text = "What a word', 1, 'text = ""', "has an empty text"),
        ("value = 3", 1, "value = 6", "has the number 6 as its value"),
        ("value = 3", 1, "value = 4", "has the value 4. Write the five scores in the order 1 to 5"),
        ('opens = "word"', 1, 'opens = "work"', 'names the explanation "work", which is not there'),
        ('opens = "word"', 1, 'opens = "ladder"', 'names the explanation "ladder", which is not there'),
        ('opens = "word"', 1, 'opens = ""', "has an empty opens"),
        ('opens = "word"', 1, 'open = "word"', 'has "open", which means nothing here. Did you mean "opens"?'),
        ('terms = ["word"]', 1, 'terms = ["wort"]', 'names the explanation "wort"'),
        ('terms = ["word"]', 1, 'terms = "word"', "has no list of texts as its terms"),
        ('terms = ["word"]', 1, 'terms = ["word", 1]', "has no list of texts as its terms"),
        ('terms = ["word"]', 1, 'terms = ["word", "word"]', 'has "word" twice in its terms'),
        ('term = "Word"', 1, "term = {}", "has a table as its term"),
    ],
)
def test_a_broken_value_is_told_at_its_own_line(old: str, occurrence: int, new: str, expected: str) -> None:
    line = line_of(SMALL, old, occurrence)
    faults = told(changed(old, new, occurrence=occurrence))
    assert len(faults) == 1
    assert faults[0].startswith(f"small.toml, line {line}: ")
    assert expected in faults[0]


@pytest.mark.parametrize(
    ("old", "heading", "heading_occurrence", "expected"),
    [
        ("title = ", "id = ", 1, 'the questionnaire "small" has no title. Add a line: title = "…"'),
        ('name = "Two"', "[[principle]]", 2, 'principle "two" has no name.'),
        ('id = "two"', "[[principle]]", 2, "principle number 2 has no id."),
        (
            'plain = "This service did',
            "[[principle.statement]]",
            2,
            'statement "1" of principle "two" has no plain.',
        ),
        (
            'plain = "This service will',
            "[[principle.statement]]",
            3,
            'statement "2" of principle "two" has no plain',
        ),
        ('audience = "staff"', "[[principle.prompt]]", 2, 'prompt "a2" of principle "one" has no audience.'),
        ("value = 4", "[[score]]", 4, "score number 4 has no value. Add a line: value = 1"),
        ('term = "Word"', "[[explanation]]", 1, 'explanation "word" has no term.'),
    ],
)
def test_a_missing_key_is_told_at_the_heading(old: str, heading: str, heading_occurrence: int, expected: str) -> None:
    faults = told(changed(old, ""))
    assert len(faults) == 1
    assert faults[0].startswith(f"small.toml, line {line_of(SMALL, heading, heading_occurrence)}: {expected}")


def test_a_misspelt_key_is_told_with_the_key_that_was_meant() -> None:
    faults = told(changed('audience = "staff"', 'audence = "staff"'))
    heading, line = line_of(SMALL, "[[principle.prompt]]", 2), line_of(SMALL, 'audience = "staff"')
    assert faults == [
        f'small.toml, line {heading}: prompt "a2" of principle "one" has no audience. Add a line: audience = "staff"',
        f'small.toml, line {line}: prompt "a2" of principle "one" has "audence", which means nothing here. '
        'Did you mean "audience"?',
    ]


def test_a_misspelt_heading_is_told_at_its_line() -> None:
    faults = told(changed("[[explanation]]", "[[explanations]]"))
    line = line_of(SMALL, "[[explanation]]")
    assert f'small.toml, line {line}: the questionnaire "small" has "explanations", which means' in faults[-1]
    assert faults[-1].endswith('Did you mean "explanation"?')


def test_a_single_table_where_several_may_stand_is_told() -> None:
    text = SMALL.replace("[[explanation]]", "[explanation]")
    assert any(
        f"line {line_of(text, '[explanation]')}: the questionnaire has a table as its explanation. "
        "Write each one under [[explanation]]." in fault
        for fault in told(text)
    )


def test_a_sixth_score_is_told_at_its_heading_and_a_missing_one_at_the_first() -> None:
    six = SMALL + '[[score]]\nvalue = 5\nlabel = "More"\nofficial = ""\n'
    line = line_of(six, "[[score]]", 6)
    assert told(six) == [f"small.toml, line {line}: the questionnaire has 6 scores. Write 5, each under [[score]]."]
    four = SMALL.replace('[[score]]\nvalue = 5\nlabel = "All"\nofficial = ""\n', "")
    line = line_of(four, "[[score]]")
    assert told(four) == [f"small.toml, line {line}: the questionnaire has 4 scores. Write 5, each under [[score]]."]


def test_a_ninth_principle_and_a_sixth_statement_are_too_many() -> None:
    statement = '\n[[principle.statement]]\nid = "{0}"\nofficial = "You."\nplain = "This."\n'
    principle = '\n[[principle]]\nid = "p{0}"\nname = "P"\ndefinition = "D."\nofficial_definition = "O."\n'
    more = SMALL + "".join(principle.format(n) + statement.format(1) for n in range(3, 9))
    assert len(parse(more, "small.toml").principles) == 8
    nine = more + principle.format(9) + statement.format(1)
    line = line_of(nine, "[[principle]]", 9)
    assert told(nine) == [
        f"small.toml, line {line}: the questionnaire has 9 principles. Write 1 to 8, each under [[principle]]."
    ]
    six = more + "".join(statement.format(n) for n in range(2, 7))
    assert told(six) == [
        f'small.toml, line {line_of(six, "[[principle.statement]]", 14)}: principle "p8" has 6 statements. '
        "Write 1 to 5, each under [[principle.statement]]."
    ]


def test_the_same_prompt_id_in_another_principle_is_told() -> None:
    text = changed(
        "[[score]]",
        '[[principle.prompt]]\nid = "a1"\naudience = "both"\ntext = "So?"\n\n[[score]]',
        base=SMALL,
    )
    line = line_of(text, 'id = "a1"', 2)
    assert told(text) == [
        f'small.toml, line {line}: prompt "a1" of principle "two" has the same id as another one. Give each its own id.'
    ]


def test_rungs_need_an_introduction_a_source_and_numbers_of_their_own() -> None:
    faults = told(SMALL + LADDER)
    assert [fault.split(": ", 1)[1] for fault in faults] == [
        'the questionnaire "small" has no ladder_source. Add a line: ladder_source = "…"',
        'rung number 1 has no introduction. Write an [[explanation]] with id = "ladder".',
    ]
    whole = 'ladder_source = "TLAP"\n' + SMALL.replace('"word"', '"ladder"') + LADDER
    assert [rung.name for rung in parse(whole, "small.toml").ladder] == ["Top", "Bottom"]
    twice = whole.replace("number = 2", "number = 1")
    line = line_of(twice, "number = 1", 2)
    assert told(twice) == [
        f"small.toml, line {line}: rung number 2 has the same number as another one. Give each its own number."
    ]


def test_all_faults_are_told_at_once_in_the_order_of_lines() -> None:
    text = changed('term = "Word"', "", base=changed("version = 2", 'version = "two"'))
    text = changed("label = ", 'label = ""', base=text)
    faults = told(text)
    assert [int(fault.split("line ")[1].split(":")[0]) for fault in faults] == [
        line_of(text, "version"),
        line_of(text, 'label = ""'),
        line_of(text, "[[explanation]]"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('title = "Small"', 'title = "Small', "Illegal character"),
        ('title = "Small"', "title = Small", "Invalid value"),
        ('title = "Small"', 'id = "Small"', "Cannot overwrite a value"),
        ("[[explanation]]", "[[explanation]", "Expected"),
    ],
)
def test_a_syntax_error_is_told_with_its_line(old: str, new: str, reason: str) -> None:
    [fault] = told(changed(old, new))
    assert fault.startswith(f"small.toml, line {line_of(SMALL, old)}: this is not TOML: {reason}")


def test_an_error_at_the_end_of_the_text_is_told_at_the_last_line() -> None:
    [fault] = told(SMALL + "\nlast =")
    assert f"line {SMALL.count(chr(10)) + 2}: this is not TOML" in fault


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000, "a = 2026-99-99", "", "\ufeff" + SMALL])
def test_hostile_texts_are_faults_and_nothing_else(text: str) -> None:
    assert told(text)


def test_windows_line_ends_change_neither_meaning_nor_lines() -> None:
    assert parse(SMALL.replace("\n", "\r\n"), "small.toml") == parse(SMALL, "small.toml")
    text = changed('audience = "staff"', 'audience = "stuff"').replace("\n", "\r\n")
    assert f"line {line_of(SMALL, 'audience = ', 2)}:" in told(text)[0]


def test_headings_inside_texts_lists_and_comments_are_no_headings() -> None:
    text = (
        "# [[principle]]\n"
        'a = """\n[[principle]]\nid = "x"\n"""\n'
        "b = '''\n[[principle]]'''\n"
        'c = [\n  "]", # ]\n  "[[principle]]",\n]\n'
        'd = [\n  ["x"],\n]\n'
        "e = 1\n"
        '[[ principle ]] # "\n'
        '"na me".inner = 1\n'
        "[[principle.statement]]\n"
        "[[principle]]\n"
        "[[principle.statement]]\n"
        "id = 1\n"
    )
    lines = Lines(text)
    assert lines.of(("b",)) == 6
    assert lines.of(("c",)) == 8
    assert lines.of(("e",)) == 15
    assert lines.of(("principle", 0)) == 16
    assert lines.of(("principle", 0, "na me", "inner")) == 17
    assert lines.of(("principle", 0, "statement", 0)) == 18
    assert lines.of(("principle", 1, "statement", 0, "id")) == 21
    assert lines.of(("principle", 1, "statement", 0, "other")) == 20
    assert lines.of(("nothing",)) == 1


def test_principles_may_be_written_as_inline_tables() -> None:
    text = SMALL.replace('[[explanation]]\nid = "word"\nterm = "Word"\ntext = "What a word is."\n', "")
    text = 'explanation = [\n  {id = "word", term = "Word", text = ""},\n]\n' + text
    assert told(text) == [
        'small.toml, line 1: explanation "word" has an empty text. Write a text between the quotation marks.'
    ]


# Whatever happens to the text, only faults are raised

SHIPPED_LINES = SHIPPED.split("\n")
VALUES = st.sampled_from(
    [
        "",
        '""',
        '"x"',
        "1",
        "-1",
        "true",
        "[]",
        "[[]]",
        "{}",
        "{a = 1}",
        "2026-01-01",
        "nan",
        "0x10",
        "'''",
        '"\\ud800"',
    ]
)


def only_faults(text: str) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        parse(text, NAME)
    except FaultyQuestionnaire as error:
        faults = error.faults or pytest.fail("raised without a fault")
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    assert all("\n" not in str(fault) for fault in faults)


def test_any_line_of_the_small_text_may_be_dropped_and_only_faults_are_raised() -> None:
    lines = SMALL.split("\n")
    for index in range(len(lines)):
        only_faults("\n".join(lines[:index] + lines[index + 1 :]))


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, len(SHIPPED_LINES) - 1), min_size=1, max_size=5))
def test_any_lines_may_be_dropped_and_only_faults_are_raised(dropped: set[int]) -> None:
    only_faults("\n".join(line for index, line in enumerate(SHIPPED_LINES) if index not in dropped))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_value_may_be_broken_and_only_faults_are_raised(data: st.DataObject) -> None:
    lines = SMALL.split("\n")
    index = data.draw(st.sampled_from([number for number, line in enumerate(lines) if " = " in line]))
    key, value = lines[index].split(" = ", 1)
    lines[index] = f"{key} = {data.draw(VALUES | st.text() | st.just(value[:-1]))}"
    only_faults("\n".join(lines))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SMALL)), st.text(max_size=6)), min_size=1, max_size=3))
def test_anything_may_be_typed_anywhere_and_only_faults_are_raised(typed: list[tuple[int, str]]) -> None:
    text = SMALL
    for place, piece in typed:
        text = text[:place] + piece + text[place:]
    only_faults(text)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_broken_value_in_the_shipped_text_is_told_at_its_own_line(data: st.DataObject) -> None:
    keys = [index for index, line in enumerate(SHIPPED_LINES) if re.match(r"(text|plain|label|name|official) = ", line)]
    index = data.draw(st.sampled_from(keys))
    lines = list(SHIPPED_LINES)
    lines[index] = lines[index].split(" = ")[0] + " = 7"
    with pytest.raises(FaultyQuestionnaire) as caught:
        parse("\n".join(lines), NAME)
    assert [fault.line for fault in caught.value.faults] == [index + 1]
