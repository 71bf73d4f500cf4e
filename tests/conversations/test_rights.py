"""What people are told before they agree, in the privacy notice, and when they have taken everything back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from conversations.cards import Card
from conversations.commands import Withdraw
from conversations.dialogue import Dialogue, Place
from conversations.inputs import Tap
from conversations.machine import advance
from conversations.moves.rights import PARTS
from conversations.says import Day, Minute, Phrase, Text, Verbatim, listing, text
from conversations.screens import card
from conversations.situation import Operator, PartView, Situation
from walking.exploring import holdings, situations, taking
from walking.house import NOON, questionnaire

OPERATOR = Operator(name="The charity", contact="help@charity.example", retention_days=45, results_months=7)

RULE_8 = {
    "who runs this bot and how to reach them": {"who.name", "who.contact"},
    "mixed with those of at least k-1 others before anybody sees them": {"promise.mixed"},
    "then your own copy is erased": {"promise.deleted"},
    "until then people are in charge": {"promise.in-charge"},
    "your words, your language or details may still point to you": {"limits.words"},
    "those who took part know their own answers": {"limits.know-own"},
    "if everybody answers the same, or nobody chose a score": {"limits.same"},
    "the people who run the machine could look, or change the program": {"limits.machine"},
    "somebody posing as several; if more have joined than were invited, stop": {"limits.posing", "joined"},
    "the facilitator may notice that you took part": {"limits.noticed"},
}
"""What rule 8 of the design asks for → the texts that say it."""
ON_TELEGRAM = {"Telegram keeps its own copy of the chat": {"limits.telegram"}}

NOTICE = {
    "who": {"who.name", "who.contact"},
    "why": {"privacy.why", "privacy.agree"},
    "what is kept and how long": {
        "privacy.answers",
        "privacy.unused",
        "privacy.words",
        "privacy.results",
        "privacy.visitor",
    },
    "who sees what": {"privacy.facilitator", "privacy.numbers", "privacy.others", "limits.machine", "limits.noticed"},
    "rights": {"privacy.see", "privacy.change", "privacy.withdraw", "privacy.forget", "privacy.complain"},
}


def invited(channel: str) -> Situation:
    """Somebody who may agree now."""
    found = next(each for each in situations() if each.invited)
    return replace(found, channel=channel, operator=OPERATOR)  # type: ignore[arg-type]


def ids(blocks: Iterable[object]) -> set[str]:
    """The ids of what is said."""
    return {block.text.id for block in blocks if isinstance(getattr(block, "text", None), Text)}  # type: ignore[attr-defined]


def shown(state: str, situation: Situation, **about: str) -> Card:
    return card(Dialogue(place=Place(state=state, **about)), situation)


def whole_notice(situation: Situation) -> list[Card]:
    """The first card of the privacy notice, then each of its parts."""
    return [shown("privacy", situation), *(shown("privacy-part", situation, topic=part) for part in PARTS)]


@pytest.mark.parametrize("channel", ["telegram", "web"])
def test_the_card_that_people_agree_to_says_all_of_rule_8(channel: str) -> None:
    welcome = shown("welcome", invited(channel), assessment="assessment", group="group")
    asked = RULE_8 | (ON_TELEGRAM if channel == "telegram" else {})
    assert {rule for rule, needed in asked.items() if not needed <= ids(welcome.blocks)} == set()
    assert {"agree", "no-thanks", "privacy"} <= {button.action for button in welcome.buttons()}
    assert ("limits.telegram" in ids(welcome.blocks)) == (channel == "telegram")


def test_the_card_that_people_agree_to_says_so_when_nobody_gave_a_name() -> None:
    nameless = replace(invited("web"), operator=Operator())
    assert "who.unknown" in ids(shown("welcome", nameless, assessment="assessment", group="group").blocks)


@pytest.mark.parametrize("channel", ["telegram", "web"])
def test_the_privacy_notice_says_who_why_how_long_who_sees_what_and_everybodys_rights(channel: str) -> None:
    notice, *parts = whole_notice(invited(channel))
    told = {id_ for each in (notice, *parts) for id_ in ids(each.blocks)}
    assert {about for about, needed in NOTICE.items() if not needed <= told} == set()
    own = {"privacy.chat", "limits.telegram"} if channel == "telegram" else {"privacy.cookie"}
    others = {"privacy.chat", "limits.telegram", "privacy.cookie"} - own
    assert own <= told
    assert not others & told
    assert {"held", "forget-me", "back", "urgent"} <= {button.action for button in notice.buttons()}


def test_every_part_of_the_privacy_notice_is_one_tap_away_and_leads_back_to_it() -> None:
    notice, *parts = whole_notice(invited("web"))
    offered = {button.value for button in notice.buttons() if button.action == "part"}
    assert offered == set(PARTS)
    assert {part.title for part in parts} == {button.label for button in notice.buttons() if button.action == "part"}
    for part in parts:
        assert {"privacy", "back", "urgent", "menu"} <= {button.action for button in part.buttons()}
    rights = parts[PARTS.index("rights")]
    assert {"held", "forget-me"} <= {button.action for button in rights.buttons()}, "it says that they are below"


def test_a_part_of_the_privacy_notice_that_there_is_not_shows_its_first_card() -> None:
    assert shown("privacy-part", invited("web"), topic="gone").title == text("privacy.title")


def test_the_privacy_notice_is_made_from_the_settings() -> None:
    told = [block.text for each in whole_notice(invited("web")) for block in each.blocks]
    assert told[:3] == [
        text("who.title"),
        text("who.name", name=Verbatim("The charity")),
        text("who.contact", contact=Verbatim("help@charity.example")),
    ]
    assert text("privacy.unused", n=45) in told
    assert text("privacy.results", n=7) in told
    assert text("privacy.visitor", n=7) in told
    assert text("privacy.facilitator", n=5) in told
    assert text("privacy.complain", page="https://ico.org.uk", phone="0303 123 1113") in told
    nameless = replace(invited("web"), operator=Operator(name=None, smallest_threshold=3), invited=None)
    told = [block.text for each in whole_notice(nameless) for block in each.blocks]
    assert told[1] == text("who.unknown")
    assert text("privacy.facilitator", n=3) in told


def test_settings_that_are_left_out_are_90_days_and_24_months() -> None:
    assert (Operator().retention_days, Operator().results_months) == (90, 24)


# the receipt

EVERYTHING = PartView(choices={"1": 3, "2": "unknown", "3": "skipped"}, comment="Tea", handed_in=True)


def receipt(parts: dict[str, PartView], *, draft: str = "") -> list[Text]:
    """The remarks after "Yes, erase my answers"."""
    situation = replace(situations()[0], now=NOON, taking=replace(taking(PartView()), parts=parts))
    place = Place(state="withdraw", principle="assets")
    dialogue = Dialogue(place=place, below=Place(state="comment", principle="assets"), draft={"words": draft})
    step = advance(dialogue, Tap("erase"), situation)
    assert step.commands == (Withdraw(),)
    return list(step.notices)


def names(*ids: str) -> object:
    return listing(Phrase(questionnaire().principle(id_).name) for id_ in ids)


WHEN = text("withdraw.when", day=Day(NOON), time=Minute(NOON))


def test_the_receipt_counts_answers_and_texts_and_names_principles_in_order() -> None:
    parts = {"outcomes": PartView(comment="Cake"), "assets": EVERYTHING, "networks": PartView(choices={"2": 1})}
    assert receipt(parts) == [
        text("withdraw.done"),
        text("withdraw.answers", n=3),
        text("withdraw.texts", n=2),
        text("withdraw.about", principles=names("assets", "networks", "outcomes")),  # type: ignore[arg-type]
        WHEN,
    ]


def test_the_receipt_says_what_stays() -> None:
    parts = {
        "networks": replace(EVERYTHING, poured=True),
        "assets": PartView(choices={"1": 5}),
        "outcomes": PartView(poured=True),
    }
    assert receipt(parts) == [
        text("withdraw.done-but-mixed"),
        text("withdraw.answers", n=1),
        text("withdraw.about", principles=names("assets")),  # type: ignore[arg-type]
        text("withdraw.stays", principles=names("networks", "outcomes")),  # type: ignore[arg-type]
        WHEN,
    ]


def test_the_receipt_does_not_say_that_something_stays_of_which_nobody_knows() -> None:
    """After the database was put back from an older copy."""
    parts = {"networks": PartView(poured=True, given_up=True), "assets": PartView(choices={"1": 5})}
    assert receipt(parts) == [
        text("withdraw.done-but-mixed"),
        text("withdraw.answers", n=1),
        text("withdraw.about", principles=names("assets")),  # type: ignore[arg-type]
        text("withdraw.given-up"),
        WHEN,
    ]


def test_the_receipt_of_nothing_says_when_and_no_number() -> None:
    assert receipt({}) == [text("withdraw.done"), WHEN]
    assert receipt({"assets": PartView(handed_in=True)}) == [text("withdraw.done"), WHEN]


def test_a_text_that_was_too_long_is_counted_too() -> None:
    assert text("withdraw.texts", n=1) in receipt({}, draft="a" * 2001)


def test_a_principle_that_the_questionnaire_no_longer_has_is_named_by_its_id() -> None:
    told = receipt({"gone": EVERYTHING, "assets": EVERYTHING})
    about = next(each for each in told if each.id == "withdraw.about").parameter("principles")
    assert about == listing([Phrase(questionnaire().principle("assets").name), Verbatim("gone")])


# what is held


def test_what_was_given_up_is_not_said_to_be_mixed_in() -> None:
    """After the database was put back from an older copy."""
    full = replace(situations()[0], held=holdings()[1])
    told = [block.text for block in shown("held", full).blocks]
    name = Phrase(questionnaire().principle("outcomes").name)
    where = told.index(text("answers.line", principle=name, status=text("status.given-up")))
    assert told[where + 1] == text("held.over")
    name = Phrase(questionnaire().principle("networks").name)
    where = told.index(text("answers.line", principle=name, status=text("status.mixed")))
    assert told[where + 1 : where + 3] == [text("held.mark"), text("held.told")]


# being forgotten


def test_a_facilitator_is_told_what_remains_and_is_asked_the_same_one_question() -> None:
    own = holdings()[1]
    assert own.runs is not None
    base = replace(situations()[0], held=own, is_facilitator=True)
    alone = shown("forget-me", base)
    assert {"f-forget.stay", "f-forget.alone", "f-forget.close-first", "f-forget.silence"} <= ids(alone.blocks)
    shared = shown("forget-me", replace(base, held=replace(own, runs=replace(own.runs, devices=1))))
    assert "f-forget.devices" in ids(shared.blocks)
    assert not {"f-forget.alone", "f-forget.close-first"} & ids(shared.blocks)
    closed = shown("forget-me", replace(base, held=replace(own, runs=replace(own.runs, open=0))))
    assert "f-forget.alone" in ids(closed.blocks)
    assert "f-forget.close-first" not in ids(closed.blocks)
    for each in (alone, shared, closed):
        assert [button.action for button in each.buttons()] == ["back", "forget", "urgent"]


def test_the_last_card_names_nothing() -> None:
    last = shown("forgotten", situations()[0])
    assert ids(last.blocks) == {"forgotten.done", "forgotten.anew"}
    assert last.title == text("forgotten.title")
    assert [button.action for button in last.buttons()] == ["urgent"]
