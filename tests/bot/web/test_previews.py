"""What others see of a page without being shown it: the tab, the list of pages, a preview in a chat, a search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.wording import Wordings
from conversations.says import text

if TYPE_CHECKING:
    from tests.bot.web.conftest import Browser, Rig

PATHS = ["/", "/c/BCDF2345", "/i/token", "/d/token", "/resume", "/left", "/nowhere"]


async def opened(rig: Rig) -> Browser:
    """A browser in the middle of a question."""
    browser = await rig.browser()
    await browser.send(await browser.get(), words="BCDF-2345")
    return browser


@pytest.mark.parametrize("path", PATHS)
async def test_a_tab_says_nothing_but_our_name(rig: Rig, path: str) -> None:
    page = await (await opened(rig)).get(path)
    assert re.findall(r"<title>(.*?)</title>", page.html) == ["Equal Voice"]


@pytest.mark.parametrize("path", PATHS)
async def test_a_page_describes_itself_to_no_preview_and_no_search(rig: Rig, path: str) -> None:
    page = await (await opened(rig)).get(path)
    named = re.findall(r"<meta (?:name|property)=\"([^\"]+)\" content=\"([^\"]*)\"", page.html)
    assert dict(named) == {
        "viewport": "width=device-width, initial-scale=1",
        "robots": "noindex, nofollow",
        "referrer": "no-referrer",
    }
    assert page.html.count("<meta") == len(named) + 1, "the other one is the charset"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"


async def test_a_preview_of_a_link_names_no_organisation_group_or_question(rig: Rig) -> None:
    """What opens a link in a chat has no cookie: it sees what this fresh browser sees."""
    page = await (await rig.browser()).get("/c/BCDF2345")
    words = " ".join(page.text.split())
    assert words.startswith("Equal Voice Go on? This link takes you to a group.")
    assert "BCDF" not in words
    assert not re.search(r"hospital|trust|nhs|birth|bab|matern|neonat|staff", words, re.IGNORECASE)


@pytest.mark.parametrize("path", ["/c/BCDF2345", "/i/token", "/d/token", "/f/token"])
async def test_the_page_of_a_link_stands_in_english_too_as_its_language_is_only_guessed(rig: Rig, path: str) -> None:
    browser = await rig.browser()
    english = re.findall(r"<p>(.*?)</p>", (await browser.get(path)).html)[0]
    page = await browser.get(path, **{"Accept-Language": "ar"})
    assert f'<p lang="en" dir="ltr">{english}</p>' in page.html
    assert Wordings().speak("ar").say(text("language.unreviewed")) in page.html
    assert "checked these words" not in (await browser.get(path)).html
