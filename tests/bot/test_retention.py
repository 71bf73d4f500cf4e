"""How long things are kept: decided on days, and carried out on both stores with a clock of the test's own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import browser_records
from bot.browser_records import BrowserRecord
from bot.records import open_about, open_visitor, seal_visitor
from bot.retention import WARNING_DAYS, Swept, Terms, decide, sweep
from conversations import commands as c
from conversations.days import DAY, day_of, month_of, months_after
from storage.memory import MemoryStore
from storage.sqlite import SqliteStore
from storage.store import AssessmentRow, Store, Transaction
from walking import (
    Assessment,
    House,
    Walker,
    assessment,
    close,
    facilitator,
    participant,
    people_hand_in,
    result_of,
    show,
)
from walking.house import NOON, TERMS

TODAY = day_of(NOON)
QUIET = TERMS.days - WARNING_DAYS
terms = st.builds(Terms, days=st.integers(30, 365), months=st.integers(1, 120))


def row(*, active: int, due: int = 0, closed: bool = False) -> AssessmentRow:
    return AssessmentRow(id="a", facilitator=b"f", threshold=5, closed=closed, sealed=b"", active=active, due=due)


# deciding


@given(terms, st.integers(1, 30_000), st.lists(st.integers(1, 200), max_size=60))
def test_nothing_is_erased_before_its_time_nor_without_a_warning_of_fourteen_days(
    terms: Terms, active: int, gaps: list[int]
) -> None:
    """The program looks at some days only. Nobody uses the assessment."""
    one, today, told_on, told = row(active=active), active, 0, 0
    for gap in gaps:
        today += gap
        decision = decide(one, today=today, terms=terms)
        if decision.what == "tell":
            one, told_on, told = replace(one, due=decision.due), today, decision.due
            assert told >= today + WARNING_DAYS
            assert told >= active + terms.days
        elif decision.what == "erase answers":
            assert today >= told > 0
            assert today - told_on >= WARNING_DAYS
            assert today - active >= terms.days
            return
        else:
            assert today < told or today < active + terms.days - WARNING_DAYS


@given(terms, st.integers(1, 30_000))
def test_looked_at_every_day_it_is_told_fourteen_days_before_and_erased_on_the_day(terms: Terms, active: int) -> None:
    one = row(active=active)
    for today in range(active, active + terms.days + 1):
        decision = decide(one, today=today, terms=terms)
        if today < active + terms.days - WARNING_DAYS:
            assert decision.what == "nothing"
        elif today == active + terms.days - WARNING_DAYS:
            assert (decision.what, decision.due) == ("tell", active + terms.days)
            one = replace(one, due=decision.due)
        elif today < active + terms.days:
            assert decision.what == "nothing"
    assert decision.what == "erase answers"


def test_after_a_year_off_it_is_first_told_and_erased_fourteen_days_later() -> None:
    today = TODAY + 365
    told = decide(row(active=TODAY), today=today, terms=TERMS)
    assert (told.what, told.due) == ("tell", today + WARNING_DAYS)
    one = row(active=TODAY, due=told.due)
    assert decide(one, today=today + WARNING_DAYS - 1, terms=TERMS).what == "nothing"
    assert decide(one, today=today + WARNING_DAYS, terms=TERMS).what == "erase answers"


def test_a_warning_that_nobody_could_read_as_the_program_was_off_is_told_anew_unless_it_is_told_to_go_on() -> None:
    one = row(active=TODAY - 90, due=TODAY)
    for late, expected in ((WARNING_DAYS, "erase answers"), (WARNING_DAYS + 1, "tell")):
        assert decide(one, today=TODAY + late, terms=TERMS).what == expected
        assert decide(one, today=TODAY + late, terms=TERMS, late=True).what == "erase answers"
    again = decide(one, today=TODAY + 20, terms=TERMS)
    assert again.due == TODAY + 20 + WARNING_DAYS
    # Once: answers are not kept for ever where the program seldom runs.
    one = replace(one, due=again.due)
    assert decide(one, today=TODAY + 20 + WARNING_DAYS - 1, terms=TERMS).what == "nothing"
    assert decide(one, today=TODAY + 20 + 300, terms=TERMS).what == "erase answers"


def test_longer_terms_take_a_warning_back_and_shorter_ones_leave_the_day_that_was_told() -> None:
    one = row(active=TODAY - 80, due=TODAY + 10)
    longer = decide(one, today=TODAY, terms=replace(TERMS, days=200))
    assert (longer.what, longer.due) == ("tell", 0)
    a_little = decide(one, today=TODAY, terms=replace(TERMS, days=92))
    assert (a_little.what, a_little.due) == ("tell", TODAY + WARNING_DAYS)
    assert decide(one, today=TODAY, terms=replace(TERMS, days=30)).what == "nothing"


def test_a_closed_one_goes_with_its_results_after_the_months_and_an_open_one_does_not() -> None:
    until = months_after(TODAY, TERMS.months)
    assert decide(row(active=TODAY, closed=True), today=until - 1, terms=TERMS).what == "nothing"
    assert decide(row(active=TODAY, closed=True), today=until, terms=TERMS).what == "erase all"
    assert decide(row(active=TODAY), today=until, terms=TERMS).what == "tell"


@pytest.mark.parametrize("closed", [True, False])
def test_what_nobody_dated_begins_today(closed: bool) -> None:
    assert decide(row(active=0, closed=closed), today=TODAY, terms=TERMS).what == "date"


# carrying it out


@pytest.fixture
def house(tmp_path: Path, store: Store) -> House:
    return House(tmp_path, store=store)


async def stored(house: House, id_: str) -> AssessmentRow | None:
    return await house.store.turn(b"x", lambda tx: tx.assessment(id_))


async def sweeps(
    house: House, *, days: int = 0, late: bool = False, lonely: frozenset[bytes] | None = frozenset()
) -> Swept:
    house.clock.now += days * DAY
    return await sweep(house.store, house.keys, now=house.clock.now, terms=TERMS, late=late, lonely=lonely)


async def set_date(house: House, made: Assessment) -> int:
    """On which day it was last used, today being counted as 0."""
    found = await stored(house, made.id)
    assert found is not None
    return found.active - day_of(NOON)


async def test_what_nobody_used_is_closed_without_pouring_and_its_key_goes_after_the_commit(house: House) -> None:
    organiser = await facilitator(house)
    made, other = await assessment(organiser), await assessment(organiser, organisation="St Nowhere")
    people = await people_hand_in(house, made, "staff", 7)
    assert (await sweeps(house, days=QUIET)).told == 2
    assert (await house.view(organiser.person, made.id)).due == TODAY + 90
    await participant(house, "late", other.codes["staff"])
    swept = await sweeps(house, days=WARNING_DAYS)
    assert (swept.told, swept.answers, swept.results) == (0, 1, 0)
    view = await house.view(organiser.person, made.id)
    assert (view.open, view.due, view.lapsed, view.lapsed_on) == (False, 0, 90, TODAY + 90)
    assert view.left_out == {}
    assert not any(view.shown(principle.id) for principle in house.questionnaire.principles)
    assert house.keys.get(made.id) is None
    assert not (house.folder / f"{made.id}.key").exists()
    await people[0].look()
    assert people[0].notices == ["closed.while-away"]
    assert (await house.view(organiser.person, other.id)).open
    assert house.keys.get(other.id) is not None


async def test_what_was_shown_before_can_be_read_for_all_the_months_after(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await people_hand_in(house, made, "staff", 5)
    await show(organiser, made)
    await sweeps(house, days=QUIET)
    await sweeps(house, days=WARNING_DAYS)
    view = await house.view(organiser.person, made.id)
    assert view.shown("assets")
    months = months_after(TODAY + 90, TERMS.months) - (TODAY + 90)
    assert (await sweeps(house, days=months - 1)).results == 0
    assert (await sweeps(house, days=1)).results == 1
    assert await stored(house, made.id) is None


async def test_an_assessment_whose_key_is_missing_is_closed_in_its_time_as_well(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    (house.folder / f"{made.id}.key").unlink()
    house.open()
    await sweeps(house, days=QUIET)
    assert (await sweeps(house, days=WARNING_DAYS)).answers == 1
    assert not (await house.view(organiser.person, made.id)).open


async def test_each_way_of_using_it_counts_and_a_facilitators_looking_does_not(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    used = [0]

    async def a_day_later() -> int:
        """On which day it was last used, and the clock goes on by a day."""
        used.append(await set_date(house, made))
        house.clock.now += DAY
        return used[-1]

    assert await a_day_later() == 0
    await organiser.tap("f-assessment")
    await show(organiser, made)
    assert await a_day_later() == 0, "looking, and showing nothing"
    ana = await participant(house, "ana", made.codes["staff"])
    assert await a_day_later() == 2, "joining"
    for action, value in (("score", "3"), ("score", "4"), ("score", "5")):
        await ana.tap(action, value)
        assert await a_day_later() == used[-2] + 1, "answering"
    await ana.write("Tea")
    assert await a_day_later() == used[-2] + 1, "a comment"
    await ana.look()
    await ana.tap("menu")
    await ana.tap("back")
    await ana.tap("go-on")
    assert await a_day_later() == used[-2], "reading"
    await ana.tap("hand-in")
    assert await a_day_later() == used[-2] + 2, "handing in"
    await people_hand_in(house, made, "users", 5)
    assert await a_day_later() == used[-2] + 1
    await show(organiser, made)
    assert await a_day_later() == used[-2] + 1, "showing"
    await ana.open(made.link("users"))
    await ana.tap("move")
    assert await a_day_later() == used[-2] + 1, "changing group"
    await close(organiser, made)
    assert await a_day_later() == used[-2] + 1, "closing"


async def test_using_it_takes_the_warning_back_and_once_a_day_is_enough(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["staff"])
    await sweeps(house, days=QUIET)
    found = await stored(house, made.id)
    assert found is not None
    assert found.due == TODAY + 90
    touches: list[str] = []
    for kind in (MemoryStore, SqliteStore):
        monkeypatch.setattr(kind, "turn", counting(kind.turn, touches))
    await ana.tap("score", "3")
    await ana.tap("score", "4")
    await ana.tap("score", "5")
    assert touches == [made.id]
    found = await stored(house, made.id)
    assert found is not None
    assert (found.active, found.due) == (TODAY + QUIET, 0)


def counting(real: Any, touches: list[str]) -> Any:
    """A store's ``turn`` that writes down which assessments are touched."""

    async def turn(self: Store, visitor: bytes, work: Any) -> Any:
        async def watched(tx: Any) -> Any:
            touch = tx.touch

            async def noted(id_: str, *, today: int) -> None:
                touches.append(id_)
                await touch(id_, today=today)

            tx.touch = noted
            return await work(tx)

        return await real(self, visitor, watched)

    return turn


