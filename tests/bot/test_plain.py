"""Every English text is plain, and what ``make plain`` looks for is found where it is planted."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Mapping
from pathlib import Path

import pytest

import bot.texts
from bot.plain import grading
from bot.plain.__main__ import examine, line, main
from bot.plain.allowances import Allowances, Avoid, Exception_, Name, Term, read
from bot.plain.judging import Reading, judge, means, too_hard, unexplained, unused
from bot.plain.texts import MODULES, PlainText, every_text, shipped
from bot.support import SHIPPED, load
from conversations.questionnaire import Questionnaire

HARD = "Organisational stakeholders participate collaboratively in multidisciplinary improvement activities."
NOTHING = Allowances(avoid=(), names=(), terms=(), exceptions=(), long_words={}, samples={})


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return shipped()


@pytest.fixture(scope="module")
def allowances() -> Allowances:
    return read()


@pytest.fixture(scope="module")
def texts(questionnaire: Questionnaire, allowances: Allowances) -> list[PlainText]:
    return every_text(questionnaire, allowances.samples, set())


def said(words: str, *, kind: str = "participant", button: bool = False, principle: str = "") -> PlainText:
    return PlainText(id="planted", kind=kind, words=words, button=button, principle=principle)


def rules(text: PlainText, allowances: Allowances = NOTHING) -> list[str]:
    [reading] = judge([text], allowances)
    return [fault.rule for fault in reading.faults]


# The texts as they are


def test_every_text_is_plain(questionnaire: Questionnaire, allowances: Allowances) -> None:
    readings, faults = examine(questionnaire, allowances)
    assert faults == []
    assert len(readings) > 700


def test_every_module_of_texts_is_read() -> None:
    there = {module.name for module in pkgutil.iter_modules(bot.texts.__path__)} - {"entry", "gather"}
    assert there == set(MODULES)


def test_every_id_is_read(texts: list[PlainText]) -> None:
    ids = {id_ for module in MODULES for id_ in importlib.import_module(f"bot.texts.{module}").TEXTS}
    assert ids <= {text.id for text in texts}


def test_every_plain_wording_of_the_questionnaire_is_read(texts: list[PlainText], questionnaire: Questionnaire) -> None:
    read_ = {text.words for text in texts}
    wordings = {questionnaire.title, questionnaire.open_question}
    wordings |= {score.label for score in questionnaire.scores}
    for principle in questionnaire.principles:
        wordings |= {principle.name, principle.definition}
        wordings |= {statement.plain for statement in principle.statements}
        wordings |= {prompt.text for prompt in principle.prompts}
    for explanation in questionnaire.explanations:
        wordings |= {explanation.term, explanation.text}
    for rung in questionnaire.ladder:
        wordings |= {rung.name, rung.text}
    assert wordings <= read_


def test_what_places_to_find_help_say_is_read(texts: list[PlainText]) -> None:
    said_ = {words for place in load(SHIPPED) for words in (place.what, place.when) if words is not None}
    assert len(said_) > 5
    assert said_ <= {text.words for text in texts}


def test_official_wordings_are_not_read(texts: list[PlainText], questionnaire: Questionnaire) -> None:
    official = {statement.official for principle in questionnaire.principles for statement in principle.statements}
    assert official.isdisjoint(text.words for text in texts)


def test_placeholders_are_filled(texts: list[PlainText]) -> None:
    assert [text.words for text in texts if "{" in text.words] == []


# Grades


def test_the_grade_is_the_formula_of_flesch_and_kincaid() -> None:
    # Ten words in two sentences, eleven syllables: 0.39 × 5 + 11.8 × 1.1 - 15.59.
    assert grading.grade("We keep what you say. You can change your answer.") == pytest.approx(-0.66)


def test_a_sentence_ends_where_it_ends() -> None:
    assert grading.longest("One two. Three “four five.” Six? Seven – eight nine ten!") == 4


@pytest.mark.parametrize(("word", "count"), [("service", 2), ("catalyst", 3), ("organisation", 5)])
def test_syllables_are_counted(word: str, count: int) -> None:
    assert grading.syllables(word) == count


# What is planted is found


def test_a_hard_text_is_found() -> None:
    assert "grade" in rules(said(HARD))
    assert "grade" in rules(said(HARD, kind="facilitator"))


def test_facilitators_read_a_little_more() -> None:
    words = "People look at results and then decide about it together."
    assert 7 < grading.grade(words) < 8
    assert (rules(said(words)), rules(said(words, kind="facilitator"))) == (["grade"], [])


def test_a_word_to_avoid_is_found_with_its_replacement(allowances: Allowances) -> None:
    [reading] = judge([said("We utilise your answers to plan.")], allowances)
    assert [fault.told for fault in reading.faults] == ["“utilise”. Better: use."]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Do this prior to that.", "prior to"),
        ("Please tap it.", "Please"),
        ("It is easy to do.", "easy"),
        ("We ask service users.", "service users"),
        ("We facilitate it.", "facilitate"),
        ("Think of this, e.g. that one.", "e.g"),
        ("She lost her baby.", "lost her baby"),
    ],
)
def test_words_to_avoid_are_found_in_any_form(allowances: Allowances, words: str, found: str) -> None:
    assert [hit for avoid in allowances.avoid for hit in avoid.found(words)] == [found]


def test_a_word_inside_another_is_not_a_word_to_avoid() -> None:
    assert Avoid(words="just|via", instead="").found("We adjust it in Bolivia.") == []


def test_a_long_sentence_is_found() -> None:
    assert rules(said("a " * 19 + "b.")) == []
    assert rules(said("a " * 20 + "b.")) == ["sentence"]


def test_statements_have_shorter_sentences() -> None:
    assert rules(said("a " * 14 + "b. " + "a " * 14 + "b.", kind="statement")) == []
    assert rules(said("a " * 15 + "b.", kind="statement")) == ["sentence"]


def test_a_long_button_is_found() -> None:
    assert rules(said("Go to the end of it", button=True)) == []
    assert rules(said("Go to the end of it now", button=True)) == ["button"]
    assert rules(said("Go to the end of it now")) == []


def test_a_label_is_not_graded_but_its_words_are_looked_at() -> None:
    [reading] = judge([said("Your organisation", button=True)], NOTHING)
    assert (reading.grade, [fault.rule for fault in reading.faults]) == (None, ["long word"])
    known = dataclasses.replace(NOTHING, long_words={"organisation": "no shorter word"})
    assert rules(said("Your organisation"), known) == []


def test_the_mean_of_a_kind_is_looked_at() -> None:
    words = "People look at the results and then decide about them together."
    assert 5 < grading.grade(words) <= 7
    readings = judge([said(words, kind="prompt")] * 5, NOTHING)
    assert means(readings) == {kind: pytest.approx(grading.grade(words)) for kind in ("prompt", "participants")}
    assert [told.partition(":")[0] for told in too_hard(means(readings))] == ["prompt", "participants"]
    assert too_hard(means(judge([said(words, kind="charts")] * 5, NOTHING))) == []


def test_short_texts_do_not_make_up_for_hard_ones() -> None:
    assert grading.grade("We go on now.") < 0
    assert means(judge([said("We go on now.")] * 5, NOTHING))["participants"] == 0


# Names, terms and exceptions


def test_a_name_does_not_count_and_a_term_only_for_participants() -> None:
    words = "Ask the Multidisciplinary Interprofessional Collaboration for it."
    assert rules(said(words)) == ["grade"]
    name = Name(phrase="Multidisciplinary Interprofessional Collaboration", reason="a name")
    assert rules(said(words), dataclasses.replace(NOTHING, names=(name,))) == []
    term = Term(words="multidisciplinary interprofessional collaboration", explanation="x")
    assert rules(said(words), dataclasses.replace(NOTHING, terms=(term,))) == []
    assert rules(said(words, kind="facilitator"), dataclasses.replace(NOTHING, terms=(term,))) == ["grade"]


def test_a_term_needs_its_explanation(questionnaire: Questionnaire) -> None:
    terms = (Term(words="co-production", explanation="coproduction"), Term(words="syzygy", explanation="syzygy"))
    allowances = dataclasses.replace(NOTHING, terms=terms)
    assert list(unexplained([], allowances, questionnaire)) == [
        "term syzygy: there is no explanation “syzygy”. Write it, or remove the term."
    ]


def test_a_term_needs_its_explanation_one_tap_away(questionnaire: Questionnaire) -> None:
    allowances = dataclasses.replace(NOTHING, terms=(Term(words="co-production", explanation="coproduction"),))
    words = "Is this co-production?"
    assert list(unexplained([said(words, principle="assets")], allowances, questionnaire)) == []
    [told] = unexplained([said(words, principle="outcomes")], allowances, questionnaire)
    assert told.startswith("planted: add “coproduction” to the terms of this principle")


def excepted(rule: str) -> tuple[list[Reading], Allowances]:
    allowances = dataclasses.replace(NOTHING, exceptions=(Exception_(id="planted", rule=rule, reason="a test"),))
    return judge([said(HARD)], allowances), allowances


def test_an_exception_allows_one_rule_of_one_text() -> None:
    readings, allowances = excepted("grade")
    assert readings[0].faults == ()
    assert list(unused(readings, allowances, set())) == []
    assert "*" in line(readings[0])
    [other] = judge([dataclasses.replace(said(HARD), id="other")], allowances)
    assert [fault.rule for fault in other.faults] == ["grade"]


def test_an_exception_without_use_is_told() -> None:
    readings, allowances = excepted("sentence")
    assert [fault.rule for fault in readings[0].faults] == ["grade"]
    assert list(unused(readings, allowances, set())) == [
        "exception planted, sentence: the text keeps this rule. Remove the exception."
    ]


def test_an_exception_from_no_rule_is_told() -> None:
    readings, allowances = excepted("kindness")
    [told] = unused(readings, allowances, set())
    assert told.startswith("exception planted: no rule is called “kindness”.")


@pytest.mark.parametrize(
    ("allowed", "told"),
    [
        ({"names": (Name(phrase="Zebra", reason="x"),)}, "name Zebra"),
        ({"terms": (Term(words="zebra", explanation="x"),)}, "term zebra"),
        ({"long_words": {"extraordinary": "x"}}, "long word extraordinary"),
        ({"long_words": {"short": "x"}}, "long word short"),
        ({"samples": {"zebra": "x"}}, "sample zebra"),
    ],
)
def test_whatever_is_allowed_without_need_is_told(allowed: Mapping[str, tuple[()]], told: str) -> None:
    allowances = dataclasses.replace(NOTHING, **allowed)  # type: ignore[arg-type] # each is of the type of its field
    assert [each.partition(":")[0] for each in unused(judge([said("A short one")], allowances), allowances, set())] == [
        told
    ]


def test_a_placeholder_without_a_sample_is_told(questionnaire: Questionnaire, allowances: Allowances) -> None:
    samples = {name: sample for name, sample in allowances.samples.items() if name != "organisation"}
    _, [fault] = examine(questionnaire, dataclasses.replace(allowances, samples=samples))
    assert "there is no sample for {organisation}" in fault


def test_every_exception_has_its_reason(allowances: Allowances) -> None:
    reasons = [name.reason for name in allowances.names] + [each.reason for each in allowances.exceptions]
    reasons += allowances.long_words.values()
    assert [reason for reason in reasons if len(reason.split()) < 3] == []


# The command


def test_the_command_prints_each_text_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert "Mean grades: " in printed
    assert "home.title: Hello" in printed
    assert "assets.statement.1: " in printed


def test_a_planted_text_fails_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, questionnaire: Questionnaire, tmp_path: Path
) -> None:
    planted = dataclasses.replace(questionnaire, open_question=HARD)
    monkeypatch.setattr("bot.plain.__main__.shipped", lambda: planted)
    assert main(["--faults"]) == 1
    printed = capsys.readouterr()
    assert "questionnaire.open_question: grade" in printed.err
    assert "questionnaire.open_question: “stakeholders”. Better: the people it is about, by name." in printed.err
    assert "Mean grades" not in printed.out
