"""A reply as Telegram messages: plain text with entities, and a keyboard. Pure.

Never HTML or Markdown: what people typed stays what they typed. Telegram counts in UTF-16 code units, so an
emoji counts as two; every length and offset here is in those units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from unicodedata import bidirectional

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import KeyboardButtonStyle

from bot import labels
from bot.replies import Reply
from bot.wording import FIRST_STRONG_ISOLATE, POP_ISOLATE, Wording
from conversations.cards import Block, Button, Card, Kind, Sign
from conversations.says import text as said

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
COPY_LIMIT = 256
ENTITIES_LIMIT = 100
LONG_QUOTE = 400
SIGNS: dict[Sign, str] = {"": "", "globe": "🌐 "}
CHOSEN = "✓ "
SIGN_OF_A_REMARK = "ℹ️"  # noqa: RUF001 - the sign is meant
RIGHT_TO_LEFT = frozenset({"R", "AL"})
KEPT_APART = re.compile(f"{FIRST_STRONG_ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}")
RIGHT_TO_LEFT_MARK = "\u200f"
STYLES = {"main": KeyboardButtonStyle.PRIMARY, "danger": KeyboardButtonStyle.DANGER}
ENTITIES: dict[Kind, str] = {
    "quote": MessageEntity.BLOCKQUOTE,
    "heading": MessageEntity.BOLD,
    "small": MessageEntity.ITALIC,
    "code": MessageEntity.CODE,
}
# What keeps a code apart in a right-to-left sentence must not be copied with it.
WITHOUT_ISOLATES = str.maketrans("", "", FIRST_STRONG_ISOLATE + POP_ISOLATE)
CLOSE_TOGETHER = {("item", "item"), ("small", "small"), ("small", "quote"), ("code", "code")}


@dataclass(frozen=True, kw_only=True, repr=False)
class Message:
    """One message to send."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class _Piece:
    """A paragraph, what marks all of it, and what goes between it and the one before."""

    text: str
    mark: str | None = None
    gap: str = "\n\n"


