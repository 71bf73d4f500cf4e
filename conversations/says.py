"""What may be said, before anybody knows in which language.

The conversation never holds a finished sentence. It names one of our texts by its id, quotes the questionnaire, or
passes on what a person typed; bot/wording.py turns that into words. So a change of language shows the same card again,
and no test transcript depends on a language.

These things can be said:

* ``Text``: one of our own sentences, by id, with named parameters. A parameter called ``n`` chooses the plural form.
* ``Phrase``: words of the questionnaire or of the support file. The English words are the key of the catalogue.
* ``Verbatim``: what a person typed (a comment, the name of an organisation). Never translated, never markup.
* ``InLanguage``: one of these in a language of its own, whatever the language of the card.
* ``Day``, ``Minute``, ``Decimal``, ``Listing``: values that each language writes in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Verbatim:
    """Words exactly as somebody typed them."""

    words: str


@dataclass(frozen=True)
class Phrase:
    """Words of the questionnaire or the support file; translated when the catalogue knows them."""

    words: str


@dataclass(frozen=True)
class Day:
    """The calendar day of a moment, given as seconds since 1970."""

    at: int


@dataclass(frozen=True)
class Minute:
    """The time of day of a moment, given as seconds since 1970."""

    at: int


@dataclass(frozen=True)
class Decimal:
    """A number shown with exactly one decimal."""

    value: float


@dataclass(frozen=True)
class Listing:
    """Several things in one sentence: "a, b and c"."""

    items: tuple[Say, ...]


@dataclass(frozen=True)
class Text:
    """One of our own texts: its id in bot/texts/ and its parameters, sorted by name."""

    id: str
    parameters: tuple[tuple[str, Value], ...] = ()

    def parameter(self, name: str) -> Value | None:
        """The parameter of that name, or None when the text has none."""
        return dict(self.parameters).get(name)


@dataclass(frozen=True)
class InLanguage:
    """Something in the language of that code, such as the name of a language, or English for whoever is lost."""

    language: str
    said: Text | Verbatim


Say = Text | Phrase | Verbatim | Day | Minute | Decimal | Listing | InLanguage
Value = Say | int | str


def text(id: str, /, **parameters: Value) -> Text:
    """Name one of our texts. A ``str`` parameter is a code, a link or another technical word, never a sentence."""
    return Text(id, tuple(sorted(parameters.items())))


def listing(items: Iterable[Say]) -> Listing:
    """Several things in one sentence."""
    return Listing(tuple(items))
