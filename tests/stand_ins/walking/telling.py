"""Cards and remarks written down for a transcript: ids of texts with their parameters, never words of a language.

What is different in every run (ids, codes, tokens) is written as a name in pointed brackets; times count from noon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache

from conversations.cards import Block, Button, Card
from conversations.says import Day, Decimal, InLanguage, Listing, Minute, Phrase, Say, Text, Value, Verbatim
from walking.house import NOON, SUPPORT, questionnaire

Names = Mapping[str, str]
NUMBERS = frozenset(
    {"f-comments.number", *(f"f-hide.{each}" for each in ("done", "hidden", "number", "put-back", "undone"))}
)
"""Numbers of comments go by a random order, so they are left out."""
LONG = 60
MANY = 24
TOKEN = re.compile(r"(?<=[/=][df][-/])[\w-]{32}")
RESUME = re.compile(r"\b(?:[B-Z2-9]{4}-){2}[B-Z2-9]{4}\b")
DAY, MINUTE = 24 * 60 * 60, 60


@cache
def phrases() -> dict[str, str]:
    """Where each text of the questionnaire and of the support file stands."""
    found: dict[str, str] = {}
    _name(questionnaire(), "", found)
    for number, support in enumerate(SUPPORT, 1):
        for name in ("name", "what", "when"):
            value = getattr(support, name)
            found.setdefault(value.words if isinstance(value, Phrase) else str(value), f"support.{number}.{name}")
    return found


def _name(thing: object, where: str, found: dict[str, str]) -> None:
    if isinstance(thing, str):
        found.setdefault(thing, where)
    elif isinstance(thing, tuple):
        for number, each in enumerate(thing, 1):
            identity = getattr(each, "id", number)
            _name(each, f"{where}.{identity}" if where else str(identity), found)
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name not in {"id", "terms", "audience", "opens"}:
                inside = "" if field.name in {"principles"} else field.name
                _name(getattr(thing, field.name), ".".join(part for part in (where, inside) if part), found)


def told(said: Say, names: Names) -> str:
    """What is said, without a language."""
    match said:
        case Text(id_) if id_ in NUMBERS:
            return id_
        case Text(id_, parameters):
            inside = ", ".join(f"{name}={_value(value, names)}" for name, value in parameters)
            return f"{id_}({inside})" if inside else id_
        case Phrase(words):
            return phrases().get(words, f"«{words}»")
        case Verbatim(words):
            return phrases().get(words) or f'"{quoted(words, names)}"'
        case InLanguage(language, words):
            return f"{told(words, names)} in {language}"
        case Day(at):
            return f"day {(at - NOON) / DAY:+g}"
        case Minute(at):
            return f"minute {(at - NOON) / MINUTE:+g}"
        case Decimal(value):
            return f"{value:.1f}"
        case Listing(items):
            return " + ".join(told(item, names) for item in items)


def _value(value: Value, names: Names) -> str:
    if isinstance(value, int | str):
        return phrases().get(str(value)) or quoted(str(value), names)
    return told(value, names)


def quoted(words: str, names: Names) -> str:
    """What somebody typed or copies; long texts by their ends and their length."""
    for secret, name in names.items():
        words = words.replace(secret, f"<{name}>")
    words = RESUME.sub("<resume code>", TOKEN.sub("<token>", words))
    if len(words) > LONG:
        return f"{words[:8]}…{words[-8:]} ({len(words)} characters)"
    return words


def lines(card: Card, names: Names) -> list[str]:
    """A card from top to bottom, a line for each thing on it. Comments, which are in random order, stand sorted."""
    found = [f"state {card.state}" + (" (fresh)" if card.fresh else "") + (" (clears)" if card.clears else "")]
    if card.progress is not None:
        found.append(f"> {told(card.progress, names)}")
    if card.title is not None:
        found.append(f"# {told(card.title, names)}")
    found += list(_blocks(card.blocks, names))
    if card.field is not None:
        value = f' = "{quoted(card.field.value, names)}"' if card.field.value else ""
        kind = "line" if card.field.lines == 1 else "text"
        found.append(f"____ {told(card.field.label, names)}{value} ({kind}, {card.field.limit})")
    found += [
        " ".join(filter(None, ("picture", each.kind, quoted(each.about, names), " ".join(each.languages))))
        for each in card.pictures
    ]
    found += _rows(card.rows, names)
    return found


def _rows(rows: Sequence[tuple[Button, ...]], names: Names) -> Iterable[str]:
    """The rows of buttons; those that mean comments are together one row, sorted by what they mean."""
    about = [button for row in rows for button in row if _of_a_comment(button)]
    if about:
        yield " ".join(sorted(f"[{_button(button, names)}]" for button in about))
    for row in rows:
        if not _of_a_comment(row[0]):
            yield " ".join(f"[{_button(button, names)}]" for button in row)


def _of_a_comment(button: Button) -> bool:
    return button.action in {"hide", "put-back"}


def _blocks(blocks: Iterable[Block], names: Names) -> Iterable[str]:
    written, quotes, numbered = list[str](), list[str](), ""
    for block in blocks:
        line = f"{block.kind}: {told(block.text, names)}"
        if isinstance(block.text, Text) and block.text.id in NUMBERS:
            numbered = f"{block.text.id}: "
            continue
        if block.kind == "quote":
            quotes.append(line.replace("quote: ", f"quote: {numbered}", 1))
            numbered = ""
            continue
        written += [*sorted(quotes), line]
        quotes = []
    written += sorted(quotes)
    return written if len(written) <= MANY else [*written[:10], f"… {len(written) - 10} more"]


def _button(button: Button, names: Names) -> str:
    if _of_a_comment(button) and isinstance(button.label, Text):
        return f"{told(button.label, names)} → {button.action} {button.value.partition('-')[2]}"
    value = f" {quoted(button.value, names)}" if button.value else ""
    chosen = "✓ " if button.chosen else ""
    return f"{chosen}{told(button.label, names)} → {button.action}{value}"
