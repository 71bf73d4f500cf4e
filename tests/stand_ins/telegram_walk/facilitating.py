"""A facilitator: opens the invitation, sets up, invites, looks at numbers, shows, reads results, closes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from PIL import Image

from fake_bot_api import ScreenMessage
from telegram_walk.acting import Actor
from telegram_walk.book import PRINCIPLES
from telegram_walk.reading import Quotes, quotes_of

STAFF = "Staff"
USERS = "People who use services"
LEAST_WIDTH = 1080
"""Every picture is at least so many pixels wide."""


@dataclass(frozen=True, kw_only=True)
class Invite:
    """What a facilitator reads off the card of one group."""

    group: str
    code: str
    link: str

    @property
    def payload(self) -> str:
        """What the link hands to the bot."""
        return self.link.partition("?start=")[2]


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """One group on the page of an assessment. ``handed_in``: and not shown; None where only "fewer than" is told."""

    joined: int
    shown: dict[str, int]
    handed_in: dict[str, int | None]


class Facilitator(Actor):
    """Every method begins and ends on the page of the assessment."""

    _last_tapped = 0

    async def create(
        self, *, organisation: str, least: int, groups: tuple[str, ...] = (STAFF, USERS)
    ) -> dict[str, Invite]:
        """Create an assessment and read codes and links; the posters are looked at."""
        await self.tap("Create an assessment")
        await self.say(organisation)
        for known in (STAFF, USERS):
            if known not in groups:
                await self.tap(f"Remove: {known}")
        for own in groups:
            if own not in (STAFF, USERS):
                await self.say(own)
        await self.tap("Next")
        await self.tap(str(least)) if self.has(str(least)) else await self.say(str(least))
        await self.tap("In 2 weeks")
        assert organisation in self.words
        await self.tap("Create it")
        assert "The assessment is ready." in self.words
        return await self.invites(groups)

    async def invites(self, groups: tuple[str, ...]) -> dict[str, Invite]:
        """What stands on the card of each group."""
        found = {}
        await self.tap("Invite people")
        for group in groups:
            last = self.person.newest.id
            await self.tap(group)
            picture, words = self.picture_after(last)
            copied = [button.copy_text for button in self.card.buttons if button.copy_text]
            code, link = copied[0], next(each for each in copied if "t.me/" in each)
            assert re.fullmatch(r"[B-DF-HJKMNP-TV-Z2-9]{4}-[B-DF-HJKMNP-TV-Z2-9]{4}", code)
            assert code in self.words
            assert link in self.words
            assert f"To take part, open {link} or use the code {code}." in words
            assert f"Group: {group}" in words
            assert picture.height > picture.width / 2
            found[group] = Invite(group=group, code=code, link=link)
            await self.tap("Other groups")
        await self.tap("Assessment")
        return found

    async def numbers(self) -> dict[str, Numbers]:
        """Who joined and handed in, as the page tells it now."""
        await self.tap("Look again")
        return read_numbers(self.words)

    async def warned(self, principle: str = "") -> str:
        """Ask to show a principle, or all: what the warning says, or that there is nothing to show."""
        await self.tap("Show answers")
        if not principle:
            return await self.tap("Show all that is ready")
        again = f"Show other groups: {principle}"
        return await self.tap(again if self.has(again) else f"Show: {principle}")

    async def show(self, principle: str = "") -> str:
        """Show a principle, or all; returns the warning that came first."""
        warning = await self.warned(principle)
        await self.tap("Show now")
        await self.tap("Assessment")
        return warning

    async def picture(self, label: str) -> tuple[Image.Image, str]:
        """One of the pictures of the results, and its words."""
        await self.tap("Results")
        last = self.person.newest.id
        await self.tap(label)
        found = self.picture_after(last)
        await self.tap("Assessment")
        return found

    def picture_after(self, last: int) -> tuple[Image.Image, str]:
        """The picture that came after a message, decoded, and its words: the caption, or the text after it."""
        came = self.since(last)
        [shown] = [message for message in came if message.photo is not None]
        assert shown.photo is not None
        picture = Image.open(io.BytesIO(shown.photo))
        picture.load()
        assert picture.format == "PNG"
        assert picture.width >= LEAST_WIDTH
        if "\n" in shown.caption:
            return picture, shown.caption
        texts = [message.text for message in came if message.kind == "text" and not message.rows]
        assert texts, f"a picture without words: {shown}"
        return picture, "\n".join(texts)

    async def comments(self, principle: str) -> Quotes:
        """What people wrote, by group, in the order of the card."""
        await self.tap("Results")
        await self.tap(f"Comments: {principle}")
        found = quotes_of(self.card_messages())
        await self.tap("Assessment")
        return found

    async def sheet(self) -> list[ScreenMessage]:
        """The messages of the score sheet."""
        await self.tap("Results")
        await self.tap("Score sheet as text")
        found = self.card_messages()
        await self.tap("Assessment")
        return found

    def card_messages(self) -> list[ScreenMessage]:
        """The messages of the card that the last tap led to: the tapped one if it was changed, else the new ones."""
        texts = [message for message in self.since(self._last_tapped) if message.kind == "text"]
        return texts or [self.card]

    async def close(self) -> str:
        """Close answers."""
        await self.tap("Close answers")
        assert "It cannot be undone." in self.words
        return await self.tap("Close answers now")

    async def tap(self, label: str) -> str:
        self._last_tapped = self.card.id
        return await super().tap(label)


def read_numbers(page: str) -> dict[str, Numbers]:
    """The page of an assessment as numbers."""
    found = {}
    for name, joined, lines in re.findall(
        r"^(.+)\n(\d+) (?:person has|people have) joined\.((?:\n+• .+)*)", page, re.MULTILINE
    ):
        handed_in, shown = {}, {}
        line = r"• (\w+): (?:(\d+) shown, )?(?:fewer than \d+|(\d+))(?: more)? handed in"
        for principle, people, number in re.findall(line, lines):
            shown[principle] = int(people or 0)
            handed_in[principle] = int(number) if number else None
        assert not handed_in or tuple(handed_in) == PRINCIPLES
        found[name] = Numbers(joined=int(joined), shown=shown, handed_in=handed_in)
    return found
