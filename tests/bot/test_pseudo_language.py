"""Every text goes through the catalogues: the whole of Equal Voice in a made-up language, and nothing plain in it."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import aiohttp
import pytest
from telegram import Bot, BotCommand, BotDescription, BotShortDescription

from bot.charts import fonts
from bot.charts.captions import caption
from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.charts.render import lay_out
from bot.languages import LOCALES
from bot.replies import Reply
from bot.telegram.menu import announce
from bot.telegram.rendering import render
from bot.texts import TEXTS
from bot.texts.entry import one
from bot.web import pages
from bot.web.pages import CardPage, Figure, Pages
from bot.web.server import WebChannel
from bot.wording import REGIONS, Wording, Wordings, formats
from conversations.cards import Button, Field, paragraph
from conversations.results import GroupResult, Results
from conversations.says import Day, Decimal, Phrase, Say, Text, Verbatim, listing, text
from conversations.screens.all import SCREENS
from conversations.situation import Links
from pseudo_language import (
    CODE,
    Journey,
    Looker,
    Theatre,
    accented,
    build,
    page_words,
    placeholders,
    travel,
    untranslated,
)
from pseudo_language.theatre import support

RAW = "Planted words"

NOT_WALKED = {
    "code.other-group": "joining one group while another of one's devices joins the other",
    "group.other": "a group that is neither staff nor users always has a name",
    "closed.no-key": "a key is missing: tests/bot/test_performing.py",
    "f.left-unread": "a key was missing at closing: tests/bot/test_rare_situations.py",
    "given-up.now": "an older database was put back: tests/bot/test_going_back.py",
    "held.over": "an older database was put back: tests/conversations/test_rights.py",
    "check.given-up": "an older database was put back: tests/bot/test_going_back.py",
    "status.given-up": "an older database was put back: tests/bot/test_going_back.py",
    "withdraw.given-up": "an older database was put back: tests/bot/test_going_back.py",
    "move.given-up": "an older database was put back: tests/bot/test_going_back.py",
    "f.shown": "an older database was put back: tests/bot/test_going_back.py",
    "f.erased": "an older database was put back: tests/bot/test_going_back.py",
    "f.lost": "an older database was put back: tests/bot/test_going_back.py",
    "f.stopped": "an older database was put back: tests/bot/test_going_back.py",
    "f-warn.given-up": "an older database was put back: tests/bot/test_going_back.py",
    "too-long.full": "twenty thousand characters: a transcript",
    "closed.not-kept": "a text that comes after closing: tests/bot/test_turns.py",
    "f-warn.nobody": "showing while one group is empty: a transcript",
    "f.shown-more": "as many again hand in after showing: tests/bot/test_numbers.py",
    "f-hide.before": "more than thirty comments of one group: tests/bot/test_hiding.py",
    "f-hide.after": "more than thirty comments of one group: tests/bot/test_hiding.py",
    "f.not-you": "somebody's account goes while they tap: tests/bot/test_second_facilitator.py",
    "f-show.refused": "the assessment goes while its facilitator taps",
    "f-close.refused": "the assessment goes while its facilitator taps",
    "f-erase.refused": "somebody else created it: tests/bot/test_retention.py",
    "telegram.group": "said in a group, beside the conversation: tests/bot/telegram",
    "telegram.set_aside": "said when a turn failed three times: tests/bot/telegram",
    "telegram.no_picture": "said when a picture failed: tests/bot/telegram",
    "web.saved": "typed and tapped at once: tests/bot/web/test_card.py",
    "web.unsent": "typed and tapped at once: tests/bot/web/test_card.py",
    "web.stale": "an old page: tests/bot/web/test_card.py",
    "web.outdated": "an old page: tests/bot/web/test_card.py",
    "web.resume.done": "another browser: tests/bot/web/test_resume.py",
    "web.resume.replaces": "another browser: tests/bot/web/test_resume.py",
    "web.resume.both": "another browser: tests/bot/web/test_moving.py",
    "web.fault.unavailable": "the store is away: tests/bot/web/test_faults.py",
    "web.fault.unexpected": "a fault of ours: tests/bot/web/test_faults.py",
}
"""Texts that this journey does not come past, each with the reason. All of them are said by their id."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """The journey, and all that was shown of it, by where it was shown."""

    journey: Journey
    wordings: Wordings
    wording: Wording
    looker: Looker
    shown: Mapping[str, set[str]]
    pictures: tuple[Job, ...]

    def loose(self, words: str) -> str:
        """What of these words is not translated."""
        return self.looker.loose(words, self.wording)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One journey for all tests here, looked at in every way while the looker listens."""
    folder = tmp_path_factory.mktemp("journey")
    wordings = Wordings(folder=build(folder / "locales"))
    wording = wordings.speak(CODE)
    journey = asyncio.run(travel(folder, wordings))
    looker, made = Looker(own=journey.own), Pages(wordings)
    fonts.load()
    with looker.listening():
        pictures = tuple(of_pictures(journey.jobs))
        shown = {
            "chats": {words for seen in journey.seen for words in on_telegram(seen.reply, wording)},
            "cards": {words for seen in journey.seen for words in on_the_web(seen.reply, made)},
            "captions": {*journey.captions, *(caption(job) for job in pictures)},
            "menu": asyncio.run(in_the_menu(wordings)),
            "pages": asyncio.run(around_the_cards(folder / "web", wordings)),
        }
        for job in pictures:
            lay_out(job)
    return Run(journey=journey, wordings=wordings, wording=wording, looker=looker, shown=shown, pictures=pictures)


