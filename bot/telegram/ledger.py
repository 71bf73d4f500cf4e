"""Which messages stand in each chat and are not written down yet, and which were deleted. In memory only.

So that a chat can be cleared, the ids of its messages are kept in the sealed record of the person's address. Sending a
message opens no transaction of its own: its id waits here and is written with that person's next turn, or when the
program is stopped in order. A ``kill -9`` between two turns loses what waits: those messages cannot be cleared any
more, but for the one whose button is tapped next. No time is kept, here or there, and no id reaches a log.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable


class Ledger:
    """By chat. Groups, whose ids are negative, are left out: there nothing is kept of anybody."""

    def __init__(self) -> None:
        self._sent: dict[int, set[int]] = {}

    def add(self, chat: int, message: int | None) -> None:
        """A message stands in this chat. None: nobody knows its id."""
        if chat > 0 and message is not None:
            self._sent.setdefault(chat, set()).add(message)

    def waiting(self, chat: int) -> tuple[int, ...]:
        """What is not written down, in ascending order."""
        return tuple(sorted(self._sent.get(chat, ())))

    def chats(self) -> tuple[int, ...]:
        """The chats of which something is not written down."""
        return tuple(self._sent)

    def settled(self, chat: int, messages: Collection[int]) -> None:
        """These are written down, or gone."""
        left = self._sent.get(chat, set()) - set(messages)
        if left:
            self._sent[chat] = left
        else:
            self._sent.pop(chat, None)

    def with_waiting(self, chat: int, messages: Iterable[int]) -> tuple[int, ...]:
        """These and what is not written down, newest first: ids rise with time in a private chat."""
        return tuple(sorted({*messages, *self._sent.get(chat, ())}, reverse=True))
