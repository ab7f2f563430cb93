"""Folders are watched: who follows them hears of every change. The only door to watchfiles."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import watchfiles

QUIET_MS = 50
"""How long nothing more must change before a change is told: editors write a file in several steps."""

LONGEST_QUIET_MS = 300
"""How long a change is held back while others follow it."""

LOOK_EVERY_SECONDS = 5
"""How often the follower should look by himself: not every file system tells of changes."""

_log = logging.getLogger(__name__)
logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it tells of each file


def moments_to_look(*folders: Path, look_every: float = LOOK_EVERY_SECONDS) -> Iterator[None]:
    """Yields when something in the folders has changed, and every so many seconds. Never ends."""
    try:
        for _ in watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=LONGEST_QUIET_MS,
            step=QUIET_MS,
            rust_timeout=int(1000 * look_every),
            yield_on_timeout=True,
        ):
            yield
    except (OSError, RuntimeError) as error:  # a folder that went away, or no more watches to be had
        _log.warning("watching=by_looking reason=%s", error)
    while True:
        time.sleep(look_every)
        yield
