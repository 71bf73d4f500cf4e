"""A simple model of what a participant may expect: where they are, and what is kept of them.

It shares no code with the conversation but what a session code looks like, in which one way words are written, and
where a text that is too long is cut.
Questions are counted from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from conversations.codes import is_code, normal
from conversations.comments import normalised
from conversations.moves.answering import first_part

LIMIT = 2000
LONGEST_DRAFT = 20_000
COMMANDS = {"menu", "help", "urgent", "privacy", "language"}
ON_TOP = COMMANDS | {
    "words",
    "word",
    "more",
    "official",
    "ladder",
    "resume-code",
    "answers",
    "code",
    "held",
    "forget-me",
    "no-language",
}


@dataclass(frozen=True)
class Spot:
    """A position: the card, what it is about, and what is open on top of it ("" for nothing)."""

    state: str
    principle: str = ""
    question: int = 0
    changing: bool = False
    rewriting: bool = False
    draft: str = ""
    target: str = ""
    top: str = ""

    @property
    def card(self) -> str:
        """The state of the card that is seen."""
        return self.top or self.state


@dataclass
class Kept:
    """What is kept of one principle. ``choices`` by question."""

    choices: dict[int, object] = field(default_factory=dict)
    comment: str = ""
    handed_in: bool = False


@dataclass
class OnePass:
    """Taking part in one assessment."""

    group: str
    spot: Spot
    parts: dict[str, Kept] = field(default_factory=dict)


@dataclass(kw_only=True)
class Model:
    """One person. ``codes``: the assessment and group of each session code. ``web``: texts come from a form."""

    principles: Sequence[str]
    questions: int
    codes: Mapping[str, tuple[str, str]]
    web: bool
    asks: bool = False
    """Whether they have still to choose a language, of several."""
    several: bool = False
    """Whether several languages are offered."""
    passes: dict[str, OnePass] = field(default_factory=dict)
    poured: set[tuple[str, str]] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)
    """What they were told is mixed in."""
    current: str = ""
    outside: Spot = Spot("home")

    # where

    @property
    def spot(self) -> Spot:
        return self.passes[self.current].spot if self.current else self.outside

    @spot.setter
    def spot(self, spot: Spot) -> None:
        if self.current:
            self.passes[self.current].spot = spot
        else:
            self.outside = spot

    @property
    def card(self) -> str:
        """The state of the card that is seen: the list of languages stands before a first card."""
        first = not self.current and self.outside.card in {"home", "welcome"}
        return "language" if self.asks and first else self.spot.card

    def go(self, state: str, principle: str = "", question: int = 0, *, changing: bool = False) -> None:
        self.spot = Spot(state, principle, question, changing)

    def top(self, state: str) -> None:
        self.spot = replace(self.spot, top=state)

    def kept(self, principle: str) -> Kept:
        return self.passes[self.current].parts.get(principle, Kept())

    def keep(self, principle: str) -> Kept:
        """What is kept of a principle, to be changed: that takes it out of what is handed in."""
        kept = self.passes[self.current].parts.setdefault(principle, Kept())
        kept.handed_in = False
        return kept

    def is_poured(self, principle: str) -> bool:
        return (self.current, principle) in self.poured

    def begin(self, principle: str) -> None:
        kept = self.kept(principle)
        missing = [number for number in range(self.questions) if number not in kept.choices]
        if missing:
            self.go("question", principle, missing[0])
        else:
            self.go("check", principle)

    def next_open(self, order: Sequence[str]) -> None:
        for principle in order:
            if not self.is_poured(principle) and not self.kept(principle).handed_in:
                return self.begin(principle)
        self.go("end")

    def onward(self, principle: str) -> None:
        here = self.principles.index(principle)
        self.next_open([*self.principles[here + 1 :], *self.principles[:here]])

    # what is done

    def notice_closing(self) -> bool:
        """Back after answers were closed: out of the assessment, at home."""
        if self.current not in self.closed or not self.current:
            return False
        del self.passes[self.current]
        self.current, self.outside = "", Spot("home")
        return True

    def leave_what_is_gone(self) -> bool:
        """The assessment that was offered is closed. Whoever reads something on top of it notices afterwards."""
        if self.current or self.outside.card != "welcome" or self.codes[self.outside.target][0] not in self.closed:
            return False
        self.outside = Spot("home")
        return True

    def tap(self, action: str, value: str = "") -> None:
        """A button of the current card."""
        if self.notice_closing() or self.leave_what_is_gone():
            return
        spot = self.spot
        if action == "speak":
            self.asks = False
            self.top("" if spot.top == "language" else spot.top)
        elif action == "back" and spot.top == "no-language":
            self.top("language")
        elif action in ON_TOP:
            self.top(action)
        elif action == "stop":
            self.top("stopped" if self.current else "")
        elif action in {"clear", "leave"}:
            if self.web == (action == "leave"):
                self.top(action)
        elif action == "withdraw":
            if self.current:
                self.top("withdraw")
        elif action in {"back", "leave-now"}:
            self.top("")
        elif spot.top:
            getattr(self, f"_{action.replace('-', '_')}_on_top")(value)
        else:
            getattr(self, f"_{action.replace('-', '_')}")(value)
        self.leave_what_is_gone()

    def _score(self, value: str) -> None:
        spot = self.spot
        if self.is_poured(spot.principle):
            return self.go("check", spot.principle)
        self.keep(spot.principle).choices[spot.question] = int(value) if value.isdigit() else value
        if spot.changing:
            self.go("check", spot.principle)
        elif spot.question + 1 < self.questions:
            self.go("question", spot.principle, spot.question + 1)
        else:
            self.go("comment", spot.principle)

    def _skip(self, value: str) -> None:
        self._score("skipped")

    def _previous(self, value: str) -> None:
        spot = self.spot
        if spot.changing:
            self.go("check", spot.principle)
        elif spot.state == "check":
            self.go("comment", spot.principle)
        elif spot.state == "comment":
            self.go("question", spot.principle, self.questions - 1)
        elif spot.question:
            self.go("question", spot.principle, spot.question - 1)
        else:
            self.go("check", self.principles[self.principles.index(spot.principle) - 1])

    def _go_on(self, value: str) -> None:
        self.go("check", self.spot.principle)

    def _rewrite(self, value: str) -> None:
        self.spot = Spot("comment", self.spot.principle, rewriting=True)

    def _erase(self, value: str) -> None:
        self.keep(self.spot.principle).comment = ""
        self.go("comment", self.spot.principle)

    def _cut(self, value: str) -> None:
        self.keep(self.spot.principle).comment = normalised(first_part(self.spot.draft))
        self.go("check", self.spot.principle)

    def _drop(self, value: str) -> None:
        self.go("comment", self.spot.principle)

    def _hand_in(self, value: str) -> None:
        principle = self.spot.principle
        if self.is_poured(principle):
            return self.go("check", principle)
        self.keep(principle).handed_in = True
        self.onward(principle)

    def _carry_on(self, value: str) -> None:
        self.onward(self.spot.principle)

    def _change(self, value: str) -> None:
        if not self.is_poured(self.spot.principle):
            self.top("change")
        else:
            self.go("check", self.spot.principle)

    def _this_on_top(self, value: str) -> None:
        principle = self.spot.principle
        if self.is_poured(principle):
            return self.go("check", principle)
        if principle in self.passes[self.current].parts:
            self.keep(principle)
        if value == "comment":
            self.go("comment", principle)
        else:
            self.go("question", principle, int(value) - 1, changing=True)

    def _principle_on_top(self, value: str) -> None:
        if self.spot.state == "too-long":
            self.top("")
        elif self.is_poured(value) or self.kept(value).handed_in:
            self.go("check", value)
        else:
            self.begin(value)

    def _erase_on_top(self, value: str) -> None:
        """Everything is taken back; whoever comes back is told anew what stays mixed in."""
        self.told -= {one for one in self.told if one[0] == self.current}
        del self.passes[self.current]
        self.current, self.outside = "", Spot("home")

    def _forget_on_top(self, value: str) -> None:
        """Nothing is kept of this person but that some of it is mixed in, not even that they were told so."""
        self.passes.clear()
        self.told.clear()
        self.current, self.outside, self.asks = "", Spot("forgotten"), self.several

    def come_anew(self) -> None:
        """Whoever was forgotten is nobody we know, whatever they do next."""
        if self.outside.state == "forgotten":
            self.outside = Spot("home")

    def _part_on_top(self, value: str) -> None:
        self.top("privacy-part")

    def _wipe_on_top(self, value: str) -> None:
        self.top("cleared")

    def _leave_code_on_top(self, value: str) -> None:
        """The same card, with a code."""

    def _move_on_top(self, value: str) -> None:
        one = self.passes[self.current]
        if not any(assessment == self.current for assessment, _ in self.poured):
            one.group = self.codes[self.spot.target][1]
            for kept in one.parts.values():
                kept.handed_in = False
        self.top("")
        if self.spot.state == "end":
            self.next_open(self.principles)

    def _agree(self, value: str) -> None:
        assessment, group = self.codes[self.spot.target]
        self.current = assessment
        self.passes[assessment] = OnePass(group, Spot("home"))
        self.next_open(self.principles)

    def _no_thanks(self, value: str) -> None:
        self.outside = Spot("home")

    def code(self, words: str) -> None:
        """A session code, typed or scanned."""
        code = normal(words)
        if code not in self.codes or self.codes[code][0] in self.closed:
            return
        assessment, group = self.codes[code]
        if assessment not in self.passes:
            self.current, self.outside = "", Spot("welcome", target=code)
            return
        self.current = assessment
        same = self.passes[assessment].group == group
        self.spot = replace(self.spot, top="" if same else "move", target=code)

    def write(self, words: str) -> None:
        """A text message, or what a form's field holds."""
        closed = self.notice_closing() or self.leave_what_is_gone()
        if closed and not is_code(words):
            return
        card = self.card
        if card in {"comment", "too-long"}:
            return self._comment(words)
        if is_code(words) or card in {"home", "code"}:
            return self.code(words)
        if card in {"stopped", "cleared"}:
            self.top("")

    def _comment(self, words: str) -> None:
        spot, old = self.spot, self.kept(self.spot.principle).comment
        if not self.web and spot.state == "comment" and normal(words) in self.codes:
            return self.code(words)
        words = normalised(words)
        if not words and not self.web:
            return
        if not self.web and spot.state == "too-long":
            if len(spot.draft) > LONGEST_DRAFT:
                return
            words = f"{spot.draft}\n\n{words}"
        elif old and not self.web and not spot.rewriting:
            words = f"{old}\n\n{words}"
        words = normalised(words)
        if len(words) > LIMIT:
            self.spot = Spot("too-long", spot.principle, draft=words)
            return
        self.keep(spot.principle).comment = words
        self.go("check" if self.web else "comment", spot.principle)

    def open(self, payload: str) -> None:
        """A link, or /start."""
        self.notice_closing()
        self.leave_what_is_gone()
        if payload.startswith("c-"):
            self.code(payload[2:])
        elif not payload.startswith("i-"):
            self.top("")
            self.leave_what_is_gone()

    def ask(self, command: str) -> None:
        """A command of the menu."""
        self.notice_closing()
        self.leave_what_is_gone()
        if command in COMMANDS or command in {"stop", "withdraw", "clear"}:
            self.tap(command)

    def nothing(self) -> None:
        """Something that nobody can read, an old button, the same message twice."""
        self.notice_closing()
        self.leave_what_is_gone()

    def news(self) -> set[str]:
        """The principles that this turn is the first to tell as mixed in. A chat that is cleared tells nothing: the
        next turn does.
        """
        if self.spot.card == "cleared":
            return set()
        poured = {one for one in self.poured if one[0] == self.current}
        new, self.told = poured - self.told, self.told | poured
        return {principle for _, principle in new}

    # what others do

    def pour(self, assessment: str, principle: str) -> None:
        """The facilitator has shown it while this person had handed it in."""
        self.passes[assessment].parts.pop(principle)
        self.poured.add((assessment, principle))

    def close(self, assessment: str) -> None:
        """The facilitator has closed answers."""
        self.closed.add(assessment)
        if assessment != self.current:
            self.passes.pop(assessment, None)
