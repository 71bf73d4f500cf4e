"""What people write reaches the facilitator as they wrote it, in whatever language, and nothing tells the language."""

# ruff: noqa: RUF001 - people write in letters that look like others

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bot.replies import Channel
from bot.telegram.rendering import render
from bot.web.pages import CardPage, Pages
from conversations.cards import Block, Card
from conversations.says import Verbatim, text
from walking import House, Walker, answer, assessment, facilitator, participant, show
from walking.house import wordings

SPOKEN = ("ar", "bn", "ur", "zh", "pl")
WRITTEN = {
    "ar": "أَهْلًا! كانت القابلة Anna لطيفة جدًّا (3 مرّات).\n"
    "لكنّ الانتظار طال: ٤٥ دقيقة.\n\nهل يمكن أن يتغيّر هذا، وأن يُسأل كلّ والد؟",
    "bn": "আমি চাই ধাত্রীরা আমাদের কথা শুনুন।\nক্ষুদ্র প্রশ্নেরও উত্তর দিন, র\u200d্যাম্প রাখুন।",
    "ur": "دائی نے کہا: “wait 10 minutes”، پھر کوئی نہیں آیا۔\nمجھے ترجمان چاہیے تھا؛ می\u200cخواهم",
    "zh": "助产士很好\uff0c但是没有翻译\uff01\n我等了30分钟\uff0c“没有人”来\u3002",
    "pl": "Proszę o tłumacza – żółć, źdźbło, „gęślą jaźń”.\nDziękuję!",
}
"""As people write: vowel signs, conjuncts and joiners, digits and Latin words in between, several lines."""
PLAIN = {code: f"words {number}\nand more" for number, code in enumerate(SPOKEN)}


async def comments_card(folder: Path, said: dict[str, str], spoken: tuple[str, ...], channel: Channel) -> Walker:
    """The card of comments, after five people wrote on this channel in these languages."""
    house = House(folder, languages=SPOKEN)
    organiser = await facilitator(house)
    made = await assessment(organiser)
    for number, (words, language) in enumerate(zip(said.values(), spoken, strict=True)):
        walker = await participant(house, f"p{number}", made.codes["staff"], channel=channel, language=language)
        await answer(walker, "assets", (3, 4, 5), comment=words)
    await show(organiser, made, "assets")
    await organiser.tap("f-comments", "assets")
    return organiser


def quotes(card: Card) -> set[str]:
    return {block.text.words for block in card.blocks if block.kind == "quote" and isinstance(block.text, Verbatim)}


def beside_the_quotes(card: Card) -> list[Block]:
    return [block for block in card.blocks if block.kind != "quote"]


channels = pytest.mark.parametrize("channel", ["telegram", "web"])


@channels
async def test_comments_arrive_as_they_were_written(tmp_path: Path, channel: Channel) -> None:
    walker = await comments_card(tmp_path, WRITTEN, SPOKEN, channel)
    assert quotes(walker.card) == set(WRITTEN.values())


@channels
async def test_nothing_but_the_words_tells_in_which_language_people_wrote(tmp_path: Path, channel: Channel) -> None:
    one = await comments_card(tmp_path / "one", WRITTEN, SPOKEN, channel)
    other = await comments_card(tmp_path / "other", PLAIN, ("en",) * len(SPOKEN), channel)
    assert beside_the_quotes(one.card) == beside_the_quotes(other.card)
    assert [[button.label for button in row] for row in one.card.rows] == [
        [button.label for button in row] for row in other.card.rows
    ]


@pytest.mark.parametrize("reader", ["en", "ar", "zh"])
async def test_each_comment_stands_alone_in_its_own_direction(tmp_path: Path, reader: str) -> None:
    walker = await comments_card(tmp_path, WRITTEN, SPOKEN, "telegram")
    reply = walker.reply
    assert reply is not None
    (message,) = render(reply, wordings(SPOKEN).speak(reader))
    units = message.text.encode("utf-16-le")
    marked = {
        units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        for entity in message.entities
        if "quote" in entity.type
    }
    assert marked == set(WRITTEN.values()), "a paragraph of its own, so Telegram finds its direction by itself"
    page = Pages(wordings(SPOKEN)).card(CardPage(card=reply.card, number=1, language=reader, token="t"))
    found = re.findall(r'<blockquote dir="auto">(.*?)</blockquote>', page, re.DOTALL)
    assert {html.unescape(each) for each in found} == set(WRITTEN.values())


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
async def test_people_are_told_before_they_write_who_sees_their_language(tmp_path: Path, language: str) -> None:
    house = House(tmp_path, languages=SPOKEN)
    made = await assessment(await facilitator(house))
    walker = await participant(house, "7", made.codes["staff"], language=language)
    for choice in ("3", "4", "5"):
        await walker.tap("score", choice)
    assert walker.state == "comment"
    small = [block.text for block in walker.card.blocks if block.kind == "small"]
    assert small == [text("comment.names"), text("comment.no-reply")]