def on_telegram(reply: Reply, wording: Wording) -> Iterator[str]:
    """Everything that a chat shows."""
    for message in render(reply, wording):
        yield message.text
        if message.keyboard is not None:
            yield from (button.text for row in message.keyboard.inline_keyboard for button in row)


def on_the_web(reply: Reply, made: Pages) -> list[str]:
    """Everything that a page shows or has read out, with and without its pictures and words that were kept."""
    found = []
    for there in (True, False):
        page = CardPage(
            card=reply.card,
            number=1,
            language=CODE,
            token="token",
            notices=reply.notices,
            figures=[Figure(picture=picture, caption="" if there else None) for picture in reply.card.pictures],
            words="12" if there else "",
        )
        found += page_words(made.card(page))
    return found


def of_pictures(jobs: list[Job]) -> Iterator[Job]:
    """Each picture; and what it is like when nothing of it may be shown, or no scores."""
    for job in jobs:
        yield job
        if not isinstance(job, Poster):
            yield replace(job, results=without(job.results, people=True))
            yield replace(job, results=without(job.results, people=False))


def without(results: Results, *, people: bool) -> Results:
    """Results without scores; also without ``people``, while answers are open."""

    def bare(group: GroupResult) -> GroupResult:
        return replace(group, tallies={}, people={} if people else group.people)

    groups = tuple(bare(group) for group in results.groups)
    return replace(results, groups=groups, everyone=bare(results.everyone), open=people)


class MenuBot:
    """Keeps what the bot tells Telegram about itself in the made-up language."""

    def __init__(self) -> None:
        self.told: set[str] = set()

    async def get_my_commands(self, **_: object) -> tuple[BotCommand, ...]:
        return ()

    async def set_my_commands(self, commands: list[BotCommand], *, language_code: str | None, **_: object) -> None:
        self._keep(language_code, *(command.description for command in commands))

    async def get_my_description(self, **_: object) -> BotDescription:
        return BotDescription("")

    async def set_my_description(self, words: str, *, language_code: str | None) -> None:
        self._keep(language_code, words)

    async def get_my_short_description(self, **_: object) -> BotShortDescription:
        return BotShortDescription("")

    async def set_my_short_description(self, words: str, *, language_code: str | None) -> None:
        self._keep(language_code, words)

    def _keep(self, code: str | None, *words: str) -> None:
        self.told |= set(words) if code == CODE else set()


async def in_the_menu(wordings: Wordings) -> set[str]:
    """The menu of commands and the descriptions."""
    bot = MenuBot()
    await announce(cast(Bot, bot), wordings)
    return bot.told


