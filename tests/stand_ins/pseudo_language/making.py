"""Builds the made-up language from the template of the catalogues."""

from __future__ import annotations

import json
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

CODE = "vo"
"""Volapük: Babel knows it, writes its dates and lists not as in English, and nobody here speaks it."""
OPEN, CLOSE = "⟦", "⟧"
TEMPLATE = Path(__file__).parents[3] / "locales" / "messages.pot"

PLAIN = "abcdefghijklmnopqrstuvwxyz" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀçđéƒĝĥíĵķļṁñóƥɋŕšţúṽŵẋýž" + "ÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓƤɊŔŠŢÚṼŴẊÝŽ"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
"""Letters that the fonts of the charts have, so that pictures can be looked at too."""


def accented(words: str) -> str:
    """The made-up translation of an English text."""
    pieces = re.split(r"(\{[^}]*\})", words)
    return OPEN + "".join(piece if piece.startswith("{") else piece.translate(ACCENTS) for piece in pieces) + CLOSE


def build(folder: Path, *, code: str = CODE) -> Path:
    """A folder of locales with English and the made-up language; with the code "en" it takes the place of English."""
    with TEMPLATE.open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale=code.replace("-", "_"))
    for message in template:
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            made = [accented(form) for form in forms]
            catalogue.add(message.id, made[0] if isinstance(message.id, str) else tuple(made))
    file_ = folder / code / "LC_MESSAGES" / "messages.po"
    file_.parent.mkdir(parents=True)
    with file_.open("wb") as file:
        write_po(file, catalogue)
    languages = {
        language: {"name": name, "direction": "ltr", "script": "Latn", "reviewed": language == "en"}
        for language, name in {"en": "English", code: "Pseudo"}.items()
    }
    (folder / "locales.json").write_text(json.dumps({"languages": languages}), "utf-8")
    return folder
