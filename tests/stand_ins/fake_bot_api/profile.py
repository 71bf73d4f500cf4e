"""What the bot says about itself, and what it may ask: getMe, getChat, commands, descriptions …"""

import json
from typing import Any

from .chats import Json
from .limits import (
    DESCRIPTION_LIMIT,
    NAME_LIMIT,
    SHORT_DESCRIPTION_LIMIT,
    check_commands,
    check_language_code,
    check_length,
)
from .state import State
from .wire import Upload

Uploads = dict[str, Upload]


def get_me(state: State, call: Json, uploads: Uploads) -> Json:
    """getMe"""
    abilities = (
        "can_connect_to_business",
        "supports_inline_queries",
        "can_read_all_group_messages",
        "has_main_web_app",
    )
    return {**state.bot, "can_join_groups": True, **dict.fromkeys(abilities, False)}


def get_chat(state: State, call: Json, uploads: Uploads) -> Json:
    """getChat"""
    chat = state.chats.reach(call["chat_id"])
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **chat.json,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def leave_chat(state: State, call: Json, uploads: Uploads) -> bool:
    """leaveChat"""
    chat = state.chats.reach(call["chat_id"])
    chat.reachable = False
    return True


def delete_webhook(state: State, call: Json, uploads: Uploads) -> bool:
    """deleteWebhook"""
    return True


def get_webhook_info(state: State, call: Json, uploads: Uploads) -> Json:
    """getWebhookInfo"""
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(state.updates.waiting)}


def set_my_commands(state: State, call: Json, uploads: Uploads) -> bool:
    """setMyCommands"""
    check_commands(call["commands"])
    return _set(state, commands_key(call.get("scope")), call, call["commands"])


def get_my_commands(state: State, call: Json, uploads: Uploads) -> Any:
    """getMyCommands"""
    return state.profile.get((commands_key(call.get("scope")), call.get("language_code", "")), [])


def delete_my_commands(state: State, call: Json, uploads: Uploads) -> bool:
    """deleteMyCommands"""
    return _set(state, commands_key(call.get("scope")), call, [])


def set_my_description(state: State, call: Json, uploads: Uploads) -> bool:
    """setMyDescription"""
    check_length(call.get("description", ""), DESCRIPTION_LIMIT, "bot description")
    return _set(state, "description", call, call.get("description", ""))


def get_my_description(state: State, call: Json, uploads: Uploads) -> Json:
    """getMyDescription"""
    return {"description": _get(state, "description", call)}


def set_my_short_description(state: State, call: Json, uploads: Uploads) -> bool:
    """setMyShortDescription"""
    check_length(call.get("short_description", ""), SHORT_DESCRIPTION_LIMIT, "bot short description")
    return _set(state, "short_description", call, call.get("short_description", ""))


def get_my_short_description(state: State, call: Json, uploads: Uploads) -> Json:
    """getMyShortDescription"""
    return {"short_description": _get(state, "short_description", call)}


def set_my_name(state: State, call: Json, uploads: Uploads) -> bool:
    """setMyName"""
    check_length(call.get("name", ""), NAME_LIMIT, "bot name")
    return _set(state, "name", call, call.get("name", ""))


def get_my_name(state: State, call: Json, uploads: Uploads) -> Json:
    """getMyName"""
    return {"name": _get(state, "name", call) or state.bot["first_name"]}


def _set(state: State, key: str, call: Json, value: Any) -> bool:
    """Set it for a language; what is empty removes what was dedicated to that language."""
    language = call.get("language_code", "")
    check_language_code(language)
    if value:
        state.profile[key, language] = value
    else:
        state.profile.pop((key, language), None)
    return True


def _get(state: State, key: str, call: Json) -> str:
    """In the language asked for, else as set for all languages."""
    language = call.get("language_code", "")
    return str(state.profile.get((key, language)) or state.profile.get((key, ""), ""))


def commands_key(scope: Json | None) -> str:
    """Under which key the commands of a scope are kept."""
    return "commands " + json.dumps(scope or {"type": "default"}, sort_keys=True)
