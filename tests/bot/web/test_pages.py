"""What the HTML looks like: nothing that people typed becomes markup, and pages stay small."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.texts.web import TEXTS
from bot.web.guard import Guard
from bot.web.pages import FOLDER, STYLE, CardPage, Choice, Figure, Pages
from bot.wording import Wordings
from conversations.cards import Block, Button, Card, Field, Picture, paragraph
from conversations.says import InLanguage, Verbatim, text
from conversations.screens.buttons import LANGUAGE

if TYPE_CHECKING:
    from tests.bot.web.conftest import Cards

HOSTILE = '</textarea></code><script>alert(1)</script><img src=x onerror=y>" \' autofocus onfocus="z {{ 7*7 }} &lt;'
VOID = {"meta", "link", "img", "input", "br"}


class Outline(HTMLParser):
    """Reads a page as strictly as we can: every tag closed in order; remembers tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice in {tag}"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def rtl(tmp_path: Path) -> Wordings:
    """English and a right-to-left language without a catalogue."""
    english = {"name": "English", "direction": "ltr", "script": "Latn", "reviewed": True}
    arabic = {"name": "العربية", "direction": "rtl", "script": "Arab", "reviewed": False}
    (tmp_path / "locales.json").write_text(json.dumps({"languages": {"en": english, "ar": arabic}}))
    return Wordings(folder=tmp_path)


def rendered(card: Card, *, wordings: Wordings | None = None, language: str = "en", **more: object) -> str:
    token = Guard(installation_key=b"k" * 32, public_url="").token("cookie")
    return Pages(wordings or Wordings()).card(
        CardPage(card=card, number=123_456, language=language, token=token, **more)  # type: ignore[arg-type]
    )


def test_hostile_words_never_become_markup() -> None:
    words = Verbatim(HOSTILE)
    kinds = ("paragraph", "item", "quote", "heading", "small", "code")
    card = Card(
        state="x",
        title=words,
        progress=words,
        blocks=tuple(Block(kind, words) for kind in kinds),  # type: ignore[arg-type]
        rows=((Button(label=words, action="a", value="b", chosen=True), Button(label=words, action="c")),),
        field=Field(label=words, submit=words, value=HOSTILE, lines=5),
    )
    figure = Figure(picture=Picture(kind="gaps", assessment="abcd"), caption=HOSTILE)
    html = rendered(card, figures=[figure], words=HOSTILE, unsent="")
    outline = Outline(html)
    assert not outline.all("script")
    assert len(outline.all("img")) == 1
    assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on")]
    assert "autofocus" not in {name for _, attributes in outline.tags for name in attributes}
    assert "49" not in re.sub(r'value="[^"]*"', "", html)
    single = rendered(Card(state="x", field=Field(label=words, submit=words, value=HOSTILE, lines=1)))
    assert [each["value"] for each in Outline(single).all("input") if each.get("name") == "words"] == [HOSTILE]


def test_hostile_words_on_the_other_pages_never_become_markup() -> None:
    pages = Pages(Wordings())
    choice = Choice(
        heading=text("web.title"),
        paragraphs=[],
        submit=text("web.title"),
        action="/resume",
        token="t",
        label=text("web.title"),
        value=HOSTILE,
    )
    fault = pages.fault(text("web.title"), hint=HOSTILE, again={"words": HOSTILE, HOSTILE: HOSTILE}, typed=HOSTILE)
    for html in (pages.choice(choice, language="en"), fault):
        outline = Outline(html)
        assert not outline.all("script")
        assert not outline.all("img")


def test_templates_never_switch_escaping_off() -> None:
    for template in FOLDER.glob("*.html"):
        source = template.read_text("utf-8")
        assert "safe" not in source
        assert "autoescape" not in source
        assert "<script" not in source
        assert "style=" not in source


def test_a_text_that_begins_with_an_empty_line_keeps_it() -> None:
    html = rendered(Card(state="x", field=Field(label=Verbatim("l"), submit=Verbatim("s"), value="\nfirst", lines=5)))
    assert ">\n\nfirst</textarea>" in html


def test_a_scored_question_is_one_form_with_buttons_in_order(cards: Cards) -> None:
    outline = Outline(rendered(cards.QUESTION))
    taps = [each["value"] for each in outline.all("button")]
    assert taps == [f"score:{score}" for score in (1, 2, 3, 4, 5, "unknown")] + [
        "previous:",
        "skip:",
        "more:",
        "urgent:",
        "menu:",
    ]
    chosen = [each["value"] for each in outline.all("button") if "aria-current" in each]
    assert chosen == ["score:3"]
    assert len(outline.all("form")) == 1
    assert len(outline.all("h1")) == 1


def test_what_was_chosen_is_marked_by_more_than_colour(cards: Cards) -> None:
    html = rendered(cards.QUESTION)
    assert html.count("✓") == 1
    assert "(your choice)" in html


def test_the_first_button_of_a_form_with_a_field_sends_the_text(cards: Cards) -> None:
    """The Enter key in a single line presses the first button."""
    for card in (cards.HOME, cards.COMMENT):
        assert "name" not in Outline(rendered(card)).all("button")[0]


def test_a_long_text_is_never_cut_by_the_browser(cards: Cards) -> None:
    html = rendered(cards.COMMENT)
    assert "maxlength" not in html
    assert "Up to 2,000 characters" in html


