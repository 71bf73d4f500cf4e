"""How long things are kept, and the sweep that erases what is past its day.

Decisions are pure functions of days; ``sweep`` carries them out. Nobody is sent a message: facilitators read on their
cards what is due.

* An open assessment that nobody used is erased: closed without anything being poured, its key destroyed. It is told
  from at least ``WARNING_DAYS`` before. Use is a participant's joining or answering, a showing, the closing.
* A closed assessment goes with its results, some months after it was last used.
* A record of somebody who was not seen for as long goes with their address and their browsers, unless they have a part
  in an assessment that is still open.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot import browser_records
from bot.admitting import erase_all
from bot.keys import KeyFolder
from bot.records import Visitor, open_about, open_visitor, seal_about, seal_visitor
from bot.sealing import Unreadable, participant_id, visitor_id
from conversations.days import day_of, month_of, months_after
from storage.store import AssessmentRow, Store, Transaction

WARNING_DAYS = 14
"""So many days at least stand between the first warning and the erasing."""

log = logging.getLogger(__name__)

What = Literal["nothing", "date", "tell", "erase answers", "erase all"]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How long is long: days without use for open assessments, months for results and for people."""

    days: int
    months: int


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is to be done with an assessment. ``due``: with "tell", the day to tell; 0 takes a warning back."""

    what: What
    due: int = 0


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What a sweep did, in numbers. ``told``: assessments newly warned of.

    ``lonely``: browsers, by the hash of the cookie, whose person has no record. They go at the next sweep if they are
    lonely then too: a browser's row is written a moment before its person's.
    """

    told: int = 0
    answers: int = 0
    results: int = 0
    people: int = 0
    browsers: int = 0
    lonely: frozenset[bytes] = frozenset()


def decide(row: AssessmentRow, *, today: int, terms: Terms, late: bool = False) -> Decision:
    """What is to be done with an assessment on this day.

    ``late``: erase even when the day that was told passed long ago. Else it is told anew, once, as the program was off
    meanwhile and nobody could read the warning.
    """
    if not row.active:
        return Decision(what="date")
    if row.closed:
        return Decision(what="erase all" if today >= months_after(row.active, terms.months) else "nothing")
    due = _due(row, today=today, days=terms.days)
    if due != row.due:
        return Decision(what="tell", due=due)
    if not due or today < due:
        return Decision(what="nothing")
    told_in_time = due == row.active + terms.days
    if told_in_time and today > due + WARNING_DAYS and not late:
        return Decision(what="tell", due=today + WARNING_DAYS)
    return Decision(what="erase answers")


def _due(row: AssessmentRow, *, today: int, days: int) -> int:
    """The day to tell; 0 while it is too early. A day that was told stays, unless the terms have become longer."""
    silent = row.active + days
    if today < silent - WARNING_DAYS:
        return 0
    return row.due if row.due >= silent else max(today + WARNING_DAYS, silent)


def unseen(visitor: Visitor, *, month: int, months: int) -> bool:
    """Whether somebody was not seen for so many whole months. ``month`` is this one."""
    return 0 < visitor.seen < month - months


async def sweep(
    store: Store,
    keys: KeyFolder,
    *,
    now: int,
    terms: Terms,
    lonely: frozenset[bytes] | None = None,
    late: bool = False,
) -> Swept:
    """Erase what is past its day, and tell what will be.

    ``lonely``: those of the last sweep; None when nobody is being served, so that all of them can go at once. ``late``:
    see ``decide``.
    """
    done = {what: 0 for what in ("date", "tell", "erase answers", "erase all")}
    for row in await store.turn(b"", lambda tx: tx.assessments()):
        if decide(row, today=day_of(now), terms=terms, late=late).what != "nothing":
            what = await _see_to(store, keys, row.id, now=now, terms=terms, late=late)
            done[what] = done.get(what, 0) + 1
    installation = keys.installation()
    swept = await store.turn(
        b"", lambda tx: _people(tx, keys, installation=installation, now=now, terms=terms, lonely=lonely)
    )
    return replace(swept, told=done["tell"], answers=done["erase answers"], results=done["erase all"])


