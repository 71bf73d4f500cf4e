"""The table of states written out for people: the text of docs/states.md.

Nothing is told twice: what a state is stands in the docstring of its screen, what follows from an input in the
docstring of its move. A test compares the page with the file and can write it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conversations.machine import EVERYWHERE, TABLE
from conversations.screens.all import SCREENS
from conversations.step import Move

OPENING = """\
# The states of the conversation

This page is made from the table of states by conversations/states_page.py: change the table, then write the page anew
with `REWRITE=1 make test PYTEST_ARGS='-k states_page'`.

A dialogue is in one state. An input is looked up in the row of that state, then in the row of every state; what
neither knows changes nothing and shows the card again. `tap` is a button, `asked` a command of the menu, `typed` a
text, `opened` a link or QR code, `unreadable` a photo or the like, `stale` a button of an old card or a repeated
input. `outcome` says how a command turned out that the state before it had asked for."""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [OPENING, "## Every state", *_row(EVERYWHERE)]
    for state, row in TABLE.items():
        parts += [f"## {state}", _meaning(SCREENS[state]), *_row(row)]
    return "\n\n".join(parts) + "\n"


def _row(row: Mapping[str, Move]) -> list[str]:
    if not row:
        return ["Nothing beside what every state understands."]
    lines = [f"| `{name}` | {_meaning(move)} |" for name, move in row.items()]
    return ["\n".join(["| input | what follows |", "| --- | --- |", *lines])]


def _meaning(told: Callable[..., object]) -> str:
    """The first paragraph of a docstring, on one line."""
    paragraph = (told.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(paragraph.split())
