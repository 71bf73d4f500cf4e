"""The Store: where everything is kept, as the program sees it. Two implementations: memory.py and sqlite.py.

One method opens a turn; everything else happens on the ``Transaction`` it hands to the work. Ids and sealed
values are bytes that mean nothing here: this folder knows no keys, no questionnaire and no sentence.

Rules that every implementation keeps, and the contract suite checks:

* A turn is all or nothing. If its work raises, nothing of it is kept; a cancelled turn keeps nothing
  either, unless its commit was already under way: then it is kept whole, and the cancellation goes on from
  there.
* What a returned turn wrote survives ``kill -9`` and power loss (the shipped memory store excepted).
* A part that is marked spent can never be written, handed in or poured again, whatever happens in between.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

T = TypeVar("T")
Token = Literal["invitation", "first", "device", "share", "resume"]


class StoreError(Exception):
    """Something is wrong with the store."""


class Unavailable(StoreError):
    """The store cannot be written right now. Confirm nothing, wait, and try the same turn again."""


class Refused(StoreError):
    """The store cannot be opened as it is; nothing was changed. The message is one sentence with a remedy."""


@dataclass(frozen=True, kw_only=True)
class AssessmentRow:
    """An assessment. ``sealed`` (installation key) holds its words; ``threshold`` never changes.

    ``active``: the day, counted from 1 January 1970 in UTC, on which it was last used. ``due``: the day on which it is
    erased if nobody uses it before; 0 while that is not to be told yet.
    """

    id: str
    facilitator: bytes
    threshold: int
    closed: bool
    sealed: bytes
    active: int = 0
    due: int = 0


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """A group. ``code`` is the keyed hash of its session code; ``joined`` never falls.

    ``position`` starts at 0.
    """

    id: str
    assessment: str
    position: int
    code: bytes
    joined: int
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class ParticipantRow:
    """One person's pass. ``sealed`` (assessment key) holds the dialogue."""

    id: bytes
    assessment: str
    group: str
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """One participant's answers to one principle, sealed under the assessment key."""

    participant: bytes
    principle: str
    handed_in: bool
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class PoolRow:
    """A cell's pool. ``group`` is "" for the left-over batch of everyone.

    ``shown`` is sealed under the installation key; ``hidden`` under the assessment key, b"" when there is
    none.
    """

    assessment: str
    group: str
    principle: str
    shown: bytes
    hidden: bytes


