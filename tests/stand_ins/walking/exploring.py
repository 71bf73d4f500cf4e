"""Every state in every kind of situation, and everything that anybody could do there, whether a card offers it or not.

For looking at the table of states as a whole, without turns or a store.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from conversations.commands import Command, Waiting
from conversations.comments import mark
from conversations.days import DAY
from conversations.dialogue import Dialogue, Place
from conversations.inputs import Asked, Input, Odd, Opened, Outcome, Stale, Tap, Typed, Unreadable
from conversations.machine import EVERYWHERE, TABLE, advance, settled
from conversations.moves.answering import CHANGING
from conversations.pools import Choice, Pool, Tally
from conversations.questionnaire import Questionnaire
from conversations.screens import card
from conversations.situation import (
    AssessmentView,
    CellView,
    Facilitates,
    Group,
    GroupView,
    Held,
    HeldPass,
    Invited,
    Links,
    Listed,
    PartView,
    Pass,
    Runs,
    Situation,
)
from conversations.step import Step
from walking.house import NOON, SUPPORT, questionnaire

GROUP = Group(id="group", audience="staff", code="BCDF-2345")
DOULAS = Group(id="doulas", audience="other", name="Doulas", code="BCDF-2346")
ODD: Sequence[Odd] = get_args(Odd)
WAITING = tuple(get_args(Waiting))
TOPICS = {
    "question": ("", CHANGING),
    "comment": ("", "rewrite"),
    "word": ("ladder", "gone"),
    "leave": ("", "code"),
    "privacy-part": ("limits", "kept", "sees", "rights", "gone"),
    "f-warn": ("all", "assets", "gone"),
    "f-poster-second": ("cy", "gone"),
    "f-poster": ("", "cy", "cy+en", "gone+cy"),
    "f-hide": ("", "2", "gone"),
}
"""What a state's topic may be; "" where nothing is listed."""
DRAFT = {
    "words": "ä" * 2001,
    "groups": [["staff", ""], ["other", "Doulas"]],
    "organisation": "St Elsewhere",
    "threshold": 5,
    "hear_by": NOON,
    "token": "token",
    "code": "BCDF-2345-BCDF",
    "until": NOON,
    "assessment": "assessment",
    "group": "group",
}
COMMENTS = ("one", "two", *(f"words {number}" for number in range(29)))
"""With one that is hidden two cards full."""
WORDS = ("", " ", "hello", "bcdf 2345", "7", "x" * 41, "ä" * 2001)
VALUES = {
    "score": ("1", "unknown", "6"),
    "this": ("1", "comment"),
    "principle": ("assets", "catalysts"),
    "word": ("ladder", "assets"),
    "part": ("kept", "rights"),
    "speak": ("en", "cy"),
    "open": ("assessment",),
    "f-group": ("group",),
    "f-principle": ("assets",),
    "f-comments": ("assets",),
    "f-hide": ("group", "doulas"),
    "hide": (f"1-{mark('one')}", f"2-{mark('three')}", f"2-{mark('one')}"),
    "put-back": (f"1-{mark('one')}", f"2-{mark('three')}"),
    "page": ("2", "0"),
    "show": ("all", "assets"),
    "add": ("staff", "users"),
    "remove": ("0", "9"),
    "threshold": ("5", "4", "21"),
    "first": ("cy", "xx"),
    "second": ("en", "cy"),
    "weeks": ("4", "5"),
}
"""The values that a button's action may have; "" and nonsense are tried with every action."""
PAYLOADS = ("", "c-BCDF2345", "i-token", "d-token", "c-", "x-y", "nonsense")


def results_of(command: type) -> tuple[str, ...]:
    """The results that a command's docstring lists; () for one that nobody waits for."""
    told = inspect.getdoc(command) or ""
    listed = re.search(r"Results: (.*?)(?:\n\n|$)", told, re.DOTALL)
    if listed is None:
        return ()
    return tuple(re.findall(r'"([a-z-]+)"', listed[1]))


