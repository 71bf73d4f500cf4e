"""What lies inside sealed values: small JSON records, sealed with the key they belong to. No SQL and no rules here.

Every value is bound to its place by ``about``, so that a sealed value that is moved to another row does not open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from bot.sealing import open_json, seal_json
from conversations.dialogue import START, Dialogue
from conversations.dialogue import read as read_dialogue
from conversations.dialogue import write as write_dialogue
from conversations.pools import Choice, Part, Pool, Tally
from conversations.situation import Audience, Group
from storage.store import AssessmentRow, GroupRow, PoolRow

MESSAGES = 400
"""The ids of so many messages of a chat are kept at most."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A visitor: language (None until chosen), the number of the current card, where they are, wrong codes.

    ``assessment``: the one they take part in right now. ``facilitator``: their account, b"" when they have none.
    ``wrong``: when they typed wrong codes, in seconds, the last ten minutes only. ``seen``: the month in which they
    were last here, as ``conversations.days.month_of`` counts; 0 in a record that is older than this field.
    """

    language: str | None = None
    card: int = 0
    assessment: str = ""
    facilitator: bytes = b""
    wrong: tuple[int, ...] = ()
    dialogue: Dialogue = START
    seen: int = 0


def seal_visitor(key: bytes, visitor_id: bytes, visitor: Visitor) -> bytes:
    """A visitor's record under the installation key."""
    value = {
        "language": visitor.language,
        "card": visitor.card,
        "assessment": visitor.assessment,
        "facilitator": visitor.facilitator.hex(),
        "wrong": list(visitor.wrong),
        "dialogue": write_dialogue(visitor.dialogue),
        "seen": visitor.seen,
    }
    return seal_json(key, value, about=b"visitor" + visitor_id)


def open_visitor(key: bytes, visitor_id: bytes, sealed: bytes) -> Visitor:
    """The record that ``seal_visitor`` sealed."""
    value = open_json(key, sealed, about=b"visitor" + visitor_id)
    return Visitor(
        language=value["language"],
        card=value["card"],
        assessment=value["assessment"],
        facilitator=bytes.fromhex(value["facilitator"]),
        wrong=tuple(value["wrong"]),
        dialogue=read_dialogue(value["dialogue"]),
        seen=value.get("seen", 0),
    )


@dataclass(frozen=True, kw_only=True)
class Chat:
    """A visitor's private chat with the bot. It lies beside nothing else of the visitor.

    ``last``: the id of the last message of theirs that was acted on; 0 when there was none. ``messages``: ids of the
    newest messages of both sides that may still be deleted, in ascending order, without times.
    """

    last: int = 0
    messages: tuple[int, ...] = ()

    def noting(self, *, message: int | None, others: Iterable[int] = ()) -> Chat:
        """The same once a message of theirs was acted on, and once these others stand in the chat too."""
        own = () if message is None else (message,)
        newest = sorted({*self.messages, *others, *own})[-MESSAGES:]
        return Chat(last=max(self.last, message or 0), messages=tuple(newest))

    def without(self, gone: Collection[int]) -> Chat:
        """The same once these messages are deleted."""
        return replace(self, messages=tuple(id_ for id_ in self.messages if id_ not in gone))


def seal_chat(key: bytes, visitor_id: bytes, chat: Chat, *, bot: str) -> bytes:
    """A chat's record under the installation key, for the bot of this name."""
    value = {"last": chat.last, "messages": list(chat.messages), "bot": bot}
    return seal_json(key, value, about=b"address" + visitor_id)


def open_chat(key: bytes, visitor_id: bytes, sealed: bytes | None, *, bot: str) -> Chat:
    """The record that ``seal_chat`` sealed. Another bot has a chat of its own and counts its messages from 1."""
    value = {} if sealed is None else open_json(key, sealed, about=b"address" + visitor_id)
    if value.get("bot") != bot:
        return Chat()
    return Chat(last=value["last"], messages=tuple(value.get("messages", ())))


def seal_dialogue(key: bytes, participant: bytes, dialogue: Dialogue, *, told: frozenset[str] = frozenset()) -> bytes:
    """A participant's dialogue under the assessment key. ``told``: of which principles they know they are mixed in."""
    value = write_dialogue(dialogue) | ({"told": sorted(told)} if told else {})
    return seal_json(key, value, about=b"dialogue" + participant)


def open_dialogue(key: bytes, participant: bytes, sealed: bytes) -> tuple[Dialogue, frozenset[str]]:
    """The dialogue that ``seal_dialogue`` sealed, and of what they were told. Older programs told nobody."""
    value = open_json(key, sealed, about=b"dialogue" + participant)
    return read_dialogue(value), frozenset(value.get("told", []))


def seal_part(key: bytes, participant: bytes, principle: str, part: Part) -> bytes:
    """A participant's answers to one principle under the assessment key."""
    value = {"choices": dict(part.choices), "comment": part.comment}
    return seal_json(key, value, about=b"part" + participant + principle.encode())


