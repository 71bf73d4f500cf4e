"""A telephone with Telegram, over the pretend Telegram."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager

from conversations.says import text
from fake_bot_api import Call, FakeBotApi, ScreenMessage
from language_walk.device import Device
from language_walk.tongue import Tongue, plainly
from telegram_walk.acting import CHOSEN, Actor
from telegram_walk.reading import quotes_of

GLOBE = "🌐 "


class Chat(Device):
    """Somebody's private chat, on a telephone in their language."""

    def __init__(self, api: FakeBotApi, name: str, tongue: Tongue) -> None:
        super().__init__(tongue)
        self._api = api
        self._actor = Actor(api, name, person=api.person(name=name, language_code=tongue.chat_code))
        self._seen = 0
        """The newest message before the last step."""
        self._elsewhere: list[range] = []
        """Between which marks another language was spoken."""

    @property
    def words(self) -> str:
        return "\n".join(message.words for message in self._messages)

    @property
    def labels(self) -> list[str]:
        return [_label(button.label) for button in self._actor.card.buttons if button.data is not None]

    @property
    def quotes(self) -> list[str]:
        return [words for quotes in quotes_of(self._messages).values() for words in quotes]

    @property
    def codes(self) -> list[str]:
        return [button.copy_text for button in self._actor.card.buttons if button.copy_text]

    async def picture(self) -> tuple[bytes, str]:
        [shown] = [message for message in self._messages if message.photo is not None]
        assert shown.photo is not None
        rest = [each.text for each in self._messages if each.kind == "text" and not each.rows]
        return shown.photo, plainly(shown.caption if "\n" in shown.caption else "\n".join(rest))

    def everything(self) -> set[str]:
        calls = self._api.calls_between(0, chat=self._actor.person)
        own = (call for call in calls if not any(call.number in other for other in self._elsewhere))
        return {words for call in own for words in _said(call)}

    async def open(self, link: str) -> None:
        await self._does(self._actor.person.start(link.rpartition("start=")[2]))

    async def write(self, words: str) -> None:
        await self._does(self._actor.person.say(words))

    async def comment(self, words: str) -> None:
        await self.write(words)
        self.says(text("comment.so-far"))
        await self.tap(text("comment.go-on"))

    async def press(self, label: str) -> None:
        card = self._actor.card
        [data] = [each.data for each in card.buttons if each.data is not None and _label(each.label) == label]
        await self._does(self._actor.person.tap_data(data, message=card))

    @contextmanager
    def speaking(self, tongue: Tongue) -> Iterator[None]:
        begun = self._api.mark()
        with super().speaking(tongue):
            yield
        self._elsewhere.append(range(begun, self._api.mark() + 1))

    @property
    def _messages(self) -> list[ScreenMessage]:
        """What the last step brought: new messages, or the card that was changed."""
        new = self._actor.since(self._seen)
        return new if any(message.rows for message in new) else [*new, self._actor.card]

    async def _does(self, act: Awaitable[object]) -> None:
        self._seen = max((message.id for message in self._actor.person.screen), default=0)
        await self._actor.does(act)


def _label(words: str) -> str:
    return plainly(words.removeprefix(CHOSEN).removeprefix(GLOBE))


def _said(call: Call) -> Iterator[str]:
    """What a call puts before somebody's eyes."""
    yield from (str(call.parameters[name]) for name in ("text", "caption") if call.parameters.get(name))
    markup = call.parameters.get("reply_markup") or {}
    for row in markup.get("inline_keyboard", ()):
        yield from (_label(button["text"]) for button in row)
