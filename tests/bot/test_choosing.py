"""Choosing a language in the real turns: asked once, kept on the visitor alone, and coming along wherever they go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.replies import Channel
from bot.wording import Wording, Wordings
from conversations.says import InLanguage, Text, Verbatim, text
from storage.store import Transaction
from walking import House, Walker, assessment, choose, facilitator
from walking.house import wordings
from walking.ways import Assessment

ARABIC = "ar-EG,ar;q=0.9,en;q=0.5"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house that offers every language."""
    return House(tmp_path, languages=())


async def set_up(house: House) -> Assessment:
    return await assessment(await facilitator(house, "Fay"))


def parent(house: House, *, channel: Channel = "telegram") -> Walker:
    """Somebody whose phone is Arabic."""
    return Walker(house, "parent", channel=channel, hint=ARABIC)


def values(walker: Walker) -> list[str]:
    return [button.value for button in walker.card.buttons() if button.action == "speak"]


def language(walker: Walker) -> str:
    assert walker.reply is not None
    return walker.reply.language


async def stored(walker: Walker) -> str | None:
    return (await walker.house.desk(walker.person)).visitor.language


@pytest.mark.parametrize("way", ["start", "link", "typed", "hello", "closed", "invitation"])
async def test_whatever_way_somebody_comes_they_choose_first_and_once(house: House, way: str) -> None:
    made = await set_up(house)
    ana = parent(house)
    match way:
        case "start":
            await ana.open()
        case "link":
            await ana.open(made.link("users"))
        case "typed":
            await ana.write(made.codes["users"])
        case "hello":
            await ana.write("hello")
        case "closed":
            await ana.open("c-BCDFGHJK")
            assert ana.notices == ["code.unknown"]
        case "invitation":
            await ana.open(await house.invitation())
    assert ana.state == "language"
    assert values(ana)[:2] == ["ar", "en"]
    assert len(values(ana)) == 13
    assert language(ana) == "ar"
    assert await stored(ana) is None, "the phone's language is offered, never imposed"
    await ana.tap("speak", "pl")
    assert ana.state == ("welcome" if way in {"link", "typed"} else "home")
    assert (language(ana), await stored(ana)) == ("pl", "pl")
    await ana.open("c-BCDFGHJK")
    assert ana.state == "home" if way not in {"link", "typed"} else "welcome"
    if way != "invitation":
        await ana.write(made.codes["users"])
        assert ana.state == "welcome"


async def test_on_the_web_the_first_page_is_the_list_and_its_first_tap_counts(house: House) -> None:
    ana = parent(house, channel="web")
    await ana.look()
    assert (ana.state, language(ana)) == ("language", "ar")
    await ana.tap("speak", "ar")
    assert (ana.state, await stored(ana)) == ("home", "ar")


async def test_the_list_survives_a_restart_and_an_old_tap(house: House) -> None:
    made = await set_up(house)
    ana = parent(house)
    await ana.open(made.link("users"))
    await ana.tap("urgent")
    house.open()
    await ana.tap("back")
    await ana.force("speak", "en", behind=1)
    assert (ana.state, await stored(ana)) == ("language", None)
    await ana.tap("speak", "ar")
    await ana.tap_again()
    assert (ana.state, await stored(ana)) == ("welcome", "ar")


async def test_a_language_that_is_no_longer_offered_is_asked_for_again_but_not_in_the_middle(house: House) -> None:
    made = await set_up(house)
    ana, bo = parent(house), Walker(house, "Bo")
    for walker in (ana, bo):
        await walker.open(made.link("users"))
        await walker.tap("speak", "ar")
    await ana.tap("agree")
    house.offered = wordings(("en", "pl"))
    house.open()
    ana.hint = "pl"
    await ana.look()
    assert (ana.state, language(ana)) == ("question", "pl")
    await bo.look()
    assert (bo.state, language(bo)) == ("language", "en")


async def test_whoever_was_forgotten_is_asked_anew_and_an_old_button_makes_nobody_known(house: House) -> None:
    ana = parent(house)
    await ana.open()
    await ana.tap("speak", "bn")
    await ana.ask("privacy")
    await ana.tap("held")
    await ana.tap("forget-me")
    await ana.tap("forget")
    assert language(ana) == "bn", "goodbye is said in the language they chose"
    await ana.tap_again()
    assert (ana.state, language(ana)) == ("language", "ar")
    assert not await known(ana)


async def known(walker: Walker) -> bool:
    visitor = walker.house.visitor(walker.person)

    async def work(tx: Transaction) -> bool:
        return await tx.visitor(visitor) is not None

    return await walker.house.store.turn(visitor, work)


@pytest.mark.parametrize("reviewed", [True, False])
async def test_what_locales_json_says_of_a_language_is_what_people_read(
    house: House, tmp_path: Path, reviewed: bool
) -> None:
    lines = {
        code: {"name": name, "direction": "ltr", "script": "Latn", "reviewed": reviewed or code == "en"}
        for code, name in (("en", "English"), ("cy", "Cymraeg"))
    }
    (tmp_path / "locales.json").write_text(json.dumps({"languages": lines}))
    house.offered = Wordings(folder=tmp_path)
    house.open()
    ana = Walker(house, "Ana", hint="cy")
    for _ in range(2):  # the list, and the card behind it
        await ana.open()
        said = [block.text.id for block in ana.card.blocks if isinstance(block.text, Text)]
        assert ("language.unreviewed" in said) == (not reviewed)
        await choose(ana)


def test_another_language_is_said_as_it_is_and_its_catalogue_stays_closed() -> None:
    wordings_ = Wordings()
    arabic = wordings_.speak("ar")
    assert arabic.say(InLanguage("en", text("language.title"))) == "Choose your language"
    assert arabic.say(text("language.title")) != "Choose your language"
    assert arabic.say(InLanguage("bn", Verbatim("বাংলা"))) == "বাংলা"
    assert loaded(wordings_) == 2, "a language is loaded when it is first spoken, not when it is named"
    alone = Wording(arabic.language, arabic._catalogue)
    assert alone.say(InLanguage("en", text("language.title"))) == arabic.say(text("language.title"))


def loaded(wordings_: Wordings) -> int:
    return wordings_._load.cache_info().currsize
