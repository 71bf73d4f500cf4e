"""A running installation of Equal Voice, without channels."""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot import viewing
from bot.desk import Desk
from bot.keys import KeyFolder
from bot.languages import ENGLISH
from bot.replies import Person
from bot.retention import Terms
from bot.sealing import token_hash, visitor_id
from bot.turns import Turns
from bot.upkeep import Upkeep
from bot.wording import Wordings
from conversations.questionnaire import Questionnaire, parse
from conversations.says import Phrase
from conversations.situation import AssessmentView, Links, Operator, Support
from storage.memory import MemoryStore
from storage.store import Store, Token, Transaction
from walking.artist import NoArtist

SHIPPED = Path(__file__).parents[3] / "conversations" / "questionnaires" / "maternity-neonatal.toml"
NOON = 1_800_000_000
"""When the clock starts: in January 2027."""
TERMS = Terms(days=90, months=24)
"""How long things are kept: the defaults of the settings."""

SUPPORT = (
    Support(
        name="Night line", what=Phrase("Somebody to talk to."), reach=("116 000",), emergency=False, audience="both"
    ),
    Support(
        name="Union", what=Phrase("For staff."), reach=("https://union.example",), emergency=False, audience="staff"
    ),
    Support(
        name="Ambulance",
        what=Phrase("In danger."),
        reach=("999",),
        emergency=True,
        audience="both",
        when=Phrase("Always"),
    ),
)


class Clock:
    """A clock that stands still until a test moves it. Seconds since 1970."""

    def __init__(self, now: int = NOON) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


@cache
def questionnaire() -> Questionnaire:
    """The shipped questionnaire."""
    return parse(SHIPPED.read_text("utf-8"), SHIPPED.name)


@cache
def small_questionnaire() -> Questionnaire:
    """Its first two principles with two statements each, for tests that hand in a lot."""
    whole = questionnaire()
    few = tuple(replace(principle, statements=principle.statements[:2]) for principle in whole.principles[:2])
    return replace(whole, principles=few)


@cache
def wordings(languages: tuple[str, ...] = (ENGLISH,)) -> Wordings:
    """Languages on offer, none given: all there are. Most tests offer English only, so that nobody has to choose."""
    return Wordings(only=languages)


class House:
    """Turns over a store, with keys in a folder. ``clock.now`` may be set."""

    def __init__(
        self,
        folder: Path,
        *,
        store: Store | None = None,
        questionnaire: Questionnaire | None = None,
        smallest_threshold: int = 5,
        languages: tuple[str, ...] = (ENGLISH,),
    ) -> None:
        self.languages = languages
        self.store: Store = MemoryStore() if store is None else store
        self.clock = Clock()
        self.artist = NoArtist()
        self.folder = folder / "keys"
        self.questionnaire = _shipped() if questionnaire is None else questionnaire
        self.offered = wordings(languages)
        self._operator = Operator(
            name="The charity", contact="help@charity.example", smallest_threshold=smallest_threshold
        )
        self.open()

    def open(self) -> None:
        """Start, or start again after a crash: only the store and the key folder outlast it."""
        self.keys = KeyFolder(self.folder)
        self.installation = self.keys.installation()
        self.turns = Turns(
            store=self.store,
            keys=self.keys,
            questionnaire=self.questionnaire,
            wordings=self.offered,
            operator=self._operator,
            support=SUPPORT,
            artist=self.artist,
            clock=self.clock,
        )
        self.upkeep = Upkeep(store=self.store, keys=self.keys, clock=self.clock, terms=TERMS)
        self.upkeep.serving = True
        self.turns.links = Links(bot="equal_voice_bot", web="https://voice.example")

    def visitor(self, person: Person) -> bytes:
        """Under which id the store knows this person."""
        return visitor_id(self.installation, person.channel, person.id)

    async def invitation(self, *, kind: Token = "invitation") -> str:
        """The payload of a fresh invitation link."""
        token = secrets.token_urlsafe(24)
        until = self.clock.now + 7 * 24 * 60 * 60

        async def work(tx: Transaction) -> None:
            await tx.put_token(token_hash(token), kind=kind, sealed=b"-", until=until)

        await self.store.turn(b"operator", work)
        return f"i-{token}"

    async def desk(self, person: Person) -> Desk:
        """What is stored of somebody. Its transaction is over: for reading its fields only."""

        async def work(tx: Transaction) -> Desk:
            return await Desk.load(tx, person, keys=self.keys, installation=self.installation)

        return await self.store.turn(self.visitor(person), work)

    async def view(self, person: Person, assessment: str) -> AssessmentView:
        """What the facilitator of an assessment may see."""

        async def work(tx: Transaction) -> AssessmentView:
            desk = await Desk.load(tx, person, keys=self.keys, installation=self.installation)
            row = await tx.assessment(assessment)
            assert row is not None
            return await viewing.assessment(desk, row, self.questionnaire)

        return await self.store.turn(self.visitor(person), work)


_shipped = questionnaire
