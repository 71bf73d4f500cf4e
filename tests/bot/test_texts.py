"""The texts: each is used and each that is used is there, with its parameters; and they say what they must."""

from __future__ import annotations

import ast
import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import ImageFont

from bot.charts.fonts import FOLDER
from bot.plain.buttons import buttons
from bot.plain.grading import sentences
from bot.texts import TEXTS, common, facilitator, participant, rights
from bot.wording import Wordings
from conversations.cards import Button, Card
from conversations.says import Text
from pseudo_language import Journey, build, placeholders, travel
from walking.cards import typed_by_people

ROOT = Path(__file__).parents[2]

BARE = {"f-created", "joined", "practice", "progress"}
"""Ids without a corner: they stand in several."""
CORNERS = {id_.partition(".")[0] for id_ in TEXTS} - BARE

# How the program names a text. Two ways are understood here, and a third would be missed, so keep to them:
# a whole id in quotation marks, or an f-string that begins with a whole corner and dot, such as f"limits.{line}".
ID = re.compile(r"[a-z][a-z-]*(\.[a-z][a-z_-]*)+")
FAMILY = re.compile(r"[a-z][a-z-]*\.([a-z][a-z_-]*\.)*")
SAYING = {"text", "said"}


@dataclass(frozen=True, kw_only=True)
class Named:
    """A place in the program that names one text, or a family of them by their common beginning."""

    where: str
    id: str
    family: bool
    given: frozenset[str] | None
    """The parameters, where the text is said right there."""

    def members(self) -> list[str]:
        """The ids that are meant."""
        return [id_ for id_ in TEXTS if id_.startswith(self.id)] if self.family else [self.id]


