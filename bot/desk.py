"""One person's turn: what of them is loaded, where they are, and what has to be written back.

A desk lives inside one transaction. It decides nothing; bot/performing.py and bot/turns.py do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.keys import KeyFolder
from bot.records import (
    Chat,
    Visitor,
    open_chat,
    open_dialogue,
    open_visitor,
    seal_chat,
    seal_dialogue,
    seal_visitor,
)
from bot.replies import Person
from bot.running import may_run
from bot.sealing import participant_id, visitor_id
from conversations.dialogue import START, Dialogue
from storage.store import AssessmentRow, ParticipantRow, Transaction


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody's place in an open assessment: its row, its key, and the participant's row."""

    assessment: AssessmentRow
    key: bytes
    row: ParticipantRow


@dataclass(kw_only=True)
class Desk:
    """The state of one turn. ``afterwards`` is done once the transaction has committed."""

    tx: Transaction
    person: Person
    keys: KeyFolder
    installation: bytes
    id: bytes
    loaded: Visitor
    visitor: Visitor
    loaded_chat: Chat
    chat: Chat
    bot: str
    dialogue: Dialogue = START
    seat: Seat | None = None
    told: frozenset[str] = frozenset()
    """Of which principles this participant was told that they are mixed in."""
    away: str = ""
    """What happened to this person's assessment while they were away, as the id of a text; "" for nothing."""
    parted: bool = False
    """Whether this person has just lost their account, because it runs by now what they take part in."""
    afterwards: list[Callable[[], None]] = field(default_factory=list)
    forgotten: bool = False
    """Everything of this person was erased in this turn, so nothing of them may be written any more."""

    @classmethod
    async def load(
        cls, tx: Transaction, person: Person, *, keys: KeyFolder, installation: bytes, bot: str = ""
    ) -> Desk:
        """Read everything about this person that a turn starts from. ``bot``: the name of the bot they write to."""
        id_ = visitor_id(installation, person.channel, person.id)
        sealed = await tx.visitor(id_)
        visitor = Visitor() if sealed is None else open_visitor(installation, id_, sealed)
        chat = Chat()
        if person.channel == "telegram":
            chat = open_chat(installation, id_, await tx.address(id_), bot=bot)
        desk = cls(
            tx=tx,
            person=person,
            keys=keys,
            installation=installation,
            id=id_,
            loaded=visitor,
            visitor=visitor,
            loaded_chat=chat,
            chat=chat,
            bot=bot,
            dialogue=visitor.dialogue,
        )
        if visitor.assessment and not await desk.enter(visitor.assessment):
            desk.visitor = replace(visitor, assessment="", dialogue=START)
            desk.dialogue = START
            row = await tx.assessment(visitor.assessment)
            unreadable = row is not None and not row.closed and keys.get(row.id) is None
            desk.away = "closed.no-key" if unreadable else "closed.while-away"
        await desk._part_from_an_account_that_runs_what_they_take_part_in()
        return desk

    async def _part_from_an_account_that_runs_what_they_take_part_in(self) -> None:
        """Another device of the account may have been given an assessment while this one took part in it."""
        if not await may_run(self, self.visitor.facilitator):
            self.visitor = replace(self.visitor, facilitator=b"")
            self.parted = True

    async def find_seat(self, assessment: str) -> Seat | None:
        """This person's place in an assessment; None when there is none, or it is closed."""
        row = await self.tx.assessment(assessment)
        key = self.keys.get(assessment) if row is not None and not row.closed else None
        if row is None or key is None:
            return None
        found = await self.tx.participant(participant_id(key, self.person.channel, self.person.id))
        return None if found is None else Seat(assessment=row, key=key, row=found)

    async def takes_or_took_part(self, row: AssessmentRow) -> bool:
        """Whether this person is or was a participant of an open assessment, as far as anything of them remains."""
        key = self.keys.get(row.id) if not row.closed else None
        if key is None:
            return False
        participant = participant_id(key, self.person.channel, self.person.id)
        return await self.tx.participant(participant) is not None or bool(await self.tx.spent(participant))

    async def enter(self, assessment: str) -> bool:
        """Sit down at the place in an assessment, with the dialogue as it was left. False when there is none."""
        seat = await self.find_seat(assessment)
        if seat is None:
            return False
        self.seat = seat
        self.dialogue, self.told = open_dialogue(seat.key, seat.row.id, seat.row.sealed)
        self.visitor = replace(self.visitor, assessment=assessment, dialogue=START)
        return True

    def stand_up(self) -> None:
        """Go out of the assessment. The participant's own dialogue stays as it was stored."""
        self.seat = None
        self.visitor = replace(self.visitor, assessment="")

    def forget(self) -> None:
        """From here on this is nobody we know. The language stays for the rest of the turn, to say goodbye in."""
        self.forgotten, self.seat = True, None
        self.visitor = Visitor(language=self.visitor.language)

    async def save(self) -> None:
        """Write back what has changed; nothing of somebody who was forgotten."""
        if self.forgotten:
            return
        if self.seat is None:
            self.visitor = replace(self.visitor, dialogue=self.dialogue)
        else:
            sealed = seal_dialogue(self.seat.key, self.seat.row.id, self.dialogue, told=self.told)
            await self.tx.put_dialogue(self.seat.row.id, sealed)
        if self.visitor != self.loaded:
            await self.tx.put_visitor(self.id, seal_visitor(self.installation, self.id, self.visitor))
        await self.save_chat()

    async def save_chat(self) -> None:
        """Write back what has changed of the chat. On the web there is none, and of somebody unknown nothing is kept.

        An old button, or one that comes twice, may be tapped by somebody who was forgotten.
        """
        if self.visitor == Visitor() and not self.chat.last:
            return
        if self.chat != self.loaded_chat and self.person.channel == "telegram":
            await self.tx.put_address(self.id, seal_chat(self.installation, self.id, self.chat, bot=self.bot))
