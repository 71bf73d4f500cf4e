"""The HTTP server: takes each call through token, parameters, faults and holds to what performs it.

The rules of single methods are elsewhere (methods.py names them); so is what tests see (api.py).
"""

import asyncio
from typing import Any

from aiohttp import web

from .faults import Fault, Faults
from .flood import too_many_requests
from .journal import POLLING, Call, Journal
from .methods import PERFORMED
from .parameters import check, decode, model_of
from .refusals import Refusal, bad_request
from .state import State
from .wire import Upload, read_call

BODY_LIMIT = 60 * 1024 * 1024
NGINX = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


class Cut(Exception):
    """The connection is to be cut without an answer."""


class Server:
    """One listening socket on 127.0.0.1, which can go away and come back on the same port."""

    def __init__(self, *, token: str, state: State, journal: Journal, faults: Faults) -> None:
        self._token, self._state, self._journal, self._faults = token, state, journal, faults
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def open(self) -> None:
        """Listen; on a free port the first time, on the same one later."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_route("*", "/{rest:.*}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Stop listening and cut every connection."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            call = await self._received(request)
        except Refusal as refusal:
            return web.json_response(refusal.body, status=refusal.code)
        try:
            status, text, kind = await self._answer(call)
        except Cut:
            self._journal.end(call, code=None, description="the connection was cut")
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        except Refusal as refusal:
            self._journal.end(call, code=refusal.code, description=refusal.description)
            return web.json_response(refusal.body, status=refusal.code)
        except asyncio.CancelledError:
            self._journal.end(call, code=None, description="the bot hung up")
            raise
        except Exception as error:
            self._journal.violation(f"the stand-in itself failed: {error!r}", call=call)
            self._journal.end(call, code=500, description=repr(error))
            raise
        self._journal.end(call, code=status)
        if status == 200 and kind == "application/json":
            return web.json_response({"ok": True, "result": call.result})
        return web.Response(status=status, text=text, content_type=kind)

    async def _received(self, request: web.Request) -> Call:
        """Read a call, check its parameters and write it down."""
        method = self._method(request)
        model = model_of(method)
        if model is None:
            self._journal.violation(f"there is no method {method!r}")
            raise Refusal(404)
        try:
            raw = await read_call(request)
        except Refusal as refusal:
            self._journal.violation(f"{method}: {refusal.description}")
            raise
        values = decode(model, raw)
        call = self._journal.begin(
            method=model.__api_method__,
            parameters=values,
            uploads=raw.uploads,
            chat=self._chat_of(values),
            headers=dict(request.headers),
        )
        try:
            call.parameters, unknown = check(model, values)
            for name in unknown:
                self._journal.violation(f"unknown parameter {name}", call=call)
            self._refuse_misuse(call)
        except Refusal as refusal:
            self._journal.end(call, code=refusal.code, description=refusal.description)
            if not call.violations:
                self._journal.violation(refusal.description, call=call)
            raise
        return call

    def _method(self, request: web.Request) -> str:
        path = request.path
        if not path.startswith("/bot"):
            raise Refusal(404)
        token, _, method = path.removeprefix("/bot").partition("/")
        if token != self._token:
            raise Refusal(401)
        return method

    def _chat_of(self, values: dict[str, Any]) -> int | None:
        chat = values.get("chat_id")
        if isinstance(chat, int):
            return chat
        return self._state.queries.chat_of(values.get("callback_query_id"))

    def _refuse_misuse(self, call: Call) -> None:
        """What Telegram would take, and our bot must never do or this stand-in cannot."""
        if _mentions(call.parameters, "parse_mode"):
            self._journal.violation("parse_mode is never used here: send entities", call=call)
            raise bad_request("can't parse entities: this stand-in takes no parse_mode")
        written = str([value for value in call.parameters.values() if not isinstance(value, Upload)])
        for name in call.uploads:
            if name not in call.parameters and f"attach://{name}" not in written:
                self._journal.violation(f"the file {name} is not used", call=call)
        if call.method not in PERFORMED and call.method != POLLING:
            self._journal.violation("this stand-in does not perform it", call=call)
            raise Refusal(501, f"this stand-in does not perform {call.method}")

    async def _answer(self, call: Call) -> tuple[int, str, str]:
        """Perform a call under the faults and holds that were ordered for it.

        Returns:
            Status, body and content type; a body of JSON is made from call.result instead.
        """
        fault = self._faults.take(call)
        await self._faults.hold(call, performed=False)
        if fault is not None:
            call.fault = str(fault.kind)
            if fault.kind != "after":
                return await _strike(fault)
        self._state.flood.check(call.chat, call.method)
        if call.method == POLLING:
            call.result = await self._poll(call)
        else:
            call.result = PERFORMED[call.method](self._state, call.parameters, dict(call.uploads))
        call.performed = True
        await self._faults.hold(call, performed=True)
        if fault is not None:
            raise Cut
        return 200, "", "application/json"

    async def _poll(self, call: Call) -> list[dict[str, Any]]:
        given = call.parameters
        batch = await self._state.updates.poll(
            offset=given.get("offset", 0),
            limit=given.get("limit", 100),
            wait=given.get("timeout", 0),
            allowed=given.get("allowed_updates"),
        )
        return [update.json for update in batch]


async def _strike(fault: Fault) -> tuple[int, str, str]:
    match fault.kind:
        case "close" | "after":
            raise Cut
        case "hang":
            await asyncio.Event().wait()
            raise AssertionError("unreachable: nothing sets that event")
        case "garbage":
            return 200, "<html>not what you asked for", "text/html"
        case 429:
            raise too_many_requests(fault.retry_after)
        case 502:
            return 502, NGINX, "text/html"
        case code:
            raise Refusal(code, fault.description)


def _mentions(value: object, name: str) -> bool:
    if isinstance(value, dict):
        return name in value or any(_mentions(item, name) for item in value.values())
    return isinstance(value, list) and any(_mentions(item, name) for item in value)