def name_of(command: type) -> str:
    """The name under which a command's outcomes stand in the table: ``LookUp`` is "look-up"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", command.__name__).lower()


def outcomes_of(command: type) -> list[Outcome]:
    """Every way in which a command can turn out."""
    values = (("assessment", "assessment"), ("group", "group"), ("token", "token"), ("code", "code"))
    numbers = (("until", NOON), ("cells", 1))
    return [
        Outcome(command=name_of(command), result=result, values=(*values, *numbers)) for result in results_of(command)
    ]


def view(*, shown: bool = False, open: bool = True, readable: bool = True, may_show: bool = False) -> AssessmentView:
    """An assessment of two groups."""
    tally = Tally((1, 2, 0, 1, 1), 1)
    pools = {
        principle.id: Pool(
            people=6,
            shown={each.id: tally for each in principle.statements},
            comments=COMMENTS,
            withheld={1: "three"},
            batches=1,
        )
        if shown
        else Pool()
        for principle in questionnaire().principles
    }
    cells = {
        id_: CellView(handed_in=6 if shown else None, may_show=may_show, waiting=2 if may_show else 0, pool=pool)
        for id_, pool in pools.items()
    }
    return AssessmentView(
        id="assessment",
        organisation="St Elsewhere",
        threshold=5,
        open=open,
        hear_by=NOON,
        practice=not readable,
        readable=readable,
        groups=(GroupView(group=GROUP, joined=8, cells=cells), GroupView(group=DOULAS, joined=0, cells=cells)),
        everyone=pools,
        may_miss={"assets": 2, "networks": 0},
        left_out={} if open else {"assets": 3},
        used=NOON // DAY,
        due=NOON // DAY + 14 if may_show else 0,
        lapsed=0 if open or shown else 90,
        lapsed_on=NOON // DAY,
        own=True,
    )


def taking(part: PartView) -> Pass:
    """A pass in which every principle is like this one."""
    parts = {principle.id: part for principle in questionnaire().principles}
    own = replace(GROUP, code="")
    return Pass(
        organisation="St Elsewhere",
        group=own,
        threshold=5,
        open=True,
        hear_by=NOON,
        joined=7,
        practice=True,
        parts=parts,
    )


def holdings() -> tuple[Held, Held]:
    """Nearly nothing about somebody, and everything that can be."""
    choices: dict[str, Choice] = {"1": 3, "2": "unknown", "3": "skipped", "gone": 1}
    parts = {
        "assets": PartView(choices=choices, comment="Tea", handed_in=True),
        "networks": PartView(poured=True),
        "outcomes": PartView(poured=True, given_up=True),
        "gone": PartView(comment="Cake"),
    }
    passes = (
        HeldPass(
            organisation="St Elsewhere", group=GROUP, parts=parts, unsent=("too long",), told=frozenset({"networks"})
        ),
        HeldPass(organisation="Another", group=DOULAS, parts={}),
        HeldPass(organisation="Left", group=None, parts={"assets": PartView(poured=True)}),
    )
    bare = Held(language="", message=False, cookie=False, code=False, wrong=0)
    full = Held(
        language="en",
        message=True,
        messages=3,
        cookie=True,
        code=True,
        wrong=2,
        unsent=("Elsewhere", "Doulas"),
        passes=passes,
        runs=Runs(assessments=2, open=1, devices=0),
        links=1,
        unreadable=1,
    )
    return bare, full


def situations(asked: Questionnaire | None = None) -> list[Situation]:
    """One of every kind."""
    bare = Situation(
        now=NOON,
        questionnaire=asked or questionnaire(),
        channel="telegram",
        language="en",
        languages=(("en", "English"),),
        support=SUPPORT,
        links=Links(bot="bot", web="https://voice.example", near=True),
        held=holdings()[0],
    )
    everything: dict[str, Choice] = {"1": 3, "2": "unknown", "3": "skipped"}
    answered = PartView(choices=everything, comment="Tea")
    languages = (("cy", "Cymraeg"), ("en", "English"))
    several = replace(bare, language="cy", languages=languages, language_reviewed=False)
    invited = Invited(
        assessment="assessment", organisation="O", group=GROUP, threshold=5, hear_by=NOON, joined=1, practice=True
    )
    listed = (Listed(id="assessment", organisation="O", open=True, practice=False, due=NOON // DAY),)
    passes = [PartView(), answered, replace(answered, handed_in=True), PartView(poured=True)]
    views = [
        view(),
        view(may_show=True),
        view(shown=True),
        view(shown=True, open=False),
        view(open=False),
        replace(view(shown=True, open=False), own=False),
        view(readable=False),
    ]
    made = [
        bare,
        replace(bare, invited=invited),
        replace(several, invited=invited),
        replace(several, invited=invited, language_chosen=False),
        replace(several, taking=taking(PartView()), language_chosen=False),
        replace(several, is_facilitator=True, facilitates=Facilitates(), language_chosen=False),
        replace(bare, is_facilitator=True, facilitates=Facilitates(), held=holdings()[1]),
        *(replace(bare, taking=taking(part)) for part in passes),
        replace(bare, taking=taking(answered), is_facilitator=True),
        *(
            replace(bare, is_facilitator=True, facilitates=Facilitates(assessments=listed, current=one))
            for one in views
        ),
        replace(
            bare,
            is_facilitator=True,
            facilitates=Facilitates(assessments=listed, current=view()),
            languages=(("en", "English"), ("cy", "Cymraeg")),
        ),
    ]
    unknown = replace(bare, held=None)
    return [*made, unknown, *(replace(each, channel="web") for each in (bare, *made[2:6]))]


def dialogues(state: str) -> Iterator[Dialogue]:
    """A state about many things, with and without another one below."""
    for principle, statement in (("assets", "1"), ("catalysts", ""), ("", "")):
        for topic in TOPICS.get(state, ("",)):
            about = Place(principle=principle, statement=statement, assessment="assessment", group="group")
            place = replace(about, state=state, topic=topic)
            yield Dialogue(place=place, draft=DRAFT)
            yield Dialogue(place=place, below=replace(about, state="question" if statement else "home"), draft=DRAFT)


def inputs() -> list[Input]:
    """Everything that a person can do, forged taps included."""
    rows = [*TABLE.values(), EVERYWHERE]
    actions = sorted({name.removeprefix("tap ") for row in rows for name in row if name.startswith("tap ")})
    asked = sorted({name.removeprefix("asked ") for row in rows for name in row if name.startswith("asked ")})
    return [
        Stale(),
        *(Tap(action, value) for action in [*actions, "gone"] for value in (*VALUES.get(action, ()), "", "gone")),
        *(Asked(command) for command in [*asked, "gone"]),
        *(Typed(words, whole=whole) for words in WORDS for whole in (False, True)),
        *(Opened(payload) for payload in PAYLOADS),
        *(Unreadable(what) for what in ODD),
    ]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One step that was tried: where, in which situation, what was done, and what followed."""

    here: Dialogue
    situation: Situation
    given: Input
    step: Step

    @property
    def leads_to(self) -> str:
        """The state whose card is seen next, as long as no command changes the situation."""
        return card(self.step.dialogue, self.situation).state


def places(situation: Situation) -> Iterator[Dialogue]:
    """Every dialogue that can be in this situation."""
    for state in TABLE:
        for dialogue in dialogues(state):
            if settled(dialogue, situation) == dialogue:
                yield dialogue


def explore() -> Iterator[Seen]:
    """Everything that can be done everywhere, and every way in which the commands that follow can turn out."""
    given = inputs()
    for situation in situations():
        for here in places(situation):
            for one in given:
                step = advance(here, one, situation)
                yield Seen(here=here, situation=situation, given=one, step=step)
                for command in step.commands:
                    yield from _turned_out(command, step, situation)


def _turned_out(command: Command, step: Step, situation: Situation) -> Iterator[Seen]:
    if not isinstance(command, WAITING):
        return
    for outcome in outcomes_of(type(command)):
        after = advance(step.dialogue, outcome, situation)
        yield Seen(here=settled(step.dialogue, situation), situation=situation, given=outcome, step=after)
