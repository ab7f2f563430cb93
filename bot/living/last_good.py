"""The last good version of each document. It stands in while the file is broken, even after a restart."""

import logging
import os
import shutil
import tempfile
from collections.abc import Container
from pathlib import Path

from bot.content.documents import read_document
from bot.content.states import State, state_of
from bot.errors import DocumentError
from bot.policy.holding import Holding

_log = logging.getLogger(__name__)


class LastGoodVersions:
    """Copies of files in a folder, by the names of the files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, name: str) -> Holding | None:
        """The last good version of a file; None: no copy can be read."""
        try:
            return Holding.of(read_document(self._folder / name))
        except DocumentError:
            return None

    def keep(self, path: Path, state: State) -> None:
        """Copies a good file, unless a copy exists, or the file has changed since it had this state."""
        kept = self._folder / path.name
        try:
            if kept.exists() and _size_and_time(kept) == _size_and_time(path):
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder) as folder:
                copy = Path(shutil.copy2(path, folder))
                if state_of(path) == state:
                    copy.replace(kept)
        except OSError as error:
            _log.warning("document=not_kept reason=%s", error.strerror)

    def forget_all_but(self, names: Container[str]) -> None:
        """Removes the copies of files that are gone."""
        if self._folder.is_dir():
            for name in os.listdir(self._folder):  # noqa: PTH208  # names, of thousands
                if name.endswith(".md") and name not in names:
                    (self._folder / name).unlink(missing_ok=True)


def _size_and_time(path: Path) -> tuple[int, int]:
    """Size and time of change; a copy keeps both."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns
