"""The documents of a knowledge folder, `policies/*.md`: read once, and again when their files change.

Whoever edits a file may break it. Its last good version is kept beside the index, and stands in until the
file is mended, also after a restart.
"""

import logging
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.content_file import State, state_of
from bot.errors import DocumentError, KnowledgeError
from bot.policy.document_file import FOLDER, read_document
from bot.policy.holding import Holding
from bot.policy.library import Library

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file in some state gave. A broken one has an error, and the last good version if any."""

    state: State | None
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
        self._readings: dict[Path, Reading] = {}

    def library(self) -> Library:
        """The library as the files are now; holdings of files that have not changed are the same objects.

        Raises:
            KnowledgeError: there is no such folder.
        """
        if not self._folder.is_dir():
            raise KnowledgeError(f"folder '{self._folder}': does not exist; create it, or set KNOWLEDGE_DIR")
        self._readings = {path: self._reading(path) for path in sorted(self._folder.glob("*.md"))}
        self._forget_what_left()
        readings = self._readings.values()
        return Library.holding(
            (reading.holding for reading in readings if reading.holding),
            (reading.error for reading in readings if reading.error),
        )

    def _reading(self, path: Path) -> Reading:
        state = state_of(path)
        known = self._readings.get(path)
        if known and known.state == state:
            return known
        try:
            holding = Holding.of(read_document(path))
        except DocumentError as error:
            return Reading(state, self._stand_in(path), error)
        self._keep(path, state)
        return Reading(state, holding)

    def _stand_in(self, path: Path) -> Holding | None:
        """The last good version of a broken file; None where there is none that can still be read."""
        if self._last_good is None:
            return None
        try:
            return Holding.of(read_document(self._last_good / path.name))
        except DocumentError:
            return None

    def _keep(self, path: Path, state: State | None) -> None:
        """Keeps a copy of a good file, unless there is one or the file has changed since it was read."""
        if self._last_good is None:
            return
        kept = self._last_good / path.name
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
        here = {path.name for path in self._readings}
        for kept in self._last_good.glob("*.md") if self._last_good else ():
            if kept.name not in here:
                kept.unlink(missing_ok=True)


def load_library(knowledge: Path) -> Library:
    """The library of a knowledge folder: its `policies/*.md`.

    A broken file is kept in `broken` and the others are loaded.

    Raises:
        KnowledgeError: there is no such folder.
    """
    return Shelf(knowledge).library()


def _content_state(path: Path) -> tuple[int, int]:
    """Size and time of change, which a copy has too."""
    state = path.stat()
    return state.st_size, state.st_mtime_ns
