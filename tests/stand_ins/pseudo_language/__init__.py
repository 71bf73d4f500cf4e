"""A made-up language that shows whether every text goes through the catalogues.

Every translation is its English text with an accent on each letter, between ⟦ and ⟧; placeholders stay. So whatever is
on a screen and has a plain letter, or a letter outside these marks, was not translated. The language is built from
locales/messages.pot into a folder that a test brings, and is never on offer anywhere else.
"""

from pseudo_language.journey import Journey, travel
from pseudo_language.looking import Looker, page_words, placeholders, untranslated
from pseudo_language.making import CODE, accented, build
from pseudo_language.theatre import Seen, Theatre

__all__ = [
    "CODE",
    "Journey",
    "Looker",
    "Seen",
    "Theatre",
    "accented",
    "build",
    "page_words",
    "placeholders",
    "travel",
    "untranslated",
]
