from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.replies import Drawn
from conversations.cards import Card, Picture

if TYPE_CHECKING:
    from tests.bot.web.conftest import Browser, Cards, Make, Rig

CHART = Picture(kind="principle", assessment="abcdabcdabcdabcd", about="assets")
POSTER = Picture(kind="poster", assessment="abcdabcdabcdabcd", about="group1")
GAPS = Picture(kind="gaps", assessment="abcdabcdabcdabcd")
CHART_PATH = "/picture/principle/abcdabcdabcdabcd/assets.png"
PNG = b"\x89PNG made up"


async def facilitator(make: Make, cards: Cards, *pictures: Picture) -> tuple[Rig, Browser]:
    """A browser whose card shows pictures, and who did something before."""
    rig = await make(start=Card(state="results", pictures=pictures, rows=cards.QUESTION.rows))
    rig.turns.pictures = {each: Drawn(png=PNG, caption="Mean 3.4 <of> 7\nAgreement 0.7") for each in pictures}
    browser = await rig.browser()
    await browser.send(await browser.get(), tap="more:")
    rig.turns.drawn = 0
    return rig, browser


async def test_a_picture_stands_on_the_page_with_its_caption_as_text(make: Make, cards: Cards) -> None:
    _, browser = await facilitator(make, cards, CHART)
    page = await browser.get()
    assert f'<img src="{CHART_PATH}" alt="Chart: how people scored">' in page.html
    assert "<figcaption><span>Mean 3.4 &lt;of&gt; 7</span><span>Agreement 0.7</span></figcaption>" in page.html


async def test_a_page_and_its_picture_draw_once(make: Make, cards: Cards) -> None:
    rig, browser = await facilitator(make, cards, CHART, GAPS)
    await browser.get()
    assert rig.turns.drawn == 2
    answer = await browser.get(CHART_PATH)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "PNG made up" in answer.html
    assert (await browser.get("/picture/gaps/abcdabcdabcdabcd.png")).status == 200
    assert rig.turns.drawn == 2


async def test_a_page_never_shows_an_old_picture(make: Make, cards: Cards) -> None:
    rig, browser = await facilitator(make, cards, CHART)
    await browser.get()
    rig.turns.pictures[CHART] = Drawn(png=b"newer", caption="Mean 4.0")
    assert "Mean 4.0" in (await browser.get()).text
    assert (await browser.get(CHART_PATH)).html == "newer"


async def test_a_picture_waits_for_a_minute_only(make: Make, cards: Cards) -> None:
    rig, browser = await facilitator(make, cards, CHART)
    await browser.get()
    rig.clock.now += 60
    await browser.get(CHART_PATH)
    assert rig.turns.drawn == 2


async def test_a_picture_that_may_no_longer_be_seen_is_gone_with_the_next_page(make: Make, cards: Cards) -> None:
    rig, browser = await facilitator(make, cards, CHART)
    await browser.get()
    rig.turns.pictures.clear()
    page = await browser.get()
    assert "cannot be shown at the moment" in page.text
    assert "<img" not in page.html
    assert (await browser.get(CHART_PATH)).status == 404


async def test_what_was_drawn_a_moment_ago_is_gone_for_somebody_who_no_longer_runs_it(make: Make, cards: Cards) -> None:
    rig, browser = await facilitator(make, cards, CHART)
    await browser.get()
    rig.turns.pictures.clear()
    assert (await browser.get(CHART_PATH)).status == 200
    rig.turns.runs_it = False
    assert (await browser.get(CHART_PATH)).status == 404


async def test_nobody_else_gets_what_was_drawn(make: Make, cards: Cards) -> None:
    rig, browser = await facilitator(make, cards, CHART)
    await browser.get()
    stranger = await rig.browser()
    assert (await stranger.get(CHART_PATH)).status == 404
    await browser.get()
    rig.turns.pictures.clear()
    await stranger.send(await stranger.get(), tap="more:")
    assert (await stranger.get(CHART_PATH)).status == 404, "a person of another browser is asked about anew"
    assert (await browser.get(CHART_PATH)).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/picture/secret/abcd.png",
        "/picture/poster/abcd",
        "/picture/poster/..%2f..%2fetc%2fpasswd.png",
        "/picture/poster/" + "a" * 65 + ".png",
        "/picture/poster/abcd/a/b.png",
    ],
)
async def test_what_is_no_picture_is_told_kindly(make: Make, cards: Cards, path: str) -> None:
    _, browser = await facilitator(make, cards, CHART)
    page = await browser.get(path)
    assert page.status == 404
    assert 'href="/"' in page.html


async def test_a_poster_can_be_saved(make: Make, cards: Cards) -> None:
    _, browser = await facilitator(make, cards, POSTER)
    path = "/picture/poster/abcdabcdabcdabcd/group1.png"
    assert f'<a href="{path}" download="poster.png">Save this picture</a>' in (await browser.get()).html
    assert (await browser.get(path)).status == 200


async def test_the_languages_of_a_poster_are_part_of_its_address(make: Make, cards: Cards) -> None:
    both = replace(POSTER, languages=("pl", "en"))
    rig, browser = await facilitator(make, cards, both)
    path = "/picture/poster/abcdabcdabcdabcd/group1/pl+en.png"
    page = await browser.get()
    assert f'<a href="{path}" download="poster-pl-en.png">' in page.html
    assert '<figcaption class="mixed">' in page.html, "each line of it runs in its own direction"
    rig.turns.drawn = 0
    assert (await browser.get(path)).status == 200
    assert rig.turns.drawn == 0, "drawn once, for the page"
    for other in ("en+pl", "pl", "pl+en+ar", "pl+", "+"):
        assert (await browser.get(path.replace("pl+en", other))).status == 404
    assert (await browser.get("/picture/gaps/abcdabcdabcdabcd/group1/pl+en.png")).status == 404
    assert (await (await rig.browser()).get(path)).status == 404


async def test_a_picture_that_cannot_be_drawn_leaves_the_page_whole(
    make: Make, cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, browser = await facilitator(make, cards, CHART)

    async def broken(*given: object, **named: object) -> None:
        raise ValueError("canary")

    monkeypatch.setattr(rig.turns, "draw", broken)
    page = await browser.get()
    assert page.status == 200
    assert "cannot be shown at the moment" in page.text
    assert 'value="score:4"' in page.html


async def test_only_the_last_pictures_are_kept(make: Make, cards: Cards) -> None:
    many = [Picture(kind="principle", assessment="abcd", about=f"a{number}") for number in range(49)]
    rig, browser = await facilitator(make, cards, *many)
    await browser.get()
    assert rig.turns.drawn == 49
    await browser.get("/picture/principle/abcd/a48.png")
    assert rig.turns.drawn == 49
    await browser.get("/picture/principle/abcd/a0.png")
    assert rig.turns.drawn == 50
