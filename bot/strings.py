"""Collects every text that people read into locales/messages.pot, and brings the catalogues up to date with it.

``make strings`` runs this. The same sources give the same bytes: no dates, no line numbers, no version of a tool, and
the order of the sources. A catalogue keeps what its translators did: a text that is gone stays at the end of the file
as a remark, and comes back to life when the text does. No new text is given the translation of a similar one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
TEMPLATE = LOCALES / "messages.pot"
SOURCES = ("bot", "conversations")
KEYWORDS = ("one", "many:1,2")
COMMENTS = ("Translators:",)
HEADING = "# Every text of Equal Voice that people read.\n# `make strings` makes this file: change the texts, not this."

CHANGING = re.compile(
    r'"(Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Generated-By'
    r"|(Last-Translator|Language-Team):.*(EMAIL@ADDRESS|LL@li\.org)):?.*\n"
)
"""Lines of a catalogue's header that differ from day to day, or that say nothing."""


def template(root: Path = ROOT) -> Catalog:
    """Every text of the program in ``root``, without translations."""
    with (root / "locales" / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call] # Babel's own gap
    catalogue = Catalog(header_comment=HEADING, charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        root,
        methods,
        options,
        keywords=parse_keywords(KEYWORDS),
        comment_tags=COMMENTS,
        directory_filter=lambda folder: Path(folder).relative_to(root).parts[0] in SOURCES,
    )
    for file, line, words, comments, context in found:
        catalogue.add(words, locations=[(file, line)], auto_comments=comments, context=context)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without what differs from day to day."""
    file = BytesIO()
    write_po(file, catalogue, sort_by_file=True, include_lineno=False)
    header, rest = file.getvalue().decode("utf-8").split("\n\n", 1)
    return f"{CHANGING.sub('', header + chr(10))}\n{rest.rstrip()}\n".encode()


def refreshed(old: bytes, texts: Catalog, *, language: str) -> bytes:
    """A translated catalogue with the texts of today. Nothing that was translated is lost."""
    catalogue = read_po(BytesIO(old), locale=language.replace("-", "_"))
    for old_key, message in list(catalogue.obsolete.items()):
        if key(message) in texts:
            del catalogue.obsolete[old_key]
            if key(message) not in catalogue:
                catalogue[message.id] = message
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.header_comment = catalogue.header_comment.replace(HEADING, f"# Equal Voice in the language {language}.")
    return written(catalogue)


def translated(catalogue: Catalog) -> int:
    """How many texts have all their forms in this language, fuzzy ones not counted."""
    return sum(1 for message in messages(catalogue) if not message.fuzzy and _complete(message))


def main() -> None:
    """Write the template and bring every catalogue up to date."""
    texts = template()
    count = len(list(messages(texts)))
    TEMPLATE.write_bytes(written(texts))
    print(f"{TEMPLATE.relative_to(ROOT)}: {count} texts")
    for file in sorted(LOCALES.glob("*/LC_MESSAGES/messages.po")):
        language = file.parent.parent.name
        file.write_bytes(refreshed(file.read_bytes(), texts, language=language))
        done = translated(read_po(BytesIO(file.read_bytes())))
        print(f"{file.relative_to(ROOT)}: {done} of {count} translated")


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The texts, without the header."""
    return (message for message in catalogue if message.id)


def key(message: Message) -> str:
    """What a text is looked up by: itself, or its form for one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _complete(message: Message) -> bool:
    said = forms(message)
    return bool(said) and all(said)


def forms(message: Message) -> list[str]:
    """What a catalogue says for a text: its one form, or those of the plural; nothing where it says nothing."""
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


if __name__ == "__main__":
    main()
