"""The participant's way through a principle: three scored questions, the open question, the check card, handing in."""

from __future__ import annotations

from typing import cast

from conversations.codes import is_code
from conversations.commands import HandIn, LookUp, SaveChoice, SaveComment, TakeOut
from conversations.comments import normalised
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Tap, Typed
from conversations.moves.everywhere import opens
from conversations.pools import Choice
from conversations.questionnaire import Principle
from conversations.says import Phrase, text
from conversations.situation import Situation
from conversations.step import Move, Step, again

COMMENT_LIMIT = 2000
"""The longest comment, in characters of its normalised words."""

LONGEST_DRAFT = 20_000
"""So many characters of a text that is too long wait for a decision; what comes on top is not taken."""

LONGEST_WORD = 60
"""A longer run of letters without a space is cut in the middle."""

CHANGING = "change"
"""The topic of a question that was opened from the check card: after it, back to the check card."""


def principle_of(dialogue: Dialogue, situation: Situation) -> Principle:
    """The principle that the dialogue is about."""
    return situation.questionnaire.principle(dialogue.place.principle)


def to_check(dialogue: Dialogue) -> Dialogue:
    """The check card of the same principle."""
    return dialogue.at("check", principle=dialogue.place.principle)


def after(dialogue: Dialogue, principle: Principle) -> Dialogue:
    """What follows this statement: the next one, or the open question; the check card when it was a single change."""
    if dialogue.place.topic == CHANGING:
        return to_check(dialogue)
    ids = [statement.id for statement in principle.statements]
    following = ids[ids.index(dialogue.place.statement) + 1 :]
    if following:
        return dialogue.at("question", principle=principle.id, statement=following[0])
    return dialogue.at("comment", principle=principle.id)


def before(dialogue: Dialogue, situation: Situation) -> Dialogue:
    """What came before this card. Before the first statement: the check card of the principle before."""
    principle = principle_of(dialogue, situation)
    if dialogue.place.topic == CHANGING:
        return to_check(dialogue)
    ids = [statement.id for statement in principle.statements]
    if dialogue.place.state == "check":
        return dialogue.at("comment", principle=principle.id)
    if dialogue.place.state == "comment":
        return dialogue.at("question", principle=principle.id, statement=ids[-1])
    earlier = ids[: ids.index(dialogue.place.statement)]
    if earlier:
        return dialogue.at("question", principle=principle.id, statement=earlier[-1])
    principles = [each.id for each in situation.questionnaire.principles]
    position = principles.index(principle.id)
    return dialogue.at("check", principle=principles[position - 1]) if position else dialogue


def poured(dialogue: Dialogue, situation: Situation) -> bool:
    """Whether the principle that the dialogue is about is mixed in already."""
    return situation.taking is not None and situation.taking.part(dialogue.place.principle).poured


def mixed_in(dialogue: Dialogue, situation: Situation) -> Step:
    """It can no longer be changed: say so, on the check card."""
    taking = situation.taking
    lost = taking is not None and taking.part(dialogue.place.principle).given_up
    return Step(dialogue=to_check(dialogue), notices=(text("check.given-up" if lost else "check.mixed"),))


