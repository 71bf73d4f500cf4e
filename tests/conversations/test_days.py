"""Days and months as numbers, against the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.days import DAY, day_of, month_of, months_after, noon_of

FIRST = date(1970, 1, 1).toordinal()


def number(day: date) -> int:
    return day.toordinal() - FIRST


@given(st.integers(0, 4_000_000_000))
def test_a_day_and_a_month_are_those_of_the_calendar_in_utc(seconds: int) -> None:
    then = datetime.fromtimestamp(seconds, UTC)
    assert day_of(seconds) == number(then.date())
    assert month_of(seconds) == then.year * 12 + then.month - 1


@given(st.integers(0, 40_000))
def test_noon_is_the_same_day_in_london(day: int) -> None:
    noon = datetime.fromtimestamp(noon_of(day), ZoneInfo("Europe/London"))
    assert number(noon.date()) == day
    assert day_of(noon_of(day)) == day
    assert noon_of(day) % DAY == DAY // 2


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
        (date(2026, 1, 5), 120, date(2036, 1, 5)),
        (date(2026, 1, 5), 11, date(2026, 12, 5)),
    ],
)
def test_months_after_a_day(day: date, months: int, after: date) -> None:
    assert months_after(number(day), months) == number(after)
