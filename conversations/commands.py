"""What the conversation asks to be done. bot/turns.py performs each command inside the turn's transaction.

Two kinds. A plain command changes something and is done with. A ``Waiting`` command's result decides what is said
next: the dialogue waits, and the outcome comes back as an ``Outcome`` input whose ``result`` is one of the words
listed here. A step holds at most one of the second kind, and it comes last.
"""

from __future__ import annotations

from dataclasses import dataclass

from conversations.pools import Choice
from conversations.situation import Audience


@dataclass(frozen=True, kw_only=True)
class SetLanguage:
    """Speak this language with this person from now on."""

    language: str


@dataclass(frozen=True, kw_only=True)
class SaveChoice:
    """Write one choice of this participant; takes the part out of what is handed in."""

    principle: str
    statement: str
    choice: Choice


@dataclass(frozen=True, kw_only=True)
class SaveComment:
    """Write this participant's comment ("" erases it); takes the part out of what is handed in."""

    principle: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """Hand in one principle."""

    principle: str


@dataclass(frozen=True, kw_only=True)
class TakeOut:
    """Take a handed-in principle out again, so that it can be changed."""

    principle: str


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """Erase everything of this participant that is not poured, and leave the assessment."""


@dataclass(frozen=True, kw_only=True)
class Forget:
    """Erase everything of this person that is not poured, in every open assessment, and the visitor itself.

    The turn writes nothing of this person afterwards.
    """


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Go out of the assessment, keeping every answer; the same session code leads back in."""


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """Which group has this session code?

    Results: "found" (assessment, group), "mine" (this person already takes part there), "other-group" (takes part in
    another group of the same assessment: assessment, group), "own" (they facilitate it), "closed", "unknown",
    "wait" (until: seconds; too many wrong codes).
    """

    code: str


@dataclass(frozen=True, kw_only=True)
class Join:
    """Take part in this group, after "I agree". Results: "joined", "mine", "own", "closed", "other-group"."""

    assessment: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """Change to another group of the same assessment with all answers.

    Results: "moved", "closed", "poured" (too late).
    """

    assessment: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Redeem:
    """Use an invitation ("i"), a link for a second device ("d") or one for a second facilitator ("f").

    Results: "welcome", "joined" (second device), "already" (is a facilitator), "taking-part" (a participant of an
    assessment of that account), "shared" (second facilitator: assessment), "runs" (runs it already), "takes-part"
    (a participant of it, now or before), "unknown" (used, expired, mistyped), "wait" (until).
    """

    token: str


@dataclass(frozen=True, kw_only=True)
class Create:
    """Create an assessment. ``groups``: audience and name ("" for staff and users).

    Results: "created" (assessment), "refused" (no facilitator).
    """

    organisation: str
    groups: tuple[tuple[Audience, str], ...]
    threshold: int
    hear_by: int


@dataclass(frozen=True, kw_only=True)
class Show:
    """Pour these cells (group, principle), as far as they may be poured (rule 1): those that the warning named.

    Results: "shown", "too-few" (nothing could be), "closed", "refused".
    """

    assessment: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Close:
    """Close answers: pour the last batches, erase the rest, destroy the key.

    Results: "closed", "already", "refused".
    """

    assessment: str


@dataclass(frozen=True, kw_only=True)
class Withhold:
    """Hide a comment of one group and principle from now on, before or after closing. Its facilitator's only."""

    assessment: str
    group: str
    principle: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """Put a hidden comment back."""

    assessment: str
    group: str
    principle: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class Erase:
    """Erase a closed assessment with all its results. Only the account that created it may.

    Results: "erased", "open" (answers must be closed first), "refused".
    """

    assessment: str


@dataclass(frozen=True, kw_only=True)
class NewDevice:
    """Make a one-time link for a second device of this facilitator. Results: "made" (token, until), "refused"."""


@dataclass(frozen=True, kw_only=True)
class EndDevices:
    """Let no other device open this account from now on, and make unused links for one worthless.

    Results: "ended" (n: how many devices there were), "refused".
    """


@dataclass(frozen=True, kw_only=True)
class Share:
    """Make a one-time link for a second facilitator of this assessment.

    Results: "made" (token, until), "refused" (only whoever created it may).
    """

    assessment: str


@dataclass(frozen=True, kw_only=True)
class Unshare:
    """Let nobody else run this assessment from now on. Results: "ended", "refused" (only whoever created it may)."""

    assessment: str


@dataclass(frozen=True, kw_only=True)
class ResumeCode:
    """Make a one-time code, good for so many ``days``, with which this person goes on in another browser (web only).

    Results: "made" (code, until). The other browser types it at /resume, which the web channel handles itself.
    """

    days: int = 1


Waiting = (
    LookUp
    | Join
    | Move
    | Redeem
    | Create
    | Show
    | Close
    | Erase
    | NewDevice
    | EndDevices
    | Share
    | Unshare
    | ResumeCode
)
Command = (
    SetLanguage | SaveChoice | SaveComment | HandIn | TakeOut | Withdraw | Forget | Leave | Withhold | Release | Waiting
)
