"""A practice assessment with made-up participants, so that a facilitator can see every chart before the day.

It lies in folders of its own and says "practice" on the first card, on the facilitator's cards about it and on every
picture. The made-up people walk through the real conversation, store and pouring; only their answers are drawn by lot,
always the same ones.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.bootstrap import House, house, serve
from bot.desk import Desk
from bot.invitations import invite_first
from bot.languages import ENGLISH
from bot.lock import LOCK_FILE, DataLock, UnusableDataFolder
from bot.performing import Performer, random_id
from bot.replies import Drawn, Person, Reply
from bot.sealing import visitor_id
from bot.setting_values import one_inside_the_other
from bot.settings import Settings
from conversations.cards import Picture
from conversations.commands import Create, NewDevice
from conversations.days import DAY
from conversations.inputs import Input, Opened, Tap, Typed
from storage.store import Transaction

FOLDER = "rehearsal"
MARKER = ".equal-voice-rehearsal"
"""An empty file in every folder that a rehearsal made: what lies beside it may be removed."""
STAFF, USERS, LEFT_OVER = 9, 12, 2
COMMENTS = {
    "staff": (
        "Time for meetings on the rota, not after a night shift.",
        "A short training for everybody on how to ask people and really listen.",
        "Tell us what came of it when somebody made a suggestion.",
    ),
    "users": (
        "Ask us before you decide, not after.",
        "Meet in a place with space for a pram, and pay the bus.",
        "Letters in words that I understand.",
        "Somebody from the ward could come to our parents' group.",
    ),
}


class NotOurFolder(Exception):
    """A rehearsal would remove what none made. The message is one sentence that names the remedy."""


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What the rehearsal left behind. ``token`` lets one device in as its facilitator."""

    token: str
    pictures: list[Path]


async def rehearse(settings: Settings, *, tell: Callable[[str], None], stay: bool = True) -> None:
    """Make the practice assessment, save its pictures, and serve it until stopped (unless ``stay`` is false).

    Raises:
        NotOurFolder, and the exceptions of ``serve``.
    """
    folder = settings.data_folder.parent / FOLDER
    _make_room(folder, real=(settings.data_folder, settings.key_folder))
    # Never the real bot, data or public address: a rehearsal is for one person at one machine.
    apart = replace(
        settings,
        bot_token=None,
        public_url=None,
        web_host="127.0.0.1",
        web_port=0,
        data_folder=folder / "data",
        key_folder=folder / "keys",
        operator_name=settings.operator_name or "Nobody: this is practice",
        operator_contact=settings.operator_contact or "nobody@example.org",
    )
    async with house(apart) as parts:
        made = await Rehearsal(parts).play(folder / "pictures")
    tell(f"The practice assessment is ready. {len(made.pictures)} pictures lie in {folder / 'pictures'}.")
    if stay:
        tell("Made-up people took part in it. It has a folder of its own and touches no real data.")

        def after(address: str) -> list[str]:
            return [f"Open this once to be its facilitator: {address}/d/{made.token}"]

        await serve(apart, tell=tell, also=after)


def _make_room(folder: Path, *, real: tuple[Path, Path]) -> None:
    """Leave our marker and the lock's file in the folder, and nothing else of an earlier rehearsal.

    Raises:
        NotOurFolder: it shares something with the real folders, or no rehearsal made it.
        AlreadyRunning: a rehearsal runs there.
        UnusableDataFolder: it cannot be made or emptied.
    """
    if any(one_inside_the_other(folder, one) for one in real):
        raise NotOurFolder(
            f"A rehearsal needs the folder {folder} for itself: choose a DATA_FOLDER and a KEY_FOLDER outside it."
        )
    data = folder / "data"
    try:
        if not _may_be_emptied(folder) or data.is_symlink():
            raise NotOurFolder(
                f"A rehearsal empties the folder {folder}, and no rehearsal made the one that is there: "
                "move it elsewhere, or choose another DATA_FOLDER."
            )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / MARKER).touch()
        with DataLock(data):
            # The lock's file stays: without it, another process could lock a new file of that name.
            for path in (*folder.iterdir(), *data.iterdir()):
                if path not in (folder / MARKER, data, data / LOCK_FILE):
                    _remove(path)
    except OSError as error:
        raise UnusableDataFolder(
            f"The folder {folder} of the last rehearsal cannot be used ({os.strerror(error.errno or 0)}): "
            "remove it, or choose another DATA_FOLDER."
        ) from None


def _may_be_emptied(folder: Path) -> bool:
    """Whether the folder is ours, or empty as after a crash between making and marking it, or not there at all."""
    if folder.is_symlink() or not folder.is_dir():
        return not os.path.lexists(folder)
    return (folder / MARKER).is_file() or not any(folder.iterdir())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


