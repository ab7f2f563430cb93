"""The documents of a knowledge folder, `policies/*.md`: read once, and again when their files change.

Whoever edits a file may break it. Its last good version is kept beside the index, and stands in until the
file is mended, also after a restart.
"""

import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.content.documents import FOLDER, read_document
from bot.content.lines import State, state_of
from bot.errors import DocumentError, KnowledgeError
from bot.policy.holding import Holding
from bot.policy.library import Library

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file in some state gave. A broken one has an error, and the last good version if any."""

    state: State
    holding: Holding | None
    error: DocumentError | None = None


class Shelf:
    """The files of a knowledge folder's documents. For one thread at a time.

    Args:
        knowledge: the knowledge folder.
        last_good: folder for the last good version of each file; None keeps none, and a broken document is
            left out.
    """

    def __init__(self, knowledge: Path, last_good: Path | None = None) -> None:
        self._folder = knowledge / FOLDER
        self._last_good = last_good
        self._readings: dict[str, Reading] = {}
        self._library = Library(())

    def library(self) -> Library:
        """The library as the files are now: the same object where nothing has changed.

        Holdings of files that have not changed are the same objects too.

        Raises:
            KnowledgeError: there is no such folder.
        """
        states = self._states()
        if states != {name: reading.state for name, reading in self._readings.items()}:
            self._readings = {name: self._reading(name, state) for name, state in sorted(states.items())}
            self._forget_what_left()
            readings = self._readings.values()
            self._library = Library.holding(
                (reading.holding for reading in readings if reading.holding),
                (reading.error for reading in readings if reading.error),
            )
        return self._library

    def _states(self) -> dict[str, State]:
        """The state of each file, by its name. Thousands are looked at often, so by scandir."""
        try:
            with os.scandir(self._folder) as files:
                states = {file.name: state_of(file) for file in files if file.name.endswith(".md")}
        except (FileNotFoundError, NotADirectoryError):
            raise KnowledgeError(
                f"folder '{self._folder}': does not exist; create it, or set KNOWLEDGE_DIR"
            ) from None
        return {name: state for name, state in states.items() if state}

    def _reading(self, name: str, state: State) -> Reading:
        known = self._readings.get(name)
        if known and known.state == state:
            return known
        try:
            holding = Holding.of(read_document(self._folder / name))
        except DocumentError as error:
            return Reading(state, self._stand_in(name), error)
        self._keep(name, state)
        return Reading(state, holding)

    def _stand_in(self, name: str) -> Holding | None:
        """The last good version of a broken file; None where there is none that can still be read."""
        if self._last_good is None:
            return None
        try:
            return Holding.of(read_document(self._last_good / name))
        except DocumentError:
            return None

    def _keep(self, name: str, state: State) -> None:
        """Keeps a copy of a good file, unless there is one or the file has changed since it was read."""
        if self._last_good is None:
            return
        path, kept = self._folder / name, self._last_good / name
        try:
            if kept.exists() and _content_state(kept) == _content_state(path):
                return
            self._last_good.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._last_good) as folder:
                copy = Path(shutil.copy2(path, folder))
                if state_of(path) == state:
                    copy.replace(kept)
        except OSError as error:
            _log.warning("document=not_kept reason=%s", error.strerror)

    def _forget_what_left(self) -> None:
        """Removes the last good versions of files that somebody took away."""
        if self._last_good and self._last_good.is_dir():
            for name in os.listdir(self._last_good):  # noqa: PTH208  # names, of thousands
                if name.endswith(".md") and name not in self._readings:
                    (self._last_good / name).unlink(missing_ok=True)


def load_library(knowledge: Path) -> Library:
    """The library of a knowledge folder: its `policies/*.md`.

    A broken file is kept in `broken` and the others are loaded.

    Raises:
        KnowledgeError: there is no such folder.
    """
    return Shelf(knowledge).library()


def _content_state(path: Path) -> tuple[int, int]:
    """Size and time of change, which a copy has too."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns
