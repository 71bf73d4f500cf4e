"""What the bot says about itself in every language: told once, again when it has changed, behind everything else."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.telegram import menu
from bot.telegram.channel import TelegramChannel
from bot.telegram.rendering import units
from bot.telegram.told import FILE, Told
from bot.texts import TEXTS
from bot.texts.entry import one
from bot.wording import Wording, Wordings
from conversations.says import text
from fake_bot_api import FakeBotApi
from tests.bot.telegram.conftest import FakeTurns, Sleeps, questions

Running = Callable[..., Awaitable[TelegramChannel]]
Make = Callable[..., TelegramChannel]
SUBJECTS = ("birth", "bab", "matern", "neonat", "pregnan", "mother", "hospital", "nhs", "health")
SCOPE = "all_private_chats"
SHORT = TEXTS["telegram.short_description"].singular


class Counting(Wordings):
    """Counts how often each catalogue is read."""

    def __init__(self, **given: Any) -> None:
        self.reads: Counter[str] = Counter()
        super().__init__(**given)

    def read(self, code: str) -> Wording:
        self.reads[code] += 1
        return super().read(code)


def locales(folder: Path, **short: str) -> Path:
    """Languages with two texts each: the short description, and a description made from it."""
    line = {"direction": "ltr", "script": "Latn", "reviewed": False}
    listed = {code: {**line, "name": code} for code in ("en", *short)}
    folder.mkdir(exist_ok=True)
    (folder / "locales.json").write_text(json.dumps({"languages": listed}))
    for code, words in short.items():
        file = folder / code / "LC_MESSAGES" / "messages.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        texts = {SHORT: words, TEXTS["telegram.description"].singular: f"{words}, {words}"}
        lines = (
            f"msgid {json.dumps(id_, ensure_ascii=False)}\nmsgstr {json.dumps(said, ensure_ascii=False)}\n"
            for id_, said in texts.items()
        )
        file.write_text(head + "\n".join(lines))
    return folder


def told_languages(api: FakeBotApi, since: int) -> list[str]:
    """In which languages a short description was set since then, in order; "" is for everybody."""
    return [
        str(call.parameters.get("language_code", ""))
        for call in api.calls_between(since, method="setMyShortDescription")
    ]


@asynccontextmanager
async def started(made: TelegramChannel) -> Any:
    await made.start()
    runs = asyncio.create_task(made.run())
    try:
        yield made
    finally:
        await made.stop()
        await runs


def finished(path: Path) -> list[str]:
    """Which languages the file says were told whole."""
    return [language for language, words in json.loads(path.read_text())["told"].items() if words]


async def until_told(path: Path, *languages: str) -> None:
    """Wait until the file says that all of these were told."""

    def there() -> bool:
        return path.is_file() and set(languages) <= set(finished(path))

    for _ in range(500):
        if there():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("They were not told.")


async def until_withdrawn(path: Path, language: str) -> None:
    """Wait until the file says no longer that this one was told."""

    def gone() -> bool:
        return language not in json.loads(path.read_text())["told"]

    for _ in range(500):
        if gone():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("It was not withdrawn.")


def about_itself(api: FakeBotApi, since: int, *, but: str | None = None) -> list[str]:
    """What the bot asked about itself since then, save in one language."""
    calls = [call for call in api.calls_between(since) if "My" in call.method]
    return [call.method for call in calls if but is None or call.parameters.get("language_code", "") != but]


async def quiet(api: FakeBotApi) -> None:
    """Wait until the bot has asked for nothing more about itself for a while."""
    while True:
        mark = api.mark()
        await asyncio.sleep(0.2)
        if not [call for call in api.calls_between(mark) if "My" in call.method]:
            return


async def test_the_menu_and_descriptions_are_told_once(
    api: FakeBotApi, channel: Make, caplog: pytest.LogCaptureFixture
) -> None:
    for calls in (3, 0):
        mark = api.mark()
        one = channel(FakeTurns(questions))
        await one.start()
        runs = asyncio.create_task(one.run())
        await api.wait_for(lambda mark=mark: api.calls_between(mark, method="getMyShortDescription"))  # type: ignore[misc]
        await asyncio.sleep(0.05)
        await one.stop()
        await runs
        told = [call.method for call in api.calls_between(mark) if call.method.startswith("setMy")]
        assert len(told) == calls
    commands = api.commands(scope="all_private_chats")
    assert list(commands) == list(menu.COMMANDS)
    assert commands["urgent"] == "I need help now"
    assert api.commands() == {}
    assert api.profile("description").startswith("Equal Voice asks")


async def test_other_languages_are_told_under_their_code(api: FakeBotApi, running: Running, tmp_path: Path) -> None:
    language = {"name": "Cymraeg", "direction": "ltr", "script": "Latn", "reviewed": False}
    listed = {"languages": {"en": {**language, "name": "English"}, "cy": language}}
    (tmp_path / "locales.json").write_text(json.dumps(listed))
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po += 'msgid "I need help now"\nmsgstr "Mae angen help arnaf nawr"\n\n'
    short = TEXTS["telegram.short_description"].singular
    po += f'msgid "{short}"\nmsgstr "{"hir " * 40}"\n'
    (folder / "messages.po").write_text(po)
    await running(FakeTurns(questions), wordings=Wordings(folder=tmp_path))
    await api.wait_for(lambda: api.commands("cy", scope="all_private_chats"))
    assert api.commands("cy", scope="all_private_chats")["urgent"] == "Mae angen help arnaf nawr"
    assert api.commands("", scope="all_private_chats")["urgent"] == "I need help now"
    await api.wait_for(lambda: len([c for c in api.received if c.method == "getMyShortDescription"]) == 2)
    await asyncio.sleep(0.1)
    assert api.profile("short_description", "cy") is None, "too long for Telegram: English stays"
    assert api.refused == []


async def test_a_menu_that_cannot_be_told_stops_nothing(
    api: FakeBotApi, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail("setMyCommands", kind=429, retry_after=3600)
    ann = api.person()
    await running(FakeTurns(questions))
    await ann.say("hello")
    await ann.settled()
    assert ann.card.text == "question 1"
    assert "Telegram takes no more of menu and descriptions now. The rest is told at the next start." in caplog.messages


def test_what_a_shared_phone_shows_names_no_subject_and_keeps_the_limits() -> None:
    limits = {"telegram.description": 512, "telegram.short_description": 120}
    limits |= {f"telegram.command.{name}": 256 for name in menu.COMMANDS}
    for name, limit in limits.items():
        words = TEXTS[name].singular
        assert len(words) <= limit
        assert not any(subject in words.lower() for subject in SUBJECTS), words


# Every start but the first


async def test_the_next_start_reads_no_catalogue(api: FakeBotApi, channel: Make, tmp_path: Path) -> None:
    folder, path = locales(tmp_path / "locales", pl="krótko", cy="byr"), tmp_path / FILE
    first, later = Counting(folder=folder), Counting(folder=folder)
    async with started(channel(FakeTurns(questions), wordings=first, told=path)):
        await until_told(path, "en", "pl", "cy")
    assert first.reads["pl"] == first.reads["cy"] == 1
    first.speak("pl")
    assert first.reads["pl"] == 2, "it was not kept for somebody who may never come"
    mark = api.mark()
    async with started(channel(FakeTurns(questions), wordings=later, told=path)):
        await quiet(api)
    assert later.reads == {}
    assert [call.method for call in api.calls_between(mark) if "My" in call.method] == []


async def test_only_what_has_changed_is_told_again(
    api: FakeBotApi, channel: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, path = tmp_path / "locales", tmp_path / FILE
    for texts, expected in (
        ({"pl": "krótko", "cy": "byr"}, ["", "pl", "cy"]),
        ({"pl": "krótko", "cy": "byrrach"}, ["cy"]),
        ({"pl": "krótko", "cy": "byrrach", "fr": "bref"}, ["fr"]),
    ):
        wordings, mark = Wordings(folder=locales(folder, **texts)), api.mark()
        async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
            await quiet(api)
            await until_told(path, "en", *texts)
        assert told_languages(api, mark) == expected
    monkeypatch.setitem(TEXTS, "telegram.short_description", one("Short."))
    mark = api.mark()
    async with started(channel(FakeTurns(questions), wordings=Wordings(folder=folder), told=path)):
        await api.wait_for(lambda: len(told_languages(api, mark)) == 4)
    assert api.profile("short_description") == "Short.", "what changed in English has changed for everybody"


async def test_another_bot_is_told_everything(api: FakeBotApi, tmp_path: Path) -> None:
    path = tmp_path / FILE
    Told(path, bot=1).keep("pl", "words")
    assert Told(path, bot=1).same("pl", "words")
    assert not Told(path, bot=1).same("pl", "other words")
    assert not Told(path, bot=2).same("pl", "words")
    assert json.loads(path.read_text()).keys() == {"bot", "told"}
    assert len(json.loads(path.read_text())["bot"]) == 64
    assert path.stat().st_mode & 0o777 == 0o600


FAULTY = (
    *(b"", b"{", b"[]", b"{}", b"7", b"null", b"\xff\xfe", b"[" * 100_000),
    *(b'{"bot": 1}', b'{"bot": "BOT"}', b'{"bot": "BOT", "told": 1}', b'{"bot": "BOT", "told": ["en"]}'),
    b'{"bot": "BOT", "told": {"en": null}}',
)


@pytest.mark.parametrize("content", FAULTY, ids=range(len(FAULTY)))
async def test_a_faulty_file_does_not_stop_the_start(
    api: FakeBotApi, channel: Make, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / FILE
    own = Told(path, bot=int(api.token.partition(":")[0]))
    own.keep("en", "x")
    path.write_bytes(content.replace(b"BOT", json.loads(path.read_text())["bot"].encode()))
    async with started(channel(FakeTurns(questions), told=path)):
        await api.wait_for(lambda: told_languages(api, 0) == [""])
        await asyncio.sleep(0.05)
    assert json.loads(path.read_text())["told"].keys() == {"en"}


@pytest.mark.parametrize("there", ["a folder", "no folder"])
async def test_a_file_that_cannot_be_written_stops_nothing(
    api: FakeBotApi, channel: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture, there: str
) -> None:
    path = tmp_path / FILE if there == "a folder" else tmp_path / "gone" / FILE
    if there == "a folder":
        path.mkdir()
    ann = api.person()
    wordings = Wordings(folder=locales(tmp_path / "locales", pl="krótko"))
    async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
        await api.wait_for(lambda: told_languages(api, 0) == ["", "pl"])
        await ann.say("hello")
        await ann.settled()
    assert ann.card.text == "question 1"
    assert any("cannot be written" in each for each in caplog.messages)


# What Telegram asks for


async def test_a_pause_that_telegram_asks_for_is_kept_and_holds_up_nobody(
    api: FakeBotApi, channel: Make, tmp_path: Path, sleeps: Sleeps
) -> None:
    api.fail("setMyDescription", kind=429, retry_after=30, times=2)
    ann, path = api.person(), tmp_path / FILE
    wordings = Wordings(folder=locales(tmp_path / "locales", pl="krótko"))
    async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
        await api.wait_for(lambda: 30 in sleeps.asked)
        await ann.say("hello")
        await ann.settled()
        assert ann.card.text == "question 1"
        assert told_languages(api, 0) == [], "still waiting"
        await until_told(path, "en", "pl")
    assert sleeps.asked.count(30) == 2
    assert told_languages(api, 0) == ["", "pl"]


async def test_when_telegram_has_had_enough_the_next_start_goes_on(
    api: FakeBotApi, channel: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / FILE
    wordings = Wordings(folder=locales(tmp_path / "locales", pl="krótko", cy="byr"))

    async def sleep(seconds: float) -> None:
        if len(told_languages(api, 0)) == 2:
            api.fail("getMyCommands", kind=429, retry_after=36_000)
        await asyncio.sleep(0)

    async with started(channel(FakeTurns(questions), wordings=wordings, told=path, sleep=sleep)):
        await api.wait_for(lambda: "The rest is told at the next start." in " ".join(caplog.messages))
    assert told_languages(api, 0) == ["", "pl"]
    mark = api.mark()
    async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
        await until_told(path, "cy")
    assert told_languages(api, mark) == ["cy"]


async def test_a_language_that_telegram_refuses_does_not_keep_the_others_from_being_told(
    api: FakeBotApi, channel: Make, tmp_path: Path
) -> None:
    path = tmp_path / FILE
    api.fail("setMyDescription", kind=400, times=1)
    wordings = Wordings(folder=locales(tmp_path / "locales", pl="krótko"))
    async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
        await until_told(path, "pl")
    assert finished(path) == ["pl"]


# What is no longer on offer


def kept_at_telegram(api: FakeBotApi, code: str) -> list[str]:
    """What Telegram keeps under a code."""
    kept = {"menu": api.commands(code, scope=SCOPE)}
    kept |= {field: api.profile(field, code) for field in ("description", "short_description")}
    return [what for what, words in kept.items() if words]


ALL = ["menu", "description", "short_description"]
SETTING = ["setMyCommands", "setMyDescription", "setMyShortDescription"]
WITHDRAWING = ["deleteMyCommands", "setMyDescription", "setMyShortDescription"]


async def test_a_language_that_is_no_longer_offered_is_withdrawn(
    api: FakeBotApi, channel: Make, tmp_path: Path, sleeps: Sleeps
) -> None:
    folder, path = locales(tmp_path / "locales", pl="krótko", cy="byr"), tmp_path / FILE
    async with started(channel(FakeTurns(questions), wordings=Wordings(folder=folder), told=path)):
        await until_told(path, "en", "pl", "cy")
    assert kept_at_telegram(api, "pl") == ALL
    fewer = Wordings(folder=folder, only=("cy",))
    api.fail("setMyDescription", kind=429, retry_after=30, times=1)
    mark = api.mark()
    async with started(channel(FakeTurns(questions), wordings=fewer, told=path)):
        await until_withdrawn(path, "pl")
    assert 30 in sleeps.asked, "withdrawn with patience"
    assert kept_at_telegram(api, "pl") == []
    assert kept_at_telegram(api, "cy") == kept_at_telegram(api, "") == ALL
    assert about_itself(api, mark, but="pl") == []
    mark = api.mark()
    async with started(channel(FakeTurns(questions), wordings=fewer, told=path)):
        await quiet(api)
    assert about_itself(api, mark) == [], "withdrawn once"
    async with started(channel(FakeTurns(questions), wordings=Wordings(folder=folder), told=path)):
        await until_told(path, "pl")
    assert kept_at_telegram(api, "pl") == ALL, "told anew when it is offered again"


@pytest.mark.parametrize("kind", [429, 400])
@pytest.mark.parametrize("method", WITHDRAWING)
async def test_what_could_not_be_withdrawn_is_withdrawn_at_the_next_start(
    api: FakeBotApi, channel: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture, method: str, kind: int
) -> None:
    folder, path = locales(tmp_path / "locales", pl="krótko"), tmp_path / FILE
    both, english = Wordings(folder=folder), Wordings(folder=folder, only=("en",))
    refusal: dict[str, Any] = {"kind": kind, "times": 1} | ({"retry_after": 36_000} if kind == 429 else {})
    async with started(channel(FakeTurns(questions), wordings=both, told=path)):
        await until_told(path, "en", "pl")
    for then in (both, english):
        api.fail(method, **refusal)
        mark = api.mark()
        async with started(channel(FakeTurns(questions), wordings=english, told=path)):
            await api.wait_for(lambda mark=mark: api.calls_between(mark, method=method))  # type: ignore[misc]
            await quiet(api)
        assert "pl" in json.loads(path.read_text())["told"]
        assert kept_at_telegram(api, "pl") == ALL[WITHDRAWING.index(method) :]
        async with started(channel(FakeTurns(questions), wordings=then, told=path)):
            await quiet(api)
        assert kept_at_telegram(api, "pl") == (ALL if then is both else [])
    assert json.loads(path.read_text())["told"].keys() == {"en"}
    assert kept_at_telegram(api, "") == ALL


@pytest.mark.parametrize("method", SETTING)
async def test_what_was_told_only_in_part_is_withdrawn_too(
    api: FakeBotApi, channel: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    folder, path = locales(tmp_path / "locales", pl="krótko"), tmp_path / FILE
    english = Wordings(folder=folder, only=("en",))
    async with started(channel(FakeTurns(questions), wordings=english, told=path)):
        await until_told(path, "en")
    api.fail(method, kind=429, retry_after=36_000, times=1)
    async with started(channel(FakeTurns(questions), wordings=Wordings(folder=folder), told=path)):
        await api.wait_for(lambda: "The rest is told at the next start." in " ".join(caplog.messages))
    assert finished(path) == ["en"]
    assert kept_at_telegram(api, "pl") == ALL[: SETTING.index(method)]
    async with started(channel(FakeTurns(questions), wordings=english, told=path)):
        await until_withdrawn(path, "pl")
    assert kept_at_telegram(api, "pl") == []


@pytest.mark.parametrize("strange", ["en", "pl_PL", "x", "", "xyz"])
async def test_what_is_still_told_under_a_code_is_never_withdrawn(
    api: FakeBotApi, channel: Make, tmp_path: Path, strange: str
) -> None:
    path = tmp_path / FILE
    wordings = Wordings(folder=locales(tmp_path / "locales", pl="krótko"))
    async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
        await until_told(path, "en", "pl")
    Told(path, bot=int(api.token.partition(":")[0])).keep(strange, "words")
    async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
        await quiet(api)
    assert json.loads(path.read_text())["told"].keys() == {"en", "pl"}
    assert kept_at_telegram(api, "pl") == kept_at_telegram(api, "") == ALL
    assert not api.calls_between(0, method="deleteMyCommands")


# The catalogues that there are

OFFERED = tuple(Wordings().languages)


@pytest.mark.parametrize("language", OFFERED)
def test_nothing_is_too_long_for_telegram_in_any_language(language: str) -> None:
    wording = Wordings().read(language)
    long = {id_: units(wording.say(text(id_))) for id_ in menu.SAID if units(wording.say(text(id_))) > menu.limit(id_)}
    assert long == {}, "people would read it in English"
    assert len(menu._code(language) or "") == 2


async def test_every_language_on_offer_is_told_whole(api: FakeBotApi, channel: Make, tmp_path: Path) -> None:
    path, wordings = tmp_path / FILE, Wordings()
    async with started(channel(FakeTurns(questions), wordings=wordings, told=path)):
        await until_told(path, *OFFERED)
    for language in OFFERED:
        code = "" if language == "en" else language
        say = wordings.read(language).say
        assert api.profile("description", code) == say(text("telegram.description"))
        assert api.profile("short_description", code) == say(text("telegram.short_description"))
        told = api.commands(code, scope=SCOPE)
        assert told == {name: say(text(f"telegram.command.{name}")) for name in menu.COMMANDS}
