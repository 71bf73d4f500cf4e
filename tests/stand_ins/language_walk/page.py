"""A browser without JavaScript. Every page of it is checked by web_walk.rules, its language and direction too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.languages import listed
from conversations.says import text
from language_walk.device import Device
from language_walk.tongue import ENGLISH, Tongue, plainly
from pseudo_language import page_words
from web_walk.browser import Answer, Browser
from web_walk.page import Control, Form
from web_walk.page import Page as Loaded
from web_walk.tree import Element


class Reader(Browser):
    """A browser that keeps every page it shows."""

    def __init__(self, base: str, tongue: Tongue) -> None:
        super().__init__(base, language=tongue.accepts, speaks={tongue.code})
        self.shown: list[Loaded] = []

    async def page(self, answer: Answer) -> Loaded:
        """Keep it."""
        page = await super().page(answer)
        self.shown.append(page)
        return page


class Page(Device):
    """Somebody's browser, which asks for their language."""

    def __init__(self, base: str, tongue: Tongue) -> None:
        super().__init__(tongue)
        self.browser = Reader(base, tongue)
        self._own = tongue

    @property
    def words(self) -> str:
        return self._page.words

    @property
    def labels(self) -> list[str]:
        return [label for label, _, _ in self._buttons()]

    @property
    def quotes(self) -> list[str]:
        return self._page.quotes

    @property
    def codes(self) -> list[str]:
        return self._page.codes

    async def picture(self) -> tuple[bytes, str]:
        [figure] = self._page.figures
        answer = await self.browser.get(figure.url)
        assert (answer.status, answer.kind) == (200, "image/png")
        return answer.body, plainly(figure.caption)

    def everything(self) -> set[str]:
        tag = self._own.language.tag
        own = (page for page in self.browser.shown if page.tree.one("html").attributes["lang"] == tag)
        return {words for page in own for words in page_words(page.html)}

    async def open(self, link: str) -> None:
        await self.browser.tab.open(link)
        self.says(text("web.link.heading"))
        await self.tap(text("web.link.go"))

    async def write(self, words: str) -> None:
        await self.browser.tab.send(words)

    async def comment(self, words: str) -> None:
        self._page.form.field().value = words
        await self.tap(text("comment.submit"))

    async def press(self, label: str) -> None:
        [(form, button)] = [(form, button) for found, form, button in self._buttons() if found == label]
        await self.browser.tab.press(form, button)

    @contextmanager
    def speaking(self, tongue: Tongue) -> Iterator[None]:
        self.browser.speaks = {self._own.code, tongue.code}
        with super().speaking(tongue):
            yield
        # The list of languages still stands in the other one; the next page is in their own again.
        self.browser.speaks = {self._own.code}

    def asks_for_the_language(self) -> None:
        """And each language says which it is, for screen readers and old telephones."""
        super().asks_for_the_language()
        for button in self._page.main.all("button"):
            action, _, code = button.attributes.get("value", "").partition(":")
            if action == "speak":
                language = listed()[code]
                told = (button.attributes["lang"], button.attributes["dir"], _label(button))
                assert told == (language.tag, language.direction, language.name)
        [english] = [each for each in self._page.main.all("p") if each.words == ENGLISH.say(text("language.title"))]
        assert (english.attributes["lang"], english.attributes["dir"]) == ("en", "ltr")

    @property
    def _page(self) -> Loaded:
        return self.browser.tab.page

    def _buttons(self) -> list[tuple[str, Form, Control]]:
        """Every button with its label as it is seen, without what only a screen reader says."""
        forms = zip(self._page.tree.all("form"), self._page.forms, strict=True)
        return [
            (_label(element), form, button)
            for shown, form in forms
            for element, button in zip(shown.all("button"), form.buttons(), strict=True)
        ]


def _label(button: Element) -> str:
    return plainly("".join(child for child in button.children if isinstance(child, str)))
