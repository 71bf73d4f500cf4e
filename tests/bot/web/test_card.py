"""What people do on a card's page, and that nothing they type is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations.inputs import Tap, Typed

if TYPE_CHECKING:
    from tests.bot.web.conftest import Cards, Make, Rig

STALE = "That button was on an older page."
OUT_OF_DATE = "This page was out of date."
UNSENT = "What you typed was not sent."
SAVED = "What you typed has been saved."


async def test_a_tap_is_taken_and_the_next_card_shown(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.QUESTION)
    browser = await rig.browser()
    page = await browser.send(await browser.get(), tap="score:4")
    assert rig.turns.inputs() == [Tap("score", "4")]
    assert "What would help you to improve" in page.text


async def test_words_are_taken_whole_with_plain_line_ends(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    page = await browser.send(await browser.get(), words="one\r\ntwo\rthree")
    assert rig.turns.inputs() == [Typed("one\ntwo\nthree", whole=True)]
    assert "one\ntwo\nthree" in page.text
    assert page.box("typed") is None
    assert "status" not in page.html


async def test_the_browsers_languages_are_passed_on_within_reason(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get()
    fields = {"csrf": page.field("csrf"), "number": "1", "tap": "urgent:"}
    await browser.post(fields, "/", **{"Accept-Language": "cy," * 500})
    assert rig.turns.hints == [("cy," * 500)[:200]]


async def test_an_old_button_shows_the_current_card_with_a_remark_that_is_said_once(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.QUESTION)
    browser = await rig.browser()
    old = await browser.get()
    await browser.send(old, tap="score:4")
    page = await browser.send(old, tap="score:1")
    assert STALE in page.text
    assert rig.turns.inputs() == [Tap("score", "4")]
    assert STALE not in (await browser.get()).text


async def test_the_same_tap_twice_changes_nothing_and_says_nothing(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.QUESTION)
    browser = await rig.browser()
    old = await browser.get()
    await browser.send(old, tap="score:4")
    page = await browser.send(old, tap="score:4")
    assert "What would help you to improve" in page.text
    assert 'role="status"' not in page.html
    assert len(rig.turns.taken) == 1


async def test_the_same_words_twice_are_not_called_lost(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    old = await browser.get()
    await browser.send(old, words="my words")
    page = await browser.send(old, words="my words")
    assert page.box("typed") is None
    assert 'role="status"' not in page.html


async def test_words_on_a_page_that_is_out_of_date_come_back_in_a_box(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    old = await browser.get()
    await browser.send(old, words="first")
    page = await browser.send(old, words="\nsecond\n </textarea><b>")
    assert OUT_OF_DATE in page.text
    assert page.box("typed") == "\nsecond\n </textarea><b>"
    assert '<details class="typed" open>' in page.html
    assert rig.turns.inputs() == [Typed("first", whole=True)]
    # It stays, folded, until something typed is saved: copying takes more than one page.
    page = await browser.get()
    assert page.box("typed") == "\nsecond\n </textarea><b>"
    assert '<details class="typed">' in page.html
    page = await browser.send(page, tap="previous:")
    page = await browser.send(page, words="second")
    assert page.box("typed") is None


async def test_words_and_an_old_button_come_back_too(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    old = await browser.get()
    await browser.send(old, words="first")
    page = await browser.send(old, words="second", tap="previous:")
    assert OUT_OF_DATE in page.text
    assert page.box("typed") == "second"


async def test_words_that_the_current_card_shows_are_not_called_lost(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    old = await browser.get()
    await browser.send(old, words="the same")
    page = await browser.send(old, words="the same", tap="previous:")
    assert page.box("typed") is None
    assert STALE in page.text


async def test_kept_words_are_dropped_after_ten_minutes(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    old = await browser.get()
    await browser.send(old, words="first")
    await browser.send(old, words="second")
    rig.clock.now += 601
    assert (await browser.get()).box("typed") is None


async def test_words_that_came_too_late_to_be_saved_come_back(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT, poured=True)
    browser = await rig.browser()
    page = await browser.send(await browser.get(), words="too late")
    assert page.box("typed") == "too late"
    assert rig.turns.inputs() == [Typed("too late", whole=True)]


class TestWhenAnswersWereClosedMeanwhile:
    async def test_words_come_back(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        page = await browser.get()
        rig.turns.closed = True
        page = await browser.send(page, words="too late")
        assert page.box("typed") == "too late"
        assert page.html.count('role="status"') == 1

    async def test_words_come_back_when_another_button_was_tapped(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        page = await browser.get()
        rig.turns.closed = True
        page = await browser.send(page, words="too late", tap="urgent:")
        assert page.box("typed") == "too late"

    async def test_words_of_an_older_page_come_back_too(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        old = await browser.get()
        page = await browser.send(old, words="first")
        await browser.send(page, tap="previous:")
        rig.turns.closed = True
        page = await browser.send(old, words="second")
        assert page.box("typed") == "second"

    async def test_looking_says_so_again_and_again_until_something_is_done(self, rig: Rig) -> None:
        browser = await rig.browser()
        said = (await browser.get()).html.count('role="status"')
        rig.turns.closed = True
        for _ in range(2):
            assert (await browser.get()).html.count('role="status"') == said + 1


class TestAButtonWhileSomethingIsTyped:
    async def test_saves_a_comment_first_and_then_does_what_it_says(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="my words", tap="urgent:")
        assert rig.turns.inputs() == [Typed("my words", whole=True, stays=True), Tap("urgent")]
        assert "Get help now" in page.text
        assert SAVED in page.text
        assert "my words" in (await browser.send(page, tap="back:")).text

    @pytest.mark.parametrize("action", ["previous", "more"])
    async def test_leaves_the_card_that_the_words_belong_to(self, make: Make, cards: Cards, action: str) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="my words", tap=f"{action}:")
        assert rig.turns.inputs() == [Typed("my words", whole=True, stays=True), Tap(action)]
        assert SAVED in page.text

    async def test_does_not_leave_words_that_are_too_long(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        words = "w" * 2001
        page = await browser.send(await browser.get(), words=words, tap="urgent:")
        assert rig.turns.inputs() == [Typed(words, whole=True, stays=True)]
        assert page.box("words") == words
        assert SAVED not in page.text
        # Unchanged, they hold nothing up.
        page = await browser.send(page, words=words, tap="urgent:")
        assert "Get help now" in page.text
        assert rig.turns.inputs()[1:] == [Tap("urgent")]

    async def test_does_not_leave_words_that_are_too_long_though_they_are_kept_in_another_way(
        self, make: Make, cards: Cards
    ) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        words = "w" * 2001 + "\u200b  .\u00a0"
        page = await browser.send(await browser.get(), words=words, tap="urgent:")
        assert rig.turns.inputs() == [Typed(words, whole=True, stays=True)]
        assert page.box("words") == "w" * 2001 + " ."
        assert SAVED not in page.text

    async def test_only_taps_when_the_words_are_as_they_were(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="my\nwords")
        page = await browser.send(page, tap="previous:")
        assert page.box("words") == "my\nwords"
        await browser.send(page, words="my\r\nwords", tap="urgent:")
        assert rig.turns.inputs()[-2:] == [Tap("previous"), Tap("urgent")]

    async def test_drops_the_words_when_they_are_to_be_dropped(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.TOO_LONG)
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="rather not", tap="drop:")
        assert rig.turns.inputs() == [Tap("drop")]
        assert "rather not" not in page.html

    async def test_says_nothing_of_a_line_that_still_stands_in_its_field(self, rig: Rig) -> None:
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="BCDF", tap="more:")
        assert page.field("words") == "BCDF"
        assert UNSENT not in page.text

    async def test_only_taps_when_it_destroys(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT)
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="rather not", tap="erase:")
        assert rig.turns.inputs() == [Tap("erase")]
        assert "rather not" not in page.html

    async def test_keeps_half_a_code_in_its_field(self, rig: Rig) -> None:
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="BCDF", tap="urgent:")
        assert rig.turns.inputs() == [Tap("urgent")]
        assert "BCDF" not in page.html
        assert UNSENT in page.text
        page = await browser.send(page, tap="back:")
        assert page.field("words") == "BCDF"
        assert UNSENT not in page.text
        await browser.send(page, words="BCDF 2345")
        assert rig.turns.inputs()[-1] == Typed("BCDF 2345", whole=True)

    async def test_says_that_nothing_was_saved_when_it_was_too_late(self, make: Make, cards: Cards) -> None:
        rig = await make(start=cards.COMMENT, poured=True)
        browser = await rig.browser()
        page = await browser.send(await browser.get(), words="too late", tap="urgent:")
        assert "Get help now" in page.text
        assert page.box("typed") == "too late"
        assert SAVED not in page.text


async def test_a_wrong_code_stays_in_the_field_to_be_mended(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.send(await browser.get(), words="BCDF2346")
    assert page.field("words") == "BCDF2346"
    page = await browser.send(page, words="BCDF2345")
    assert "skills and experience" in page.text
    assert "BCDF234" not in page.html


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"tap": "urgent:"},
        {"number": "1"},
        {"number": "", "tap": "urgent:"},
        {"number": "-1", "tap": "urgent:"},
        {"number": "one", "tap": "urgent:"},
        {"number": "9" * 13, "tap": "urgent:"},
        {"number": "1", "tap": "urgent"},
        {"number": "1", "tap": "URGENT:"},
        {"number": "1", "tap": "a" * 13 + ":"},
        {"number": "1", "tap": "a:" + "b" * 37},
        {"number": "1", "tap": "a:b:c"},
    ],
)
async def test_a_broken_form_is_told_kindly(rig: Rig, fields: dict[str, str]) -> None:
    browser = await rig.browser()
    page = await browser.get()
    answer = await browser.post({"csrf": page.field("csrf"), **fields})
    assert answer.status == 400
    assert "nothing was changed" in answer.text
    assert 'href="/"' in answer.html
    assert rig.turns.taken == []
    assert rig.store.written() == []


async def test_people_do_not_see_one_anothers_remarks(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    one, other = await rig.browser(), await rig.browser()
    old = await one.get()
    await one.send(old, words="first")
    answer = await one.post({"csrf": old.field("csrf"), "number": "1", "words": "second"})
    assert answer.status == 303
    theirs = await other.get()
    await other.send(theirs, tap="urgent:")
    assert "second" not in (await other.get()).html
    assert (await one.get()).box("typed") == "second"