def open_part(key: bytes, participant: bytes, principle: str, sealed: bytes) -> Part:
    """The part that ``seal_part`` sealed."""
    value = open_json(key, sealed, about=b"part" + participant + principle.encode())
    return Part(choices=cast(Mapping[str, Choice], value["choices"]), comment=value["comment"])


@dataclass(frozen=True, kw_only=True)
class About:
    """The words of an assessment. ``left_out``: by principle, how many could not be counted at closing.

    ``unread``: they were so because the key was missing, however many they were.
    ``lapsed``: it was closed by itself after so many days without use; 0 when it was not. ``lapsed_on``: on which day.
    """

    organisation: str
    hear_by: int
    practice: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    unread: bool = False
    lapsed: int = 0
    lapsed_on: int = 0

    def closed(self, left_out: Mapping[str, int], *, unread: bool = False) -> About:
        """The same after closing."""
        return replace(self, left_out=left_out, unread=unread)

    def lapse(self, *, days: int, on: int) -> About:
        """The same after nobody used it for so many days."""
        return replace(self, lapsed=days, lapsed_on=on)


def seal_about(key: bytes, assessment: str, about: About) -> bytes:
    """The words of an assessment under the installation key."""
    value = {
        "organisation": about.organisation,
        "hear_by": about.hear_by,
        "practice": about.practice,
        "left_out": dict(about.left_out),
        "unread": about.unread,
        "lapsed": about.lapsed,
        "lapsed_on": about.lapsed_on,
    }
    return seal_json(key, value, about=b"assessment" + assessment.encode())


def open_about(key: bytes, row: AssessmentRow) -> About:
    """The words that ``seal_about`` sealed."""
    return About(**open_json(key, row.sealed, about=b"assessment" + row.id.encode()))


def seal_group(key: bytes, group: Group) -> bytes:
    """A group's words under the installation key."""
    value = {"audience": group.audience, "name": group.name, "code": group.code}
    return seal_json(key, value, about=b"group" + group.id.encode())


def open_group(key: bytes, row: GroupRow, *, with_code: bool) -> Group:
    """The group that ``seal_group`` sealed; without its session code for everybody but its facilitator."""
    value = open_json(key, row.sealed, about=b"group" + row.id.encode())
    audience = cast(Audience, value["audience"])
    return Group(id=row.id, audience=audience, name=value["name"], code=value["code"] if with_code else "")


def pool_row(*, assessment: str, group: str, principle: str, pool: Pool, installation: bytes, key: bytes) -> PoolRow:
    """A pool as it is kept: what may be shown under the installation key, what waits under the assessment key."""
    place = _place(assessment, group, principle)
    return PoolRow(
        assessment=assessment,
        group=group,
        principle=principle,
        shown=_seal_shown(installation, place, pool),
        hidden=seal_json(key, _tallies(pool.hidden), about=b"hidden" + place) if pool.hidden else b"",
    )


def changed_pool_row(row: PoolRow, pool: Pool, *, installation: bytes) -> PoolRow:
    """The row with other comments shown or withheld; what waits in it stays sealed as it is."""
    return replace(row, shown=_seal_shown(installation, _place(row.assessment, row.group, row.principle), pool))


def _seal_shown(installation: bytes, place: bytes, pool: Pool) -> bytes:
    shown = {
        "people": pool.people,
        "batches": pool.batches,
        "shown": _tallies(pool.shown),
        "comments": list(pool.comments),
        "withheld": [[at, words] for at, words in sorted(pool.withheld.items())],
        "given_up": pool.given_up,
    }
    return seal_json(installation, shown, about=b"pool" + place)


def open_pool(row: PoolRow, *, installation: bytes, key: bytes | None = None) -> Pool:
    """The pool of a row. Without the assessment's key nothing of what is hidden is read."""
    place = _place(row.assessment, row.group, row.principle)
    value = open_json(installation, row.shown, about=b"pool" + place)
    hidden = open_json(key, row.hidden, about=b"hidden" + place) if key and row.hidden else {}
    return Pool(
        people=value["people"],
        batches=value["batches"],
        shown=_read_tallies(value["shown"]),
        hidden=_read_tallies(hidden),
        comments=tuple(value["comments"]),
        # Older programs could not withhold a comment.
        withheld={at: words for at, words in value.get("withheld", [])},
        given_up=value.get("given_up", ""),  # not in what an older program wrote
    )


def _place(assessment: str, group: str, principle: str) -> bytes:
    return f"{assessment}/{group}/{principle}".encode()


def _tallies(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    return {statement: [*tally.counts, tally.unknown] for statement, tally in sorted(tallies.items())}


def _read_tallies(value: Mapping[str, Any]) -> dict[str, Tally]:
    return {
        statement: Tally((numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]), numbers[5])
        for statement, numbers in value.items()
    }
