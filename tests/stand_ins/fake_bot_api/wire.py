"""Reading a call's parameters off an HTTP request, in each of the encodings Telegram accepts.

Knows nothing of methods: what a value should be is decided in parameters.py.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from .refusals import bad_request


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One file of a multipart request."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class RawCall:
    """Values as they came: strings, except from a JSON body, where they may be anything."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload]


async def read_call(request: web.Request) -> RawCall:
    """Read the query string and the body, which may be JSON, form-urlencoded or multipart.

    Raises:
        Refusal: 400, when the body is none of these.
    """
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= _json_object(await request.read())
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(name=value.filename, content=value.file.read())
            else:
                values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    elif await request.read():
        raise bad_request(f"can't parse a body of type {request.content_type}")
    return RawCall(values=values, uploads=uploads)


def _json_object(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as a JSON")
    return {name: item for name, item in value.items() if item is not None}
