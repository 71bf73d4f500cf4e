"""What each method takes, by aiogram's models of the Bot API: decoding, required and unknown parameters.

Sizes and meanings are checked in limits.py, not here.
"""

import json
from collections.abc import Iterator
from typing import Any, get_args

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile
from pydantic import BaseModel, ValidationError

from .refusals import Refusal, bad_request
from .wire import RawCall, Upload

Model = type[TelegramMethod[Any]]

MODELS: dict[str, Model] = {
    model.__api_method__.lower(): model
    for model in vars(aiogram.methods).values()
    if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod
}

MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
"""Telegram's own words, where they are known."""


def model_of(method: str) -> Model | None:
    """The model of a method; None when the Bot API has no such method. Case does not matter, as there."""
    return MODELS.get(method.lower())


def decode(model: Model, raw: RawCall) -> dict[str, Any]:
    """Turn strings into what the model wants; files become `Upload`s under the parameter they are for."""
    values = {name: _decoded(model, name, value) for name, value in raw.values.items()}
    for name, upload in raw.uploads.items():
        if name in model.model_fields:
            values[name] = upload
    return values


def check(model: Model, values: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Validate decoded values.

    Returns:
        The values, with plain numbers, truths and strings coerced as Telegram does; and the unknown names
        found at any depth, written as paths.

    Raises:
        Refusal: 400, when a required parameter is missing or one has a wrong type.
    """
    standing_in = {
        name: BufferedInputFile(value.content, value.name) if isinstance(value, Upload) else value
        for name, value in values.items()
    }
    try:
        request = model.model_validate(standing_in)
    except ValidationError as error:
        raise _refusal(error) from None
    for name, value in values.items():
        coerced = getattr(request, name, value)
        if isinstance(coerced, bool | int | float | str):
            values[name] = coerced
    return values, sorted(_unknown(request, ""))


def _decoded(model: Model, name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    field = model.model_fields.get(name)
    if field is None:
        return value
    if name == "chat_id":
        return int(value) if value.lstrip("-").isdigit() else value
    if field.annotation is str or str in get_args(field.annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _refusal(error: ValidationError) -> Refusal:
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing" and path in MISSING:
        return bad_request(MISSING[path])
    return bad_request(f"can't parse parameter {path}: {first['msg']}")


def _unknown(value: object, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{path}{name}" for name in value.model_extra or {})
        for name in value.model_fields_set & set(type(value).model_fields):
            yield from _unknown(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unknown(item, f"{path}{number}.")