async def test_somebody_who_uses_it_between_the_look_and_the_erasing_saves_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await assessment(await facilitator(house))
    ana = await participant(house, "ana", made.codes["staff"])
    await sweeps(house, days=QUIET)
    house.clock.now += WARNING_DAYS * DAY
    real = house.store.turn
    seen: list[bool] = []

    async def used_meanwhile(visitor: bytes, work: Any) -> Any:
        found = await real(visitor, work)
        if not seen:
            seen.append(True)
            await ana.tap("score", "3")
        return found

    monkeypatch.setattr(house.store, "turn", used_meanwhile)
    swept = await sweep(house.store, house.keys, now=house.clock.now, terms=TERMS, lonely=frozenset())
    assert seen
    assert swept.answers == 0
    assert house.keys.get(made.id) is not None


async def test_an_undated_assessment_of_an_older_program_is_dated_and_not_erased(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    await close(organiser, made)
    closed = await stored(house, made.id)
    assert closed is not None
    old = replace(closed, id="0" * 32, active=0)

    async def work(tx: Transaction) -> None:
        await tx.add_assessment(old, [])

    await house.store.turn(b"x", work)
    assert (await sweeps(house, days=5)).results == 0
    found = await stored(house, "0" * 32)
    assert found is not None
    assert found.active == TODAY + 5


# people


async def record(house: House, walker: Walker) -> int | None:
    """The month in which somebody was last seen; None when nothing is kept of them."""
    id_ = house.visitor(walker.person)
    sealed = await house.store.turn(b"x", lambda tx: tx.visitor(id_))
    return None if sealed is None else open_visitor(house.installation, id_, sealed).seen


async def settle(house: House, walker: Walker) -> None:
    """What the web's first page writes: a browser's row."""
    record = BrowserRecord(person=walker.person.id)

    async def work(tx: Transaction) -> None:
        await browser_records.put(tx, walker.person.cookie, record, key=house.installation)

    await house.store.turn(b"browser", work)


async def addresses_and_browsers(house: House, *walkers: Walker) -> list[bool]:
    async def work(tx: Transaction) -> list[bool]:
        found = []
        for walker in walkers:
            on_telegram = walker.person.channel == "telegram"
            kept = await (tx.address(house.visitor(walker.person)) if on_telegram else tx.browser(walker.person.cookie))
            found.append(kept is not None)
        return found

    return await house.store.turn(b"x", work)


async def test_people_not_seen_for_long_go_with_their_address_and_browsers(house: House) -> None:
    tess, wendy, later = Walker(house, "t"), Walker(house, "w", channel="web"), Walker(house, "later")
    await tess.open()
    await settle(house, wendy)
    await wendy.open()
    month = month_of(NOON)
    assert await record(house, tess) == await record(house, wendy) == month
    house.clock.now += 40 * DAY
    await later.open()
    house.clock.now = NOON
    while month_of(house.clock.now) <= month + TERMS.months:
        assert (await sweeps(house, days=5)).people == 0 or month_of(house.clock.now) > month + TERMS.months
    assert await record(house, tess) is None
    assert await record(house, wendy) is None
    assert await addresses_and_browsers(house, tess, wendy, later) == [False, False, True]
    assert await record(house, later) == month_of(NOON + 40 * DAY)


async def test_the_month_is_written_once_a_month(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    tess = Walker(house, "t", channel="web")
    await tess.open()
    before = await house.store.turn(b"x", lambda tx: tx.visitor(house.visitor(tess.person)))
    house.clock.now += 60
    await tess.force("gone")
    id_ = house.visitor(tess.person)
    same = await house.store.turn(b"x", lambda tx: tx.visitor(id_))
    assert same == before
    house.clock.now += 31 * DAY
    await tess.force("gone")
    assert await record(house, tess) == month_of(NOON) + 1


async def test_whoever_has_a_part_in_an_open_assessment_is_kept(house: House) -> None:
    """An assessment that others use stays open for years; the web page is the only way back for one who stopped."""
    made = await assessment(await facilitator(house))
    runs_other = await facilitator(house, "2")
    other = await assessment(runs_other)
    tess = await participant(house, "t", made.codes["staff"])
    wendy, gone = [await participant(house, name, made.codes["staff"], channel="web") for name in "wg"]
    for walker in (wendy, gone):
        await settle(house, walker)
    await gone.ask("withdraw")
    await gone.tap("erase")
    # Wendy has left it for another one, which is closed meanwhile.
    await wendy.ask("menu")
    await wendy.tap("code")
    await wendy.write(other.codes["staff"])
    await wendy.tap("agree")
    await close(runs_other, other)
    for number in range(30):
        house.clock.now += 31 * DAY
        await participant(house, f"p{number}", made.codes["staff"])
        await sweeps(house)
    assert await record(house, tess) is not None
    assert await record(house, wendy) is not None
    assert await record(house, gone) is None
    assert await addresses_and_browsers(house, tess, wendy, gone) == [True, True, False]
    await wendy.open(made.link("staff"))
    assert wendy.state == "question"


async def test_a_browser_without_its_person_goes_at_the_second_look_but_at_once_when_nobody_is_served(
    house: House,
) -> None:
    wendy = Walker(house, "w", channel="web")
    await settle(house, wendy)
    first = await sweeps(house)
    assert (first.browsers, first.lonely) == (0, frozenset([wendy.person.cookie]))
    await wendy.open()
    assert (await sweeps(house, lonely=first.lonely)).browsers == 0
    assert await addresses_and_browsers(house, wendy) == [True]
    nobody = Walker(house, "n", channel="web")
    await settle(house, nobody)
    assert (await sweeps(house, lonely=(await sweeps(house)).lonely)).browsers == 1
    await settle(house, nobody)
    assert (await sweeps(house, lonely=None)).browsers == 1
    assert await addresses_and_browsers(house, wendy, nobody) == [True, False]


async def test_a_record_without_a_month_gets_this_one_and_a_damaged_one_is_left_alone(house: House) -> None:
    tess = Walker(house, "t")
    await tess.open()
    id_ = house.visitor(tess.person)
    sealed = await house.store.turn(b"x", lambda tx: tx.visitor(id_))
    assert sealed is not None
    old = replace(open_visitor(house.installation, id_, sealed), seen=0)

    async def work(tx: Transaction) -> None:
        await tx.put_visitor(id_, seal_visitor(house.installation, id_, old))
        await tx.put_visitor(b"damaged", b"damaged")

    await house.store.turn(b"x", work)
    assert (await sweeps(house, days=2000)).people == 0
    assert await record(house, tess) == month_of(house.clock.now)
    assert await house.store.turn(b"x", lambda tx: tx.visitor(b"damaged")) == b"damaged"


# the operator's errands


async def test_the_hourly_look_sweeps_once_a_day(house: House) -> None:
    made = await assessment(await facilitator(house))
    await house.upkeep.hourly()
    house.clock.now += QUIET * DAY
    await house.upkeep.hourly()
    found = await stored(house, made.id)
    assert found is not None
    assert found.due == TODAY + 90
    await house.store.turn(b"x", lambda tx: tx.set_due(made.id, due=0))
    house.clock.now += 60 * 60
    await house.upkeep.hourly()
    found = await stored(house, made.id)
    assert found is not None
    assert found.due == 0


async def test_purge_does_what_is_due_late_or_not_and_tells_numbers(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    assert await house.upkeep.purge({}) == {"told": 0, "answers": 0, "results": 0, "people": 0, "browsers": 0}
    house.clock.now += 100 * DAY
    assert (await house.upkeep.purge({}))["told"] == 1
    house.clock.now += 100 * DAY
    assert (await house.upkeep.purge({}))["answers"] == 1
    assert not (await house.view(organiser.person, made.id)).open


async def test_purge_erases_results_that_are_older_than_asked_for_and_no_open_assessment(house: House) -> None:
    organiser = await facilitator(house)
    old, new, still_open = [await assessment(organiser, organisation=name) for name in ("A", "B", "C")]
    await people_hand_in(house, old, "staff", 5)
    await close(organiser, old)
    house.clock.now += 40 * DAY
    await close(organiser, new)
    await participant(house, "p", still_open.codes["staff"])
    house.clock.now += 30 * DAY
    assert (await house.upkeep.purge({"months": 3}))["results"] == 0
    assert (await house.upkeep.purge({"months": 2}))["results"] == 1
    left = [row.id for row in await house.store.turn(b"x", lambda tx: tx.assessments())]
    assert sorted(left) == sorted([new.id, still_open.id])


async def test_an_old_link_that_works_once_goes_with_a_purge(house: House) -> None:
    await house.invitation()
    house.clock.now += 8 * DAY
    await house.upkeep.purge({})
    assert await house.store.turn(b"x", lambda tx: tx.tokens(kind="invitation")) == {}


# erasing one on command


async def test_only_the_account_that_created_a_closed_assessment_may_erase_it(house: House) -> None:
    organiser, stranger, second = [await facilitator(house, name) for name in "123"]
    made = await assessment(organiser)
    account = (await house.desk(second.person)).visitor.facilitator
    await house.store.turn(b"x", lambda tx: tx.share(made.id, account))
    nobody = Walker(house, "nobody")
    await nobody.open()
    erase = c.Erase(assessment=made.id)
    assert await result_of(house, organiser.person, erase) == "open"
    await close(organiser, made)
    for walker in (stranger, second, nobody):
        assert await result_of(house, walker.person, erase) == "refused"
    view = await house.view(second.person, made.id)
    assert not view.own
    assert await stored(house, made.id) is not None
    assert await result_of(house, organiser.person, erase) == "erased"
    assert await stored(house, made.id) is None
    assert await result_of(house, organiser.person, erase) == "refused"


async def test_links_for_a_second_facilitator_go_with_the_assessment(house: House) -> None:
    organiser = await facilitator(house)
    gone, kept = [await assessment(organiser, organisation=name) for name in ("A", "B")]
    for made in (gone, kept):
        assert await result_of(house, organiser.person, c.Share(assessment=made.id)) == "made"
    await close(organiser, gone)
    assert await result_of(house, organiser.person, c.Erase(assessment=gone.id)) == "erased"
    left = await house.store.turn(b"x", lambda tx: tx.tokens(kind="share"))
    assert list(left.values()) == [kept.id.encode()]


async def test_a_key_that_a_crash_left_behind_goes_with_the_erasing(house: House) -> None:
    organiser = await facilitator(house)
    made = await assessment(organiser)
    copy = (house.folder / f"{made.id}.key").read_bytes()
    await close(organiser, made)
    left = house.folder / f"{made.id}.key"
    left.write_bytes(copy)
    left.chmod(0o600)
    house.open()
    await organiser.look()
    await organiser.tap("f-erase")
    await organiser.tap("erase")
    assert not left.exists()


# the files


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_what_was_erased_is_in_no_file(house: House, tmp_path: Path) -> None:
    organiser = await facilitator(house)
    silent, closed = await assessment(organiser), await assessment(organiser, organisation="St Nowhere")
    for made in (silent, closed):
        await people_hand_in(house, made, "staff", 6, named=made.id)
    await show(organiser, closed)
    await close(organiser, closed)
    stranger = Walker(house, "stranger")
    await stranger.open()
    theirs = everything(tmp_path, ("participants", "parts", "spent"))
    results = everything(tmp_path, ("pools", "assessments", "groups", "visitors", "addresses"))
    assert theirs
    assert len(results) > 10
    assert found(theirs | results, tmp_path) == theirs | results
    await sweeps(house, days=QUIET)
    await sweeps(house, days=WARNING_DAYS)
    assert found(theirs, tmp_path) == set()
    sealed = await house.store.turn(b"x", lambda tx: tx.assessment(silent.id))
    assert sealed is not None
    assert open_about(house.installation, sealed).lapsed == 90
    await sweeps(house, days=2000)
    assert found(results, tmp_path) == set()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_what_a_facilitator_erased_is_in_no_file(house: House, tmp_path: Path) -> None:
    organiser = await facilitator(house)
    gone, kept = [await assessment(organiser, organisation=name) for name in ("A", "B")]
    for made in (kept, gone):
        await people_hand_in(house, made, "staff", 6, named=made.id)
        await close(organiser, made)
    before = everything(tmp_path, ("pools", "groups"))
    await organiser.tap("f-erase")
    await organiser.tap("erase")
    after = everything(tmp_path, ("pools", "groups"))
    assert len(before) > 2 * len(after) - 2 > 0
    assert found(before, tmp_path) == after


def everything(folder: Path, tables: tuple[str, ...]) -> set[bytes]:
    """Every id and sealed value in these tables, but the account's, which stays."""
    values: set[bytes] = set()
    with closing(sqlite3.connect(f"file:{folder}/data/voices.db?mode=ro", uri=True)) as file:
        accounts = {id_ for (id_,) in file.execute("SELECT id FROM facilitators")}
        for table in tables:
            for line in file.execute(f"SELECT * FROM {table}"):  # noqa: S608 - names of our own
                values |= {each for each in line if isinstance(each, bytes) and each and each not in accounts}
    return values


def found(values: set[bytes], folder: Path) -> set[bytes]:
    """Which of them stand in any file of the data folder: an id whole, of something longer a piece."""
    held = b"".join(path.read_bytes() for path in (folder / "data").iterdir())
    return {value for value in values if (value[40:60] or value) in held}