async def around_the_cards(folder: Path, wordings: Wordings) -> set[str]:
    """Links, resume codes and faults, from the real web channel in front of the real turns."""
    house = Theatre(folder, wordings=wordings)
    channel = WebChannel(
        address=("127.0.0.1", 0),
        public_url="",
        turns=house.turns,
        wordings=wordings,
        store=house.store,
        installation_key=house.installation,
        clock=house.clock,
        telegram=Links(bot="equal_voice_bot").telegram,
        support=tuple(support()),
    )
    found: set[str] = set()
    await channel.start()
    try:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(channel.url, headers={"Accept-Language": CODE}, cookie_jar=jar) as browser:

            async def ask(method: str, path: str, **form: str) -> str:
                async with browser.request(method, path, data=form or None) as answer:
                    html = await answer.text()
                assert f'lang="{CODE}"' in html
                found.update(page_words(html))
                return html

            links = [Links().page(payload) for payload in ("c-BCDF2345", "i-token", "d-token", "f-token")]
            for path in ("/", *links, "/nothing/here", "/forgotten"):
                await ask("GET", path)
            await ask("PUT", "/resume")
            token = (await ask("GET", "/resume")).partition('name="csrf" value="')[2].partition('"')[0]
            for _ in range(11):
                await ask("POST", "/resume", csrf=token, code="BCDF")
            await ask("POST", "/", csrf=token, tap="not a button")
            await ask("POST", "/", csrf=token, number="0", tap="help:")
            house.clock.now += 60 * 60
            await ask("GET", "/")
            await ask("GET", "/left")
            await ask("POST", "/", csrf="wrong", words="1")
            await ask("POST", "/", words="1" * 70_000)
    finally:
        await channel.stop()
    found.update(page_words(Pages(wordings).fault(text("web.fault.form"), hint=CODE, again={"words": "1"}, typed="1")))
    return found


def loose_in_picture(run: Run, job: Job) -> str:
    """What of the words in a picture is not translated. Its fonts lack the marks, and its lines break anywhere."""
    extra = {job.code, job.link} if isinstance(job, Poster) else set()
    own = {words.replace(" ", "") for words in run.looker.own | extra}
    words = "".join(line.words.replace(" ", "") for line in lay_out(job).texts)
    return untranslated(words, own=own, marked=False)


@pytest.mark.parametrize("where", ["chats", "cards", "captions", "menu", "pages"])
def test_everything_is_translated(run: Run, where: str) -> None:
    assert {words: loose for words in run.shown[where] if (loose := run.loose(words))} == {}
    assert any("⟦" in words for words in run.shown[where])


def test_everything_in_pictures_is_translated(run: Run) -> None:
    assert {loose for job in run.pictures if (loose := loose_in_picture(run, job))} == set()
    assert {type(job) for job in run.journey.jobs} == {PrincipleChart, GapChart, OverviewChart, Poster}


def test_nothing_is_passed_off_as_somebodys_own_words(run: Run) -> None:
    assert run.looker.smuggled() == set()


def test_the_journey_came_past_every_screen(run: Run) -> None:
    assert {seen.reply.card.state for seen in run.journey.seen} == set(SCREENS)
    assert {seen.channel for seen in run.journey.seen} == {"telegram", "web"}


def test_the_journey_came_past_every_text(run: Run) -> None:
    said = {each.id for each in run.looker.texts()}
    assert set(TEXTS) - said - set(NOT_WALKED) == set()
    assert [id_ for id_ in NOT_WALKED if id_ not in TEXTS] == []


def test_each_text_was_given_the_parameters_that_stand_in_it(run: Run) -> None:
    for said in run.looker.texts():
        entry, given = TEXTS[said.id], {name for name, _ in said.parameters}
        # The form for one person need not repeat the number.
        assert placeholders(entry.plural or entry.singular) == given, said.id
        assert placeholders(entry.singular) <= given, said.id
        assert isinstance(said.parameter("n"), int) == (entry.plural is not None), said.id


# Things planted on purpose, to see that they are found.


def _planted(where: str, reply: Reply, what: Say) -> Reply:
    """A copy of a reply with raw words in one place."""
    card = reply.card
    match where:
        case "notice":
            return replace(reply, notices=(cast(Text, what),))
        case "title":
            card = replace(card, title=what)
        case "progress":
            card = replace(card, progress=what)
        case "block":
            card = replace(card, blocks=(*card.blocks, paragraph(what)))
        case "button":
            card = replace(card, rows=(*card.rows, (Button(label=what, action="x"),)))
        case _:
            label, submit = (what, text("web.saved")) if where == "field" else (text("web.saved"), what)
            card = replace(card, field=Field(label=label, submit=submit))
    return replace(reply, card=card)


