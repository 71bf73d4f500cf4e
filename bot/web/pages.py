"""Turns cards and our other few pages into HTML. Every word passes through wording, every word is escaped.

Only rendering lives here: no request, no store, no decision about who may see what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.wording import Wordings
from conversations.cards import Block, Card, Field, Picture
from conversations.says import InLanguage, Say, Text, Verbatim, text
from conversations.screens.everywhere import places
from conversations.situation import Support

FOLDER = Path(__file__).parent / "templates"
STYLE = (FOLDER / "style.css").read_bytes()
STYLE_MARK = sha256(STYLE).hexdigest()[:12]
STYLE_URL = f"/style.css?v={STYLE_MARK}"
BETWEEN = "+"
"""Between two languages in the address of a picture."""
SCORE_AND_COUNT = re.compile(r"\b([1-5]): (?=\d)")
TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]+")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture of a card and the caption that says the same; None when it cannot be shown."""

    picture: Picture
    caption: str | None

    @property
    def url(self) -> str:
        """Where the picture itself is found."""
        return picture_url(self.picture)

    @property
    def name(self) -> str:
        """What its file is called when it is saved."""
        return f"{'-'.join((self.picture.kind, *self.picture.languages))}.png"

    @property
    def title(self) -> Text:
        """What the picture is, for those who do not see it; the caption says the rest."""
        return text(f"web.alt.{self.picture.kind}")


@dataclass(frozen=True, kw_only=True)
class CardPage:
    """Everything on a card's page.

    ``unsent`` replaces what the field holds; ``words`` are shown in a box to copy.
    """

    card: Card
    number: int
    language: str
    token: str
    notices: Sequence[Text] = ()
    figures: Sequence[Figure] = ()
    unsent: str = ""
    words: str = ""
    words_folded: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A page with one sentence or more and one button that posts, perhaps with one line to type.

    ``telegram`` is an address that opens the same in the bot's chat; "" where there is none. ``other`` is a second
    button, which sends ``other`` beside the rest.
    """

    heading: Text
    paragraphs: Sequence[Text]
    submit: Text
    action: str
    token: str
    notices: Sequence[Text] = ()
    label: Text | None = None
    value: str = ""
    back: Text | None = None
    other: Text | None = None
    telegram: str = ""


@dataclass(frozen=True, kw_only=True)
class Farewell:
    """A page with nothing to do but to begin anew. It needs no cookie."""

    heading: Text
    paragraphs: Sequence[Text]
    onward: Text


class Pages:
    """Renders in any of the languages on offer."""

    def __init__(self, wordings: Wordings, support: Sequence[Support] = ()) -> None:
        """``support``: where people find help, for the pages that have no card."""
        self._wordings = wordings
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            text=text,
            style=STYLE_URL,
            grouped=grouped,
            own_direction=self._own_direction,
            kept_together=kept_together,
            leads_on=leads_on,
            ways_to_reach=ways_to_reach,
            help=Card(state="urgent", blocks=places(support)),
        )

    def likely(self, hint: str) -> str:
        """The offered language nearest to what a browser asks for."""
        return self._wordings.likely(hint)

    def card(self, page: CardPage) -> str:
        """The page of a card."""
        return self._render("card.html", page.language, page=page, card=page.card)

    def choice(self, choice: Choice, *, language: str) -> str:
        """A page with one thing to do."""
        return self._render("choice.html", language, choice=choice)

    def farewell(self, page: Farewell, *, language: str) -> str:
        """A page after which nobody is known here."""
        return self._render("farewell.html", language, page=page)

    def fault(self, words: Text, *, hint: str, again: Mapping[str, str] | None = None, typed: str = "") -> str:
        """A page about something that went wrong.

        ``again`` are the fields of a form to send once more, to the same address. ``typed`` is what a person
        typed into a form that cannot be sent again.
        """
        return self._render("fault.html", self.likely(hint), words=words, again=again, typed=typed)

    def _own_direction(self, said: Say | Field) -> Markup:
        """What people typed runs in its own direction, whatever the page's is; another language as it is written.

        A screen reader has to know the language to speak it, and an old telephone to take the right font.
        """
        if isinstance(said, InLanguage):
            spoken = self._wordings.languages[said.language]
            return Markup(' lang="{}" dir="{}"').format(spoken.tag, spoken.direction)
        return Markup(' dir="auto"') if isinstance(said, Verbatim | Field) else Markup("")

    def _render(self, template: str, language: str, **values: object) -> str:
        wording = self._wordings.speak(language)
        say: Callable[[Say], str] = wording.say
        spoken = wording.language
        return self._templates.get_template(template).render(
            say=say, language=spoken.tag, direction=spoken.direction, **values
        )


def picture_url(picture: Picture) -> str:
    """The address of a picture within the site, with its languages where it has any."""
    about = f"/{picture.about}" if picture.about else ""
    languages = f"/{BETWEEN.join(picture.languages)}" if picture.languages else ""
    return f"/picture/{picture.kind}/{picture.assessment}{about}{languages}.png"


def grouped(blocks: Sequence[Block]) -> list[tuple[bool, list[Block]]]:
    """Blocks with the items of one list kept together: (is a list, its blocks)."""
    return [(is_list, list(run)) for is_list, run in groupby(blocks, lambda block: block.kind == "item")]


def kept_together(line: str) -> str:
    """A line of a caption in which a score and its count never part at the end of a line: "1: 4", "5: 0"."""
    return SCORE_AND_COUNT.sub("\\1:\N{NO-BREAK SPACE}", line)


def leads_on(card: Card) -> bool:
    """Whether a button of the card is the main one, so that the field's own is not."""
    return any(button.look == "main" for button in card.buttons())


def ways_to_reach(card: Card, block: Block) -> list[tuple[str, str]]:
    """On the card with help, the telephone numbers and addresses of a line, each with the link that dials or opens it.

    The link is "" where there is none; the whole is empty for every other line.
    """
    if card.state != "urgent" or block.kind != "paragraph" or not isinstance(block.text, Verbatim):
        return []
    return [(way, _link(way)) for way in block.text.words.split(" · ")]


def _link(way: str) -> str:
    if TELEPHONE.fullmatch(way):
        return "tel:" + "".join(letter for letter in way if letter in "+0123456789")
    return way if way.startswith("https://") else ""
