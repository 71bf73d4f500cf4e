"""Words that stand on many cards: groups, scores as people see them, and the buttons that are everywhere."""

from __future__ import annotations

from bot.texts.entry import many, one

TEXTS = {
    "group.staff": one("Staff"),
    "group.users": one("People who use services"),
    "group.other": one("Another group"),
    "group.everyone": one("Everyone"),
    "people": many("{n} person", "{n} people"),
}
