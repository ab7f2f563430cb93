"""Time, handed in: today's date where the policies apply, the present moment, and a stopwatch."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

# Asia/Shanghai has kept UTC+8 without daylight saving since 1991, so no time zone data is needed.
CHINA_STANDARD_TIME = timezone(timedelta(hours=8))


class Clock(Protocol):
    """The questions that the service asks about time."""

    def today(self) -> date:
        """The calendar day in China."""

    def now(self) -> datetime:
        """This moment, in UTC."""

    def seconds(self) -> float:
        """A reading that only ever grows, for durations."""


class SystemClock:
    """The machine's own clock."""

    def today(self) -> date:
        """The calendar day in China."""
        return datetime.now(CHINA_STANDARD_TIME).date()

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Seconds since an arbitrary start; never goes back."""
        return time.perf_counter()
