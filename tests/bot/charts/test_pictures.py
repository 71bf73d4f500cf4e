"""The PNG itself: its size, its colours, nothing hidden inside, and the same bytes for the same numbers."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.charts import render
from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.charts.palette import FOURTH, SCALE, STAFF, THIRD, USERS, styles
from bot.charts.poster import QUIET
from conversations.questionnaire import NotInQuestionnaire
from conversations.says import text
from tests.bot.charts.conftest import ENGLISH, PRINCIPLES, QUESTIONNAIRE, WORDS, alike, gathered, pretended

RESULTS = gathered(
    [
        alike([2, 3, 3, 4, 4, 5], label=text("group.staff"), audience="staff"),
        alike([1, 1, 2, 3, 4, None], label=text("group.users"), audience="users"),
    ]
)
LINK = "https://t.me/equal_voice_example_bot?start=K7QM3WXP"
JOBS: dict[str, Job] = {
    "principle": PrincipleChart(results=RESULTS, questionnaire=QUESTIONNAIRE, principle=PRINCIPLES[0], wording=ENGLISH),
    "gaps": GapChart(results=RESULTS, questionnaire=QUESTIONNAIRE, wording=ENGLISH),
    "overview": OverviewChart(results=RESULTS, questionnaire=QUESTIONNAIRE, wording=ENGLISH),
    "poster": Poster(
        organisation="Anytown Trust",
        group=text("group.users"),
        code="K7QM-3WXP",
        link=LINK,
        practice=False,
        wording=ENGLISH,
    ),
}


def chunks(png: bytes) -> list[str]:
    """The names of the parts of a PNG file."""
    names, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        names.append(png[place + 4 : place + 8].decode("ascii"))
        place += 12 + length
    return names


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


@pytest.mark.parametrize("kind", JOBS)
def test_a_picture_holds_no_metadata(kind: str) -> None:
    parts = chunks(render.render(JOBS[kind]).png)
    assert set(parts) == {"IHDR", "PLTE", "IDAT", "IEND"}


@pytest.mark.parametrize("kind", JOBS)
def test_the_same_numbers_give_the_same_bytes(kind: str) -> None:
    assert render.render(JOBS[kind]) == render.render(JOBS[kind])


@pytest.mark.parametrize("kind", JOBS)
def test_a_picture_is_as_wide_as_asked_small_enough_to_send_and_not_empty(kind: str) -> None:
    png = render.render(JOBS[kind]).png
    picture = opened(png)
    assert picture.width == (1240 if kind == "poster" else 1080)
    assert picture.width + picture.height <= 10_000
    assert len(png) < 200_000
    colours = picture.convert("RGB").getcolors()
    assert colours is not None
    assert 2 < len(colours) <= 64


def test_the_colours_of_the_scores_are_there_exactly() -> None:
    picture = opened(render.render(JOBS["principle"]).png).convert("RGB")
    present = {f"#{r:02X}{g:02X}{b:02X}" for _, (r, g, b) in picture.getcolors() or []}  # type: ignore[misc]
    assert set(SCALE) <= present


@pytest.mark.parametrize("script", WORDS)
def test_a_picture_is_drawn_in_every_script(script: str) -> None:
    job = GapChart(results=RESULTS, questionnaire=QUESTIONNAIRE, wording=pretended(script))
    assert opened(render.render(job).png).width == 1080


def test_a_principle_that_is_not_in_the_questionnaire_is_refused() -> None:
    job = PrincipleChart(results=RESULTS, questionnaire=QUESTIONNAIRE, principle="other", wording=ENGLISH)
    with pytest.raises(NotInQuestionnaire):
        render.render(job)


def test_every_group_of_four_has_a_look_and_a_shape_of_its_own() -> None:
    looks = styles(["other", "users", "other", "staff"])
    assert looks == (THIRD, USERS, FOURTH, STAFF)
    assert len({look.shape for look in looks}) == 4


def test_a_group_keeps_its_look_whoever_stands_beside_it() -> None:
    assert styles(["users"]) == (USERS,)
    assert styles(["staff", "users"]) == (STAFF, USERS)
    assert len(styles(["other"] * 9)) == 9
    assert styles([]) == ()


def test_the_square_on_the_poster_is_the_code_of_the_link_with_its_quiet_zone() -> None:
    drawn = opened(render.render(JOBS["poster"]).png).convert("L")
    matrix = [list(row) for row in segno.make(LINK, error="m", micro=False).matrix]
    top, left, scale = place_of_square(drawn)
    assert scale >= 12
    seen = [
        [
            int(drawn.getpixel((left + scale // 2 + x * scale, top + scale // 2 + y * scale)) < 128)  # type: ignore[operator]
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert seen == matrix
    around = drawn.crop((left - QUIET * scale, top - QUIET * scale, left + (len(matrix) + QUIET) * scale, top))
    assert around.getextrema() == (255, 255)


def place_of_square(drawn: Image.Image) -> tuple[int, int, int]:
    """Where the square begins, and how wide a module is: its corner has a run of seven, which no letter
    matches.
    """
    dark = drawn.point(lambda value: 255 if value < 128 else 0)
    for y in range(drawn.height):
        runs = dark.crop((0, y, drawn.width, y + 1)).tobytes().split(b"\x00")
        longest = max(runs, key=len)
        if len(longest) > 80:
            left = next(x for x in range(drawn.width) if dark.getpixel((x, y)))
            return y, left, len(longest) // 7
    raise AssertionError("There is no square on the poster.")
