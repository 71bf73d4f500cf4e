"""How calls travel to the Bot API: python-telegram-bot's request class over aiohttp.

The address of every call holds the bot's token, so no error raised here carries an address, and what a
server answered is never logged.
"""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from telegram._utils.types import ODVInput  # private, but BaseRequest.do_request is declared with it
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class AioRequest(BaseRequest):
    """Calls over one aiohttp session. Make two: one for polling, one for everything else.

    Times are in seconds: ``connect`` for one connection, ``read`` between two pieces of an answer, ``write``
    for sending a body, ``pool`` for a free connection. ``proxies``: use the machine's proxy settings.
    """

    def __init__(
        self,
        *,
        connections: int,
        proxies: bool,
        connect: float = 10,
        read: float = 20,
        write: float = 30,
        pool: float = 60,
    ) -> None:
        self._connections = connections
        self._proxies = proxies
        self._connect = connect
        self._read = read
        self._write = write
        self._pool = pool
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may keep silent when a call names no other time."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; a second call does nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=self._proxies,
            )

    async def shutdown(self) -> None:
        """Close the session; a second call does nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call.

        Returns:
            The status and the body.

        Raises:
            TimedOut: when the server kept silent too long.
            NetworkError: when the connection failed or broke.
        """
        if self._session is None:
            raise NetworkError("The session is not open.")
        connect = _seconds(connect_timeout, self._connect)
        read = _seconds(read_timeout, self._read)
        # aiohttp knows no time for writing: an upload that stands still is ended by the total.
        total = _seconds(pool_timeout, self._pool) + connect + _seconds(write_timeout, self._write) + read
        timeout = aiohttp.ClientTimeout(total=total, sock_connect=connect, sock_read=read)
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                timeout=timeout,
                # A redirect would carry the token to wherever it points.
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(f"The connection failed ({type(error).__name__}).") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer as JSON. The inherited one logs what it cannot read, and that may be anybody's words.

        Raises:
            NetworkError: when it is no answer of a Bot API server, such as a proxy's page.
        """
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not ({"result", "description"} & answer.keys()):
            raise NetworkError("The answer is not one of a Bot API server.") from None
        return answer


def _seconds(given: object, otherwise: float) -> float:
    return given if isinstance(given, int | float) else otherwise


def _body(request_data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