def units(words: str) -> int:
    """The length as Telegram counts it."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def render(reply: Reply, wording: Wording) -> tuple[Message, ...]:
    """The messages of a reply, at least one; the keyboard is on the last."""
    texts = _messages(_pieces(reply, wording)) or [("…", ())]
    keyboard = _keyboard(reply.card, reply.number, wording)
    last = len(texts) - 1
    return tuple(
        Message(text=text, entities=entities, keyboard=keyboard if place == last else None)
        for place, (text, entities) in enumerate(texts)
    )


def plain(words: str) -> tuple[Message, ...]:
    """Words without a card; none when there are no words."""
    return tuple(Message(text=text) for text, _ in _messages([_Piece(text=words)]))


def caption_of(words: str) -> str:
    """The caption of a picture whose words are these: all of them, or else the first line."""
    words = words.strip()
    if units(words) <= CAPTION_LIMIT:
        return words
    return next(_parts(words.splitlines()[0], CAPTION_LIMIT))


def _pieces(reply: Reply, wording: Wording) -> Iterator[_Piece]:
    card = reply.card
    for notice in reply.notices:
        yield _Piece(text=_own_way(f"{SIGN_OF_A_REMARK} {wording.say(notice)}", wording))
    if card.progress is not None:
        yield _Piece(text=_own_way(wording.say(card.progress), wording))
    if card.title is not None:
        yield _Piece(
            text=_own_way(wording.say(card.title), wording),
            mark=MessageEntity.BOLD,
            gap="\n" if card.progress else "\n\n",
        )
    before: Kind = "paragraph"
    for block in card.blocks:
        yield _piece(block, before, wording)
        before = block.kind
    if card.field is not None:
        if card.field.value:
            yield _Piece(text=wording.say(said("telegram.so_far")), mark=MessageEntity.BOLD)
            yield _Piece(text=card.field.value, mark=_quote(card.field.value), gap="\n")
        yield _Piece(text=_own_way(wording.say(card.field.label), wording))


def _piece(block: Block, before: Kind, wording: Wording) -> _Piece:
    words = wording.say(block.text)
    gap = "\n" if before == "heading" or (before, block.kind) in CLOSE_TOGETHER else "\n\n"
    if block.kind == "quote":
        return _Piece(text=words, mark=_quote(words), gap=gap)
    own_way = _own_way(f"• {words}" if block.kind == "item" else words, wording)
    return _Piece(text=own_way, mark=ENTITIES.get(block.kind), gap=gap)


def _own_way(words: str, wording: Wording) -> str:
    """A line of a card, with a mark before it where a telephone would set a right-to-left line from left to right.

    It goes by the first letter, and that may be of a name such as "Telegram"; the sign of a remark, too, is a letter
    that runs left to right. What is kept apart does not count.
    """
    letters = [kind for each in KEPT_APART.sub("", words) if (kind := bidirectional(each)) in {"L", *RIGHT_TO_LEFT}]
    turned = wording.language.direction == "rtl" and letters[:1] == ["L"] and not RIGHT_TO_LEFT.isdisjoint(letters)
    return RIGHT_TO_LEFT_MARK + words if turned else words


def _quote(words: str) -> str:
    return MessageEntity.EXPANDABLE_BLOCKQUOTE if len(words) > LONG_QUOTE else MessageEntity.BLOCKQUOTE


def _messages(pieces: Iterable[_Piece]) -> list[tuple[str, tuple[MessageEntity, ...]]]:
    """Put pieces together, beginning a new message where the next piece no longer fits."""
    messages: list[tuple[str, tuple[MessageEntity, ...]]] = []
    text, size, entities = "", 0, list[MessageEntity]()
    for piece in pieces:
        for count, part in enumerate(_parts(piece.text, TEXT_LIMIT)):
            gap = "\n" if count else piece.gap
            length = units(part)
            if text and (size + len(gap) + length > TEXT_LIMIT or len(entities) == ENTITIES_LIMIT):
                messages.append((text, tuple(entities)))
                text, size, entities = "", 0, []
            if text:
                text, size = text + gap, size + len(gap)
            if piece.mark is not None:
                entities.append(MessageEntity(type=piece.mark, offset=size, length=length))
            text, size = text + part, size + length
    if text:
        messages.append((text, tuple(entities)))
    return messages


def _parts(words: str, limit: int) -> Iterator[str]:
    """Words in parts of at most ``limit`` units, cut at the end of a line or else of a word where there is
    one.
    """
    # Telegram trims messages and drops carriage returns itself; done here, the offsets stay ours.
    rest = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    while units(rest) > limit:
        end = min(limit, len(rest))
        while units(rest[:end]) > limit:
            end -= max(1, (units(rest[:end]) - limit) // 2)
        cut = rest.rfind("\n", end // 2, end)
        if cut < 0:
            cut = rest.rfind(" ", end // 2, end)
        if cut < 0:
            cut = end
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _keyboard(card: Card, number: int, wording: Wording) -> InlineKeyboardMarkup | None:
    rows = [[button] for block in card.blocks if (button := _copy(block, wording))]
    for row in card.rows:
        buttons = [_button(button, number, wording) for button in row]
        # Telegram cuts a label that is wider than its share of the row: then the row becomes several.
        rest = iter(buttons)
        rows += [list(islice(rest, count)) for count in labels.rows([button.text for button in buttons])]
    return InlineKeyboardMarkup(rows) if rows else None


def _copy(block: Block, wording: Wording) -> InlineKeyboardButton | None:
    if block.kind != "code":
        return None
    code = wording.say(block.text).translate(WITHOUT_ISOLATES).strip()
    if not 1 <= units(code) <= COPY_LIMIT:
        return None
    return InlineKeyboardButton(_copying(code, wording), copy_text=CopyTextButton(code))


def _copying(code: str, wording: Wording) -> str:
    """What a button to copy a code says, with as much of the code as there is room for."""
    shown, length = code, len(code)
    while labels.width(label := wording.say(said("telegram.copy", code=shown))) > labels.room() and length > 1:
        length -= 1
        shown = f"{code[:length]}…"
    return label


def _button(button: Button, number: int, wording: Wording) -> InlineKeyboardButton:
    label = SIGNS[button.sign] + wording.say(button.label)
    return InlineKeyboardButton(
        CHOSEN + label if button.chosen else label,
        callback_data=f"{number}:{button.action}:{button.value}",
        style=STYLES.get(button.look),
    )