async def erase_results(store: Store, keys: KeyFolder, *, now: int, months: int) -> int:
    """Erase closed assessments that were last used so many months ago or earlier; returns how many."""
    today, gone = day_of(now), 0
    for row in await store.turn(b"", lambda tx: tx.assessments()):
        if row.closed and row.active and today >= months_after(row.active, months):
            await store.turn(b"", lambda tx, id_=row.id: erase_all(tx, id_))  # type: ignore[misc]
            await asyncio.to_thread(keys.destroy, row.id)
            gone += 1
    return gone


async def _see_to(store: Store, keys: KeyFolder, id_: str, *, now: int, terms: Terms, late: bool) -> What:
    """Decide once more in a turn of its own, as somebody may have used it meanwhile, and do it."""
    today = day_of(now)

    async def work(tx: Transaction) -> What:
        row = await tx.assessment(id_)
        if row is None:
            return "nothing"
        decision = decide(row, today=today, terms=terms, late=late)
        match decision.what:
            case "date":
                # Nobody wrote down when it was last used, so its time begins today.
                await tx.touch(id_, today=today)
            case "tell":
                await tx.set_due(id_, due=decision.due)
                return "tell" if decision.due else "nothing"
            case "erase answers":
                await _lapse(tx, row, today=today, days=terms.days, installation=keys.installation())
            case "erase all":
                await erase_all(tx, id_)
        return decision.what

    what = await store.turn(b"", work)
    if what in {"erase answers", "erase all"}:
        # After the commit, as at every closing. If this fails, the next start tries again.
        await asyncio.to_thread(keys.destroy, id_)
    return what


async def _lapse(tx: Transaction, row: AssessmentRow, *, today: int, days: int, installation: bytes) -> None:
    """Close without pouring: whoever handed in did not agree to be shown so long after."""
    about = open_about(installation, row).lapse(days=days, on=today)
    await tx.close(row.id, sealed=seal_about(installation, row.id, about))
    # So that what was shown before, and the reason, can still be read for the months that were promised.
    await tx.touch(row.id, today=today)


async def _people(
    tx: Transaction, keys: KeyFolder, *, installation: bytes, now: int, terms: Terms, lonely: frozenset[bytes] | None
) -> Swept:
    """Erase records of people who were not seen for long, and browsers whose person is gone."""
    month = month_of(now)
    open_keys = {row.id: keys.get(row.id) for row in await tx.assessments() if not row.closed}
    browsers = {}
    for cookie in await tx.browsers():
        found = await browser_records.find(tx, cookie, key=installation)
        if found is not None:
            browsers[cookie] = found.person
    on_the_web = {visitor_id(installation, "web", person): person for person in browsers.values()}
    there: set[bytes] = set()
    gone: set[bytes] = set()
    for id_, sealed in (await tx.visitors()).items():
        there.add(id_)
        try:
            visitor = open_visitor(installation, id_, sealed)
        except Unreadable:
            continue
        if not visitor.seen:
            await tx.put_visitor(id_, seal_visitor(installation, id_, replace(visitor, seen=month)))
        elif unseen(visitor, month=month, months=terms.months) and visitor.assessment not in open_keys:
            person = on_the_web.get(id_)
            # Whoever is on Telegram finds their part again by the session code; on the web only by this record.
            if person is None or not await _has_a_part(tx, person, open_keys):
                await tx.remove_visitor(id_)
                await tx.remove_address(id_)
                gone.add(id_)
    ended, left = 0, set()
    for cookie, person in browsers.items():
        id_ = visitor_id(installation, "web", person)
        if id_ in gone or (id_ not in there and (lonely is None or cookie in lonely)):
            await tx.remove_browser(cookie)
            ended += 1
        elif id_ not in there:
            left.add(cookie)
    return Swept(people=len(gone), browsers=ended, lonely=frozenset(left))


async def _has_a_part(tx: Transaction, person: str, open_keys: Mapping[str, bytes | None]) -> bool:
    for key in open_keys.values():
        if key is not None and await tx.participant(participant_id(key, "web", person)) is not None:
            return True
    return False
