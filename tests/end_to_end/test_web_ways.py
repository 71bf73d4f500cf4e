"""What people do to web pages besides walking straight on: two taps, two tabs, old pages, wrong codes, a lost cookie.

Over HTTP, with the real program as a process. Nothing typed may be lost, and nothing may count twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from web_walk import STAFF, USERS, Participant, Tab, Venue, venue
from web_walk.instrument import OPEN_QUESTION, ORDER, STATEMENTS, statements

ASSETS = ORDER[0]


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program running, nobody there yet."""
    async with venue() as running:
        yield running


async def answers_of(person: Participant) -> list[str]:
    """What the check card of the first principle will say, read from the list that "Change" opens."""
    await person.tab.open()
    await person.until(principle=ASSETS, check=True)
    return [each.words for each in person.page.main.all("p") if each.words.endswith(")") or each.words == "No answer"]


async def test_what_is_sent_twice_counts_once(place: Venue) -> None:
    await place.facilitator()
    person = await place.arrived(1, STAFF)
    first = person.page
    button = first.button("score", "2")
    # A nervous finger: the same form three times, all under way at once.
    sent = await asyncio.gather(*(person.tab.post(first.form, button) for _ in range(3)))
    assert {answer.status for answer in sent} == {303}
    await person.tab.open()
    assert person.page.heading == statements(ASSETS)[1]
    assert person.page.remarks == [], "a double tap needs no remark"
    # The browser's own way back, and another score on the page that it still shows.
    await person.tab.press(first.form, first.button("score", "5"))
    assert person.page.heading == statements(ASSETS)[1]
    assert person.page.remarks == ["That button was on an older page. Here is where you are now."]
    await person.choose("1")
    await person.choose("4")
    comment = person.page
    comment.form.field().value = "Said once"
    for _ in range(2):
        await person.tab.press(comment.form, comment.form.buttons()[0])
        assert person.page.offers("hand-in")
    assert person.page.quotes == ["Said once"]
    assert [line.split("(")[-1] for line in await answers_of(person)] == ["2)", "1)", "4)"]
    check = person.page
    for _ in range(2):
        await person.tab.press(check.form, check.button("hand-in"))
        assert person.page.heading == statements(ORDER[1])[0]


async def test_two_tabs_lose_no_words(place: Venue) -> None:
    facilitator = await place.facilitator()
    person = await place.arrived(2, USERS)
    await person.until(principle=ASSETS)
    other = Tab(person.browser)
    await other.open()
    await person.comment("From the first tab")
    # The second tab still shows the open question.
    await other.send("Typed in the second tab\n\nfor ten minutes")
    assert other.page.remarks == ["This page was out of date. Here is where you are now."]
    assert other.page.kept_words == "Typed in the second tab\n\nfor ten minutes"
    assert other.page.quotes == ["From the first tab"]
    await other.open()
    assert other.page.kept_words == "Typed in the second tab\n\nfor ten minutes", "a reload lost the words"
    # The first tab shows the check card as it was: its buttons are old now, or lead on, but never take the words along.
    await person.tab.open()
    await person.tab.tap("previous")
    assert person.page.typed == "From the first tab"
    await person.comment(person.page.kept_words)
    assert person.page.quotes == ["Typed in the second tab\nfor ten minutes"]
    assert person.page.kept_words == ""
    # Answers are closed while somebody writes.
    await person.tab.tap("previous")
    await facilitator.close()
    await person.tab.send("Nobody will read this")
    assert "closed" in person.page.remarks[0]
    assert person.page.kept_words == "Nobody will read this"


async def test_words_beside_a_tapped_button_are_kept(place: Venue) -> None:
    await place.facilitator()
    person = await place.arrived(3, USERS)
    await person.until(principle=ASSETS)
    await person.tab.tap("previous", words="Typed, and then back")
    assert person.page.remarks == ["What you typed has been saved."]
    assert person.page.heading in (*statements(ASSETS), OPEN_QUESTION)
    await person.until(principle=ASSETS)
    assert person.page.typed == "Typed, and then back"
    await person.tab.tap("urgent", words="Typed, and then asked for help")
    assert person.page.taps() == [("back", "")]
    # A number is dialled with one tap.
    links = [each.attributes["href"] for each in person.page.main.all("a")]
    assert {"tel:999", "tel:111", "tel:116123"} <= set(links)
    await person.tab.tap("back")
    assert person.page.typed == "Typed, and then asked for help"


async def test_a_lost_cookie_loses_no_words(place: Venue) -> None:
    await place.facilitator()
    person = await place.arrived(4, USERS)
    await person.until(principle=ASSETS)
    mine = person.browser.cookie
    person.browser.forget()
    await person.tab.send("Typed before the cookie was gone")
    assert person.page.status == 403
    assert person.page.kept_words == "Typed before the cookie was gone"
    # Somebody else's form with this person's cookie changes nothing either.
    stranger = await place.arrived(5, USERS)
    form, button = stranger.page.form, stranger.page.button("score", "1")
    person.browser.plant(mine)
    refused = await person.browser.post("/", form.sent_by(button))
    assert refused.status == 403
    await person.tab.open()
    assert person.page.heading == OPEN_QUESTION
    assert person.page.typed == ""


async def test_codes_are_forgiving_and_guessing_is_not(place: Venue) -> None:
    await place.facilitator()
    code = place.entrances[STAFF].code
    reader, guesser = await place.browser(), await place.browser()
    await reader.tab.open()
    await reader.tab.send(f"  {code.lower().replace('-', ' - ')} ")
    assert reader.tab.page.offers("agree")
    await reader.tab.tap("no-thanks")
    assert reader.tab.page.remarks
    assert not reader.tab.page.offers("agree")
    await guesser.tab.open()
    for _ in range(10):
        await guesser.tab.send("BCDF-2345")
        assert "do not know" in guesser.tab.page.remarks[0]
        assert guesser.tab.page.typed == "BCDF-2345", "half a code must not be typed again"
    await guesser.tab.send(code)
    assert "try again at" in guesser.tab.page.remarks[0]
    assert not guesser.tab.page.offers("agree")
    resume = Tab(guesser)
    for _ in range(10):
        await resume.open("/resume")
        await resume.send("BCDF-2345-BCDF")
    assert (await resume.send("BCDF-2345-BCDF")).status == 429


async def test_addresses_that_lead_nowhere_are_answered_kindly(place: Venue) -> None:
    browser = await place.browser()
    for path in ("/nothing", "/c/", "/i/not complete", "/picture/gaps/x.png", "/c/BCDF2345/more"):
        await browser.tab.open(path)
        assert browser.tab.page.status == 404
        assert [each.attributes["href"] for each in browser.tab.page.main.all("a")][:1] == ["/"]
        assert browser.tab.page.main.of_class("help")
    for link in ("/c/BCDF2345", "/i/nonsense", "/d/nonsense"):
        await browser.tab.open(link)
        await browser.tab.only_button()
        assert browser.tab.page.remarks
        assert browser.tab.page.heading not in STATEMENTS
    await browser.tab.open()
    page = browser.tab.page
    huge = await browser.page(
        await browser.post("/", [*page.form.sent_by(page.form.buttons()[0]), ("words", "x" * 70000)])
    )
    assert huge.status == 413
    broken = await browser.page(await browser.post("/", [("csrf", page.form.controls[0].value), ("tap", "<script>")]))
    assert broken.status == 400
