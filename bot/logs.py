"""Logs: English key=value lines on standard error, without residents' words."""

import logging
import traceback

from bot.errors import one_line


class _OneLine(logging.Formatter):
    """Writes each record as one line, whatever it names: a file's name may hold line ends."""

    def format(self, record: logging.LogRecord) -> str:
        return one_line(super().format(record).replace("\n", "\\n"))


def start_logging(level: str) -> None:
    """Sends the logs of this process to standard error: those of a level and above."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("time=%(asctime)s level=%(levelname)s room=%(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def place_of(error: BaseException) -> str:
    """Type and frames of an error, innermost first; never its message, which may hold residents' words."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}@" + "<".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
