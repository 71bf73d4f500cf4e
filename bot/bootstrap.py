"""Puts the program together: the only place that names concrete parts.

``House`` holds what every command needs: the lock, the keys, the store, the questionnaire and the turn-taker.
``serve`` opens it, starts the channels and runs until it is told to stop.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import announcements
from bot.charts.artist import Artist
from bot.control import Control
from bot.going_back import look_back
from bot.invitations import invite, invite_first
from bot.keys import KeyFolder
from bot.languages import chosen, listed
from bot.lock import DataLock
from bot.retention import Terms
from bot.settings import Settings, only_on_this_machine
from bot.support import Organisation
from bot.support import load as load_support
from bot.telegram.channel import TelegramChannel
from bot.telegram.told import FILE as TOLD
from bot.turns import Turns
from bot.upkeep import Upkeep
from bot.web.server import WebChannel
from bot.wording import Wordings
from conversations.questionnaire import Questionnaire, parse
from conversations.says import Phrase
from conversations.situation import Links, Operator, Support
from storage.sqlite import SqliteStore
from storage.store import Store, Transaction

log = logging.getLogger(__name__)

SHIPPED_QUESTIONNAIRE: Final = Path(__file__).parent.parent / "conversations/questionnaires/maternity-neonatal.toml"
DATABASE: Final = "equal-voice.db"
CONTROL: Final = "control.sock"
TIDY_EVERY: Final = 60 * 60
"""So often it is looked whether something is past its time, in seconds."""


class CannotStart(Exception):
    """The program cannot start. The message is one sentence, or one line for each fault, with the remedy."""


@dataclass(frozen=True, kw_only=True)
class House:
    """What every command works with."""

    settings: Settings
    store: Store
    keys: KeyFolder
    questionnaire: Questionnaire
    wordings: Wordings
    turns: Turns
    support: tuple[Support, ...]
    artist: Artist
    upkeep: Upkeep
    clock: Callable[[], int]


def seconds() -> int:
    """Now, in whole seconds since 1970."""
    return int(time.time())


def read_questionnaire(path: Path) -> Questionnaire:
    """Read and check a questionnaire.

    Raises:
        CannotStart: when the file cannot be read.
        FaultyQuestionnaire: with every fault, its line and its remedy.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CannotStart(f"{path}: this file cannot be read. Check its name and that it is text in UTF-8.") from None
    return parse(text, path.name)


def support_of(organisation: Organisation) -> Support:
    """A place to find help, as the conversation knows it."""
    reach = tuple(way for way in (organisation.phone, organisation.text, organisation.web) if way)
    return Support(
        name=organisation.name,
        what=Phrase(organisation.what),
        reach=reach,
        emergency=organisation.emergency,
        audience=organisation.audience,
        when=Phrase(organisation.when) if organisation.when else None,
    )


@asynccontextmanager
async def house(settings: Settings, *, clock: Callable[[], int] = seconds) -> AsyncIterator[House]:
    """Open everything, in an order in which a fault changes nothing: files, lock, keys, database.

    Raises:
        FaultyQuestionnaire, FaultySupport, NotSpoken, CannotStart, AlreadyRunning, UnusableDataFolder, KeyFolderFault,
            Refused: each with its sentence.
    """
    questionnaire = read_questionnaire(settings.questionnaire or SHIPPED_QUESTIONNAIRE)
    support = tuple(support_of(organisation) for organisation in load_support(settings.support))
    wordings = Wordings(only=chosen(settings.languages, listed()))
    async with AsyncExitStack() as stack:
        stack.enter_context(DataLock(settings.data_folder))
        database = settings.data_folder / DATABASE
        if database.exists() and not KeyFolder.holds_installation(settings.key_folder):
            raise CannotStart(
                f"The key folder {settings.key_folder} does not hold the keys of the database in "
                f"{settings.data_folder}: set KEY_FOLDER to the folder that was used before."
            )
        keys = KeyFolder(settings.key_folder)
        # Before there is a database: one without this key is refused above, as its keys seem to be lost.
        keys.installation()
        store = await SqliteStore.open(database)
        stack.push_async_callback(store.close)
        await reconcile(store, keys)
        artist = Artist()
        stack.callback(artist.close)
        turns = Turns(
            store=store,
            keys=keys,
            questionnaire=questionnaire,
            wordings=wordings,
            operator=Operator(
                name=settings.operator_name,
                contact=settings.operator_contact,
                smallest_threshold=settings.smallest_threshold,
                retention_days=settings.retention_days,
                results_months=settings.results_months,
            ),
            support=support,
            artist=artist,
            clock=clock,
        )
        yield House(
            settings=settings,
            store=store,
            keys=keys,
            questionnaire=questionnaire,
            wordings=wordings,
            turns=turns,
            support=support,
            artist=artist,
            upkeep=Upkeep(
                store=store,
                keys=keys,
                clock=clock,
                terms=Terms(days=settings.retention_days, months=settings.results_months),
            ),
            clock=clock,
        )


async def reconcile(store: Store, keys: KeyFolder) -> None:
    """Finish what a crash cut short: keys that were just made, keys that should be gone, pourings without a word.

    Gives up what a database that was put back from an older copy can no longer protect.
    """

    async def ids(tx: Transaction) -> tuple[set[str], set[str]]:
        rows = await tx.assessments()
        return {row.id for row in rows if not row.closed}, {row.id for row in rows if row.closed}

    opened, closed = await store.turn(b"", ids)
    found = keys.reconcile(opened, closed)
    if found.strangers:
        log.warning("%d keys belong to no assessment of this database. Is it the right one?", found.strangers)
    if found.missing:
        log.warning("%d open assessments have lost their key. They can only be closed.", found.missing)
    lost = await look_back(store, keys)
    if lost:
        log.warning(
            "The database was put back from an older copy. Results of groups that it has lost: %d. "
            "What was not shown yet about the same principles is erased.",
            lost,
        )


async def serve(
    settings: Settings, *, tell: Callable[[str], None], also: Callable[[str], list[str]] | None = None
) -> None:
    """Run until SIGINT or SIGTERM. ``tell`` prints a line for the operator; ``also`` makes more from the web address.

    Raises:
        The exceptions of ``house``, and AddressUnusable, TokenRefused, Unreachable.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with house(settings) as parts, AsyncExitStack() as stack:
        telegram = None
        if settings.bot_token is not None:
            telegram = TelegramChannel(
                token=settings.bot_token,
                api_url=settings.bot_api_url,
                turns=parts.turns,
                wordings=parts.wordings,
                told=settings.data_folder / TOLD,
            )
            await telegram.start()
            stack.push_async_callback(telegram.stop)
        web = WebChannel(
            address=(settings.web_host, settings.web_port),
            public_url=settings.public_url or "",
            turns=parts.turns,
            wordings=parts.wordings,
            store=parts.store,
            installation_key=parts.keys.installation(),
            clock=time.time,
            telegram=Links(bot=telegram.username if telegram else "").telegram,
            throttling=parts.turns.throttling,
            support=parts.support,
        )
        await web.start()
        stack.push_async_callback(web.stop)
        public = settings.public_url or web.url
        links = Links(bot=telegram.username if telegram else "", web=public, near=only_on_this_machine(public))
        parts.turns.links = links
        first = await invite_first(parts.store, now=parts.clock())
        offered = tuple(parts.wordings.languages.values())
        announcements.tell_all(tell, settings=settings, links=links, local=web.url, first=first, offered=offered)
        for line in also(public) if also else []:
            tell(line)

        async def new_invitation(asked: Mapping[str, object]) -> dict[str, object]:
            return {"lines": announcements.invitation(links, await invite(parts.store, now=parts.clock()))}

        parts.upkeep.serving = True
        errands = {"invite": new_invitation, **parts.upkeep.errands()}
        await stack.enter_async_context(Control(settings.data_folder / CONTROL, errands=errands))
        parts.artist.warm()
        tasks = [asyncio.create_task(tidy(parts.upkeep))]
        if telegram is not None:
            tasks.append(asyncio.create_task(telegram.run()))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            stopping.cancel()
            if telegram is not None:
                await telegram.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, stopping, return_exceptions=True)


async def tidy(upkeep: Upkeep) -> None:
    """See every hour to what is past its time. What fails is tried again an hour later: people can go on meanwhile."""
    while True:
        try:
            await upkeep.hourly()
        except Exception as error:
            # Its kind only: a message of the store's may name what it could not keep.
            log.error("Erasing what is past its time failed (%s). It is tried again.", type(error).__name__)
        await asyncio.sleep(TIDY_EVERY)
