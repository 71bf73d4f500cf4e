"""A practice assessment with made-up participants, so that a facilitator can see every chart before the day.

It lies in folders of its own and says "practice" on every card and picture. The made-up people walk through the real
conversation, store and pouring; only their answers are drawn by lot, always the same ones.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.bootstrap import House, house, serve
from bot.desk import Desk
from bot.invitations import invite_first, new_token
from bot.performing import DAY, Performer, random_id
from bot.replies import Drawn, Person, Reply
from bot.sealing import token_hash, visitor_id
from bot.settings import Settings
from conversations.cards import Picture
from conversations.commands import Create
from conversations.inputs import Input, Opened, Tap, Typed
from storage.store import Transaction

FOLDER = "rehearsal"
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


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What the rehearsal left behind. ``token`` lets one device in as its facilitator."""

    token: str
    pictures: list[Path]


async def rehearse(settings: Settings, *, tell: Callable[[str], None], stay: bool = True) -> None:
    """Make the practice assessment, save its pictures, and serve it until stopped (unless ``stay`` is false)."""
    folder = settings.data_folder.parent / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
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
        return await self._create()

    async def show(self, assessment: str) -> None:
        """Show everything that is ready."""
        await self._tap(("open", assessment), ("f-show", ""), ("show", "all"), ("now", ""))

    async def _create(self) -> tuple[str, dict[str, str]]:
        """A marked assessment for the facilitator; returns its id and the session codes by audience."""
        parts, id_ = self._parts, random_id()
        performer = Performer(questionnaire=parts.questionnaire, clock=parts.clock)
        command = Create(
            organisation="Practice Hospital",
            groups=(("staff", ""), ("users", "")),
            threshold=5,
            hear_by=parts.clock() + 28 * DAY,
        )

        async def work(tx: Transaction) -> Desk:
            key = parts.keys.installation()
            desk = await Desk.load(tx, self.facilitator, keys=parts.keys, installation=key)
            await performer.create(desk, id_, command, practice=True)
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
        token, parts = new_token(), self._parts

        async def work(tx: Transaction) -> None:
            desk = await Desk.load(tx, self.facilitator, keys=parts.keys, installation=parts.keys.installation())
            account, until = desk.visitor.facilitator, parts.clock() + DAY
            await tx.put_token(token_hash(token), kind="device", sealed=account, until=until)

        await parts.store.turn(self._visitor(), work)
        return token

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
