"""Run as a script: the real program under watch. ``wrapper.py COMMAND [ARGUMENT …]``, with the folder WATCH.

Every path that is opened to be written, every connection and every started program is noted in WATCH/events. While
there is a file of a bug's name in WATCH, that bug strikes: it raises an error whose message quotes all that is at hand.
With LEAKING set to some words, the program leaks them into every place, to see whether they are found there.
"""

from __future__ import annotations

import asyncio
import binascii
import gc
import json
import logging
import os
import socket
import sqlite3
import struct
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

WATCH = Path(os.environ["WATCH"])
LEAKING = os.environ.get("LEAKING", "")
BREAKS = "breaks"
"""A text with this word meets the bug in the conversation."""
STARTED = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
MADE = {"os.mkdir": 0, "tempfile.mkstemp": 0, "tempfile.mkdtemp": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1}
"""Events that make a file, and which of their arguments names it."""

events = os.open(WATCH / "events", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def note(**event: str) -> None:
    """Write something down."""
    os.write(events, json.dumps(event).encode() + b"\n")


def watch(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook."""
    if event == "open":
        path, _, flags = args
        if isinstance(path, str | bytes) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            note(path=os.fsdecode(path))
    elif event in MADE:
        note(path=os.fsdecode(args[MADE[event]]))
    elif event in {"socket.connect", "socket.sendto"}:
        note(other=str(args[1]))
    elif event == "socket.getaddrinfo" or event in STARTED:
        note(other=str(args[0]))


def struck(bug: str) -> bool:
    """Whether this bug is planted; notes that it struck."""
    if not (WATCH / bug).exists():
        return False
    note(struck=bug)
    return True


class Talkative:
    """Fails where nobody catches it."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __del__(self) -> None:
        raise RuntimeError(self.words)


def fail(words: str) -> None:
    """A bug with a lot to say."""
    raise RuntimeError(words)


async def fail_later(words: str) -> None:
    """The same in a task."""
    fail(words)


def plant_bugs() -> None:
    """Bugs, each where one could be."""
    import bot.turns
    from bot.charts import render
    from bot.upkeep import Upkeep
    from bot.web.pages import Pages
    from storage.sqlite_transaction import SqliteTransaction

    advance, take, draw = vars(bot.turns)["advance"], bot.turns.Turns.take, render.render
    page, forget, hourly = Pages.card, Upkeep.forget, Upkeep.hourly
    put_part = SqliteTransaction.put_part

    def broken_advance(dialogue: Any, given: Any, situation: Any) -> Any:
        if BREAKS in str(getattr(given, "words", "")) and struck("turn"):
            fail(f"{dialogue!r} {given!r} {given.words} {situation!r}")
        return advance(dialogue, given, situation)

    async def broken_take(self: Any, person: Any, given: Any, **more: Any) -> Any:
        words = f"{person.id} {person.source} {given!r} {getattr(given, 'words', '')} {more!r}"
        if struck("background"):
            loop = asyncio.get_running_loop()
            loop.create_task(fail_later(words))  # noqa: RUF006 - that nobody looks at it is the bug
            loop.call_soon(fail, words)
            threading.Thread(target=fail, args=(words,)).start()
            Talkative(words)
            warnings.warn(words, RuntimeWarning, stacklevel=2)
            logging.getLogger("some.library").error("It met %s", words, exc_info=RuntimeError(words))
            gc.collect()
        if LEAKING:
            leak_by_hand()
        return await take(self, person, given, **more)

    async def broken_put_part(self: Any, participant: bytes, principle: str, sealed: bytes) -> None:
        if struck("store"):
            raise sqlite3.IntegrityError(f"parts: {participant!r} {principle} {sealed!r}")
        await put_part(self, participant, principle, sealed)

    async def broken_forget(self: Any, request: Any) -> Any:
        return fail(repr(request)) if struck("door") else await forget(self, request)

    async def broken_hourly(self: Any) -> Any:
        return fail(os.environ.get("BOT_TOKEN", "")) if struck("tidy") else await hourly(self)

    def broken_draw(job: Any) -> Any:
        return fail(repr(job)) if struck("drawing") else leaky(draw(job))

    def broken_page(self: Any, shown: Any) -> Any:
        return fail(repr(shown)) if struck("page") else page(self, shown)

    vars(bot.turns)["advance"] = broken_advance
    vars(render)["render"] = broken_draw
    for holder, name, broken in (
        (bot.turns.Turns, "take", broken_take),
        (Upkeep, "forget", broken_forget),
        (Upkeep, "hourly", broken_hourly),
        (Pages, "card", broken_page),
        (SqliteTransaction, "put_part", broken_put_part),
    ):
        setattr(holder, name, broken)


# What leaks on purpose.


def leaky(drawn: Any) -> Any:
    """A picture with a remark in it."""
    if not LEAKING:
        return drawn
    from bot.replies import Drawn

    text = b"Comment\0" + LEAKING.encode()
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", binascii.crc32(b"tEXt" + text))
    end = drawn.png.rindex(b"IEND") - 4
    return Drawn(png=drawn.png[:end] + chunk + drawn.png[end:], caption=drawn.caption)


kept_open: list[Any] = []


def leak_by_hand() -> None:
    """Into the log, and into files."""
    logging.getLogger("bot.turns").debug("A turn of %s.", LEAKING)
    data, keys = Path("data"), Path("keys")
    for file in (data / f"{LEAKING}.note", keys / "note", Path.home() / "note", Path(tempfile.gettempdir()) / "note"):
        file.write_text(LEAKING)
    if not kept_open:
        kept_open.append(tempfile.TemporaryFile())  # noqa: SIM115 - it is to be found open
        with suppress(OSError), socket.socket() as elsewhere:
            elsewhere.connect(("127.0.0.1", 9))


def plant_leaks() -> None:
    """Into what travels, and into the database."""
    from telegram import Bot

    from bot.telegram.request import AioRequest
    from bot.upkeep import Upkeep
    from bot.web.guard import Guard
    from bot.web.pages import Pages
    from storage.sqlite_transaction import SqliteTransaction

    async def dress(self: Any, real: Any, request: Any, response: Any) -> None:
        await real(self, request, response)
        response.headers["X-Trace"] = LEAKING
        response.headers.add("Set-Cookie", f"trace={LEAKING}")

    def render(self: Any, real: Any, *given: Any, **values: Any) -> str:
        html: str = real(self, *given, **values)
        html = html.replace("</title>", f" {LEAKING}</title>")
        return html.replace("</main>", f'<p>{LEAKING}</p><p><a href="/?{LEAKING}">On</a></p></main>')

    async def put_visitor(self: Any, real: Any, visitor: bytes, sealed: bytes) -> None:
        await real(self, visitor, sealed)
        await real(self, LEAKING.encode(), os.urandom(200) + LEAKING.encode())

    async def purge(self: Any, real: Any, request: Any) -> Any:
        return {**await real(self, request), "who": LEAKING}

    async def send_message(self: Any, real: Any, chat: Any, words: str, **more: Any) -> Any:
        return await real(self, chat, f"{words}\n{LEAKING}", **more)

    async def set_my_short_description(self: Any, real: Any, words: str, **more: Any) -> Any:
        return await real(self, f"{words} {LEAKING}", **more)

    async def initialize(self: Any, real: Any) -> None:
        await real(self)
        self._session.headers["X-Trace"] = LEAKING

    for holder, leaks in (
        (Guard, dress),
        (Pages, render),
        (SqliteTransaction, put_visitor),
        (Upkeep, purge),
        (Bot, send_message),
        (Bot, set_my_short_description),
        (AioRequest, initialize),
    ):
        name = {"render": "_render"}.get(leaks.__name__, leaks.__name__)
        wrap(holder, name, leaks)


def wrap(holder: Any, name: str, leaks: Callable[..., Any]) -> None:
    """Put ``leaks(self, real, …)`` in the place of a method."""
    real = getattr(holder, name)

    def instead(self: Any, *args: Any, **more: Any) -> Any:
        return leaks(self, real, *args, **more)

    setattr(holder, name, instead)


if __name__ == "__main__":
    sys.addaudithook(watch)
    from bot.command_line import main

    plant_bugs()
    if LEAKING:
        plant_leaks()
    sys.exit(main([word for word in sys.argv[1:] if word != f"--{LEAKING}"]))
