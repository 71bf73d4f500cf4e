"""Names for the network addresses that requests come from, to count wrong codes by. Nothing is counted here.

A name means nothing outside this run of the program: it is a keyed hash, and the key is never written down. What a
proxy says about where a request came from is believed only when the proxy runs on this machine.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets

from aiohttp import web

FORWARDED = "X-Forwarded-For"
HOUSEHOLD_BITS = 64
"""Everybody at one IPv6 connection has addresses that begin with the same so many bits, and may change the rest."""

_PORT = re.compile(r"\[([^\]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Sources:
    """Makes the names."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, request: web.BaseRequest) -> str:
        """The name of where a request comes from; "" where that is not known.

        That is so on this machine itself, and behind a proxy here that does not tell: to count everybody behind it
        as one would let a few people keep all others out.
        """
        place = place_of(request.remote or "", request.headers.getall(FORWARDED, []))
        return hmac.digest(self._key, place, "sha256").hex() if place else ""


def place_of(peer: str, forwarded: list[str]) -> bytes:
    """The bytes of an address that count: all of IPv4, the first half of IPv6; b"" where it is not known.

    ``forwarded``: the header's lines. The proxy adds the address that it sees at the end; what stands before that is
    what the visitor claims.
    """
    address = _address(peer)
    if address is None or address.is_loopback:
        last = ",".join(forwarded).rpartition(",")[2].strip()
        address = _address(last)
    if address is None or address.is_loopback:
        return b""
    return address.packed[: HOUSEHOLD_BITS // 8]


def _address(told: str) -> Address | None:
    found = _PORT.fullmatch(told)
    try:
        address = ipaddress.ip_address(found[1] or found[2] if found else told)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
