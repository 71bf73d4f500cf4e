"""The contents of what people send: texts with the entities the app marks, and attachments of every kind.

Pure functions that return the fields of a Message; nothing is sent here.
"""

import itertools
import re
from typing import Any

from .limits import TEXT_LIMIT, utf16_length

Json = dict[str, Any]

MARKED = re.compile(r"(?:(?<=\s)|^)(?P<bot_command>/\w{1,64}(?:@\w+)?)|(?<!\w)(?P<mention>@\w{4,32})", re.ASCII)
_numbers = itertools.count(1)


def text(words: str) -> Json:
    """A text as the app would send it: trimmed, commands and mentions marked."""
    words = words.strip()
    if not 1 <= utf16_length(words) <= TEXT_LIMIT:
        raise AssertionError("the app sends texts of 1 to 4,096 characters; longer ones as several messages")
    entities = [_entity(words, match) for match in MARKED.finditer(words)]
    return {"text": words, **({"entities": entities} if entities else {})}


def photo(caption: str = "") -> Json:
    return _captioned(
        {"photo": [{**_file(), "width": 90, "height": 67}, {**_file(), "width": 1280, "height": 960}]},
        caption,
    )


def document(name: str = "notes.pdf", caption: str = "") -> Json:
    return _captioned({"document": {**_file(), "file_name": name, "mime_type": "application/pdf"}}, caption)


def sticker(emoji: str = "👍") -> Json:
    return {
        "sticker": {
            **_file(),
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
    }


def voice(seconds: int = 3) -> Json:
    return {"voice": {**_file(), "duration": seconds, "mime_type": "audio/ogg"}}


def location(latitude: float = 51.5, longitude: float = -3.2) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(phone_number: str = "+441632960001", first_name: str = "Pat") -> Json:
    return {"contact": {"phone_number": phone_number, "first_name": first_name}}


def poll(question: str = "Tea?", options: tuple[str, ...] = ("Yes", "No")) -> Json:
    return {
        "poll": {
            "id": str(10**18 + next(_numbers)),
            "question": question,
            "options": [
                {"text": option, "voter_count": 0, "persistent_id": f"o{number}"}
                for number, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }


def _captioned(content: Json, caption: str) -> Json:
    return {**content, "caption": caption} if caption else content


def _file() -> Json:
    number = next(_numbers)
    return {
        "file_id": f"BQACAgQAAxk{number:08d}",
        "file_unique_id": f"AgAD{number:08d}",
        "file_size": 1000 + number,
    }


def _entity(words: str, match: re.Match[str]) -> Json:
    kind = str(match.lastgroup)
    return {
        "type": kind,
        "offset": utf16_length(words[: match.start(kind)]),
        "length": utf16_length(match[kind]),
    }
