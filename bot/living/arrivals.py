"""Watches INTAKE_DIR.

A file that is dropped there becomes a draft within seconds. The files stay unchanged.
"""

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.content.states import State, state_of
from bot.intake.importing import files_in
from bot.living.watching import moments_to_look
from bot.locking import alone
from bot.logs import place_of
from bot.processes import run_niced
from bot.settings import Settings, environment

DRAFTS = Path("drafts")
"""Where drafts go: beside the knowledge, as on the command line."""

LOOK_EVERY_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Arrivals:
    """The files of a folder that have not been imported yet. Used by one thread.

    Args:
        import_files: makes drafts of files, and tells what failed.
    """

    def __init__(self, folder: Path, import_files: Callable[[Sequence[Path]], None]) -> None:
        self._folder = folder
        self._import_files = import_files
        self._seen: dict[Path, State | None] = {}
        self._done: dict[Path, State | None] = {}

    def look(self) -> list[Path]:
        """Imports the files that are new or have changed, once they have not changed since the last look."""
        states = {path: state_of(path) for path in files_in([self._folder]) if self._folder.is_dir()}
        arrived = [
            path for path, state in states.items() if self._seen.get(path) == state != self._done.get(path)
        ]
        self._seen = states
        if arrived:
            _log.info("intake=arrived files=%d", len(arrived))
            self._done.update({path: states[path] for path in arrived})
            self._import_files(arrived)
        return arrived


def follow_arrivals(settings: Settings) -> None:
    """Watches INTAKE_DIR from a thread, if it is set. Of several processes one does this, until it ends."""
    if settings.intake_dir is None:
        return
    folder = settings.intake_dir.absolute()
    arrivals = Arrivals(folder, lambda paths: import_elsewhere(paths, settings))
    threading.Thread(target=_keep_looking, args=(arrivals, folder, settings.data_dir), daemon=True).start()


def import_elsewhere(paths: Sequence[Path], settings: Settings) -> None:
    """Makes drafts of files in a process of its own, so that answers are not delayed."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "bot", "import", *map(str, paths), "--to", str(DRAFTS.absolute())]
    run_niced(command, root, environment(settings))


def _keep_looking(arrivals: Arrivals, folder: Path, data_dir: Path) -> None:
    with alone(data_dir / ".intake"):
        for _ in moments_to_look(folder, look_every=LOOK_EVERY_SECONDS):
            try:
                arrivals.look()
            except OSError as error:
                _log.error("intake=not_read reason=%s", place_of(error))
