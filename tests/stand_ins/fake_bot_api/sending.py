"""The methods that add messages to a chat. Each checks everything first, then adds; none waits."""

from typing import Any

from .chats import Chat, Json, Message
from .keyboards import check_markup
from .limits import check_caption, check_chat_action, check_text
from .pictures import check_photo
from .refusals import bad_request
from .state import State
from .wire import Upload

ALBUM_LEAST, ALBUM_MOST = 2, 10
DOCUMENT_BYTES_LIMIT = 50 * 1024 * 1024


def send_message(state: State, call: Json, uploads: dict[str, Upload]) -> Json:
    """sendMessage"""
    chat = state.chats.reach(call["chat_id"])
    return _add(state, chat, call, content=text_content(call)).json


def send_photo(state: State, call: Json, uploads: dict[str, Upload]) -> Json:
    """sendPhoto"""
    chat = state.chats.reach(call["chat_id"])
    upload = _file(state, call["photo"], uploads)
    content = {**_photo(state, upload), **caption_content(call)}
    return _add(state, chat, call, content=content, upload=upload).json


def send_document(state: State, call: Json, uploads: dict[str, Upload]) -> Json:
    """sendDocument"""
    chat = state.chats.reach(call["chat_id"])
    upload = _file(state, call["document"], uploads)
    content = {**_document(state, upload), **caption_content(call)}
    return _add(state, chat, call, content=content, upload=upload).json


def send_media_group(state: State, call: Json, uploads: dict[str, Upload]) -> list[Json]:
    """sendMediaGroup, of photos or of documents"""
    chat = state.chats.reach(call["chat_id"])
    media = call["media"]
    if len(media) < ALBUM_LEAST:
        raise bad_request("too few messages to send as an album")
    if len(media) > ALBUM_MOST:
        raise bad_request("too many messages to send as an album")
    kinds = {item["type"] for item in media}
    if kinds not in ({"photo"}, {"document"}):
        raise bad_request("this stand-in sends albums of photos or of documents only")
    ready: list[tuple[Json, Upload]] = []
    for item in media:
        upload = _file(state, item["media"], uploads)
        made = _photo(state, upload) if item["type"] == "photo" else _document(state, upload)
        ready.append(({**made, **caption_content(item)}, upload))
    album = str(state.new_number())
    return [_add(state, chat, call, content=content, upload=upload, album=album).json for content, upload in ready]


def send_chat_action(state: State, call: Json, uploads: dict[str, Upload]) -> bool:
    """sendChatAction"""
    chat = state.chats.reach(call["chat_id"])
    check_chat_action(call["action"])
    state.typing.append((chat.id, call["action"]))
    return True


def text_content(call: Json) -> Json:
    """The content of a text message, checked."""
    text, entities = check_text(call.get("text") or "", call.get("entities") or [])
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_content(call: Json) -> Json:
    """The caption of a photo or document, checked; nothing when there is none."""
    caption, entities = check_caption(call.get("caption") or "", call.get("caption_entities") or [])
    if not caption:
        return {}
    return {"caption": caption, **({"caption_entities": entities} if entities else {})}


def _add(
    state: State,
    chat: Chat,
    call: Json,
    *,
    content: Json,
    upload: Upload | None = None,
    album: str | None = None,
) -> Message:
    markup = check_markup(call["reply_markup"]) if call.get("reply_markup") else None
    return chat.add(
        sender=state.bot,
        date=state.clock.now(),
        content=content,
        markup=markup,
        upload=upload,
        protected=bool(call.get("protect_content")),
        album=album,
        reply_to=_reply_to(chat, call),
    )


def _reply_to(chat: Chat, call: Json) -> int | None:
    reply: Json | None = call.get("reply_parameters")
    if reply is None:
        return None
    if reply["message_id"] in chat.messages:
        return int(reply["message_id"])
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _file(state: State, given: Any, uploads: dict[str, Upload]) -> Upload:
    if isinstance(given, Upload):
        return given
    if str(given).startswith("attach://"):
        name = str(given).removeprefix("attach://")
        if name not in uploads:
            raise bad_request(f'can\'t find field "{name}" with the file contents')
        return uploads[name]
    if given not in state.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return state.files[given]


def _photo(state: State, upload: Upload) -> Json:
    width, height = check_photo(upload.content)
    file_id = state.keep(upload)
    return {
        "photo": [
            {
                "file_id": file_id,
                "file_unique_id": f"AQAD{file_id[-8:]}",
                "width": width,
                "height": height,
                "file_size": len(upload.content),
            }
        ]
    }


def _document(state: State, upload: Upload) -> Json:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > DOCUMENT_BYTES_LIMIT:
        raise bad_request("file is too big")
    file_id = state.keep(upload)
    return {
        "document": {
            "file_id": file_id,
            "file_unique_id": f"AgAD{file_id[-8:]}",
            "file_name": upload.name,
            "file_size": len(upload.content),
        }
    }
