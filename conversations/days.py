"""Days, as numbers counted from 1 January 1970 in UTC, and how long after one something is kept. Pure arithmetic.

What must be kept for months is dated to the day or the month only: a finer time would tell when somebody answered.
"""

from __future__ import annotations

from datetime import date, timedelta

DAY = 24 * 60 * 60
_FIRST = date(1970, 1, 1).toordinal()


def day_of(seconds: int) -> int:
    """The day of a moment, given in seconds since 1970."""
    return seconds // DAY


def noon_of(day: int) -> int:
    """The middle of a day in seconds since 1970: wherever the United Kingdom's clocks stand, it is that day there."""
    return day * DAY + DAY // 2


def month_of(seconds: int) -> int:
    """The month of a moment, counted from the year 0: coarse on purpose."""
    day = date.fromordinal(day_of(seconds) + _FIRST)
    return day.year * 12 + day.month - 1


def months_after(day: int, months: int) -> int:
    """The same day of the month so many months later, or that month's last day."""
    start = date.fromordinal(day + _FIRST)
    last = _first_of(start.year * 12 + start.month + months) - timedelta(days=1)
    return last.replace(day=min(start.day, last.day)).toordinal() - _FIRST


def _first_of(month: int) -> date:
    """The first day of a month, counted as by ``month_of``."""
    return date(month // 12, month % 12 + 1, 1)
