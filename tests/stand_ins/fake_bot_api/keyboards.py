"""Telegram's limits on inline and reply keyboards.

Pure functions over decoded values; nothing here remembers a keyboard.
"""

from typing import Any
from urllib.parse import urlsplit

from .limits import utf16_length
from .refusals import bad_request

BUTTONS_LIMIT = 100
ROW_LIMIT = 8
CALLBACK_DATA_LIMIT = 64
COPY_TEXT_LIMIT = 256
STYLES = frozenset({"danger", "success", "primary"})
LABELLING = frozenset({"text", "style", "icon_custom_emoji_id"})
"""Fields that say how a button looks; it must have exactly one other, which says what it does."""

Markup = dict[str, Any]


def check_markup(markup: Markup) -> Markup | None:
    """The markup as Telegram keeps it: None when it holds no button.

    Raises:
        Refusal: when it has too many buttons, or one that Telegram does not take.
    """
    rows = markup.get("inline_keyboard", markup.get("keyboard"))
    if rows is None:
        return markup
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > BUTTONS_LIMIT or any(len(row) > ROW_LIMIT for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    if "keyboard" in markup:
        return markup
    for button in (button for row in rows for button in row):
        _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("style") not in (None, *STYLES):
        raise bad_request("inline keyboard button style is invalid")
    if len(set(button) - LABELLING) != 1:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= CALLBACK_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= utf16_length(button["copy_text"]["text"]) <= COPY_TEXT_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "url" in button:
        _check_url(button["url"])


def _check_url(url: str) -> None:
    parts = urlsplit(url if "//" in url or url.startswith("tg:") else f"http://{url}")
    if parts.scheme == "tg":
        return
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