def test_every_page_names_its_language_and_direction(cards: Cards, rtl: Wordings) -> None:
    assert '<html lang="en" dir="ltr">' in rendered(cards.QUESTION)
    assert '<html lang="ar" dir="rtl">' in rendered(cards.QUESTION, wordings=rtl, language="ar")
    assert '<html lang="ar" dir="rtl">' in Pages(rtl).fault(text("web.title"), hint="ar-EG,en;q=0.5")


def test_what_people_typed_runs_in_its_own_direction_and_codes_from_left_to_right() -> None:
    card = Card(
        state="x",
        blocks=(
            Block("quote", Verbatim("q")),
            Block("paragraph", Verbatim("p")),
            Block("code", Verbatim("c")),
        ),
        rows=((Button(label=Verbatim("b"), action="a"),),),
        field=Field(label=text("web.title"), submit=text("web.title"), value="v", lines=5),
    )
    outline = Outline(rendered(card))
    for tag in ("blockquote", "textarea"):
        assert [each["dir"] for each in outline.all(tag)] == ["auto"]
    assert [each["dir"] for each in outline.all("code")] == ["ltr"]
    assert [each["dir"] for each in outline.all("p") if "dir" in each] == ["auto"]
    assert [each.get("dir") for each in outline.all("button")] == [None, "auto"]


def test_words_of_another_language_tell_a_screen_reader_which_and_run_its_way() -> None:
    names = {"zh": "简体中文", "ur": "اردو", "en": "English"}
    rows = tuple(
        (Button(label=InLanguage(code, Verbatim(name)), action="speak", value=code, chosen=code == "zh"),)
        for code, name in names.items()
    )
    said = InLanguage("en", text("language.title"))
    html = rendered(
        Card(state="language", title=text("language.title"), blocks=(paragraph(said),), rows=rows), language="ar"
    )
    outline = Outline(html)
    found = [(each["value"], each["lang"], each["dir"]) for each in outline.all("button")]
    assert found == [("speak:zh", "zh-Hans", "ltr"), ("speak:ur", "ur", "rtl"), ("speak:en", "en", "ltr")]
    assert '<p lang="en" dir="ltr">Choose your language</p>' in html
    assert '<html lang="ar" dir="rtl">' in html
    assert '<html lang="zh-Hans" dir="ltr">' in rendered(Card(state="x"), language="zh")


def test_the_sign_of_a_button_is_seen_and_not_read_out() -> None:
    html = rendered(Card(state="x", rows=((LANGUAGE,),)))
    assert [each["aria-hidden"] for each in Outline(html).all("svg")] == ["true"]
    assert "</svg> Language</button>" in html


def test_a_score_and_its_count_stay_on_one_line() -> None:
    caption = "Staff – 1: 0 · 2: 3 · 5: 11; average 2.9\nGap 3: Staff 4.2"
    html = rendered(Card(state="x"), figures=[Figure(picture=Picture(kind="gaps", assessment="abcd"), caption=caption)])
    assert (
        "<span>Staff – 1:\N{NO-BREAK SPACE}0 · 2:\N{NO-BREAK SPACE}3 · 5:\N{NO-BREAK SPACE}11; average 2.9</span>"
        in html
    )
    assert "<span>Gap 3: Staff 4.2</span>" in html


def test_the_style_knows_no_left_and_right() -> None:
    style = STYLE.decode()
    assert not re.search(r"(margin|padding|border)-(left|right)|[^-]\b(left|right):|text-align: (left|right)", style)


def test_the_title_tells_nothing_of_the_subject(cards: Cards) -> None:
    assert "<title>Equal Voice</title>" in rendered(cards.QUESTION)


def test_a_page_and_its_style_stay_within_ten_kilobytes(cards: Cards) -> None:
    card = Card(
        state="x",
        title=cards.QUESTION.title,
        blocks=tuple(Block("paragraph", Verbatim(f"{number} {HOSTILE}" * 4)) for number in range(10)),
        rows=cards.QUESTION.rows,
        field=cards.COMMENT.field,
    )
    assert len(gzip.compress(rendered(card).encode())) + len(gzip.compress(STYLE)) < 10 * 1024


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "page", 4.5),
        ("ink", "soft", 4.5),
        ("faint", "page", 4.5),
        ("faint", "soft", 4.5),
        ("main", "page", 4.5),
        ("on-main", "main", 4.5),
        ("danger", "page", 4.5),
        ("line", "page", 3),
        ("line", "soft", 3),
        ("focus", "page", 3),
    ],
)
def test_colours_can_be_told_apart_by_day_and_night(theme: int, front: str, back: str, least: float) -> None:
    themes = re.findall(r":root \{([^}]*--page[^}]*)\}", STYLE.decode())
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", themes[theme]))
    light, dark = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_every_text_of_the_pages_is_used_and_every_used_one_is_there() -> None:
    sources = [*FOLDER.glob("*.html"), *FOLDER.parent.glob("*.py")]
    source = "\n".join(file.read_text("utf-8") for file in sources)
    used = set(re.findall(r'"(web\.[a-z.-]+)"', source))
    used |= {f"web.alt.{kind}" for kind in ("principle", "gaps", "overview", "poster")}
    assert used == set(TEXTS)
