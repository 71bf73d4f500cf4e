from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.sealing import new_key
from bot.web.server import AddressInUse, AddressUnusable, WebChannel
from bot.wording import Wordings

if TYPE_CHECKING:
    from tests.bot.web.conftest import Rig


def channel(rig: Rig, address: tuple[str, int], public_url: str = "") -> WebChannel:
    return WebChannel(
        address=address,
        public_url=public_url,
        turns=rig.turns,
        wordings=Wordings(),
        store=rig.store,
        installation_key=new_key(),
        clock=rig.clock,
    )


async def test_a_busy_port_is_told_in_one_sentence_with_the_remedy(rig: Rig) -> None:
    port = int(rig.channel.url.rsplit(":", 1)[1])
    second = channel(rig, ("127.0.0.1", port))
    with pytest.raises(AddressInUse, match=rf"^Another program .*127\.0\.0\.1:{port}: .*WEB_ADDRESS\.$"):
        await second.start()
    await second.stop()


async def test_an_address_that_is_not_this_machines_is_told_in_one_sentence(rig: Rig) -> None:
    with pytest.raises(AddressUnusable, match=r"WEB_ADDRESS"):
        await channel(rig, ("192.0.2.1", 0)).start()


async def test_port_0_takes_a_free_one_and_tells_it(rig: Rig) -> None:
    assert not rig.channel.url.endswith(":0")
    async with aiohttp.ClientSession() as session, session.get(rig.channel.url + "/healthz") as answer:
        assert await answer.text() == "ok"


async def test_stopping_twice_does_no_harm_and_frees_the_port(rig: Rig) -> None:
    port = int(rig.channel.url.rsplit(":", 1)[1])
    await rig.channel.stop()
    await rig.channel.stop()
    with socket.create_server(("127.0.0.1", port)):
        pass


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8080"),  # noqa: S104 - never bound
        ("::", "http://[::1]:8080"),
        ("::1", "http://[::1]:8080"),
        ("192.0.2.1", "http://192.0.2.1:8080"),
        ("fd00::2", "http://[fd00::2]:8080"),
        ("voice.local", "http://voice.local:8080"),
    ],
)
async def test_an_address_for_the_whole_machine_is_shown_as_one_that_opens(rig: Rig, host: str, url: str) -> None:
    assert channel(rig, (host, 8080)).url == url
