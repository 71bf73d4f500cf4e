"""How many calls of the Bot API a tap on a scored question takes."""

from __future__ import annotations

from collections.abc import Iterable

from fake_bot_api import FakeBotApi
from telegram_walk.acting import QUESTION, Actor


def taps_of_two_calls(api: FakeBotApi, people: Iterable[Actor]) -> int:
    """Answering a scored question takes two calls; returns how many taps were looked at.

    The open question is a new message. The old one loses its buttons later, with the next text.
    """
    looked = 0
    for person in people:
        for done in person.taps:
            question, following = QUESTION.search(done.before), QUESTION.search(done.after)
            if not question or not following or question[2] == "4":
                continue
            calls = api.calls_between(done.start, done.end, chat=person.person)
            methods = [call.method for call in calls]
            if following[2] == "4":
                assert methods == ["answerCallbackQuery", "sendMessage"], methods
            else:
                assert methods == ["answerCallbackQuery", "editMessageText"], methods
            looked += 1
    return looked
