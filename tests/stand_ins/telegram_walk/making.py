"""Settings of a program that speaks to the pretend Telegram, and made-up choices."""

from __future__ import annotations

from random import Random

from fake_bot_api import FakeBotApi
from telegram_walk.book import DONT_KNOW, LABELS, SKIP


def settings_for(api: FakeBotApi, **more: str) -> dict[str, str]:
    """Settings as environment variables."""
    return {
        "BOT_TOKEN": api.token,
        "BOT_API_URL": api.url,
        "OPERATOR_NAME": "Riverside Voices",
        "OPERATOR_CONTACT": "hello@voices.example",
        **more,
    }


def some_choices(random: Random, *, odd: float = 0.15) -> list[str]:
    """What one person taps for three statements; ``odd`` is the share of "I don't know" and of skips, half each."""
    return [random.choice(LABELS) if random.random() >= odd else random.choice((DONT_KNOW, SKIP)) for _ in range(3)]
