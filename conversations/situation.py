"""What the conversation may know at one moment: a frozen snapshot, read in the turn's own transaction.

It holds the person's own answers and nothing of anybody else's. Of other people it holds only what a facilitator may
see (rule 1): joined and handed-in numbers, and results of groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from conversations.pools import Choice, Pool
from conversations.questionnaire import Questionnaire
from conversations.says import Phrase, Say, Verbatim, text

Audience = Literal["staff", "users", "other"]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of an assessment. ``name`` is "" for staff and for people who use services: those have our own words.

    ``code`` is the session code as people read it (``XXXX-XXXX``); "" where the reader has no business with it.
    """

    id: str
    audience: Audience
    name: str = ""
    code: str = ""

    @property
    def label(self) -> Say:
        """What the group is called on screen and in pictures."""
        return Verbatim(self.name) if self.name else text(f"group.{self.audience}")


@dataclass(frozen=True, kw_only=True)
class PartView:
    """One principle of this person: the choices, the comment, and whether it is handed in or poured.

    ``given_up``: it counts as poured because the database was put back from an older copy. Then nobody knows whether
    these answers were mixed in before or erased.
    """

    choices: Mapping[str, Choice] = field(default_factory=dict)
    comment: str = ""
    handed_in: bool = False
    poured: bool = False
    given_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Pass:
    """This person's pass through one assessment.

    ``hear_by``: when they will be told what came of it (seconds). ``joined``: how many joined their group so far.
    """

    organisation: str
    group: Group
    threshold: int
    open: bool
    hear_by: int
    joined: int
    practice: bool = False
    parts: Mapping[str, PartView] = field(default_factory=dict)

    def part(self, principle: str) -> PartView:
        """The part of that principle; an empty one when nothing was answered."""
        return self.parts.get(principle, PartView())


@dataclass(frozen=True, kw_only=True)
class Invited:
    """The group whose session code was given, while the person has not yet agreed."""

    assessment: str
    organisation: str
    group: Group
    threshold: int
    hear_by: int
    joined: int
    practice: bool = False


@dataclass(frozen=True, kw_only=True)
class CellView:
    """What a facilitator sees of one group × one principle.

    ``handed_in``: how many have handed in and are not shown yet; None while they are fewer than the threshold.
    ``may_show``: a first showing would pour it. ``waiting``: how many who joined have not handed in, told only where
    ``may_show``. Those who are shown are ``pool.people``.
    """

    handed_in: int | None
    may_show: bool
    waiting: int
    pool: Pool


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """A group as its facilitator sees it: how many joined (never falls) and its cells by principle."""

    group: Group
    joined: int
    cells: Mapping[str, CellView]


@dataclass(frozen=True, kw_only=True)
class AssessmentView:
    """An assessment as its facilitator sees it. ``everyone`` by principle: the sum of what is shown (rule 2).

    ``may_miss``, before closing: how many of those who joined would perhaps not be counted for a principle if answers
    were closed now. ``left_out`` is set after closing: how many handed-in parts of a principle could not be counted;
    ``unread`` when that was because the key was missing, and not because they were too few.
    ``own``: this facilitator's account created it. ``others``: how many accounts run it beside the one that did.

    Days are counted from 1970: ``used``, when it was last used; ``due``, when what is not shown will be erased, 0 while
    that is far away. ``lapsed``: nobody used it for so many days and it was closed by itself, on the day ``lapsed_on``.
    """

    id: str
    organisation: str
    threshold: int
    open: bool
    hear_by: int
    practice: bool
    readable: bool
    groups: tuple[GroupView, ...]
    everyone: Mapping[str, Pool]
    may_miss: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    unread: bool = False
    own: bool = True
    others: int = 0
    used: int = 0
    due: int = 0
    lapsed: int = 0
    lapsed_on: int = 0

    def group(self, id: str) -> GroupView | None:
        """The group with that id, or None."""
        return next((view for view in self.groups if view.group.id == id), None)

    def given_up(self, principle: str) -> bool:
        """Whether nothing more is poured of that principle, as the database was put back from an older copy."""
        return any(view.cells[principle].pool.given_up for view in self.groups)

    def shown(self, principle: str) -> bool:
        """Whether anything of that principle may be seen."""
        return any(view.cells[principle].pool.people for view in self.groups) or bool(self.everyone[principle].people)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of a facilitator's list of assessments. ``due`` as in ``AssessmentView``."""

    id: str
    organisation: str
    open: bool
    practice: bool
    due: int = 0


