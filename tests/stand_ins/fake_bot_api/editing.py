"""The methods that change or delete messages. Each checks everything first, then changes; none waits."""

from .chats import Json, Message
from .keyboards import check_markup
from .refusals import bad_request
from .sending import caption_content, text_content
from .state import State
from .wire import Upload

DELETABLE_FOR = 48 * 3600
DELETED_AT_ONCE = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
TEXT_FIELDS = frozenset({"text", "entities"})
CAPTION_FIELDS = frozenset({"caption", "caption_entities"})


def edit_message_text(state: State, call: Json, uploads: dict[str, Upload]) -> Json:
    """editMessageText; a call without reply_markup takes the keyboard away, as there"""
    message = _editable(state, call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(state, message, call, {**_without(message, TEXT_FIELDS), **text_content(call)})


def edit_message_caption(state: State, call: Json, uploads: dict[str, Upload]) -> Json:
    """editMessageCaption"""
    message = _editable(state, call)
    if "photo" not in message.content and "document" not in message.content:
        raise bad_request("there is no caption in the message to edit")
    return _change(state, message, call, {**_without(message, CAPTION_FIELDS), **caption_content(call)})


def edit_message_reply_markup(state: State, call: Json, uploads: dict[str, Upload]) -> Json:
    """editMessageReplyMarkup"""
    message = _editable(state, call)
    return _change(state, message, call, message.content)


def delete_message(state: State, call: Json, uploads: dict[str, Upload]) -> bool:
    """deleteMessage"""
    chat = state.chats.reach(call["chat_id"])
    message = chat.messages.get(call["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(state, message):
        raise bad_request("message can't be deleted for everyone")
    chat.delete(message)
    return True


def delete_messages(state: State, call: Json, uploads: dict[str, Upload]) -> bool:
    """deleteMessages; skips what is not there, as there"""
    chat = state.chats.reach(call["chat_id"])
    if not 1 <= len(call["message_ids"]) <= DELETED_AT_ONCE:
        raise bad_request("there must be 1 to 100 message identifiers")
    found = [chat.messages[number] for number in call["message_ids"] if number in chat.messages]
    if not all(_deletable(state, message) for message in found):
        raise bad_request("message can't be deleted for everyone")
    for message in found:
        chat.delete(message)
    return True


def _editable(state: State, call: Json) -> Message:
    if "chat_id" not in call:
        raise bad_request("chat_id is empty")
    chat = state.chats.reach(call["chat_id"])
    message = chat.messages.get(call.get("message_id", 0))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or (message.markup is not None and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return message


def _change(state: State, message: Message, call: Json, content: Json) -> Json:
    markup = check_markup(call["reply_markup"]) if call.get("reply_markup") else None
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.content, message.markup = content, markup
    message.edited_at = int(state.clock.now())
    return message.json


def _without(message: Message, fields: frozenset[str]) -> Json:
    return {name: value for name, value in message.content.items() if name not in fields}


def _deletable(state: State, message: Message) -> bool:
    return state.clock.now() - message.date <= DELETABLE_FOR
