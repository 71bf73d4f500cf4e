"""Marked words walk through the program over HTTP, and are then looked for where they must never be.

Comments, names, cookies, tokens and codes: none of them in anything that was printed or logged at the most talkative
level, none in any file of the data folder, neither while the program runs, nor after ``kill -9``, nor after a start
and a tidy end.
"""

from __future__ import annotations

import base64
import random
from collections.abc import AsyncIterator, Mapping

import pytest

from conversations.comments import normalised
from web_walk import GROUPS, Facilitator, Participant, Tab, Venue, venue
from web_walk.instrument import ORDER

MARK = "Zq7canary"
ORGANISATION = f"{MARK} Hospital Trust"
GROUP = f"{MARK} partners"
SQLITE = b"SQLite format 3\x00"


@pytest.fixture
async def place() -> AsyncIterator[Venue]:
    """The program, talking as much as it can."""
    async with venue({"LOG_LEVEL": "DEBUG"}) as running:
        yield running


async def test_nothing_that_is_secret_is_logged_or_readable_on_the_disk(place: Venue) -> None:
    secrets = await everybody_says_something_secret(place)
    assert leaks(place, secrets) == [], "while it runs"
    await place.restart()
    assert leaks(place, secrets) == [], "after kill -9 and a new start"
    await place.program.kill()
    assert leaks(place, secrets) == [], "after kill -9"
    await place.program.start()
    assert await place.program.stop() == 0
    assert leaks(place, secrets) == [], "after a tidy end"
    # The invitation is printed for the operator, and stands nowhere else.
    for token in secrets["printed"].split():
        assert place.program.output.count(token) == 1
    assert "Traceback" not in place.program.output


async def test_the_search_finds_what_is_there(place: Venue) -> None:
    """A search that finds nothing proves something only if it can find."""
    (place.program.data / "note").write_bytes(b"\x00\x01 before " + f"{MARK} words".encode() + b" after")
    (place.program.data / "encoded").write_bytes(b"x" + base64.b64encode(b"ab" + b"Zq7canary other words" + b"c"))
    place.program.output += f"DEBUG bot: {MARK} logged"
    secrets = {"a comment": f"{MARK} words", "another": f"{MARK} other words", "a name": f"{MARK} logged"}
    assert leaks(place, secrets) == ["a comment in note", "a name in the output", "another in encoded"]


async def everybody_says_something_secret(place: Venue) -> dict[str, str]:
    """A walk with every kind of secret. Returns them all, by what they are; "printed" are meant to be printed."""
    secrets = {"printed": place.program.invitation, "the organisation": ORGANISATION, "a group": GROUP}
    facilitator = Facilitator(await place.browser())
    await facilitator.arrive(f"/i/{place.program.invitation}")
    await facilitator.tab.tap("new")
    await facilitator.tab.send(ORGANISATION)
    await facilitator.tab.send(GROUP)
    await facilitator.tab.tap("go-on")
    await facilitator.tab.tap("threshold", "5")
    await facilitator.tab.tap("weeks", "4")
    await facilitator.tab.tap("create")
    place.entrances = await facilitator.entrances()
    assert tuple(place.entrances) == (*GROUPS, GROUP)
    for name, entrance in place.entrances.items():
        secrets |= {f"the code of {name}": entrance.code, f"the link of {name}": entrance.link.rpartition("/")[2]}
    people = []
    for number in range(6):
        comments = {name: f"{MARK} comment {number} on {name}" for name in ORDER[:2]}
        person = await place.person(number, GROUP, comments=comments)
        await person.arrive(place.entrances[GROUP].link)
        await person.after(ORDER[1])
        people.append(person)
        secrets |= {f"comment {number} {name}": words for name, words in comments.items()}
    secrets |= await a_text_that_is_too_long(people[0])
    secrets |= await words_that_go_astray(place, people[1])
    secrets |= await another_browser(place, people[2])
    await people[3].tab.tap("menu")
    await people[3].tab.tap("withdraw")
    await people[3].tab.tap("erase")
    await facilitator.tab.open()
    await facilitator.show("all")
    assert f"{MARK} comment 0" in "".join((await facilitator.comments(ORDER[0]))[GROUP])
    await facilitator.tab.tap("f-results")
    await facilitator.tab.tap("f-home")
    await facilitator.tab.tap("device")
    secrets["the link of a second device"] = facilitator.page.codes[0].rpartition("/")[2]
    await Facilitator(await place.browser()).arrive(facilitator.page.codes[0])
    # One is still writing, and nothing of theirs is poured.
    await people[5].until(principle=ORDER[2])
    await people[5].comment(f"{MARK} not handed in")
    secrets["a comment not handed in"] = f"{MARK} not handed in"
    for browser in [facilitator.browser, *(person.browser for person in people)]:
        secrets[f"a cookie {len(secrets)}"] = browser.cookie
    return secrets


