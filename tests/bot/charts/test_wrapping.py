"""Lines break where a reader expects it, and every line can stand for itself."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.charts.fonts import INVISIBLE, LEFT_TO_RIGHT, RIGHT_TO_LEFT, Fonts
from bot.charts.readings import name
from bot.charts.wrapping import wrap
from bot.wording import FIRST_STRONG_ISOLATE, POP_ISOLATE, Wordings
from conversations.says import Verbatim, listing, text

LATIN, ARABIC = Fonts(script="Latin", mirrored=False), Fonts(script="Arabic", mirrored=True)
CHINESE = Fonts(script="Chinese", mirrored=False)
DOULAS = "Doulas and volunteers of the South East Coast, together!"


def lines(words: str, fonts: Fonts, *, width: float) -> list[str]:
    return [line.words for line in wrap(words, fonts=fonts, width=width, size=30).lines]


def test_a_name_that_goes_over_two_lines_keeps_its_direction_in_both() -> None:
    said = f"\u0627\u0644\u0645\u062c\u0645\u0648\u0639\u0629 {FIRST_STRONG_ISOLATE}{DOULAS}{POP_ISOLATE}: 11"
    found = lines(said, ARABIC, width=500)
    assert len(found) == 2
    assert found[0].endswith(POP_ISOLATE)
    for line in found[1:]:
        assert line.startswith(FIRST_STRONG_ISOLATE + LEFT_TO_RIGHT)
    assert found[-1].endswith(f"!{POP_ISOLATE}: 11")
    together = " ".join(found).translate(dict.fromkeys(map(ord, INVISIBLE)))
    assert together == said.translate(dict.fromkeys(map(ord, INVISIBLE)))


def test_a_name_that_begins_with_a_figure_goes_on_in_the_direction_of_its_letters() -> None:
    mothers = "24 " + "\u0623\u0645\u0647\u0627\u062a " * 8
    found = lines(f"Not shown: {FIRST_STRONG_ISOLATE}{mothers.strip()}{POP_ISOLATE}.", LATIN, width=400)
    assert len(found) > 1
    assert all(line.startswith(FIRST_STRONG_ISOLATE + RIGHT_TO_LEFT) for line in found[1:])


@given(st.text(alphabet=f"{FIRST_STRONG_ISOLATE}{POP_ISOLATE} ab\u0645\u0627(1)\u4eba\uff0c", max_size=80))
def test_no_line_leaves_an_isolate_open_that_began_before_it(words: str) -> None:
    began = words.count(FIRST_STRONG_ISOLATE)
    for line in lines(words, ARABIC, width=120):
        assert line.count(FIRST_STRONG_ISOLATE) <= began
        deep = 0
        for char in line:
            deep += {FIRST_STRONG_ISOLATE: 1, POP_ISOLATE: -1}.get(char, 0)
        assert deep <= 0


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_a_no_break_blank_breaks_no_line(blank: str) -> None:
    for width in range(220, 400, 10):
        assert not any(line.startswith(":") for line in lines(f"Le groupe des familles{blank}: 12", LATIN, width=width))


@pytest.mark.parametrize(
    ("fonts", "words"),
    [
        (LATIN, "This service helps people take action, so that they can build the life they want."),
        (CHINESE, "\u8fd9\u4e2a\u670d\u52a1\u90e8\u95e8\u5e2e\u52a9\u4eba\u4eec\u91c7\u53d6\u884c\u52a8" * 2),
    ],
)
def test_a_last_line_is_not_left_with_one_short_word(fonts: Fonts, words: str) -> None:
    for width in range(400, 900, 10):
        full = wrap(words, fonts=fonts, width=width, size=30)
        assert full.width <= width
        if len(full.lines) > 1:
            assert full.lines[-1].width > width / 8, full


@example(["m" * 14, "i"], 400)
@given(st.lists(st.text("mnoi", min_size=1, max_size=14), min_size=1, max_size=20), st.integers(330, 700))
def test_making_lines_even_never_takes_another_line_and_never_cuts_a_word(words: list[str], width: int) -> None:
    full = [words[0]]
    for word in words[1:]:
        longer = f"{full[-1]} {word}"
        if LATIN.measure(longer, size=30, bold=False).width <= width:
            full[-1] = longer
        else:
            full.append(word)
    even = lines(" ".join(words), LATIN, width=width)
    assert len(even) == len(full)
    if LATIN.measure(max(words, key=len), size=30, bold=False).width <= width:
        assert " ".join(even).split() == words


def test_a_typed_name_keeps_its_direction_alone_and_in_a_list() -> None:
    arabic, english = (Wordings().speak(code) for code in ("ar", "en"))
    apart = f"{FIRST_STRONG_ISOLATE}Mums!{POP_ISOLATE}"
    mums = Verbatim("Mums!")
    assert arabic.say(name(mums, arabic)) == apart
    assert english.say(name(mums, english)) == "Mums!"
    assert arabic.say(listing((text("group.staff"), mums))).endswith(apart)
    assert arabic.say(text("chart.not_shown", names=listing((name(mums, arabic),)))).count(FIRST_STRONG_ISOLATE) == 1
    assert arabic.say(text("chart.people", group=name(mums, arabic), n=5)).count(FIRST_STRONG_ISOLATE) == 1
