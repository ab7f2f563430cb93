"""People who must still be deleted: they left while the records were out of order."""

import logging
import os
from pathlib import Path

from bot.records.person import Person

FOLDER = "duties"
"""Of DATA_DIR."""

_log = logging.getLogger(__name__)


class Duties:
    """People to be deleted, as files of a folder: they survive a restart, and all processes see them.

    Args:
        folder: made when it is needed. None: duties last as long as this process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._here: set[Person] = set()

    def add(self, person: Person) -> None:
        """Takes a duty on; when this returns, a power cut does not undo it, unless the disk refuses it."""
        self._here.add(person)
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._file(self._folder, person).open("wb") as file:
                os.fsync(file.fileno())
        except OSError as error:
            _log.error("duty=in_memory_only reason=%s", error.strerror)

    def done(self, person: Person) -> None:
        """Removes a duty that is fulfilled."""
        self._here.discard(person)
        if self._folder:
            self._file(self._folder, person).unlink(missing_ok=True)

    def pending(self) -> list[Person]:
        """The people who must still be deleted, noted by any process."""
        found = set(self._here)
        if self._folder and self._folder.is_dir():
            parts = (path.name.partition(".") for path in self._folder.iterdir())
            found |= {Person(channel, key) for channel, _, key in parts if key}
        return sorted(found, key=lambda person: (person.channel, person.key))

    @staticmethod
    def _file(folder: Path, person: Person) -> Path:
        """The file of a duty. Its name holds everything: our word for the channel, and the key in letters."""
        return folder / f"{person.channel}.{person.key}"