class Rehearsal:
    """Plays the parts of a facilitator and of made-up participants."""

    def __init__(self, parts: House) -> None:
        self._parts = parts
        self._lot = random.Random(2026)  # noqa: S311 - made-up answers, the same each time
        self.facilitator = Person(channel="web", id=random_id())

    async def play(self, pictures: Path) -> Rehearsed:
        """From the invitation to the closing; pictures are written into that folder."""
        assessment, codes = await self.prepare()
        for audience, people in (("staff", STAFF), ("users", USERS)):
            for _ in range(people):
                await self._take_part(codes[audience], audience)
        await self.show(assessment)
        for _ in range(LEFT_OVER):
            await self._take_part(codes["users"], "users")
        saved = await self._save(pictures, assessment)
        return Rehearsed(token=await self._device(), pictures=saved)

    async def prepare(self) -> tuple[str, dict[str, str]]:
        """A facilitator with a practice assessment; returns its id and the session codes by audience."""
        invitation = await invite_first(self._parts.store, now=self._parts.clock())
        await self._do(self.facilitator, Opened(f"i-{invitation}"))
        await self._tap(("speak", ENGLISH))
        return await self._create()

    async def show(self, assessment: str) -> None:
        """Show everything that is ready."""
        await self._tap(("open", assessment), ("f-show", ""), ("show", "all"), ("now", ""))

    async def _create(self) -> tuple[str, dict[str, str]]:
        """A marked assessment for the facilitator; returns its id and the session codes by audience."""
        parts, id_ = self._parts, random_id()
        command = Create(
            organisation="Practice Hospital",
            groups=(("staff", ""), ("users", "")),
            threshold=5,
            hear_by=parts.clock() + 28 * DAY,
        )

        async def work(tx: Transaction) -> Desk:
            desk = await self._desk(tx)
            await self._performer().create(desk, id_, command, practice=True)
            return desk

        desk = await parts.store.turn(self._visitor(), work)
        for do in desk.afterwards:
            do()
        await self._tap(("open", id_), ("f-invite", ""))
        codes = {}
        card = (await parts.turns.look(self.facilitator)).card
        for choice, audience in zip(
            [button for button in card.buttons() if button.action == "f-group"], ("staff", "users"), strict=True
        ):
            await self._tap(("f-group", choice.value))
            shown = (await parts.turns.look(self.facilitator)).card
            codes[audience] = next(
                words for block in shown.blocks if block.kind == "code" and (words := getattr(block.text, "words", ""))
            )
            await self._tap(("f-invite", ""))
        await self._tap(("f-home", ""))
        return id_, codes

    async def _take_part(self, code: str, audience: str) -> None:
        """One made-up person, from the session code to the end."""
        person = Person(channel="web", id=random_id())
        await self._do(person, Typed(code))
        await self._do(person, Tap("speak", ENGLISH))
        reply = await self._do(person, Tap("agree"))
        while reply.card.state != "end":
            reply = await self._do(person, self._answer(reply.card.state, audience))

    def _answer(self, state: str, audience: str) -> Input:
        if state == "question":
            if self._lot.random() < 0.06:
                return Tap("score", "unknown")
            around = 3.7 if audience == "staff" else 2.8
            return Tap("score", str(min(5, max(1, round(self._lot.gauss(around, 1.1))))))
        if state == "comment":
            if self._lot.random() < 0.3:
                return Typed(self._lot.choice(COMMENTS[audience]), whole=True)
            return Tap("go-on")
        return Tap("hand-in")

    async def _save(self, folder: Path, assessment: str) -> list[Path]:
        wanted = [Picture(kind="overview", assessment=assessment), Picture(kind="gaps", assessment=assessment)]
        for principle in self._parts.questionnaire.principles:
            wanted.append(Picture(kind="principle", assessment=assessment, about=principle.id))
        drawn = [(picture, await self._parts.turns.draw(self.facilitator, picture)) for picture in wanted]
        return _write(folder, {picture.about or picture.kind: one for picture, one in drawn if one is not None})

    async def _device(self) -> str:
        """A one-time link that makes a browser part of the made-up facilitator's account."""

        async def work(tx: Transaction) -> str:
            made = await self._performer().perform(await self._desk(tx), NewDevice())
            return made.text("token") if made else ""

        return await self._parts.store.turn(self._visitor(), work)

    async def _desk(self, tx: Transaction) -> Desk:
        keys = self._parts.keys
        return await Desk.load(tx, self.facilitator, keys=keys, installation=keys.installation())

    def _performer(self) -> Performer:
        return Performer(questionnaire=self._parts.questionnaire, clock=self._parts.clock)

    def _visitor(self) -> bytes:
        return visitor_id(self._parts.keys.installation(), self.facilitator.channel, self.facilitator.id)

    async def _tap(self, *taps: tuple[str, str]) -> None:
        for action, value in taps:
            await self._do(self.facilitator, Tap(action, value))

    async def _do(self, person: Person, given: Input) -> Reply:
        return await self._parts.turns.take(person, given)


def _write(folder: Path, pictures: Mapping[str, Drawn]) -> list[Path]:
    """Each picture and its caption as two files of that name; returns the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawn in pictures.items():
        (folder / f"{name}.png").write_bytes(drawn.png)
        (folder / f"{name}.txt").write_text(drawn.caption + "\n", encoding="utf-8")
    return [folder / f"{name}.png" for name in pictures]