PLACES = ("notice", "title", "progress", "block", "button", "field", "submit")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("what", [Verbatim(RAW), Phrase(RAW), Phrase(f"“{RAW}”")])
def test_raw_english_on_a_card_is_found(run: Run, where: str, what: Say) -> None:
    planted = _planted(where, run.journey.seen[0].reply, what)
    assert RAW in " ".join(run.loose(words) for words in on_the_web(planted, Pages(run.wordings)))
    if where != "submit":  # a chat has no such button
        assert RAW in " ".join(run.loose(words) for words in on_telegram(planted, run.wording))


@pytest.mark.parametrize(
    ("file", "before", "raw"),
    [
        ("card.html", "{% for row in card.rows %}", f"<p>{RAW}</p>"),
        ("layout.html", "<main>", f'<a aria-label="{RAW}"></a>'),
        ("parts.html", "<blockquote", f'<img alt="{RAW}">'),
        ("layout.html", "</title>", f" – {RAW}"),
    ],
)
def test_raw_english_in_a_copy_of_a_page_is_found(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, before: str, raw: str
) -> None:
    templates = shutil.copytree(pages.FOLDER, tmp_path / "templates")
    source = (templates / file).read_text("utf-8")
    assert before in source
    (templates / file).write_text(source.replace(before, raw + before), "utf-8")
    monkeypatch.setattr(pages, "FOLDER", templates)
    reply = next(seen.reply for seen in run.journey.seen if seen.reply.card.state == "official")
    assert any(RAW in run.loose(words) for words in on_the_web(reply, Pages(run.wordings)))


def test_a_text_that_was_not_collected_is_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEXTS, "help.title", one(RAW))
    reply = next(seen.reply for seen in run.journey.seen if seen.reply.card.state == "help")
    assert any(RAW in run.loose(words) for words in on_telegram(reply, run.wording))
    job = next(job for job in run.journey.jobs if isinstance(job, Poster))
    monkeypatch.setitem(TEXTS, "chart.poster.title", one(RAW))
    assert RAW.replace(" ", "") in loose_in_picture(run, job)


def test_words_passed_off_as_somebodys_own_are_found(run: Run) -> None:
    looker = Looker(own=run.journey.own)
    with looker.listening():
        run.wording.say(text("f-home.open", organisation=Verbatim(RAW)))
        run.wording.say(text("code.wait", at="tomorrow"))
        run.wording.say(text("f-home.open", organisation=Verbatim("St Elsewhere")))
    assert looker.smuggled() == {RAW, "tomorrow"}


def test_the_made_up_language_keeps_placeholders_and_numbers() -> None:
    assert accented("{n} of 20, {group}") == "⟦{n} óƒ 20, {group}⟧"
    assert untranslated("⟦{n} óƒ 20⟧") == "n"
    assert untranslated("⟦óƒ⟧ 20 óƒ ⟦óƒ⟧") == "óƒ"


def test_the_made_up_language_is_on_offer_nowhere() -> None:
    assert CODE not in json.loads((LOCALES / "locales.json").read_text("utf-8"))["languages"]
    assert CODE not in Wordings().languages
    assert not (LOCALES / CODE).exists()


# What Babel does not know.


@pytest.mark.parametrize("code", ["qps", "en-XA", "x"])
def test_a_language_that_babel_does_not_know_has_its_own_texts_and_our_dates(tmp_path: Path, code: str) -> None:
    wording = Wordings(folder=build(tmp_path / "locales", code=code)).speak(code)
    assert formats(code) == REGIONS["en"] == "en_GB"
    assert wording.say(Day(1_800_000_000)) == "15 January 2027"
    assert wording.say(Decimal(2.25)) == "2.2"
    assert wording.say(text("end.hear-by", day=Day(1_800_000_000))).startswith("⟦Ýóú šĥóúļđ ĥéáŕ")
    assert wording.say(text("joined", n=1)).startswith("⟦1 ƥéŕšóñ")
    assert wording.say(text("joined", n=2000)).startswith("⟦2,000 ƥéóƥļé")
    assert wording.say(listing([text("question.skip"), Verbatim("A")])) == "⟦Šķíƥ⟧ and A"


@pytest.mark.parametrize(("code", "known"), [("en", "en_GB"), ("zh-Hans", "zh_Hans"), ("pt_PT", "pt_PT"), ("cy", "cy")])
def test_a_language_that_babel_knows_is_written_its_own_way(code: str, known: str) -> None:
    assert formats(code) == known
