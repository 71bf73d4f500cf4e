"""What groups are called, on cards and in pictures."""

from __future__ import annotations

from bot.texts.entry import one

TEXTS = {
    "group.staff": one("Staff"),
    "group.users": one("People who use services"),
    "group.other": one("Another group"),
    "group.everyone": one("Everyone"),
}
