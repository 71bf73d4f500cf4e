"""Cards become plain text with entities that Telegram counts the same way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from telegram import MessageEntity

from bot.replies import Reply
from bot.telegram.rendering import Message, caption_of, plain, render, units
from bot.wording import Wordings
from conversations.cards import Block, Button, Card, Field, code, heading, item, paragraph, quote, small
from conversations.says import InLanguage, Verbatim, text
from conversations.screens.buttons import LANGUAGE
from tests.bot.telegram.conftest import reply

WORDING = Wordings().speak("en")


def rendered(*blocks: Block, notices: Any = (), number: int = 1, **more: Any) -> tuple[Message, ...]:
    shown: Reply = reply(Card(state="test", blocks=blocks, **more), number, notices=notices)
    return render(shown, WORDING)


def marked(message: Message) -> Iterator[tuple[str, str]]:
    """Each entity's type and the text that Telegram finds under it."""
    encoded = message.text.encode("utf-16-le")
    for entity in message.entities:
        under = encoded[2 * entity.offset : 2 * (entity.offset + entity.length)]
        yield entity.type, under.decode("utf-16-le")


def v(words: str) -> Verbatim:
    return Verbatim(words)


@pytest.mark.parametrize(("code", "mark"), [("en", ""), ("pl", ""), ("ar", "\u200f"), ("ur", "\u200f")])
def test_the_sign_before_a_remark_does_not_turn_a_right_to_left_line(code: str, mark: str) -> None:
    wording, remark = Wordings().speak(code), text("telegram.no_picture")
    [message] = render(reply(Card(state="test"), 1, notices=(remark,)), wording)
    assert message.text == f"{mark}ℹ️ {wording.say(remark)}"  # noqa: RUF001 - the sign is meant


def test_a_line_that_begins_with_a_latin_name_still_runs_right_to_left() -> None:
    urdu, line, name = Wordings().speak("ur"), text("limits.telegram"), v("Riverside Maternity")
    assert urdu.say(line).startswith("Telegram ")
    [message] = render(reply(Card(state="test", title=name, blocks=(item(line), quote(v("NHS میں"))))), urdu)
    assert message.text == f"Riverside Maternity\n\n\u200f• {urdu.say(line)}\n\nNHS میں", (
        "what people typed stays as it is"
    )
    [english] = rendered(paragraph(v("Ward العربية")))
    assert english.text == "Ward العربية"


def test_a_card_with_everything_reads_from_top_to_bottom() -> None:
    [message] = rendered(
        paragraph(v("👩‍🔬 Statement")),
        heading(v("🙂 Things to think about")),
        item(v("one 🙂")),
        item(v("two")),
        quote(v("🙂 official")),
        small(v("source 🙂")),
        code(v("KVMT-7RXW")),
        title=v("🙂 Assets"),
        progress=v("🙂 2 of 20"),
        notices=(text("telegram.no_picture"),),
        field=Field(label=v("What would help?"), submit=v("Save"), value="🙂 so far"),
    )
    assert message.text == "\n".join(
        [
            "ℹ️ Sorry, a picture could not be made. The same is told here in words.",  # noqa: RUF001
            "",
            "🙂 2 of 20",
            "🙂 Assets",
            "",
            "👩‍🔬 Statement",
            "",
            "🙂 Things to think about",
            "• one 🙂",
            "• two",
            "",
            "🙂 official",
            "",
            "source 🙂",
            "",
            "KVMT-7RXW",
            "",
            "What you wrote so far",
            "🙂 so far",
            "",
            "What would help?",
        ]
    )
    assert list(marked(message)) == [
        (MessageEntity.BOLD, "🙂 Assets"),
        (MessageEntity.BOLD, "🙂 Things to think about"),
        (MessageEntity.BLOCKQUOTE, "🙂 official"),
        (MessageEntity.ITALIC, "source 🙂"),
        (MessageEntity.CODE, "KVMT-7RXW"),
        (MessageEntity.BOLD, "What you wrote so far"),
        (MessageEntity.BLOCKQUOTE, "🙂 so far"),
    ]


