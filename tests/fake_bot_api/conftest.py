"""One fake Telegram for each test, and a real python-telegram-bot client over its default httpx request."""

import io
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from PIL import Image
from telegram import Bot

from fake_bot_api import FakeBotApi, Person

Picture = Callable[..., bytes]


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
async def bot(api: FakeBotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    # Without it python-telegram-bot warns, with each 429, that seconds will become a timedelta.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        yield bot


@pytest.fixture
async def ann(api: FakeBotApi) -> Person:
    """Somebody who has pressed Start."""
    ann = api.person(name="Ann")
    await ann.start()
    return ann


@pytest.fixture
async def http(api: FakeBotApi) -> AsyncIterator[httpx.AsyncClient]:
    """For calls that python-telegram-bot would not make."""
    async with httpx.AsyncClient(base_url=f"{api.url}/bot{api.token}/") as http:
        yield http


@pytest.fixture
def picture() -> Picture:
    def draw(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
        file = io.BytesIO()
        Image.new("RGB", (width, height), "orange").save(file, kind)
        return file.getvalue()

    return draw
