"""“I need help” on the pages that have no card: links, codes, faults, and what stands there after leaving."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from storage.store import Unavailable
from walking.house import SUPPORT

if TYPE_CHECKING:
    from tests.bot.web.conftest import Make, Page

HOUR = 60 * 60
PLACES = ["Ambulance", "Night line", "Union"]
WITHOUT_A_CARD = ("/c/BCDF2345", "/i/token", "/d/token", "/f/token", "/resume", "/left", "/forgotten", "/nowhere")


def helps(page: Page) -> None:
    """Help opens where it stands, shows every place, what is for danger to life first, and dials and leads there."""
    [opened] = re.findall(r'<details class="help">(.*?)</details>', page.html, re.DOTALL)
    assert re.search(r"<summary>\s*I need help\s*</summary>", opened)
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", opened) == PLACES
    assert 'href="tel:116000"' in opened
    assert 'href="https://union.example"' in opened
    assert "nobody is told" in opened


@pytest.mark.parametrize("path", WITHOUT_A_CARD)
async def test_help_is_on_every_page_without_a_card(make: Make, path: str) -> None:
    browser = await (await make(support=SUPPORT)).browser()
    helps(await browser.get(path))


async def test_help_is_on_the_page_that_stands_before_a_card_left_alone(make: Make) -> None:
    rig = await make(support=SUPPORT)
    browser = await rig.browser()
    await browser.send(await browser.get(), words="BCDF-2345")
    rig.clock.now += HOUR
    page = await browser.get()
    assert "Go on where you stopped?" in page.text
    helps(page)


@pytest.mark.parametrize("failure", [Unavailable(), RuntimeError()])
async def test_help_is_there_when_we_are_in_trouble(make: Make, failure: Exception) -> None:
    browser = await (await make(support=SUPPORT, fails=failure)).browser()
    page = await browser.get()
    assert page.status in {500, 503}
    helps(page)


async def test_on_a_card_help_is_a_button_of_the_conversation(make: Make) -> None:
    browser = await (await make(support=SUPPORT)).browser()
    page = await browser.get()
    assert "details" not in page.html
    assert 'value="urgent:"' in page.html
