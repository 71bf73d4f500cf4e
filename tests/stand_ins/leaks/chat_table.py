"""What may stand where, on Telegram's way, and why. A chat is somebody's own when they are whose it is."""

from __future__ import annotations

OWN = "they wrote it, and it goes back into their own chat"
RESULT = "the facilitator reads comments once they are shown"
ENTRY = "people read it before they agree"

ALLOWED = {
    ("comment", "own chat of a participant"): OWN,
    ("comment", "chat of a facilitator"): RESULT,
    ("hidden comment", "own chat of a participant"): OWN,
    ("hidden comment", "chat of a facilitator"): "until it is hidden, and where it can be put back",
    ("comment not shown", "own chat of a participant"): OWN,
    ("draft that is too long", "own chat of a participant"): OWN,
    ("organisation", "own chat of a facilitator"): OWN,
    ("organisation", "chat of a participant"): ENTRY,
    ("group", "own chat of a facilitator"): OWN,
    ("group", "chat of a participant"): ENTRY,
    ("name typed in setting up", "own chat of a facilitator"): OWN,
    ("session code", "own chat of a facilitator"): "to be given out",
    ("device link", "own chat of a facilitator"): "to be opened on the second device",
    ("link for a second facilitator", "own chat of a facilitator"): "to be given to one person",
    ("invitation", "output"): "printed for the operator to give out, and nowhere else",
    ("id of the chat", "own chat ids"): "where Telegram is to bring the answer",
    ("id of the chat", "control socket"): "what the operator typed into equal-voice forget",
    ("token of the bot", "environment"): "the operator sets it there",
}
"""By kind and place, the reason."""

ONLY_ONCE_SHOWN = {("comment", "chat of a facilitator"), ("hidden comment", "chat of a facilitator")}
NOWHERE = {"name", "user name", "words in trouble", "title of a chat"}
"""What is told to the program and has no place at all."""
