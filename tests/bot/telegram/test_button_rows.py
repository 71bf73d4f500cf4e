"""No label of our own is cut by Telegram, in any language on offer. A new language is covered too.

What a telephone does with a label is reckoned so: a screen of 320 pixels, the narrowest still in use; 16 of them beside
a message on each side; 6 between two buttons and 10 inside each, left and right; letters of 15 pixels, all buttons of a
row equally wide. Measured in our own fonts, which are Noto Sans and a little wider than those of telephones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton

from bot import labels
from bot.charts import fonts
from bot.replies import Reply
from bot.telegram.rendering import render
from bot.wording import Wording, Wordings
from conversations.cards import Button, Card, code
from conversations.says import Verbatim, text
from conversations.screens import card
from conversations.situation import Links
from walking.cards import typed_by_people
from walking.exploring import places, situations

WORDINGS = Wordings()
LANGUAGES = tuple(WORDINGS.languages)
PHONE, BESIDE, BETWEEN, INSIDE, LETTERS = 320, 16, 6, 10, 15
LONG_LINK = Links(bot="equal_voice_for_riverside_hospital_bot").telegram("c-BCDF2345")


@pytest.fixture(scope="module", autouse=True)
def _fonts() -> None:
    fonts.load()


@cache
def cards() -> tuple[Card, ...]:
    """Every card that looks different below its words."""
    found = {shown.rows: shown for kind in situations() for here in places(kind) if (shown := card(here, kind))}
    return (*found.values(), Card(state="x", blocks=(code(Verbatim(LONG_LINK)),)))


def keyboard(shown: Card, wording: Wording) -> list[tuple[InlineKeyboardButton, ...]]:
    """The rows as Telegram gets them."""
    reply = Reply(notices=(), card=shown, number=10**11, again=False, language=wording.language.code)
    markup = render(reply, wording)[-1].keyboard
    return [] if markup is None else list(markup.inline_keyboard)


def drawn(label: str, wording: Wording) -> float:
    """How wide a label really is, in pixels."""
    own = fonts.Fonts.of(wording.language)
    return own.measure(own.clean(label), size=LETTERS, bold=False).width


def share(abreast: int) -> float:
    return (PHONE - 2 * BESIDE - BETWEEN * (abreast - 1)) / abreast - 2 * INSIDE


def cut(shown: Card, wording: Wording) -> Iterator[str]:
    """Labels that would be cut, but for names that people typed."""
    say = wording.say
    typed = {say(button.label) for button in shown.buttons() if typed_by_people(button.label)}
    for row in keyboard(shown, wording):
        for button in row:
            if button.text.removeprefix("✓ ") not in typed and drawn(button.text, wording) > share(len(row)):
                yield f"{button.text} ({drawn(button.text, wording):.0f} of {share(len(row)):.0f} pixels)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_of_our_own_is_cut(language: str) -> None:
    wording = WORDINGS.speak(language)
    assert sorted({each for shown in cards() for each in cut(shown, wording)}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_is_there_once_in_its_order(language: str) -> None:
    wording = WORDINGS.speak(language)
    for shown in cards():
        data = [each.callback_data for row in keyboard(shown, wording) for each in row if each.callback_data]
        assert data == [f"{10**11}:{button.action}:{button.value}" for button in shown.buttons()]


def test_rows_that_fit_stay_as_they_were_designed() -> None:
    wording = WORDINGS.speak("en")
    broken = {
        tuple(wording.say(button.label) for button in row)
        for shown in cards()
        for row in shown.rows
        if len(labels.rows([("✓ " if each.chosen else "") + wording.say(each.label) for each in row])) > 1
    }
    principles = ("Assets", "Networks", "Outcomes", "Relationships", "Catalysts")
    assert broken == {(name, f"Comments: {name}") for name in principles}, "a page in a browser has room for these"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cheap_estimate_is_near_what_is_drawn(language: str) -> None:
    wording = WORDINGS.speak(language)
    for shown in cards():
        for button in shown.buttons():
            label = wording.say(button.label)
            real = drawn(label, wording)
            if not typed_by_people(button.label) and real > share(3):
                assert 0.8 * real <= labels.width(label) <= 1.6 * real, label


def test_a_label_that_is_cut_is_found() -> None:
    row = tuple(Button(label=text(id_), action="x") for id_ in ("comment.no-reply", "menu.stop"))
    (found,) = cut(Card(state="x", rows=(row,)), WORDINGS.speak("en"))
    assert found.startswith("Nobody can answer you here.")


def test_a_long_link_is_shortened_on_its_button_but_copied_whole() -> None:
    for language in LANGUAGES:
        ((button,),) = keyboard(Card(state="x", blocks=(code(Verbatim(LONG_LINK)),)), WORDINGS.speak(language))
        assert "https://t.me/" in button.text
        assert "…" in button.text
        assert button.copy_text is not None
        assert button.copy_text.text == LONG_LINK


names = st.lists(st.text("iWm 好আس", max_size=40), max_size=5)


@given(names)
def test_rows_hold_every_label_and_break_only_where_they_must(found: list[str]) -> None:
    counts = labels.rows(found)
    assert sum(counts) == len(found)
    assert 0 not in counts
    fits = all(labels.width(each) <= labels.room(len(found)) for each in found)
    assert (len(counts) <= 1) == (fits or len(found) == 1)
    begin = 0
    for count in counts:
        row = found[begin : begin + count]
        assert count == 1 or all(labels.width(each) <= labels.room(count) for each in row)
        begin += count
