"""A clock that tests set."""

from datetime import UTC, date, datetime, timedelta

from bot.clock import CHINA_STANDARD_TIME


class SetClock:
    """Stands on noon of 2026-11-23 in China until it is moved."""

    def __init__(self) -> None:
        self._passed = 0.0

    def pass_by(self, seconds: float) -> None:
        """Moves on, like `time.sleep`."""
        self._passed += seconds

    def today(self) -> date:
        return self.now().astimezone(CHINA_STANDARD_TIME).date()

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 4, tzinfo=UTC) + timedelta(seconds=self._passed)

    def seconds(self) -> float:
        return self._passed
