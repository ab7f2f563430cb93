"""Days as policy texts write them: 2024年6月12日, 二〇二四年六月十二日, 2024年6月, 2025年底."""

import calendar
import re
from datetime import date

from bot.policy.numerals import to_int

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:[12１２]\d{3}|[一二][一二三四五六七八九〇○零]{3})"

DAY = rf"{_YEAR}\s*年\s*(?:{_NUMBER}\s*月\s*(?:{_NUMBER}\s*日)?|底|末)"
"""A pattern: a day, a month, or the end of a year. It has no group."""


def first_day(written: str) -> date | None:
    """The day, or the first day of the month. None: the calendar has no such day.

    Args:
        written: a text that DAY matches.

    >>> first_day("2024年6月12日"), first_day("二〇二四年六月"), first_day("2024年2月30日")
    (datetime.date(2024, 6, 12), datetime.date(2024, 6, 1), None)
    """
    try:
        year, month, day = _parts(written)
        return date(year, month, day or 1)
    except ValueError:
        return None


def last_day(written: str) -> date | None:
    """The day, or the last day of the month or year. None: the calendar has no such day.

    >>> last_day("2025年2月"), last_day("２０２５年底")
    (datetime.date(2025, 2, 28), datetime.date(2025, 12, 31))
    """
    try:
        year, month, day = _parts(written)
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def years_later(day: date, years: int) -> date:
    """The same day some years later. 29 February becomes 28 February if that year has no leap day."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _parts(written: str) -> tuple[int, int, int | None]:
    year, rest = re.sub(r"\s", "", written).split("年")
    if rest in ("底", "末"):
        return to_int(year), 12, None
    month, day = rest.split("月")
    return to_int(year), to_int(month), to_int(day.removesuffix("日")) if day else None
