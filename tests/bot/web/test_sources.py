"""Where a request comes from, for counting wrong codes: what is believed, and what the pages do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.throttling import ADDRESS
from bot.web.sources import place_of

if TYPE_CHECKING:
    from tests.bot.web.conftest import Rig

PROXY = "127.0.0.1"


@pytest.mark.parametrize("peer", [PROXY, "::1", "127.9.9.9", "::ffff:127.0.0.1"])
def test_a_proxy_on_this_machine_is_believed(peer: str) -> None:
    assert place_of(peer, ["192.0.2.7"]) == bytes([192, 0, 2, 7])


@pytest.mark.parametrize(
    "lines", [["198.51.100.1, 192.0.2.7"], ["198.51.100.1", "192.0.2.7"], ["rubbish,, 192.0.2.7 "], ["192.0.2.7:4711"]]
)
def test_only_the_last_hop_counts_as_visitors_can_write_the_ones_before_it(lines: list[str]) -> None:
    assert place_of(PROXY, lines) == bytes([192, 0, 2, 7])


def test_nobody_else_is_believed() -> None:
    assert place_of("203.0.113.5", ["192.0.2.7"]) == bytes([203, 0, 113, 5])


def test_the_last_half_of_an_ipv6_address_does_not_count() -> None:
    one, same = place_of("2001:db8:1:2::1", []), place_of("2001:db8:1:2:ffff:ffff:ffff:ffff", [])
    assert one == same
    assert len(one) == 8
    assert place_of("2001:db8:1:3::1", []) != one
    assert place_of(PROXY, ["[2001:db8:1:2::9]:443"]) == one


def test_an_ipv4_address_is_the_same_in_its_ipv6_form() -> None:
    assert place_of("::ffff:192.0.2.7", []) == place_of("192.0.2.7", [])


@pytest.mark.parametrize("lines", [[], [""], ["unknown"], ["192.0.2.7, "], ["127.0.0.1"], ["::1"], ["192.0.2"]])
def test_a_proxy_that_does_not_tell_makes_nobody_wait_for_others(lines: list[str]) -> None:
    assert place_of(PROXY, lines) == b""


@pytest.mark.parametrize("peer", ["", "not an address", "/run/socket"])
def test_what_is_no_address_is_taken_for_a_proxy_here(peer: str) -> None:
    assert place_of(peer, []) == b""


async def test_turns_learn_a_name_for_the_address_and_not_the_address(rig: Rig) -> None:
    names = []
    for address in ("192.0.2.7", "192.0.2.7", "192.0.2.8"):
        browser = await rig.browser()
        page = await browser.get()
        await browser.ask(
            "POST",
            "/",
            data={"csrf": page.field("csrf"), "number": page.field("number"), "tap": "urgent:"},
            headers={"X-Forwarded-For": address},
        )
        names.append(rig.turns.taken[-1][0].source)
    assert names[0] == names[1] != names[2]
    assert all("192.0.2" not in name for name in names)


async def test_a_link_tells_it_as_well(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get("/c/BCDF2345")
    await browser.post({"csrf": page.field("csrf")}, "/c/BCDF2345", **{"X-Forwarded-For": "192.0.2.7"})
    assert rig.turns.taken[-1][0].source


async def test_resume_codes_are_counted_by_address_too_and_by_nothing_where_it_is_unknown(rig: Rig) -> None:
    async def wrong(**headers: str) -> int:
        browser = await rig.browser()
        page = await browser.get("/resume")
        return (await browser.post({"csrf": page.field("csrf"), "code": "WRONG"}, "/resume", **headers)).status

    here = {"X-Forwarded-For": "192.0.2.7"}
    assert {await wrong(**here) for _ in range(ADDRESS.tries)} == {422}
    assert await wrong(**here) == 429
    assert await wrong(**{"X-Forwarded-For": "192.0.2.8"}) == 422
    assert {await wrong() for _ in range(ADDRESS.tries + 1)} == {422}
