"""A facilitator's work with an assessment: invite, see numbers, show, read results, close answers.

Every move checks that there is a facilitator's account; that the assessment belongs to it is checked again where the
command is performed.
"""

from __future__ import annotations

from conversations.commands import Close, Show
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Tap
from conversations.moves.setting_up import start
from conversations.says import text
from conversations.situation import AssessmentView, Situation
from conversations.step import Move, Step, again

ALL = "all"
"""The topic that stands for every principle."""


def current(situation: Situation) -> AssessmentView | None:
    """The assessment that the dialogue is about, when it is this person's."""
    return situation.facilitates.current if situation.facilitates else None


def open_assessment(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """One of the list: f-assessment."""
    assert isinstance(given, Tap)
    mine = situation.facilitates.assessments if situation.facilitates else ()
    if given.value not in {listed.id for listed in mine}:
        return again(dialogue)
    return Step(dialogue=dialogue.at("f-assessment", assessment=given.value))


def goes(state: str) -> Move:
    """A move to another card about the same assessment."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        if current(situation) is None:
            return Step(dialogue=dialogue.at("home"))
        return Step(dialogue=dialogue.at(state, assessment=dialogue.place.assessment))

    move.__doc__ = f"To {state}."
    return move


def principle_card(state: str) -> Move:
    """A move to a card about one principle of what is shown."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        assert isinstance(given, Tap)
        view = current(situation)
        known = {principle.id for principle in situation.questionnaire.principles}
        if view is None or given.value not in known or not view.shown(given.value):
            return again(dialogue, "f-results.not-yet")
        return Step(dialogue=dialogue.at(state, assessment=view.id, principle=given.value))

    move.__doc__ = f"To {state}, if that principle is shown."
    return move


def open_group(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-group, where the session code, links and poster of a group are."""
    assert isinstance(given, Tap)
    view = current(situation)
    if view is None or view.group(given.value) is None:
        return again(dialogue)
    return Step(dialogue=dialogue.at("f-group", assessment=view.id, group=given.value))


def ask_to_show(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To f-warn, who is still writing (rule 2), unless nothing can be shown."""
    assert isinstance(given, Tap)
    view = current(situation)
    if view is None:
        return Step(dialogue=dialogue.at("home"))
    if not view.open:
        return again(dialogue, "f-show.closed")
    chosen = chosen_principles(given.value, situation)
    if not chosen:
        return again(dialogue)
    cells = [[group.group.id, id_] for group in view.groups for id_ in chosen if group.cells[id_].may_show]
    if not cells:
        return Step(dialogue=dialogue, notices=(text("f-show.too-few", n=view.threshold),), again=True)
    warning = dialogue.at("f-warn", assessment=view.id, topic=given.value)
    return Step(dialogue=warning.drafting(cells=cells))


def warned_cells(dialogue: Dialogue) -> tuple[tuple[str, str], ...]:
    """The cells (group, principle) that the warning is about. A group that gets ready afterwards is not among them."""
    return tuple((str(group), str(principle)) for group, principle in dialogue.draft.get("cells", []))


def chosen_principles(word: str, situation: Situation) -> tuple[str, ...]:
    """One principle or all of them; nothing for anything else."""
    every = tuple(principle.id for principle in situation.questionnaire.principles)
    return every if word == ALL else tuple(id_ for id_ in every if id_ == word)


def show(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Show now what the warning was about, and nothing else."""
    if current(situation) is None:
        return Step(dialogue=dialogue.at("home"))
    return Step(dialogue=dialogue, commands=(Show(assessment=dialogue.place.assessment, cells=warned_cells(dialogue)),))


def shown(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Poured: to f-principle, or to f-results when it was more than one principle."""
    place = dialogue.place
    if place.topic == ALL:
        return Step(dialogue=dialogue.at("f-results", assessment=place.assessment))
    return Step(dialogue=dialogue.at("f-principle", assessment=place.assessment, principle=place.topic))


def not_shown(id_: str) -> Move:
    """Showing was refused: say why, back to the list."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        view = current(situation)
        parameters = {"n": view.threshold} if view and id_ == "f-show.too-few" else {}
        shown_list = dialogue.at("f-show", assessment=dialogue.place.assessment)
        return Step(dialogue=shown_list, notices=(text(id_, **parameters),))

    move.__doc__ = f'Remarks "{id_}", back to f-show.'
    return move


def close(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Close answers for good."""
    if current(situation) is None:
        return Step(dialogue=dialogue.at("home"))
    return Step(dialogue=dialogue, commands=(Close(assessment=dialogue.place.assessment),))


def closed(id_: str) -> Move:
    """Closed now, or already before."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        page = dialogue.at("f-assessment", assessment=dialogue.place.assessment)
        return Step(dialogue=page, notices=(text(id_),))

    move.__doc__ = f'Remarks "{id_}", to f-assessment.'
    return move


def redeemed(id_: str, *, home: bool) -> Move:
    """An invitation or a link for a second device was used, or could not be."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        place = dialogue.at("home") if home else dialogue
        return Step(dialogue=place, notices=(text(id_),), again=not home)

    move.__doc__ = f'Remarks "{id_}"' + (", to home." if home else " and shows the card again.")
    return move


EVERYWHERE: dict[str, Move] = {
    "tap f-home": goes("home"),
    "outcome redeem welcome": redeemed("f-invited.welcome", home=True),
    "outcome redeem joined": redeemed("f-invited.joined", home=True),
    "outcome redeem already": redeemed("f-invited.already", home=False),
    "outcome redeem taking-part": redeemed("f-invited.taking-part", home=False),
    "outcome redeem unknown": redeemed("f-invited.unknown", home=False),
}

ABOUT: dict[str, Move] = {
    "tap f-assessment": goes("f-assessment"),
    "tap f-invite": goes("f-invite"),
    "tap f-show": goes("f-show"),
    "tap f-results": goes("f-results"),
    "tap f-share": goes("f-share"),
    "tap f-close": goes("f-close"),
    "tap f-sheet": goes("f-sheet"),
    "tap f-gaps": goes("f-gaps"),
    "tap f-overview": goes("f-overview"),
    "tap f-principle": principle_card("f-principle"),
    "tap f-comments": principle_card("f-comments"),
    "tap f-group": open_group,
}
"""From every card about an assessment to its others."""

ROWS: dict[str, dict[str, Move]] = {
    "home": {
        "tap new": start,
        "tap open": open_assessment,
    },
    "f-assessment": ABOUT,
    "f-invite": ABOUT,
    "f-group": ABOUT,
    "f-share": ABOUT,
    "f-show": {"tap show": ask_to_show, **ABOUT},
    "f-warn": {
        "tap now": show,
        "outcome show shown": shown,
        "outcome show too-few": not_shown("f-show.too-few"),
        "outcome show closed": not_shown("f-show.closed"),
        "outcome show refused": not_shown("f-show.refused"),
        **ABOUT,
    },
    "f-results": ABOUT,
    "f-principle": ABOUT,
    "f-comments": ABOUT,
    "f-gaps": ABOUT,
    "f-overview": ABOUT,
    "f-sheet": ABOUT,
    "f-close": {
        "tap close": close,
        "outcome close closed": closed("f-close.done"),
        "outcome close already": closed("f-close.already"),
        "outcome close refused": closed("f-close.refused"),
        **ABOUT,
    },
}
