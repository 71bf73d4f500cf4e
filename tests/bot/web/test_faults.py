"""What can go wrong, and that people get a kind page with a way back, and what they typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations.inputs import Typed
from storage.store import Unavailable

if TYPE_CHECKING:
    from tests.bot.web.conftest import Cards, Make, Rig

CANARY = "canary-in-an-exception"


async def test_an_unknown_page_is_kind(rig: Rig) -> None:
    page = await (await rig.browser()).get("/wp-login.php")
    assert page.status == 404
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<a class="on" href="/">Back to where you were</a>' in page.html


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/"),
        ("DELETE", "/"),
        ("HEAD", "/"),
        ("POST", "/healthz"),
        ("POST", "/style.css"),
        ("PATCH", "/resume"),
    ],
)
async def test_a_wrong_method_is_kind(rig: Rig, method: str, path: str) -> None:
    page = await (await rig.browser()).ask(method, path)
    assert page.status == 405
    assert "Allow" in page.headers
    assert method == "HEAD" or 'href="/"' in page.html


async def test_a_body_of_more_than_64_kib_is_refused_kindly(rig: Rig) -> None:
    browser = await rig.browser()
    page = await browser.get()
    fields = {"csrf": page.field("csrf"), "number": "1"}
    answer = await browser.post({**fields, "words": "w" * 65_536})
    assert answer.status == 413
    assert "too long for one page" in answer.text
    assert rig.turns.taken == []
    assert (await browser.post({**fields, "words": "w" * 65_000})).status == 303


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"number=1", "text/plain"),
        (b"&".join(b"a=b" for _ in range(50)), "application/x-www-form-urlencoded"),
    ],
)
async def test_a_body_that_is_no_form_of_ours_is_refused_kindly(rig: Rig, body: bytes, kind: str) -> None:
    browser = await rig.browser()
    await browser.get()
    answer = await browser.ask("POST", "/", data=body, headers={"Content-Type": kind})
    assert answer.status == 400
    assert 'href="/"' in answer.html
    assert rig.turns.taken == []


async def test_bytes_that_are_no_text_do_no_harm(rig: Rig) -> None:
    browser = await rig.browser()
    token = (await browser.get()).field("csrf")
    body = b"csrf=" + token.replace("=", "%3D").encode() + b"&number=1&words=%FF%FE\xff%00ok"
    kind = "application/x-www-form-urlencoded; charset=nonsense"
    assert (await browser.ask("POST", "/", data=body, headers={"Content-Type": kind})).status == 303
    (given,) = rig.turns.inputs()
    assert isinstance(given, Typed)
    assert given.words.endswith("ok")


@pytest.mark.parametrize("path", ["/", "/resume", "/c/BCDF2345"])
async def test_a_store_that_is_away_loses_nothing(rig: Rig, path: str) -> None:
    browser = await rig.browser()
    await browser.send(await browser.get(), tap="urgent:")
    rig.store.fails = Unavailable()
    page = await browser.get(path)
    assert page.status == 503
    assert "Nothing is lost. Try again in a moment." in page.text
    assert page.headers["Retry-After"] == "5"
    assert page.headers["Cache-Control"] == "no-store"


async def test_words_that_met_a_store_that_is_away_can_be_sent_again(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    page = await browser.get()
    rig.turns.fails = Unavailable()
    words = "\nmy <b>words</b>\n"
    answer = await browser.send(page, words=words)
    assert answer.status == 503
    assert answer.box("words") == words
    rig.turns.fails = None
    page = await browser.send(answer, words=words)
    assert rig.turns.inputs() == [Typed(words, whole=True)]
    assert "my <b>words</b>" in page.text


async def test_a_tap_that_met_it_can_be_sent_again(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.QUESTION)
    browser = await rig.browser()
    page = await browser.get()
    rig.turns.fails = Unavailable()
    answer = await browser.send(page, tap="score:4")
    assert answer.field("tap") == "score:4"
    rig.turns.fails = None
    assert "What would help" in (await browser.send(answer, tap=answer.field("tap"))).text


async def test_an_unexpected_fault_is_kind_and_brings_words_back(make: Make, cards: Cards) -> None:
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    page = await browser.get()
    rig.turns.fails = RuntimeError(CANARY)
    answer = await browser.send(page, words="my words")
    assert answer.status == 500
    assert answer.box("words") == "my words"
    assert CANARY not in answer.html
    assert "Traceback" not in answer.html
    assert (await browser.get()).status == 500
    assert 'href="/"' in answer.html


async def test_nothing_reaches_the_logs_but_classes(make: Make, cards: Cards, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    rig = await make(start=cards.COMMENT)
    browser = await rig.browser()
    page = await browser.get("/", **{"X-Canary": "canary-header"})
    await browser.send(page, words="canary-words")
    await browser.send(page, words="canary-stale")
    await browser.send(page, words="canary-both", tap="previous:")
    await browser.get("/i/canary-token")
    await browser.send(await browser.get("/d/canary-token"), "/d/canary-token")
    await browser.send(await browser.get("/resume"), "/resume", code="canary-code")
    await browser.get("/canary-path?canary=query")
    await browser.post({"csrf": "canary-csrf", "words": "canary-refused"})
    await browser.ask("POST", "/", data=b"canary" * 20_000)
    rig.turns.fails = RuntimeError(CANARY)
    await browser.send(page, words="canary-failed")
    rig.turns.fails = Unavailable(CANARY)
    await browser.send(page, words="canary-away")
    host, port = rig.channel.url.removeprefix("http://").split(":")
    for line in (
        b"GET /i/canary-token HTTP/9.9 canary\r\n\r\n",
        b"canary\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nca nary: x\r\n\r\n",
    ):
        await raw(host, int(port), line)
    await rig.channel.stop()
    told = "\n".join(
        f"{record.name} {record.getMessage()} {record.exc_text} {record.exc_info}" for record in caplog.records
    )
    told += caplog.text
    assert "RuntimeError" in told, "the class itself is told"
    people = {person.id for person, _ in rig.turns.taken}
    for secret in ("canary", browser.cookie, page.field("csrf"), "127.0.0.1", *people):
        assert secret not in told.replace(f"{host}:{port}", "")
    assert "GET /" not in told, "there is no access log"
    assert "met something unexpected" not in told, "not even an emptied one"


async def raw(host: str, port: int, line: bytes) -> None:
    """Send bytes that are no good HTTP and wait for whatever comes."""
    import asyncio

    reader, writer = await asyncio.open_connection(host, port)
    writer.write(line)
    await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await writer.wait_closed()