def test_buttons_keep_their_rows_and_carry_the_cards_number() -> None:
    rows = (
        (
            Button(label=v("Good"), action="score", value="4", look="main", chosen=True),
            Button(label=v("Bad"), action="score", value="1", look="quiet"),
        ),
        (),
        (Button(label=v("Withdraw"), action="withdraw", look="danger"),),
    )
    [message] = rendered(paragraph(v("x")), rows=rows, number=12)
    assert message.keyboard is not None
    found = [
        [(button.text, button.callback_data, button.style) for button in row]
        for row in message.keyboard.inline_keyboard
    ]
    assert found == [
        [("✓ Good", "12:score:4", "primary"), ("Bad", "12:score:1", None)],
        [("Withdraw", "12:withdraw:", "danger")],
    ]


def test_a_code_can_be_copied_unless_it_is_too_long_for_telegram() -> None:
    link = "https://t.me/our_bot?start=c-KVMT7RXW"
    [message] = rendered(code(v("KVMT-7RXW")), code(v(link)), code(v("x" * 257)))
    assert message.keyboard is not None
    [first], [second] = message.keyboard.inline_keyboard
    assert first.copy_text is not None
    assert second.copy_text is not None
    assert (first.text, first.copy_text.text) == ("Copy KVMT-7RXW", "KVMT-7RXW")
    assert second.copy_text.text == link
    assert second.text == "Copy https://t.me/our_bot?start=c-…"


def test_long_quotes_fold() -> None:
    [message] = rendered(quote(v("x" * 400)), quote(v("y" * 401)))
    assert [entity.type for entity in message.entities] == [
        MessageEntity.BLOCKQUOTE,
        MessageEntity.EXPANDABLE_BLOCKQUOTE,
    ]


def test_a_long_card_is_split_at_the_end_of_a_paragraph() -> None:
    blocks = [quote(v(f"{count}" + "🙂" * 1000)) for count in range(5)]
    messages = rendered(*blocks, rows=((Button(label=v("Go"), action="go"),),))
    assert [message.text[0] for message in messages] == ["0", "2", "4"]
    assert [message.keyboard is not None for message in messages] == [False, False, True]
    for message in messages:
        assert units(message.text) <= 4096
        assert all(under in {str(b.text.words) for b in blocks} for _, under in marked(message))  # type: ignore[union-attr]


@pytest.mark.parametrize("words", ["🙂" * 5000, "word " * 2000, "line\n" * 2000, "x" * 4096 + "🙂", "x" * 4095 + "🙂"])
def test_a_paragraph_longer_than_a_message_loses_nothing(words: str) -> None:
    messages = rendered(quote(v(words)))
    assert all(0 < units(message.text) <= 4096 for message in messages)
    assert all(list(marked(m)) == [(MessageEntity.EXPANDABLE_BLOCKQUOTE, m.text)] for m in messages[:-1])
    together = "".join("".join(message.text.split()) for message in messages)
    assert together == "".join(words.split())


def test_more_entities_than_telegram_takes_go_into_a_second_message() -> None:
    messages = rendered(*(quote(v("ok")) for _ in range(150)))
    assert [len(message.entities) for message in messages] == [100, 50]


def test_space_around_peoples_words_does_not_shift_anything() -> None:
    [message] = rendered(quote(v("\r\n  hello\r\nyou \n")), quote(v("   ")), small(v("end")))
    assert message.text == "hello\nyou\n\nend"
    assert [under for _, under in marked(message)] == ["hello\nyou", "end"]


def test_markup_stays_what_it_is() -> None:
    [message] = rendered(quote(v("<b>*_`[&amp;")))
    assert message.text == "<b>*_`[&amp;"


def test_a_card_without_words_is_still_a_message() -> None:
    [message] = rendered(rows=((Button(label=v("Go"), action="go"),),))
    assert message.text


def test_plain_words_and_captions_keep_the_limits() -> None:
    assert plain("") == ()
    assert [message.text for message in plain("hello")] == ["hello"]
    assert caption_of(" all 🙂 ") == "all 🙂"
    assert caption_of("first\n" + "x" * 1024) == "first"
    assert units(caption_of("🙂" * 600)) == 1024


def test_the_sign_of_a_button_stands_before_its_words_and_a_language_in_its_own_script() -> None:
    names = tuple(
        Button(label=InLanguage(code, v(name)), action="speak") for code, name in (("ur", "اردو"), ("en", "E"))
    )
    [message] = rendered(paragraph(v("x")), rows=((LANGUAGE,), names))
    assert message.keyboard is not None
    assert [[button.text for button in row] for row in message.keyboard.inline_keyboard] == [
        ["🌐 Language"],
        ["اردو", "E"],
    ]
