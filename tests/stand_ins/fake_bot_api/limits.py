"""Telegram's limits on texts, captions, entities, descriptions and commands, with its own words of refusal.

Pure functions over decoded values. Keyboards have keyboards.py, pictures have pictures.py.
"""

import re
from typing import Any

from .refusals import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_ANSWER_LIMIT = 200
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120
NAME_LIMIT = 64
COMMANDS_LIMIT = 100
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)

Entities = list[dict[str, Any]]


def utf16_length(text: str) -> int:
    """Telegram's unit of length."""
    return len(text.encode("utf-16-le")) // 2


def check_text(text: str, entities: Entities) -> tuple[str, Entities]:
    """A message text as Telegram keeps it: without white space around it, its entities moved along.

    Raises:
        Refusal: when it is empty or longer than 4,096, or an entity does not fit.
    """
    if not text:
        raise bad_request("message text is empty")
    text, entities = _trimmed(text, entities)
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def check_caption(caption: str, entities: Entities) -> tuple[str, Entities]:
    """The same for a caption, which may be empty and has at most 1,024."""
    caption, entities = _trimmed(caption, entities)
    if utf16_length(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return caption, entities


def check_callback_answer(text: str) -> None:
    """At most 200 characters."""
    if utf16_length(text) > CALLBACK_ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")


def check_length(text: str, limit: int, what: str) -> None:
    """For the bot's description, short description and name."""
    if utf16_length(text) > limit:
        raise bad_request(f"{what} is too long")


def check_language_code(code: str) -> None:
    """Two letters or nothing: Telegram takes no regions and no scripts here."""
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")


def check_commands(commands: list[dict[str, Any]]) -> None:
    """At most 100; names of 1 to 32 from a-z, 0-9 and _; descriptions of 1 to 256."""
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(command["description"].strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def check_chat_action(action: str) -> None:
    """One of the eleven that there are."""
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")


def _check_entities(text: str, entities: Entities) -> None:
    end_of_text = utf16_length(text)
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or entity["length"] <= 0:
            raise bad_request("ENTITY_BOUNDS_INVALID")
        if end > end_of_text:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
            )
        for place, verb in ((start, "begins"), (end, "ends")):
            if _splits_a_symbol(text, place):
                raise bad_request(f"entity {verb} in a middle of a UTF-16 symbol at UTF-16 offset {place}")


def _splits_a_symbol(text: str, place: int) -> bool:
    units = text.encode("utf-16-le")
    return place * 2 < len(units) and 0xDC <= units[place * 2 + 1] <= 0xDF


def _trimmed(text: str, entities: Entities) -> tuple[str, Entities]:
    _check_entities(text, entities)
    cut = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(utf16_length(text), entity["offset"] - cut + entity["length"])
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept
