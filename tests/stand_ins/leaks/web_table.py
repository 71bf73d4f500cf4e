"""What may stand where, on the way over HTTP, and why. A place is somebody's own when they are whose it is."""

from __future__ import annotations

OWN = "it is their own, on their own screen"
RESULT = "the facilitator reads comments once they are shown"
LINK = "whoever has the link has it in the address, and its page sends it back there"
ENTRY = "people read it before they agree"

ALLOWED = {
    ("comment", "own page of a participant"): OWN,
    ("comment", "page of a facilitator"): RESULT,
    ("comment", "page of a second-facilitator"): RESULT,
    ("hidden comment", "own page of a participant"): OWN,
    ("hidden comment", "page of a facilitator"): "until it is hidden, and where it can be put back",
    ("comment taken back", "own page of a participant"): OWN,
    ("comment not handed in", "own page of a participant"): OWN,
    ("draft that is too long", "own page of a participant"): OWN,
    ("words that went astray", "own page of a participant"): OWN,
    ("words of a broken turn", "own page of a participant"): OWN,
    ("wrong code", "own page of a stranger"): OWN,
    ("name typed in setting up", "own page of a facilitator"): OWN,
    ("organisation", "own page of a facilitator"): OWN,
    ("organisation", "page of a participant"): ENTRY,
    ("organisation", "page of a second-facilitator"): "they run it together",
    ("group", "own page of a facilitator"): OWN,
    ("group", "page of a participant"): ENTRY,
    ("group", "page of a second-facilitator"): "they run it together",
    ("session code", "own page of a facilitator"): "to be given out",
    ("session code", "page of a participant"): LINK,
    ("session code", "addresses"): LINK,
    ("invitation", "output"): "printed for the operator to give out, and nowhere else",
    ("invitation", "control socket"): "answers equal-voice invite",
    ("invitation", "own page of a facilitator"): LINK,
    ("invitation", "own addresses"): LINK,
    ("device link", "own page of a facilitator"): "to be opened on the second device",
    ("device link", "own addresses"): LINK,
    ("link for a second facilitator", "own page of a facilitator"): "to be given to one person",
    ("link for a second facilitator", "page of a second-facilitator"): LINK,
    ("link for a second facilitator", "addresses"): LINK,
    ("resume code", "own page of a participant"): "to be typed into another browser, or read out to be forgotten",
    ("resume code", "control socket"): "what the operator typed into equal-voice forget",
    ("cookie", "own set-cookie"): "what the browser is known by",
    ("form token", "own page of a participant"): "bound to the cookie",
    ("form token", "own page of a facilitator"): "bound to the cookie",
    ("form token", "own page of a second-facilitator"): "bound to the cookie",
    ("form token", "own page of a stranger"): "bound to the cookie",
    ("id of the assessment", "own page of a facilitator"): "a random id, in addresses of pictures and in buttons",
    ("id of the assessment", "own addresses"): "of pictures that only whoever runs it can open",
    ("id of the assessment", "page of a second-facilitator"): "as on the facilitator's",
    ("id of the assessment", "addresses"): "as on the facilitator's",
    ("id of the assessment", "file names"): "its key has its name, in the key folder only",
    ("id of the assessment", "database"): "a random id, and nobody's name",
    ("id of the assessment", "write-ahead log"): "as in the database",
    ("id of the assessment", "back-up"): "as in the database",
}
"""By kind and place, the reason."""

ONLY_ONCE_SHOWN = {cell for cell, reason in ALLOWED.items() if reason == RESULT} | {
    ("hidden comment", "page of a facilitator")
}
NOWHERE = {"source address", "user agent"}
"""What is told to the program and has no place at all."""
