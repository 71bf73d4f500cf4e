"""What works in every state: menu, help, "I need help", language, stop, withdraw; kind answers to the rest.

These open on top of where the person is, so that "back" leads to the same question again.
"""

from __future__ import annotations

from conversations.codes import is_code
from conversations.commands import Leave, LookUp, Redeem, ResumeCode, Withdraw
from conversations.dialogue import Dialogue
from conversations.inputs import Input, Opened, Outcome, Typed, Unreadable
from conversations.receipts import withdrawal
from conversations.says import Minute, text
from conversations.situation import Situation
from conversations.step import Move, Step, again


def opens(state: str) -> Move:
    """A move that opens a state on top."""

    def move(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
        return Step(dialogue=dialogue.over(state))

    move.__doc__ = f"Opens {state} on top."
    return move


def back(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Close what is on top."""
    return Step(dialogue=dialogue.back())


def stale(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """An old button, or the same tap twice: nothing changes."""
    return again(dialogue)


def typed(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A text where a button is asked. What looks like a session code is one."""
    assert isinstance(given, Typed)
    if is_code(given.words):
        return Step(dialogue=dialogue, commands=(LookUp(code=given.words),))
    return again(dialogue, "odd.typed")


def unreadable(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A photo, a sticker, a voice note, an edited message …"""
    assert isinstance(given, Unreadable)
    if given.what == "edited":
        return again(dialogue, "odd.edited")
    return again(dialogue, f"odd.{given.what}" if given.what in {"photo", "voice", "sticker"} else "odd.other")


def asked_something_else(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A command that we do not know."""
    return again(dialogue, "odd.command")


def opened(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A link, a QR code or /start. Without a payload: here is where you are."""
    assert isinstance(given, Opened)
    kind, _, rest = given.payload.partition("-")
    if kind == "c" and rest:
        return Step(dialogue=dialogue, commands=(LookUp(code=rest),))
    if kind in {"i", "d", "f"} and rest:
        return Step(dialogue=dialogue, commands=(Redeem(token=given.payload),))
    return Step(dialogue=dialogue.back(), notices=(text("odd.link"),) if given.payload else ())


def ask_to_withdraw(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens withdraw on top, for one confirmation; somebody who takes no part has nothing to withdraw."""
    if situation.taking is None:
        return again(dialogue, "withdraw.nothing")
    return Step(dialogue=dialogue.over("withdraw"))


def withdraw(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Erase everything that is not poured, with a receipt: home."""
    if situation.taking is None:
        return again(dialogue, "withdraw.nothing")
    receipt = withdrawal(situation.taking, dialogue, situation)
    return Step(dialogue=dialogue.at("home"), commands=(Withdraw(),), notices=receipt)


def ask_to_stop(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens stopped on top and keeps everything; without an assessment there is nothing to stop."""
    if situation.taking is None:
        return Step(dialogue=dialogue.back(), notices=(text("stop.nothing"),))
    return Step(dialogue=dialogue.over("stopped"))


def go_on_by_typing(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Any message ends a pause, as the card promises. What looks like a session code is one."""
    assert isinstance(given, Typed)
    return typed(dialogue, given, situation) if is_code(given.words) else Step(dialogue=dialogue.back())


def to_facilitating(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A facilitator who takes part elsewhere goes back to their own assessments: home."""
    if not situation.is_facilitator:
        return again(dialogue)
    commands = (Leave(),) if situation.taking is not None else ()
    return Step(dialogue=dialogue.at("home"), commands=commands)


def ask_for_resume_code(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """A code to go on in another browser; on Telegram the chat itself is on every device."""
    if situation.channel != "web":
        return again(dialogue, "resume.telegram")
    return Step(dialogue=dialogue, commands=(ResumeCode(),))


def resume_code_made(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Opens resume-code on top; the code is kept as a draft so that a reload shows it again."""
    assert isinstance(given, Outcome)
    shown = dialogue.over("resume-code")
    return Step(dialogue=shown.drafting(code=given.text("code"), until=given.number("until")))


def wait(dialogue: Dialogue, given: Input, situation: Situation) -> Step:
    """Too many wrong codes: say until when to wait."""
    assert isinstance(given, Outcome)
    return Step(dialogue=dialogue, notices=(text("code.wait", at=Minute(given.number("until"))),), again=True)


ROW: dict[str, Move] = {
    "stale": stale,
    "typed": typed,
    "unreadable": unreadable,
    "opened": opened,
    "tap menu": opens("menu"),
    "tap help": opens("help"),
    "tap urgent": opens("urgent"),
    "tap language": opens("language"),
    "tap back": back,
    "tap stop": ask_to_stop,
    "tap withdraw": ask_to_withdraw,
    "tap facilitate": to_facilitating,
    "tap resume-code": ask_for_resume_code,
    "asked menu": opens("menu"),
    "asked help": opens("help"),
    "asked urgent": opens("urgent"),
    "asked language": opens("language"),
    "asked stop": ask_to_stop,
    "asked withdraw": ask_to_withdraw,
    "outcome look-up wait": wait,
    "outcome redeem wait": wait,
    "outcome resume-code made": resume_code_made,
}
"""What every state understands, unless its own row says otherwise."""

ROWS: dict[str, dict[str, Move]] = {
    "menu": {},
    "help": {},
    "urgent": {},
    "stopped": {"typed": go_on_by_typing},
    "withdraw": {"tap erase": withdraw},
    "resume-code": {},
}
