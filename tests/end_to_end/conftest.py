"""A pretend Telegram for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fake_bot_api import FakeBotApi

TOKEN = "123456789:AAFakeTokenForTestsOnly_0123456789abcdef"
"""As long as BotFather's."""


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    """At the end the bot has done nothing that a correct bot never does, and every update is confirmed."""
    async with FakeBotApi(TOKEN) as api:
        yield api
        assert api.violations == []
        assert api.waiting_updates == []
