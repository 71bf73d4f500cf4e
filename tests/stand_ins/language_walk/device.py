"""What somebody holds: a telephone with Telegram, or a browser. It knows labels and words, no action behind them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from conversations.says import Say, Verbatim, text
from language_walk.tongue import ENGLISH, Tongue, plainly


class Device(ABC):
    """One screen, used by one person. ``tongue`` is the language that everything on it has to be in."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue

    # what is on it

    @property
    @abstractmethod
    def words(self) -> str:
        """Everything that the last step brought, remarks and captions too."""

    @property
    @abstractmethod
    def labels(self) -> list[str]:
        """The buttons, without the signs before them."""

    @property
    @abstractmethod
    def quotes(self) -> list[str]:
        """Somebody's words, as written."""

    @property
    @abstractmethod
    def codes(self) -> list[str]:
        """What is there to be copied: a session code and links."""

    @abstractmethod
    async def picture(self) -> tuple[bytes, str]:
        """The only picture and its caption, with single spaces."""

    @abstractmethod
    def everything(self) -> set[str]:
        """All that was ever said to this person while the screen had to be in their own language."""

    # what they do

    @abstractmethod
    async def open(self, link: str) -> None:
        """Follow a link as it was copied."""

    @abstractmethod
    async def write(self, words: str) -> None:
        """Type a line and send it."""

    @abstractmethod
    async def comment(self, words: str) -> None:
        """At the open question: write, and go on to the check card."""

    @abstractmethod
    async def press(self, label: str) -> None:
        """Press the button with just this label."""

    async def tap(self, *path: Say) -> None:
        """Press these buttons one after the other, each by its label in the language of the screen.

        Raises:
            AssertionError: when a card has no such button, or two that say the same.
        """
        for what in path:
            label = plainly(self.tongue.say(what))
            assert self.labels.count(label) == 1, f"not one button “{label}” but {self.labels} on\n{self.words}"
            await self.press(label)

    @contextmanager
    def speaking(self, tongue: Tongue) -> Iterator[None]:
        """Another language for a while. What is said then is not held against the person's own."""
        own, self.tongue = self.tongue, tongue
        try:
            yield
        finally:
            self.tongue = own

    # what is asserted

    def says(self, *what: Say) -> None:
        """All this stands there, in the language of the screen."""
        words = plainly(self.words)
        for each in what:
            said = plainly(self.tongue.say(each))
            assert said in words, f"“{said}” ({each}) is not said, but:\n{self.words}"

    def says_one_of(self, *what: Say) -> None:
        """One of these stands there."""
        words = plainly(self.words)
        assert any(plainly(self.tongue.say(each)) in words for each in what), f"none of {what} is said:\n{self.words}"

    def asks_for_the_language(self) -> None:
        """The list of languages: the phone's own first, then English; the heading in both."""
        english = ENGLISH.say(text("language.title"))
        self.says(text("language.title"), Verbatim(english))
        names = [self.tongue.language.name, ENGLISH.language.name]
        assert self.labels[:2] == list(dict.fromkeys(names)), self.labels

    def admits_that_nobody_has_checked_it(self) -> None:
        """The notice of a language that no speaker has reviewed, with English one tap away."""
        if not self.tongue.language.reviewed:
            self.says(text("language.unreviewed"))
            assert ENGLISH.language.name in self.labels

    def keeps_apart(self, *own: str) -> None:
        """In a right-to-left language, codes, links and names inside a sentence have marks of direction around them."""
        if self.tongue.language.direction == "rtl":
            for each in own:
                assert f"\u2068{each}\u2069" in self.words, f"{each} is not kept apart:\n{self.words}"
