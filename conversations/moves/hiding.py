"""A facilitator hides comments that should not be shown in a room, and puts them back.

A comment is meant by the mark of its words, so that a button never hides another one, even if the bag was mixed anew
on a second device meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from conversations.commands import Command, Release, Withhold
from conversations.comments import mark
from conversations.dialogue import Dialogue, Place
from conversations.inputs import Input, Tap
from conversations.moves.facilitating import ABOUT, current
from conversations.pools import Comment
from conversations.says import text
from conversations.situation import AssessmentView, GroupView, Situation
from conversations.step import Move, Step, again

PAGE = 30
"""So many comments stand on one card, with a button each."""


def with_comments(view: AssessmentView, principle: str) -> tuple[GroupView, ...]:
    """The groups of which there are comments on a principle, hidden ones too."""
    return tuple(group for group in view.groups if group.cells[principle].pool.bag)


def group_of(place: Place, view: AssessmentView) -> GroupView | None:
    """The group whose comments the card is about; the first one with comments when its own has none."""
    found = with_comments(view, place.principle)
    return next((group for group in found if group.group.id == place.group), found[0] if found else None)


def page_of(place: Place, comments: int) -> int:
    """Which page of so many comments the card shows, from 0."""
    wanted = int(place.topic) if place.topic.isdecimal() and len(place.topic) < 6 else 1
    return max(1, min(wanted, -(-comments // PAGE))) - 1


def open_hiding(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-hide, where comments are hidden and put back, group by group."""
    assert isinstance(given, Tap)
    view, principle = current(situation), dialogue.place.principle
    if view is None or not with_comments(view, principle):
        return again(dialogue, "f-comments.none")
    here = dialogue.at("f-hide", assessment=view.id, principle=principle, group=given.value)
    group = group_of(here.place, view)
    assert group is not None
    return Step(dialogue=dialogue.at("f-hide", assessment=view.id, principle=principle, group=group.group.id))


def turn_page(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Another page of the same comments."""
    assert isinstance(given, Tap)
    place = dialogue.place
    about = {"assessment": place.assessment, "principle": place.principle, "group": place.group}
    return Step(dialogue=dialogue.at("f-hide", **about, topic=given.value if given.value.isdecimal() else ""))


def changes(command: Callable[..., Command], told: str, *, withheld: bool) -> Move:
    """A move that hides or puts back the comment that a button means, unless it is so already."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        assert isinstance(given, Tap)
        view = current(situation)
        group = group_of(dialogue.place, view) if view is not None else None
        if view is None or group is None or group.group.id != dialogue.place.group:
            return again(dialogue)
        principle = dialogue.place.principle
        for number, comment in enumerate(group.cells[principle].pool.bag, 1):
            if meant(comment, number) == given.value and comment.withheld != withheld:
                do = command(assessment=view.id, group=group.group.id, principle=principle, comment=comment.words)
                return Step(dialogue=dialogue, commands=(do,), notices=(text(told, number=number),))
        return again(dialogue)

    move.__doc__ = "Hide a comment: it is only counted from now on." if withheld else "Put a hidden comment back."
    return move


def meant(comment: Comment, number: int) -> str:
    """The value of the button that means a comment: its number, and the mark of its words."""
    return f"{number}-{mark(comment.words)}"


ROWS: dict[str, dict[str, Move]] = {
    "f-comments": {"tap f-hide": open_hiding},
    "f-hide": {
        "tap hide": changes(Withhold, "f-hide.done", withheld=True),
        "tap put-back": changes(Release, "f-hide.undone", withheld=False),
        "tap f-hide": open_hiding,
        "tap page": turn_page,
        **ABOUT,
    },
}
