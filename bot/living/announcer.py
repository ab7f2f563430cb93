"""If several processes find the same thing at once, one of them logs it."""

import hashlib
import os
import time
from pathlib import Path

_WINDOW = 60
"""Seconds in which the same thing is told once. Workers look at the folder every few seconds."""


class Announcer:
    """Decides which of several processes logs something: the first one.

    Args:
        folder: where they leave word for each other. Where it cannot be written, each of them tells.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def is_first(self, *what: object) -> bool:
        """Whether no other process has asked for this in the last minute."""
        word = self._folder / hashlib.sha256(repr(what).encode()).hexdigest()[:32]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget_old()
            os.close(os.open(word, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        except OSError:
            return True
        return True

    def _forget_old(self) -> None:
        oldest = time.time() - _WINDOW
        for path in self._folder.iterdir():
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except FileNotFoundError:  # another process was faster
                continue