def sources(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every module and every page of the program, but for the texts themselves."""
    for package in ("bot", "conversations"):
        for file in sorted([*(root / package).rglob("*.py"), *(root / package).rglob("*.html")]):
            if file.parent != root / "bot" / "texts":
                yield str(file.relative_to(root)), file.read_text("utf-8")


def named(where: str, source: str) -> Iterator[Named]:
    """Every place in one source that names a text."""
    if where.endswith(".html"):
        for call in re.findall(r"""\btext\([^()]*\)""", source):
            yield from _named_in(where, ast.parse(call))
    else:
        yield from _named_in(where, ast.parse(source))


def _named_in(where: str, tree: ast.Module) -> Iterator[Named]:
    said: dict[ast.expr, frozenset[str]] = {}
    told: set[ast.expr] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[first, *_], keywords=given) if name in SAYING:
                if all(each.arg for each in given):
                    said[first] = frozenset(str(each.arg) for each in given)
            case ast.Expr(value=ast.Constant() as docstring):
                told.add(docstring)
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if node not in told:
                corner = words.partition(".")[0]
                if (words in BARE and node in said) or (corner in CORNERS and (words in TEXTS or ID.fullmatch(words))):
                    yield Named(where=where, id=words, family=False, given=said.get(node))
            case ast.JoinedStr(values=[ast.Constant(value=str(words)), *_]) if FAMILY.match(words):
                if words.partition(".")[0] in CORNERS:
                    yield Named(where=where, id=words, family=True, given=said.get(node))


@pytest.fixture(scope="module")
def everywhere() -> list[Named]:
    """Every place in the program that names a text."""
    return [each for where, source in sources() for each in named(where, source)]


def entries() -> Iterator[tuple[str, str]]:
    """Each form of each text with its id."""
    for id_, entry in TEXTS.items():
        yield id_, entry.singular
        if entry.plural is not None:
            yield id_, entry.plural


# Ids and parameters


def test_every_text_that_is_used_is_there(everywhere: list[Named]) -> None:
    assert [(each.where, each.id) for each in everywhere if not each.members()] == []
    assert [(each.where, each.id) for each in everywhere if not each.family and each.id not in TEXTS] == []


def test_every_text_that_is_there_is_used(everywhere: list[Named]) -> None:
    used = {id_ for each in everywhere for id_ in each.members()}
    assert set(TEXTS) - used == set()


def test_each_text_is_given_its_parameters(everywhere: list[Named]) -> None:
    wrong = [
        (each.where, id_, sorted(each.given))
        for each in everywhere
        if each.given is not None
        for id_ in each.members()
        if id_ in TEXTS and each.given != placeholders(TEXTS[id_].plural or TEXTS[id_].singular)
    ]
    assert wrong == []


def test_every_id_is_a_corner_and_a_word() -> None:
    assert [id_ for id_ in TEXTS if not ID.fullmatch(id_) and id_ not in BARE] == []


def test_parameters_are_plain_names_and_a_number_chooses_the_plural() -> None:
    for id_, words in entries():
        found = placeholders(words)
        assert "n" not in found or TEXTS[id_].plural is not None, f"{id_}: {{n}} needs many()"
    for id_, entry in TEXTS.items():
        if entry.plural is not None:
            assert placeholders(entry.plural) - placeholders(entry.singular) <= {"n"}, id_
            assert "n" in placeholders(entry.plural), id_


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('text("home.gone")', ["home.gone"]),
        ('button("menu.gone", "x")', ["menu.gone"]),
        ('told = "f-warn.gone" if x else "f-warn.now"', ["f-warn.gone", "f-warn.now"]),
        ('text(f"limits.{line}")', ["limits."]),
        ('text("joined", n=1)', ["joined"]),
        ('outcome("join", "joined")', []),
        ('"""home.gone is a docstring"""\nx = "messages.po"', []),
    ],
)
def test_what_names_a_text_is_found(source: str, found: list[str]) -> None:
    assert [each.id for each in named("a.py", source)] == found


def test_a_text_in_a_page_is_found() -> None:
    [found] = named("a.html", '<p>{{ say(text("web.limit", n=card.field.limit)) }}</p>')
    assert (found.id, found.given) == ("web.limit", frozenset({"n"}))


# Paragraphs and words. How hard the texts are to read is looked at in test_plain.py.

MOST_SENTENCES = 3

PARTICIPANTS_NEED_NOT_KNOW = re.compile(r"\b(assessments?|threshold|batch|pool|cell|round|series|bot)\b", re.IGNORECASE)
FOR_FACILITATORS = {"code.own", "menu.facilitate"}
"""Read by facilitators only, though they stand among the participants' texts."""


def test_no_text_begins_or_ends_with_a_blank() -> None:
    assert [(id_, words) for id_, words in entries() if words != " ".join(words.split()) or not words] == []


def test_paragraphs_are_short() -> None:
    read = {**participant.TEXTS, **rights.TEXTS, **facilitator.TEXTS, **common.TEXTS}
    assert [id_ for id_, words in entries() if id_ in read and len(sentences(words)) > MOST_SENTENCES] == []


def test_participants_need_no_word_of_the_trade() -> None:
    read = {**participant.TEXTS, **rights.TEXTS}
    found = {id_ for id_, words in entries() if id_ in read and PARTICIPANTS_NEED_NOT_KNOW.search(words)}
    assert found == FOR_FACILITATORS


# Rule 8: what must be said, in whatever words

PROMISED = {
    "promise.mixed": r"mix your answers with those of at least \{n\} other people before anyone sees",
    "promise.deleted": r"own copy is erased",
    "promise.in-charge": r"change .*take them all back",
    "limits.words": r"words.*language.*details.*may still",
    "limits.know-own": r"took part know their own answers",
    "limits.same": r"all people answer the same.*no one chooses a certain score",
    "limits.machine": r"run the machine could look at your answers, or change the program",
    "limits.posing": r"pretends to be several people.*If more people have joined than you know were invited, stop\.",
    "limits.telegram": r"Telegram keeps its own copy",
    "limits.noticed": r"may notice that you took part",
    "who.name": r"\{name\} runs",
    "who.contact": r"reach them.*\{contact\}",
    "who.unknown": r"not given their name",
    "privacy.agree": r"Nobody has to take part.*change your mind at any time",
    "privacy.unused": r"\{n\} days, we erase answers that are not mixed in",
    "privacy.results": r"erase the results \{n\} months after answers are closed",
    "privacy.visitor": r"stay away for \{n\} months, we erase",
    "privacy.complain": r"Information Commissioner's Office: \{page\}, telephone \{phone\}",
    "held.mark": r"only keep a mark that yours are in it",
    "forget-me.stays": r"Answers that are mixed in stay.*mark .*until answers are closed",
    "f-forget.alone": r"cannot open them any more.*run them with you",
    "f-forget.close-first": r"Close answers first",
    "comment.names": r"names.*details that show who you are.*the language you write in.*show who wrote them",
    "comment.no-reply": r"Nobody can answer you here",
    "urgent.not-watched": r"cannot answer you.*nobody is told",
    "code.own": r"cannot take part",
    "f-invited.taking-part": r"cannot use the account",
    "f-warn.waiting": r"still be writing\. Shown now, their answers may never be counted",
    "f.posing": r"more people have joined than you invited, do not show or close",
}


@pytest.mark.parametrize("id_", PROMISED)
def test_what_must_be_said_is_said(id_: str) -> None:
    entry = TEXTS[id_]
    assert re.search(PROMISED[id_], entry.plural or entry.singular)


# Buttons on a telephone of 320 pixels

PHONE, MARGIN, GAP, PADDING, QUIET_PADDING, SIZE = 320, 12, 6, 10, 5, 17

WRAPS = {
    "f-comments": "the name of the principle stands beside it: two lines",
    "word": "terms of the questionnaire stand in pairs: up to three lines",
    "this": "an answer with its number, as long as the longest score label: two lines",
}
"""Buttons, by their action, that take more than one line on a narrow page. Telegram gives each a row of its own."""


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Every card there is."""
    folder = tmp_path_factory.mktemp("journey")
    return asyncio.run(travel(folder, Wordings(folder=build(folder / "locales"))))


def width(words: str, *, bold: bool) -> float:
    """How wide a label is, in pixels."""
    font = ImageFont.truetype(FOLDER / f"Latin-{'Bold' if bold else 'Regular'}.ttf", SIZE)
    return font.getlength(words)


def room(row: tuple[Button, ...], button: Button) -> float:
    """How wide the label of a button may be in its row."""
    whole = (PHONE - 2 * MARGIN - GAP * (len(row) - 1)) / len(row)
    return whole - 2 * (QUIET_PADDING if button.look == "quiet" else PADDING)


def too_wide(card: Card) -> Iterator[tuple[str, str]]:
    """Buttons of a card whose words do not fit on one line: the action and the words."""
    say = Wordings().speak("en").say
    for row in card.rows:
        for button in row:
            words = say(button.label)
            if typed_by_people(button.label):
                continue
            if width(words, bold=button.look in {"main", "danger"}) > room(row, button):
                yield button.action, words


def test_buttons_fit_a_narrow_telephone(journey: Journey) -> None:
    found = {wide for seen in journey.seen for wide in too_wide(seen.reply.card)}
    assert {(action, words) for action, words in found if action not in WRAPS} == set()


def test_no_word_on_a_button_is_wider_than_the_button(journey: Journey) -> None:
    say = Wordings().speak("en").say
    broken = {
        (button.action, word)
        for seen in journey.seen
        for row in seen.reply.card.rows
        for button in row
        if not typed_by_people(button.label)
        for word in say(button.label).split()
        if width(word, bold=button.look in {"main", "danger"}) > room(row, button)
    }
    assert broken == set()


def test_the_button_of_a_field_fits_too(journey: Journey) -> None:
    say = Wordings().speak("en").say
    labels = {say(seen.reply.card.field.submit) for seen in journey.seen if seen.reply.card.field}
    assert {words for words in labels if width(words, bold=True) > PHONE - 2 * (MARGIN + PADDING)} == set()


def test_a_button_that_is_too_wide_is_found() -> None:
    fits, wide = Text("menu.stop"), Text("comment.no-reply")
    row = (Button(label=fits, action="fits"), Button(label=wide, action="wide"))
    assert [action for action, _ in too_wide(Card(state="x", rows=(row,)))] == ["wide"]


def test_every_button_is_held_against_the_limit_for_buttons(journey: Journey) -> None:
    labels = [button.label for seen in journey.seen for button in seen.reply.card.buttons()]
    labels += [seen.reply.card.field.submit for seen in journey.seen if seen.reply.card.field]
    assert {label.id for label in labels if isinstance(label, Text)} - buttons(ROOT) == set()


def test_help_is_one_tap_away_on_every_card(journey: Journey) -> None:
    without = {
        seen.reply.card.state
        for seen in journey.seen
        if not any(button.action == "urgent" for button in seen.reply.card.buttons())
    }
    assert without == {"urgent"}