def choose(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """One of the five scores, "I don't know", or skipping: on to the next question or comment, or back to check."""
    assert isinstance(given, Tap)
    if poured(dialogue, situation):
        return mixed_in(dialogue, situation)
    choice: Choice
    if given.action == "skip":
        choice = "skipped"
    elif given.value == "unknown":
        choice = "unknown"
    elif given.value in {"1", "2", "3", "4", "5"}:
        choice = cast(Choice, int(given.value))
    else:
        return again(dialogue)
    principle = principle_of(dialogue, situation)
    save = SaveChoice(principle=principle.id, statement=dialogue.place.statement, choice=choice)
    return Step(dialogue=after(dialogue, principle), commands=(save,))


def go_back(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """One card back: question, comment, or the check card of the principle before."""
    return Step(dialogue=before(dialogue, situation))


def write(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A comment, or more of it: comment shows it, or too-long; a web form brings the whole of it and leads to check.

    Several messages are joined by an empty line, also while they are too long: a phone cuts a long text into several.
    A message that is nothing but a session code is looked up first.
    """
    assert isinstance(given, Typed)
    if dialogue.place.state == "comment" and not given.whole and is_code(given.words):
        return Step(dialogue=dialogue.drafting(words=given.words), commands=(LookUp(code=given.words),))
    return take_words(dialogue, given, situation)


def no_code_after_all(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """What looked like a session code is none of ours: typed here, it was meant as words; in a link it was not."""
    if "words" not in dialogue.draft:
        return again(dialogue, "code.unknown")
    return take_words(dialogue, Typed(str(dialogue.draft.get("words", ""))), situation)


def take_words(dialogue: Dialogue, given: Typed, situation: Situation) -> Step:
    """Words for the comment: the whole of it, or more of it."""
    if poured(dialogue, situation) or situation.taking is None:
        return mixed_in(dialogue, situation)
    said = normalised(given.words)
    if not given.whole and not said:
        return again(dialogue)
    so_far = situation.taking.part(dialogue.place.principle).comment
    if dialogue.place.state == "too-long":
        so_far = str(dialogue.draft.get("words", ""))
    elif dialogue.place.topic == "rewrite":
        so_far = ""
    if len(so_far) > LONGEST_DRAFT and not given.whole:
        return again(dialogue, "too-long.full")
    adds = so_far and not given.whole
    words = f"{so_far}\n\n{said}" if adds else said
    return keep(dialogue, words, done=given.whole and not given.stays)


def keep(dialogue: Dialogue, words: str, *, done: bool) -> Step:
    """Keep a comment if it fits; otherwise it waits as a draft and the person decides. ``done``: to the check card.

    It is kept, and counted, as others will read it.
    """
    place, words = dialogue.place, normalised(words)
    if len(words) > COMMENT_LIMIT:
        too_long = dialogue.at("too-long", principle=place.principle)
        return Step(dialogue=too_long.drafting(words=words))
    save = SaveComment(principle=place.principle, comment=words)
    after_it = to_check(dialogue) if done else dialogue.at("comment", principle=place.principle)
    return Step(dialogue=after_it, commands=(save,))


def cut(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Keep the first characters of a comment that is too long, on to check."""
    if poured(dialogue, situation):
        return mixed_in(dialogue, situation)
    return keep(dialogue, first_part(str(dialogue.draft.get("words", ""))), done=True)


def first_part(words: str) -> str:
    """As much of a text as there is room for, up to the end of a word where one ends near."""
    room = words[:COMMENT_LIMIT]
    if len(words) > COMMENT_LIMIT and not words[COMMENT_LIMIT].isspace():
        whole_words, _, broken = room.rpartition(" ")
        if len(broken) < LONGEST_WORD:
            room = whole_words
    return room.rstrip()


def drop(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Leave the comment as it was before the text that is too long, back to comment."""
    return Step(dialogue=dialogue.at("comment", principle=dialogue.place.principle))


def rewrite(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """The next text replaces the comment. Until it comes, the old one stays."""
    return Step(dialogue=dialogue.at("comment", principle=dialogue.place.principle, topic="rewrite"))


def erase_comment(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """No comment after all."""
    if poured(dialogue, situation):
        return mixed_in(dialogue, situation)
    save = SaveComment(principle=dialogue.place.principle, comment="")
    return Step(dialogue=dialogue.at("comment", principle=dialogue.place.principle), commands=(save,))


def go_on(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """From the open question to check."""
    return Step(dialogue=to_check(dialogue))


def hand_in(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Hand in, and on to the next principle that is still open: question or check, or end."""
    if poured(dialogue, situation) or situation.taking is None:
        return mixed_in(dialogue, situation)
    here = principle_of(dialogue, situation)
    notice = text("check.handed-in", principle=here_name(here))
    return Step(dialogue=onward(dialogue, situation), commands=(HandIn(principle=here.id),), notices=(notice,))


def carry_on(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """From a principle that is handed in or mixed in to the next open one: question or check, or end."""
    return Step(dialogue=onward(dialogue, situation))


def onward(dialogue: Dialogue, situation: Situation) -> Dialogue:
    """The next principle, in order, that is neither handed in nor mixed in; the end when there is none."""
    order = [principle.id for principle in situation.questionnaire.principles]
    here = order.index(dialogue.place.principle)
    return first_open(dialogue, [*order[here + 1 :], *order[:here]], situation)


def resume(dialogue: Dialogue, situation: Situation) -> Dialogue:
    """Where somebody goes on whose position is not known: the first open principle."""
    return first_open(dialogue, [principle.id for principle in situation.questionnaire.principles], situation)


def first_open(dialogue: Dialogue, order: list[str], situation: Situation) -> Dialogue:
    """The first of these principles that is neither handed in nor mixed in; the end when there is none."""
    for id_ in order:
        part = situation.taking.part(id_) if situation.taking else None
        if part is None or not (part.handed_in or part.poured):
            return begin(dialogue, id_, situation)
    return dialogue.at("end")


def begin(dialogue: Dialogue, principle_id: str, situation: Situation) -> Dialogue:
    """The first card of a principle that nobody touched; otherwise its first open statement, or its check card."""
    principle = situation.questionnaire.principle(principle_id)
    part = situation.taking.part(principle_id) if situation.taking else None
    if part is None or not (part.choices or part.comment):
        return dialogue.at("question", principle=principle_id, statement=principle.statements[0].id)
    for statement in principle.statements:
        if statement.id not in part.choices:
            return dialogue.at("question", principle=principle_id, statement=statement.id)
    return dialogue.at("check", principle=principle_id)


def change(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Open one question or the comment of the principle again; what was handed in is taken out."""
    assert isinstance(given, Tap)
    if poured(dialogue, situation):
        return mixed_in(dialogue, situation)
    principle = principle_of(dialogue, situation)
    part = situation.taking.part(principle.id) if situation.taking else None
    taken_out = part is not None and part.handed_in
    commands = (TakeOut(principle=principle.id),) if taken_out else ()
    notices = (text("check.taken-out"),) if taken_out else ()
    if given.value == "comment":
        place = dialogue.at("comment", principle=principle.id)
    elif given.value in {statement.id for statement in principle.statements}:
        place = dialogue.at("question", principle=principle.id, statement=given.value, topic=CHANGING)
    else:
        return again(dialogue)
    return Step(dialogue=place, commands=commands, notices=notices)


def open_change(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens change on top, unless the principle is mixed in."""
    if poured(dialogue, situation):
        return mixed_in(dialogue, situation)
    return Step(dialogue=dialogue.over("change"))


def go_to(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """To one principle: question, or check. A text that is too long is decided first: back to too-long."""
    assert isinstance(given, Tap)
    if situation.taking is None or given.value not in {each.id for each in situation.questionnaire.principles}:
        return again(dialogue)
    if dialogue.below is not None and dialogue.below.state == "too-long":
        return Step(dialogue=dialogue.back())
    part = situation.taking.part(given.value)
    if part.handed_in or part.poured:
        return Step(dialogue=dialogue.at("check", principle=given.value))
    return Step(dialogue=begin(dialogue, given.value, situation))


def see_answers(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens answers on top, for somebody who takes part."""
    if situation.taking is None:
        return again(dialogue)
    return Step(dialogue=dialogue.over("answers"))


def word(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens word on top."""
    assert isinstance(given, Tap)
    if given.value not in {explanation.id for explanation in situation.questionnaire.explanations}:
        return again(dialogue)
    return Step(dialogue=dialogue.over("word", topic=given.value))


def here_name(principle: Principle) -> Phrase:
    """The name of a principle as it is said."""
    return Phrase(principle.name)


EVERYWHERE: dict[str, Move] = {"tap answers": see_answers, "tap words": opens("words"), "tap word": word}

ROWS: dict[str, dict[str, Move]] = {
    "question": {"tap score": choose, "tap skip": choose, "tap previous": go_back, "tap more": opens("more")},
    "comment": {
        "typed": write,
        "outcome look-up unknown": no_code_after_all,
        "tap go-on": go_on,
        "tap rewrite": rewrite,
        "tap erase": erase_comment,
        "tap previous": go_back,
        "tap more": opens("more"),
    },
    "too-long": {"typed": write, "tap cut": cut, "tap drop": drop, "tap rewrite": rewrite},
    "check": {
        "tap hand-in": hand_in,
        "tap change": open_change,
        "tap previous": go_back,
        "tap carry-on": carry_on,
    },
    "change": {"tap this": change},
    "end": {},
    "answers": {"tap principle": go_to},
    "more": {"tap official": opens("official"), "tap ladder": opens("ladder")},
    "words": {},
    "word": {"tap ladder": opens("ladder")},
    "official": {},
    "ladder": {},
}
