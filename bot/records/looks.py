"""When the service last looked at the calendar: it believes a jump of the clock only at the second look.

Retention deletes by age. Where a clock jumps years ahead, everything is old.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

JUMP = timedelta(days=14)
"""More than a service is usually switched off. So much later, at most so much is deleted too early."""

LOOKS_FILE = "looks.json"
"""Of DATA_DIR."""

SECOND_LOOK = timedelta(hours=20)
"""How long a jump is doubted. Somebody mends the clock, or the time was right."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of all processes, in a file. For one process at a time."""

    file: Path

    def believes(self, now: datetime) -> bool:
        """Whether things may be deleted by this time. Notes the look."""
        if not self.file.exists():  # the first start of all
            self._note(now, None)
            return True
        last, doubted = self.noted()
        if last is None or now - last > JUMP:
            _log.warning("clock=doubted last_look=%s", last)
            self._note(now, doubted=now)
            return False
        was_set_back = now < last
        is_second = doubted is not None and now - doubted >= SECOND_LOOK
        believed = doubted is None or was_set_back or is_second
        self._note(now, None if believed else doubted)
        return believed

    def noted(self) -> tuple[datetime | None, datetime | None]:
        """The last look, and the time of a doubted jump; None: there is none."""
        try:
            noted = json.loads(self.file.read_text("utf-8"))
            last, doubted = (
                noted[name] and datetime.fromisoformat(noted[name]) for name in ("last", "doubted")
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None, None
        return last, doubted

    def _note(self, now: datetime, doubted: datetime | None) -> None:
        noted = {"last": now.isoformat(), "doubted": doubted and doubted.isoformat()}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(noted), "utf-8")
        except OSError as error:
            _log.warning("look=not_noted reason=%s", error.strerror)
