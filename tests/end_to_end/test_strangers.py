"""Every kind of stranger tries every route, button, command and text: nothing is seen, and nothing changes.

What there is to try is read from the program itself, the router and the table of states, so what is new is tried too.
Where a test must know more (an address to try, a command's values), it fails until that is written down.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, get_args

import aiohttp
import pytest

from bot.telegram.menu import COMMANDS as MENU
from conversations.cards import Card, Picture, PictureKind
from conversations.commands import Command
from conversations.machine import EVERYWHERE, NEEDS_AN_ASSESSMENT, TABLE
from strangers import COMMANDS, KINDS, SECRETS, STATES, Chat, Keeper, Page, Stranger, World, place_in, values_of
from strangers.chat import pretend
from strangers.forging import actions_of, ways_in
from strangers.page import ELSEWHERE
from strangers.world import ORGANISATION, WORDS
from walking import perform

INSIDE = "a participant of another group"
MARKED = "a participant who withdrew after being mixed in"
"""Until answers are closed a mark of theirs lies there, and the card that says what is held names the organisation."""
KINDS_OF_PICTURE: tuple[PictureKind, ...] = get_args(PictureKind)
Tries = list[tuple[str, dict[str, str] | None]]
WEB_ONLY = ("no cookie", "a forged cookie")


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


async def world_with(tmp_path: Path, stack: AsyncExitStack, channel: Any) -> tuple[World, list[Stranger]]:
    world = await World.open(tmp_path, stack)
    strangers = await world.strangers(channel)
    await world.mix_in(strangers)
    return world, strangers


def check_words(world: World, kind: str, words: str, where: str) -> None:
    """Nothing of the assessment stands there."""
    hidden = [*SECRETS.get(kind, WORDS), *world.unseen]
    assert [each for each in hidden if each in words] == [], f"{kind} sees it: {where}"


async def check_card(world: World, stranger: Stranger, card: Card | None, where: str) -> None:
    """It is no card about the assessment, whatever it says."""
    if card is not None and card.state in NEEDS_AN_ASSESSMENT:
        place = (await world.house.desk(stranger.walker.person)).dialogue.place
        assert place.assessment != world.made.id, f"{stranger.kind} is on a card of it: {where}"
    for picture in card.pictures if card is not None else ():
        assert picture.assessment != world.made.id, f"{stranger.kind} has a picture of it: {where}"


# There is something to see, and the checks see it


async def test_whoever_runs_it_sees_what_strangers_must_not(tmp_path: Path, stack: AsyncExitStack) -> None:
    world, _ = await world_with(tmp_path, stack, "telegram")
    fay = Stranger(kind="nobody", walker=world.fay)
    chat = Chat(world, fay)
    seen = ""
    for state in ("f-assessment", "f-group", "f-comments"):
        await chat.pretend(place_in(world, state))
        words, card = await chat.say("hello")
        assert card is not None
        assert card.state == state
        with pytest.raises(AssertionError):
            await check_card(world, fay, card, state)
        seen += words
    assert [word for word in WORDS if word not in seen] == []
    assert world.made.codes["staff"] in seen
    for kind in KINDS_OF_PICTURE:
        about = {"principle": "assets", "poster": world.made.groups["staff"]}.get(kind, "")
        picture = Picture(kind=kind, assessment=world.made.id, about=about)
        assert await world.house.turns.draw(world.fay.person, picture) is not None


async def test_the_addresses_of_pictures_are_right(tmp_path: Path, stack: AsyncExitStack) -> None:
    world, _ = await world_with(tmp_path, stack, "web")
    client = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
    page = Page(world, client, await world.cookie_of_fay())
    tried = routes(world)
    for (_, route), tries in tried.items():
        if route.startswith("/picture/"):
            assert 200 in [(await page.ask("GET", path)).status for path, _ in tries], route


@pytest.mark.parametrize("state", ["f-close", "f-unshare"])
async def test_the_keeper_notices_what_a_facilitator_does(tmp_path: Path, stack: AsyncExitStack, state: str) -> None:
    world, _ = await world_with(tmp_path, stack, "telegram")
    keeper = Keeper(world, Stranger(kind="nobody", walker=world.fay))
    chat = Chat(world, Stranger(kind="nobody", walker=world.fay))
    await chat.pretend(place_in(world, state))
    keeper.check("being somewhere")
    await chat.tap({"f-close": "close", "f-unshare": "end"}[state], "")
    with pytest.raises(AssertionError):
        keeper.check(state)


# Telegram


@pytest.mark.parametrize("kind", KINDS)
async def test_on_telegram(tmp_path: Path, stack: AsyncExitStack, kind: str) -> None:
    world, strangers = await world_with(tmp_path, stack, "telegram")
    (stranger,) = [each for each in strangers if each.kind == kind]
    chat, keeper = Chat(world, stranger), Keeper(world, stranger)

    async def look(answer: tuple[str, Card | None], where: str) -> None:
        words, card = answer
        if kind == MARKED and card is not None and card.state == "held":
            words = words.replace(ORGANISATION, "")
        check_words(world, kind, words, where)
        await check_card(world, stranger, card, where)

    for state in STATES:
        if kind == INSIDE and not ways_in(state):
            continue
        for action in actions_of(state, everywhere=state in {"home", "f-assessment"}):
            if kind == INSIDE and action not in actions_of(state, everywhere=False):
                continue
            for value in values_of(world, action):
                await chat.pretend(place_in(world, state))
                await look(await chat.tap(action, value), f"{state}: {action} {value}")
        texts = ["hello", "assets", *(f"/{name}" for name in named_commands()), *opened(world)]
        for words in texts if state in {"home", "f-assessment", "f-confirm"} or "typed" in TABLE[state] else ():
            if kind == INSIDE and words.startswith("/withdraw"):
                continue
            await chat.pretend(place_in(world, state))
            await look(await chat.say(words), f"{state}: {words}")
        keeper.check(f"{kind} in {state}")


def named_commands() -> list[str]:
    """Every command of the menu and of the table."""
    asked = {key.removeprefix("asked ") for key in EVERYWHERE if key.startswith("asked ")}
    assert asked <= {*MENU, "menu"}, "a command that nobody is told of"
    return sorted({*MENU, *asked, "unknown"})


def opened(world: World) -> list[str]:
    """Links that lead nowhere, or name the assessment by what is no secret."""
    rests = ("unknown", world.made.id, world.made.groups["staff"])
    return [f"/start {kind}-{rest}" for kind in "cidfx" for rest in rests]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_command_performed_past_the_table(tmp_path: Path, stack: AsyncExitStack, kind: str) -> None:
    world, strangers = await world_with(tmp_path, stack, "telegram")
    (stranger,) = [each for each in strangers if each.kind == kind]
    made = COMMANDS(world)
    known = {each for each in _flat(Command)}
    assert set(made) == known, "a command that no stranger has tried: add it to strangers/forging.py"
    keeper = Keeper(world, stranger)
    for command in made.values():
        if command is None or (kind == INSIDE and type(command).__name__ == "Move"):
            continue
        outcome = await perform(world.house, stranger.walker.person, command)
        keeper.check(f"{kind}: {type(command).__name__}")
        if outcome is not None and type(command).__name__ in {"Show", "Close", "Erase", "Share", "Unshare"}:
            assert outcome.result == "refused", f"{kind}: {type(command).__name__}"
        if outcome is not None and "facilitator" not in kind and "shared" not in kind:
            assert outcome.result not in {"created", "shown", "closed"} or command == made[_named("Move")], kind


def _flat(union: Any) -> list[type]:
    found = get_args(union)
    return [each for one in found for each in _flat(one)] if found else [union]


def _named(name: str) -> type:
    (found,) = [each for each in _flat(Command) if each.__name__ == name]
    return found


async def test_buttons_of_old_cards_do_nothing_even_for_those_who_may(tmp_path: Path, stack: AsyncExitStack) -> None:
    world, _ = await world_with(tmp_path, stack, "telegram")
    fay = Stranger(kind="its facilitator", walker=world.fay)
    chat, keeper = Chat(world, fay), Keeper(world, fay)
    for state in STATES:
        for action in actions_of(state, everywhere=False):
            for value in values_of(world, action):
                await chat.pretend(place_in(world, state))
                await chat.tap(action, value, behind=1)
                await chat.tap(action, value, behind=-1)
        keeper.check(f"old cards in {state}")


# The web


def routes(world: World) -> dict[tuple[str, str], Tries]:
    """For every route: addresses to try, and forms."""
    id_, groups = world.made.id, world.made.groups
    links = [f"/{kind}/{rest}" for kind in "cidf" for rest in ("unknown", id_, groups["staff"])]
    plain = [f"/picture/{kind}/{id_}.png" for kind in KINDS_OF_PICTURE]
    about = [
        f"/picture/{kind}/{id_}/{rest}.png" for kind in KINDS_OF_PICTURE for rest in ("assets", *groups.values(), id_)
    ]
    posters = [f"/picture/poster/{id_}/{group}/{two}.png" for group in groups.values() for two in ("pl", "pl+en", "xx")]
    taps = {
        f"{action}:{value}"
        for state in STATES
        if ways_in(state) or state == "home"
        for action in actions_of(state, everywhere=False)
        for value in values_of(world, action)
    }
    read: dict[str, list[str]] = {
        "/": ["/"],
        "/{kind}/{rest}": links,
        "/resume": ["/resume"],
        "/left": ["/left"],
        "/forgotten": ["/forgotten"],
        "/picture/{kind}/{assessment}.png": plain,
        "/picture/{kind}/{assessment}/{about}.png": about,
        "/picture/{kind}/{assessment}/{about}/{languages}.png": posters,
        "/style.css": ["/style.css"],
        "/favicon.ico": ["/favicon.ico"],
        "/healthz": ["/healthz"],
    }
    found: dict[tuple[str, str], Tries] = {}
    for route, paths in read.items():
        found["GET", route] = [(path, None) for path in paths]
        if route in {"/{kind}/{rest}", "/resume", "/left", "/forgotten", "/style.css", "/favicon.ico", "/healthz"}:
            found["HEAD", route] = [(path, None) for path in paths]
    found["POST", "/"] = [*(("/", {"tap": tap}) for tap in sorted(taps)), ("/", {"words": "hello"})]
    found["POST", "/{kind}/{rest}"] = [(path, {}) for path in links]
    found["POST", "/go-on"] = [("/go-on", {})]
    found["POST", "/resume"] = [("/resume", {"code": rest}) for rest in ("BCDF-GHJK-2345", id_)]
    return found


def all_routes(world: World) -> set[tuple[str, str]]:
    """What the running server knows."""
    runner = world.channel._runner
    assert runner is not None
    assert runner.app is not None
    return {
        (route.method, route.resource.canonical) for route in runner.app.router.routes() if route.resource is not None
    }


@pytest.mark.parametrize("kind", [*WEB_ONLY, *KINDS])
async def test_on_the_web(tmp_path: Path, stack: AsyncExitStack, kind: str) -> None:
    world, strangers = await world_with(tmp_path, stack, "web")
    tried = routes(world)
    assert set(tried) == all_routes(world), "a route that no stranger has tried: add it to routes()"
    stranger = next((each for each in strangers if each.kind == kind), strangers[0])
    keeper = Keeper(world, stranger)
    client = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
    for (method, route), tries in tried.items():
        for path, form in tries:
            # A forged one is another each time, as it would be somebody's own once it was used.
            forged = {"no cookie": "", "a forged cookie": secrets.token_urlsafe(32)}
            page = Page(world, client, forged.get(kind, stranger.cookie))
            if kind not in WEB_ONLY:
                await pretend(world, stranger.walker.person, place_in(world, "f-close" if form else "f-comments"))
            if form is not None and route == "/":
                form = {"number": await page.number(), **form}
            got = await page.ask(method, path, form=form)
            check_words(world, kind, got.words, f"{method} {path} {form}")
            assert got.status == 404 or not route.startswith("/picture/"), f"{kind} got the picture {path}"
            assert got.status < 500, f"{method} {path}"
            if kind not in WEB_ONLY:
                card = (await world.house.turns.look(stranger.walker.person)).card
                await check_card(world, stranger, card, f"{method} {path} {form}")
        keeper.check(f"{kind}: {method} {route}")


async def test_a_form_from_another_site_does_nothing_with_the_facilitators_own_cookie(
    tmp_path: Path, stack: AsyncExitStack
) -> None:
    world, _ = await world_with(tmp_path, stack, "web")
    cookie = await world.cookie_of_fay()
    client = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
    ordinary = await Page(world, client, cookie).ask("POST", "/", form={"number": "1", "tap": "menu:"})
    assert ordinary.status == 200, "what her own page sends is taken"
    keeper = Keeper(world)
    for (method, route), tries in routes(world).items():
        for path, form in tries if method == "POST" else ():
            for headers in ELSEWHERE:
                page = Page(world, client, cookie)
                number = {"number": await page.number()} if route == "/" else {}
                got = await page.ask(method, path, form={**number, **(form or {})}, headers=headers)
                assert got.status == 403, f"{method} {path} {form} {headers}"
    keeper.check("another site")
