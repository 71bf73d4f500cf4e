"""The languages: what locales.json says of each, and which of them a phone or browser seems to want. No texts here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from babel import Locale, UnknownLocaleError

LOCALES: Final = Path(__file__).parent.parent / "locales"
ENGLISH: Final = "en"
REVIEWED: Final = "reviewed"
"""What an operator writes instead of codes for the languages that a speaker has reviewed."""

FONTS: Final = {
    "Latn": "Latin",
    "Grek": "Latin",
    "Cyrl": "Latin",
    "Arab": "Arabic",
    "Deva": "Devanagari",
    "Beng": "Bengali",
    "Guru": "Gurmukhi",
    "Gujr": "Gujarati",
    "Taml": "Tamil",
    "Ethi": "Ethiopic",
    "Hans": "Chinese",
}
"""The font of bot/charts/fonts/ that draws a script. Scripts by their ISO 15924 codes."""

_NOT_WANTED: Final = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*$")
_SCRIPT: Final = re.compile("[A-Z][a-z]{3}")

ALSO_READ: Final = {"Hant": "Hans"}
"""Scripts whose readers are offered another one first: it is nearer to them than English."""


class NotSpoken(Exception):
    """A language was asked for that is not in locales.json. The message is a sentence with the remedy."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """One line of locales.json. ``script``: its ISO 15924 code. ``reviewed``: somebody who speaks it has read it."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    script: str
    reviewed: bool

    @property
    def font(self) -> str:
        """The font of bot/charts/fonts/ for pictures in this language."""
        return FONTS.get(self.script, FONTS["Latn"])

    @property
    def tag(self) -> str:
        """What a browser is told (BCP 47), so that it takes the right font: with the script where there are several."""
        return f"{self.code}-{self.script}" if self.script == "Hans" else self.code


def listed(folder: Path = LOCALES) -> Mapping[str, Language]:
    """Every language of a folder's locales.json by its code, in the order of the file."""
    lines = json.loads((folder / "locales.json").read_text("utf-8"))["languages"]
    return {
        code: Language(
            code=code,
            name=line["name"],
            direction=line["direction"],
            script=line["script"],
            reviewed=line["reviewed"],
        )
        for code, line in lines.items()
    }


def chosen(asked: tuple[str, ...] | None, languages: Mapping[str, Language]) -> tuple[str, ...]:
    """The codes of the languages that an operator offers, in the order of locales.json; English is always one.

    ``asked``: codes, and perhaps the word reviewed; None for all.

    Raises:
        NotSpoken: if a code is none of the languages.
    """
    unknown = [code for code in asked or () if code not in languages and code != REVIEWED]
    if unknown:
        raise NotSpoken(
            f"LANGUAGES names {', '.join(unknown)}, which Equal Voice does not speak. "
            f"Leave it out; it speaks {', '.join(languages)}."
        )

    def offered(language: Language) -> bool:
        return language.code in (*(asked or ()), ENGLISH) or (language.reviewed and REVIEWED in (asked or ()))

    return tuple(code for code, language in languages.items() if asked is None or offered(language))


def wanted(hint: str, languages: Mapping[str, Language]) -> tuple[str, ...]:
    """Those of the languages that a phone or browser asks for, without doubles, what it would like best first.

    ``hint``: one tag (Telegram) or several (a browser's Accept-Language, which lists the best first). A tag that means
    the same language in a script of its own, such as Punjabi in Arabic letters (pa-PK), asks for none of ours, and one
    with q=0 is not wanted at all (RFC 9110, 12.5.4).
    """
    tags = (tag.split(";")[0].strip().replace("_", "-") for tag in hint.split(",") if not _NOT_WANTED.search(tag))
    found = ((tag, languages.get(tag.split("-")[0].lower())) for tag in tags)
    return tuple(dict.fromkeys(language.code for tag, language in found if language and _reads(tag, language)))


def in_order(languages: Iterable[Language], first: tuple[str, ...]) -> tuple[Language, ...]:
    """Languages as they are offered: those that are wanted, English, then the others as they stand in locales.json."""
    order = (*first, ENGLISH)
    return tuple(sorted(languages, key=lambda each: order.index(each.code) if each.code in order else len(order)))


def unreviewed(languages: Iterable[Language]) -> tuple[str, ...]:
    """The codes of those whose words nobody who speaks them has checked, in their order."""
    return tuple(language.code for language in languages if not language.reviewed)


def catalogue_file(folder: Path, language: str) -> Path:
    """Where the catalogue of a language lies, whether it is there or not."""
    return folder / language / "LC_MESSAGES" / "messages.po"


def _reads(tag: str, language: Language) -> bool:
    """Whether somebody with that tag reads the language in our script. A tag without a script of its own does."""
    if "-" not in tag:
        return True
    second = tag.split("-")[1].title()
    if _SCRIPT.fullmatch(second):
        return ALSO_READ.get(second, second) == language.script
    try:
        script = Locale.parse(tag, sep="-").script
    except (ValueError, UnknownLocaleError):
        return True
    return script is None or ALSO_READ.get(script, script) == language.script
