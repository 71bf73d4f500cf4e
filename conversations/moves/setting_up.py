"""A facilitator sets up an assessment: organisation, groups, threshold, when people will hear back.

What was said so far waits in the draft; nothing exists before "Create".
"""

from __future__ import annotations

from typing import cast

from conversations.commands import Create
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Opened, Outcome, Tap, Typed
from conversations.says import Text, text
from conversations.situation import Audience, Situation
from conversations.step import Move, Step, again

NAME_LIMIT = 80
GROUP_LIMIT = 40
MOST_GROUPS = 4
USUAL_THRESHOLD = 5
THRESHOLDS = (USUAL_THRESHOLD, 6, 7, 8, 10, 12, 15, 20)
LARGEST_THRESHOLD = 20
WEEKS = (2, 4, 8, 12)
WEEK = 7 * 24 * 60 * 60


def drafted_groups(dialogue: Dialogue) -> list[tuple[Audience, str]]:
    """The groups of the draft, in order."""
    return [(cast(Audience, audience), str(name)) for audience, name in dialogue.draft.get("groups", [])]


def may_set_up(situation: Situation) -> bool:
    """Only a facilitator who is not taking part right now."""
    return situation.is_facilitator and situation.taking is None


def start(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A new assessment: f-organisation."""
    if not may_set_up(situation):
        return again(dialogue)
    groups = [["staff", ""], ["users", ""]]
    return Step(dialogue=dialogue.at("f-organisation").drafting(groups=groups))


def one_line(words: str) -> str:
    """Typed words on one line, without characters that nobody sees."""
    return " ".join("".join(letter for letter in words if letter.isprintable() or letter.isspace()).split())


def organisation(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The name of the organisation, on to f-groups."""
    assert isinstance(given, Typed)
    name = one_line(given.words)
    if not name or len(name) > NAME_LIMIT:
        return Step(dialogue=dialogue, notices=(text("f-organisation.length", limit=NAME_LIMIT),), again=True)
    return Step(dialogue=to(dialogue, "f-groups").drafting(organisation=name))


def to(dialogue: Dialogue, state: str) -> Dialogue:
    """The next card of the set-up, with the draft as it is."""
    return Dialogue(place=dialogue.at(state).place, draft=dialogue.draft)


def add_group(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A group that the facilitator names."""
    assert isinstance(given, Typed)
    name, groups = one_line(given.words), drafted_groups(dialogue)
    if not name or len(name) > GROUP_LIMIT:
        return Step(dialogue=dialogue, notices=(text("f-groups.length", limit=GROUP_LIMIT),), again=True)
    if len(groups) >= MOST_GROUPS:
        return Step(dialogue=dialogue, notices=(text("f-groups.enough", limit=MOST_GROUPS),), again=True)
    if name.casefold() in {other.casefold() for _, other in groups}:
        return again(dialogue, "f-groups.twice")
    return Step(dialogue=dialogue.drafting(groups=[list(group) for group in [*groups, ("other", name)]]))


def add_known_group(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Staff, or people who use services, again after they were taken away."""
    assert isinstance(given, Tap)
    groups = drafted_groups(dialogue)
    if given.value not in {"staff", "users"} or given.value in {audience for audience, _ in groups}:
        return again(dialogue)
    if len(groups) >= MOST_GROUPS:
        return Step(dialogue=dialogue, notices=(text("f-groups.enough", limit=MOST_GROUPS),), again=True)
    return Step(dialogue=dialogue.drafting(groups=[*map(list, groups), [given.value, ""]]))


def remove_group(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Take a group away, by its position."""
    assert isinstance(given, Tap)
    groups = drafted_groups(dialogue)
    if given.value not in {str(position) for position in range(len(groups))}:
        return again(dialogue)
    left = [list(group) for position, group in enumerate(groups) if str(position) != given.value]
    return Step(dialogue=dialogue.drafting(groups=left))


def groups_done(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """On to f-threshold; at least one group is needed."""
    if not drafted_groups(dialogue):
        return again(dialogue, "f-groups.none")
    return Step(dialogue=to(dialogue, "f-threshold"))


def threshold(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """How many people at least, tapped or typed: on to f-hear-by."""
    assert isinstance(given, Tap | Typed)
    said = given.value if isinstance(given, Tap) else given.words.strip()
    smallest = situation.operator.smallest_threshold
    if not (said.isascii() and said.isdigit() and len(said) < 4 and smallest <= int(said) <= LARGEST_THRESHOLD):
        notice = text("f-threshold.range", smallest=smallest, largest=LARGEST_THRESHOLD)
        return Step(dialogue=dialogue, notices=(notice,), again=True)
    return Step(dialogue=to(dialogue, "f-hear-by").drafting(threshold=int(said)))


def hear_by(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """When people will be told what came of it, on to f-confirm."""
    assert isinstance(given, Tap)
    if given.value not in {str(weeks) for weeks in WEEKS}:
        return again(dialogue)
    return Step(dialogue=to(dialogue, "f-confirm").drafting(hear_by=situation.now + int(given.value) * WEEK))


def create(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Everything is said: create it."""
    if not may_set_up(situation):
        return Step(dialogue=dialogue.at("home"))
    draft = dialogue.draft
    command = Create(
        organisation=str(draft["organisation"]),
        groups=tuple(drafted_groups(dialogue)),
        threshold=int(draft["threshold"]),
        hear_by=int(draft["hear_by"]),
    )
    return Step(dialogue=dialogue, commands=(command,))


def created(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """It exists: f-assessment."""
    assert isinstance(given, Outcome)
    return Step(
        dialogue=dialogue.at("f-assessment", assessment=given.text("assessment")),
        notices=(text("f-created"),),
    )


def give_up(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Back to home; the draft is dropped."""
    return Step(dialogue=dialogue.at("home"))


def previous(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """One card of the set-up back, with the draft as it is."""
    order = ["f-organisation", "f-groups", "f-threshold", "f-hear-by", "f-confirm"]
    position = order.index(dialogue.place.state)
    return Step(dialogue=to(dialogue, order[position - 1])) if position else Step(dialogue=dialogue.at("home"))


def refused(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """No facilitator, or no longer: home."""
    return Step(dialogue=dialogue.at("home"), notices=(text("f.not-you"),))


def left_behind(before: Dialogue, given: Input, after: Dialogue) -> tuple[Text, ...]:
    """What is remarked when a link or a code led away from an assessment that was being set up."""
    led_away = isinstance(given, Opened | Typed) and "organisation" in before.draft
    return (text("f-setup.not-kept"),) if led_away and "organisation" not in after.draft else ()


BOTH: dict[str, Move] = {"tap give-up": give_up, "tap previous": previous}

ROWS: dict[str, dict[str, Move]] = {
    "f-organisation": {"typed": organisation, **BOTH},
    "f-groups": {
        "typed": add_group,
        "tap add": add_known_group,
        "tap remove": remove_group,
        "tap go-on": groups_done,
        **BOTH,
    },
    "f-threshold": {"typed": threshold, "tap threshold": threshold, **BOTH},
    "f-hear-by": {"tap weeks": hear_by, **BOTH},
    "f-confirm": {
        "tap create": create,
        "outcome create created": created,
        "outcome create refused": refused,
        **BOTH,
    },
}