class Transaction(Protocol):
    """Everything that one turn may read and write. Mappings come in no particular order.

    It ends with its turn. Misuse, such as a second group with the same code or a participant in an unknown
    group, raises ValueError, without any value in its message. After any error here the turn cannot be
    kept, even if the work goes on.
    """

    # visitors
    async def visitor(self, visitor: bytes) -> bytes | None:
        """The sealed record of a visitor; None for somebody new."""

    async def put_visitor(self, visitor: bytes, sealed: bytes) -> None: ...

    async def remove_visitor(self, visitor: bytes) -> None: ...

    async def visitors(self) -> Mapping[bytes, bytes]:
        """Every visitor's sealed record, for what retention says."""

    async def address(self, visitor: bytes) -> bytes | None:
        """The sealed number of the last chat message acted upon, and to which bot; None when there is none.

        No chat id is in it.
        """

    async def put_address(self, visitor: bytes, sealed: bytes) -> None: ...

    async def remove_address(self, visitor: bytes) -> None: ...

    # browsers and one-time tokens
    async def browser(self, cookie: bytes) -> bytes | None:
        """The sealed record (person, hash of the last resume code) behind the hash of a cookie.

        None when it was never seen or has ended.
        """

    async def put_browser(self, cookie: bytes, sealed: bytes) -> None: ...

    async def remove_browser(self, cookie: bytes) -> None: ...

    async def browsers(self) -> Mapping[bytes, bytes]:
        """Every browser's sealed record by the hash of its cookie, to find those of a person who is to be forgotten."""

    async def put_token(self, token: bytes, *, kind: Token, sealed: bytes, until: int) -> None:
        """Keep the hash of a one-time token. From the second ``until`` on it is too old.

        ``sealed`` is b"" for an invitation, the bare account id for a device, the bare assessment id for sharing one,
        a sealed record for a resume code.
        """

    async def take_token(self, token: bytes, *, kind: Token, now: int) -> bytes | None:
        """Use a token up: what was kept with it, or None when it is unknown, of another kind or too old."""

    async def token(self, token: bytes, *, kind: Token, now: int) -> bytes | None:
        """The same without using it up."""

    async def tokens(self, *, kind: Token) -> Mapping[bytes, bytes]:
        """What is kept with each token of a kind, those that are too old included."""

    async def remove_tokens(self, *, kind: Token) -> None:
        """Revoke all tokens of a kind."""

    async def forget_tokens(self, *, now: int) -> None:
        """Remove every token whose time is over."""

    # facilitators
    async def add_facilitator(self, facilitator: bytes) -> None:
        """Add a facilitator's account: a random id and nothing else. Adding it again does nothing."""

    async def facilitators(self) -> int:
        """How many accounts there are."""

    # assessments
    async def add_assessment(self, assessment: AssessmentRow, groups: Sequence[GroupRow]) -> None: ...

    async def assessment(self, assessment: str) -> AssessmentRow | None: ...

    async def assessments(self, facilitator: bytes | None = None) -> Sequence[AssessmentRow]:
        """Those that one facilitator runs, their own and shared ones, or all (None), ordered by id."""

    async def touch(self, assessment: str, *, today: int) -> None:
        """It was used on this day: ``active`` never falls, and nothing is due any more."""

    async def set_due(self, assessment: str, *, due: int) -> None:
        """From now on it is told that it will be erased on that day."""

    async def share(self, assessment: str, facilitator: bytes) -> None:
        """Let another account run it as well. A second time, or for its own account, nothing is done.

        Raises:
            ValueError: when there is no such assessment or account.
        """

    async def unshare(self, assessment: str) -> None:
        """Only the account that created it runs it from here on."""

    async def sharers(self, assessment: str) -> frozenset[bytes]:
        """The other accounts that run it."""

    async def remove_assessment(self, assessment: str) -> None:
        """Remove it with everything that belongs to it: groups, participants, parts, spent marks, pools, shares."""

    async def groups(self, assessment: str) -> Sequence[GroupRow]:
        """In the order of ``position``."""

    async def group_with(self, code: bytes) -> GroupRow | None:
        """The group whose session code has this keyed hash."""

    # participants
    async def participant(self, participant: bytes) -> ParticipantRow | None: ...

    async def add_participant(self, row: ParticipantRow) -> bool:
        """Add a participant and count one more who joined the group. False, and nothing done, when already
        there.

        Raises:
            ValueError: when the assessment is closed or does not have this group.
        """

    async def put_dialogue(self, participant: bytes, sealed: bytes) -> None:
        """Write the dialogue of a participant; for anybody else nothing is done."""

    async def move_participant(self, participant: bytes, group: str) -> None:
        """To another group: counts one more who joined there; every part is taken out of what is handed in.

        Nothing is done for somebody who is in that group already, or is not a participant.

        Raises:
            ValueError: when the group is not one of the same assessment.
        """

    async def remove_participant(self, participant: bytes) -> None:
        """Remove the participant and every part; spent marks stay."""

    # parts
    async def parts(self, participant: bytes) -> Mapping[str, PartRow]:
        """The parts that are not poured, by principle."""

    async def spent(self, participant: bytes) -> frozenset[str]:
        """The principles that were poured."""

    async def put_part(self, participant: bytes, principle: str, sealed: bytes) -> bool:
        """Write a part and take it out of what is handed in.

        False, and nothing done, when it is spent or nobody's.
        """

    async def hand_in(self, participant: bytes, principle: str, *, sealed_if_new: bytes) -> bool:
        """Hand a part in, writing ``sealed_if_new`` if there is none. False when it is spent or nobody's."""

    async def take_out(self, participant: bytes, principle: str) -> bool:
        """Take a part out again. False when it is spent or was not handed in."""

    async def handed_in(self, assessment: str) -> Mapping[tuple[str, str], int]:
        """How many parts wait handed in, by (group, principle). Cells without any are left out."""

    # pouring
    async def batch(self, group: str, principle: str) -> Sequence[PartRow]:
        """The handed-in parts of a cell, ordered by their participants' ids, which is no order of arrival."""

    async def spend(self, assessment: str, principle: str, participants: Sequence[bytes]) -> None:
        """Delete these parts and write the spent marks.

        Raises:
            ValueError: when one of them is not handed in or is spent already (the turn must then fail).
        """

    async def give_up(self, assessment: str, group: str, principle: str) -> int:
        """Delete every part of a cell, handed in or not, and mark it spent for everybody in the group.

        Returns how many parts were deleted. Whoever joins the group later is not marked.
        """

    async def pools(self, assessment: str) -> Sequence[PoolRow]: ...

    async def put_pool(self, row: PoolRow) -> None: ...

    async def close(self, assessment: str, *, sealed: bytes) -> bool:
        """Mark closed with new sealed words; delete its participants, parts, spent marks and every
        ``hidden``.

        False, and nothing done, when it is closed already.
        """


class Store(Protocol):
    """A place that keeps everything. Open it with the implementation's own ``open``; always ``close`` it."""

    async def turn(self, visitor: bytes, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run ``work`` in one transaction and return what it returns, after the commit.

        Turns of the same visitor run one after the other.

        Raises:
            Unavailable: when the store could not be read or written; nothing of the turn was kept.
        """

    async def close(self) -> None:
        """Finish the turns under way and release everything. A second call does nothing."""
