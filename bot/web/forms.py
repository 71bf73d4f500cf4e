"""Reading what a form sent. Says what is wrong with it; changes nothing and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web

from bot.web.faults import Fault
from bot.web.guard import Guard
from conversations.inputs import Tap
from conversations.says import text

BODY_BYTES = 64 * 1024
FIELDS = 20

_TAP = re.compile(r"([a-z0-9-]{1,12}):([a-z0-9-]{0,36})")
_NUMBER = re.compile(r"[0-9]{1,12}")

POSTED: web.RequestKey[Mapping[str, str]] = web.RequestKey("posted", Mapping)
"""The fields of a form that passed the guard, so that a page about a fault can offer to send them again."""

TYPED: web.RequestKey[str] = web.RequestKey("typed", str)
"""What a person typed into a form that did not pass the guard though our own page sent it."""


@dataclass(frozen=True, kw_only=True)
class CardForm:
    """A card's form: a tap, or words, or both when a button was tapped while something was typed."""

    number: int
    tap: Tap | None
    words: str = field(repr=False)

    @staticmethod
    def read(fields: Mapping[str, str]) -> CardForm:
        """Raises ``Fault`` when it cannot be one of our forms."""
        number = fields.get("number", "")
        tap = None
        if "tap" in fields:
            found = _TAP.fullmatch(fields["tap"])
            if not found:
                raise broken()
            tap = Tap(found[1], found[2])
        if not _NUMBER.fullmatch(number) or (tap is None and "words" not in fields):
            raise broken()
        return CardForm(number=int(number), tap=tap, words=fields.get("words", ""))


def broken() -> Fault:
    """What our own pages never send."""
    return Fault(400, text("web.fault.form"))


async def posted(request: web.Request, guard: Guard, cookie: str | None) -> Mapping[str, str]:
    """The fields of a form that our own page made for this cookie. Line ends come as "\\n".

    Raises:
        Fault: broken, or not from our own page.
        web.HTTPRequestEntityTooLarge: more than 64 KiB.
    """
    if guard.from_elsewhere(request):
        raise Fault(403, text("web.fault.not-ours"))
    if request.content_type != "application/x-www-form-urlencoded":
        raise broken()
    body = (await request.read()).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise broken() from None
    fields = {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in reversed(pairs)}
    if cookie is None or not guard.fits(fields.pop("csrf", ""), cookie):
        if guard.surely_ours(request):
            request[TYPED] = fields.get("words", "")
        raise Fault(403, text("web.fault.not-ours"))
    request[POSTED] = fields
    return fields