@dataclass(frozen=True, kw_only=True)
class Facilitates:
    """What a facilitator's account holds. ``current`` is the assessment that the dialogue is about, if any."""

    assessments: tuple[Listed, ...] = ()
    current: AssessmentView | None = None


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where links lead. ``bot``: the bot's Telegram name, "" without Telegram. ``web``: the public address.

    A payload is ``c-CODE``, ``i-TOKEN``, ``d-TOKEN`` or ``f-TOKEN``. ``near``: the address works on this machine only.
    """

    bot: str = ""
    web: str = ""
    near: bool = False

    def telegram(self, payload: str) -> str:
        """The deep link into the bot; "" without Telegram."""
        return f"https://t.me/{self.bot}?start={payload}" if self.bot else ""

    def page(self, payload: str) -> str:
        """The address of the web page for the same."""
        return f"{self.web}/{payload[0]}/{payload[2:]}"


@dataclass(frozen=True, kw_only=True)
class HeldPass:
    """What is held of this person in one open assessment. ``group`` is None when only marks are left there.

    ``unsent``: what they typed there and did not send. ``told``: of which principles it is kept that they know they are
    mixed in.
    """

    organisation: str
    group: Group | None
    parts: Mapping[str, PartView]
    unsent: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Runs:
    """What a facilitator runs, in numbers. ``devices``: other devices of the same account."""

    assessments: int
    open: int
    devices: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """Everything that is held about this person. ``language``: "" until they chose one.

    ``message``: the number of their last chat message is kept, and ``messages`` numbers so that the chat can be
    cleared. ``cookie``: a browser's cookie leads to them; ``code``: and a code for another browser does. ``wrong``:
    wrong codes in the last ten minutes. ``links``: kept links for a second device. ``unreadable``: open assessments
    whose key is missing, in which nobody can be found.
    """

    language: str
    message: bool
    cookie: bool
    code: bool
    wrong: int
    messages: int = 0
    unsent: tuple[str, ...] = ()
    passes: tuple[HeldPass, ...] = ()
    runs: Runs | None = None
    links: int = 0
    unreadable: int = 0


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Who runs this bot, from settings. None where the operator has not said it. Thresholds below 5 may be allowed.

    ``retention_days``: after so many days without use, what is not shown is erased. ``results_months``: so long results
    are kept after closing, and visitors after they were last seen.
    """

    name: str | None = None
    contact: str | None = None
    smallest_threshold: int = 5
    retention_days: int = 90
    results_months: int = 24


@dataclass(frozen=True, kw_only=True)
class Support:
    """Somebody who helps. ``what`` is a sentence; ``reach`` are telephone numbers and web addresses as written."""

    name: str
    what: Phrase
    reach: tuple[str, ...]
    emergency: bool
    audience: Literal["staff", "users", "both"]
    when: Phrase | None = None


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything that one step may know. ``now`` in seconds since 1970.

    ``languages``: the offered languages, (code, own name), the person's likely one first. ``language_chosen``: this
    person chose ``language``, which is else only the likely one. ``language_reviewed``: somebody who speaks it has
    checked its words. At most one of ``taking`` and ``facilitates`` is set.
    ``is_facilitator``: this person has a facilitator's account, whatever they are doing now. ``held`` is set only
    where the card says what is held, or asks before all of it is erased.
    """

    now: int
    questionnaire: Questionnaire
    channel: Literal["telegram", "web"]
    language: str
    languages: tuple[tuple[str, str], ...]
    language_chosen: bool = True
    language_reviewed: bool = True
    operator: Operator = field(default_factory=Operator)
    support: tuple[Support, ...] = ()
    taking: Pass | None = None
    invited: Invited | None = None
    facilitates: Facilitates | None = None
    is_facilitator: bool = False
    held: Held | None = None
    links: Links = field(default_factory=lambda: Links())
