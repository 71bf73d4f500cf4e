"""What a person sees of a chat: messages and buttons as plain values, and finding a button by its label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from .chats import Chat, Message

KINDS = ("text", "photo", "document", "sticker", "voice", "location", "contact", "poll")


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button of an inline keyboard. Exactly one of data, url and copy_text is usually set."""

    label: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    style: str | None = None


@dataclass(frozen=True, kw_only=True)
class ScreenMessage:
    """One message as it looks now. Keep its `id` to find it again later."""

    id: int
    from_bot: bool
    kind: str
    text: str
    """"" when there is none."""
    caption: str
    entities: tuple[dict[str, Any], ...]
    """Of the text or caption, as the Bot API writes them."""
    rows: tuple[tuple[Button, ...], ...]
    reply_keyboard: tuple[tuple[str, ...], ...]
    """Labels of a keyboard under the typing field."""
    photo: bytes | None
    document: bytes | None
    document_name: str | None
    edited: bool
    protected: bool
    """Sent with protect_content: it cannot be forwarded or saved."""
    album: str | None
    """The same for all pictures of one album."""

    @classmethod
    def of(cls, message: Message) -> Self:
        """Look at a message."""
        content, markup, upload = message.content, message.markup or {}, message.upload
        return cls(
            id=message.id,
            from_bot=message.from_bot,
            kind=next((kind for kind in KINDS if kind in content), "other"),
            text=content.get("text", ""),
            caption=content.get("caption", ""),
            entities=tuple(content.get("entities") or content.get("caption_entities") or ()),
            rows=tuple(tuple(map(_button, row)) for row in markup.get("inline_keyboard", ())),
            reply_keyboard=tuple(tuple(map(_label, row)) for row in markup.get("keyboard", ())),
            photo=upload.content if upload and "photo" in content else None,
            document=upload.content if upload and "document" in content else None,
            document_name=upload.name if upload and "document" in content else None,
            edited=message.edited_at is not None,
            protected=message.protected,
            album=message.album,
        )

    @property
    def words(self) -> str:
        """Text or caption."""
        return self.text or self.caption

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All of them, row by row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> list[list[str]]:
        """The labels, row by row."""
        return [[button.label for button in row] for row in self.rows]

    def button(self, label: str) -> Button:
        """The button with this label, else the only or first one whose label begins so.

        Raises:
            AssertionError: when there is none.
        """
        found = find_button(self.buttons, label)
        if found is None:
            raise AssertionError(f"no button {label!r} on this message:\n{self}")
        return found

    def __str__(self) -> str:
        who = "bot" if self.from_bot else "me"
        lines = [f"[{self.id} {who} {self.kind}{' edited' if self.edited else ''}] {self.words}"]
        lines += ["    " + " | ".join(row) for row in self.labels]
        return "\n".join(lines)


def screen_of(chat: Chat) -> list[ScreenMessage]:
    """Every message that its person still sees, oldest first."""
    return [
        ScreenMessage.of(message) for number, message in sorted(chat.messages.items()) if number >= chat.cleared_below
    ]


def find_button(buttons: Sequence[Button], label: str) -> Button | None:
    """The one with just this label, else the first whose label begins so."""
    exact = (button for button in buttons if button.label == label)
    beginning = (button for button in buttons if button.label.startswith(label))
    return next(exact, None) or next(beginning, None)


def find_on_screen(screen: Sequence[ScreenMessage], label: str) -> tuple[ScreenMessage, Button] | None:
    """The button on the newest message that has it."""
    for message in reversed(screen):
        if message.from_bot and (button := find_button(message.buttons, label)):
            return message, button
    return None


def _button(button: dict[str, Any]) -> Button:
    copied = button.get("copy_text")
    return Button(
        label=button["text"],
        data=button.get("callback_data"),
        url=button.get("url"),
        copy_text=copied["text"] if copied else None,
        style=button.get("style"),
    )


def _label(button: str | dict[str, Any]) -> str:
    return button if isinstance(button, str) else str(button["text"])
