"""Making outcomes: how a command turned out, as the conversation is told. Nothing is performed here."""

from __future__ import annotations

from conversations.inputs import Outcome


def outcome(command: str, result: str, **values: str | int) -> Outcome:
    """An outcome with its values."""
    return Outcome(command=command, result=result, values=tuple(values.items()))
