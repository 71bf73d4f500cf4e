"""What keeps other sites out: a token in every form, where a post comes from, the headers of every answer.

Three checks stand behind one another, because old telephones lack some of them. The browser's own word
(Sec-Fetch-Site) must not say that another site sent the form. An Origin must be ours where it says anything;
with Referrer-Policy no-referrer it is "null" even for our own forms. And the token must fit the cookie.

The token is masked anew on every page: pages are compressed, and the length of a compressed page would
otherwise give a constant secret away, letter by letter.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import urlsplit

from aiohttp import web

TOKEN_BYTES = 32

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
STRICT_TRANSPORT = "max-age=31536000"


class Guard:
    """Knows our own address and makes and checks tokens."""

    def __init__(self, *, installation_key: bytes, public_url: str) -> None:
        self._key = hmac.digest(installation_key, b"equal-voice web csrf", "sha256")
        address = urlsplit(public_url)
        self._origin = f"{address.scheme}://{address.netloc}".lower()
        self._secure = address.scheme == "https"

    def token(self, cookie: str) -> str:
        """What a form carries for this cookie. Differs each time."""
        mask = secrets.token_bytes(TOKEN_BYTES)
        return urlsafe_b64encode(mask + _xor(mask, self._mac(cookie))).decode()

    def fits(self, token: str, cookie: str) -> bool:
        """Whether a form was made for this cookie."""
        try:
            decoded = urlsafe_b64decode(token.encode())
        except ValueError:
            return False
        mask, masked = decoded[:TOKEN_BYTES], decoded[TOKEN_BYTES:]
        return len(masked) == TOKEN_BYTES and hmac.compare_digest(_xor(mask, masked), self._mac(cookie))

    def from_elsewhere(self, request: web.BaseRequest) -> bool:
        """Whether the browser says that another site sent this."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return True
        origin = request.headers.get("Origin", "null").lower()
        if origin in {"null", self._origin}:
            return False
        return urlsplit(origin).netloc != request.headers.get("Host", "").lower()

    def surely_ours(self, request: web.BaseRequest) -> bool:
        """Whether the browser itself says that our own page sent this."""
        return request.headers.get("Sec-Fetch-Site") == "same-origin" and not self.from_elsewhere(request)

    async def dress(self, request: web.Request, response: web.StreamResponse) -> None:
        """Put the headers on an answer, just before it leaves."""
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        if self._secure:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        response.headers.popall("Server", None)

    def _mac(self, cookie: str) -> bytes:
        return hmac.digest(self._key, cookie.encode(), "sha256")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
