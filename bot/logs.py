"""Logs: English key=value lines on standard error, without residents' words."""

import logging
import traceback


def start_logging(level: str) -> None:
    """Sends the logs of this process to standard error: those of a level and above."""
    logging.basicConfig(
        level=level, format="time=%(asctime)s level=%(levelname)s room=%(name)s %(message)s", force=True
    )


def place_of(error: BaseException) -> str:
    """Type and frames of an error, innermost first; never its message, which may hold residents' words."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}@" + "<".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