async def a_text_that_is_too_long(person: Participant) -> dict[str, str]:
    await person.until(principle=ORDER[2])
    words = f"{MARK} too long " + "".join(random.Random(1).choices("abcdef ", k=2400))
    await person.tab.send(words)
    assert person.page.typed == normalised(words)
    return {"a text that is too long": f"{MARK} too long"}


async def words_that_go_astray(place: Venue, person: Participant) -> dict[str, str]:
    """Old pages, broken forms, a wrong code, an address that is none: whatever may end in an error."""
    await person.until(principle=ORDER[2])
    stale = Tab(person.browser)
    await stale.open()
    await person.tab.tap("go-on")
    await stale.send(f"{MARK} stale")
    assert stale.page.kept_words == f"{MARK} stale"
    stranger = await place.browser()
    await stranger.tab.open()
    await stranger.tab.send(f"{MARK} code")
    await stranger.tab.open(f"/c/{MARK}-address")
    await stranger.tab.only_button()
    await stranger.tab.open(f"/{MARK}-nowhere?{MARK}=asked")
    token = person.page.form.controls[0].value
    for fields in ([("csrf", token), ("tap", f"{MARK}-tap")], [("csrf", f"{MARK}-csrf"), ("words", f"{MARK} astray")]):
        await person.browser.post("/", fields)
    await person.browser.post("/", [("csrf", token), ("words", MARK * 9000)])
    await stranger.post(f"/picture/gaps/{MARK}.png", [])
    return {"every other mark": MARK, "a form's token": token}


async def another_browser(place: Venue, person: Participant) -> dict[str, str]:
    await person.tab.tap("menu")
    await person.tab.tap("resume-code")
    (used,) = person.page.codes
    old = person.browser.cookie
    new = await place.browser()
    await new.tab.open("/resume")
    await new.tab.send(used)
    person.browser = new
    await person.tab.tap("menu")
    await person.tab.tap("resume-code")
    (unused,) = person.page.codes
    return {"a used resume code": used, "a resume code": unused, "an ended cookie": old}


def leaks(place: Venue, secrets: Mapping[str, str]) -> list[str]:
    """What was found where. Every secret is looked for as it is, without dashes, encoded, and as its own bytes."""
    files = {
        path.relative_to(place.program.data).as_posix(): path.read_bytes()
        for path in sorted(place.program.data.rglob("*"))
        if path.is_file()
    }
    assert files["equal-voice.db"].startswith(SQLITE)
    output = place.program.output.encode()
    found = []
    for what, secret in secrets.items():
        forms = shapes(secret)
        if what != "printed" and any(form in output for form in forms):
            found.append(f"{what} in the output")
        found += [f"{what} in {name}" for name, held in files.items() if any(form in held for form in forms)]
    return sorted(found)


def shapes(secret: str) -> set[bytes]:
    """The ways in which it could stand in a file: its letters in several encodings, and the bytes it stands for."""
    found = {
        secret.encode(),
        secret.replace("-", "").encode(),
        secret.encode("utf-16-le"),
        secret.encode().hex().encode(),
    }
    for shift in range(3):
        # Base64 depends on what stands before; the first and the last letters depend on the neighbours.
        encoded = base64.b64encode(b"\x00" * shift + secret.encode())
        found.add(encoded[4 if shift else 0 : -4])
    if len(secret) == 43 and secret.replace("-", "").replace("_", "").isalnum():
        found.add(base64.urlsafe_b64decode(secret + "="))
    return found
