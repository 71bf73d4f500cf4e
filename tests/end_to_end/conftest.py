"""A pretend Telegram for each test, and a folder for pictures of screens."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

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


@pytest.fixture
def folder() -> Path | None:
    """Where the pictures go; nowhere unless somebody wants to look at them, as taking them costs most of the time."""
    if "SCREENSHOTS" not in os.environ:
        return None
    kept = Path(os.environ["SCREENSHOTS"])
    kept.mkdir(parents=True, exist_ok=True)
    return kept
