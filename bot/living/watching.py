"""Tells when files of folders have changed. The only door to watchfiles."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError  # its documented backend

QUIET_MS = 50
"""A change is told after so long without another one: editors write a file in several steps."""

LONGEST_QUIET_MS = 300
"""While changes follow each other, they are told after this time at the latest."""

POLL_MS = 300
"""How often files are compared where the system tells of no changes."""

LOOK_EVERY_SECONDS = 5
"""How often the follower should look without being told: not every file system tells of changes."""

_log = logging.getLogger(__name__)


def moments_to_look(*paths: Path, look_every: float = LOOK_EVERY_SECONDS) -> Iterator[None]:
    """Yields once the paths are watched, then after each change and every so many seconds. Never ends."""
    try:
        with RustNotify(list(map(str, paths)), False, False, POLL_MS, True, False) as watcher:
            while True:
                yield
                watcher.watch(LONGEST_QUIET_MS, QUIET_MS, int(1000 * look_every), None)
    except (
        OSError,
        WatchfilesRustInternalError,
    ) as error:  # no such folder, or no watches are left
        _log.warning("watching=by_looking reason=%s", error)
    while True:
        yield
        time.sleep(look_every)
