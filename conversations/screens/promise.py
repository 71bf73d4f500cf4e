"""What we promise and what we cannot promise: rule 8 of the design, point by point, in the same words everywhere."""

from __future__ import annotations

from typing import Literal

from conversations.cards import Block, heading, item, paragraph
from conversations.says import Verbatim, text
from conversations.situation import Operator


def promises(threshold: int) -> tuple[Block, ...]:
    """What we promise, with the real number of others."""
    return (
        item(text("promise.mixed", n=threshold - 1)),
        item(text("promise.deleted")),
        item(text("promise.in-charge")),
    )


def limits(channel: Literal["telegram", "web"]) -> tuple[Block, ...]:
    """What remains possible, said plainly."""
    lines = ["words", "same", "know-own", "noticed", "machine", "posing"]
    blocks = [item(text(f"limits.{line}")) for line in lines]
    if channel == "telegram":
        blocks.append(item(text("limits.telegram")))
    return tuple(blocks)


def who_runs_this(operator: Operator) -> tuple[Block, ...]:
    """Who runs this bot and how to reach them."""
    if operator.name is None:
        return (heading(text("who.title")), paragraph(text("who.unknown")))
    blocks = [heading(text("who.title")), paragraph(text("who.name", name=Verbatim(operator.name)))]
    if operator.contact is not None:
        blocks.append(paragraph(text("who.contact", contact=Verbatim(operator.contact))))
    return tuple(blocks)
