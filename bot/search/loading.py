"""Loads compiled loops while a process answers, where numba is installed.

Importing numba takes half a second, so no start waits for it. Compiling takes ten, once a machine and
version, and leaves 80 MB in a process: another one does it, `python -m bot.search.loading FOLDER`.
"""

import hashlib
import logging
import os
import signal
import sys
import threading
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.locking import alone
from bot.logs import place_of
from bot.processes import end_with_parent, run_niced
from bot.search.compiled import LOOPS
from bot.search.engine.embedded.engine import compiled_core

DELAY_SECONDS = 5.0
"""From the start of a process until it loads them: what is started to see whether it starts needs none."""

_ROOT = Path(__file__).parents[2]
_SOURCES = ("witness_loops.py", "witness_arrays.py", "engine/embedded/windowed.py")

_log = logging.getLogger(__name__)


def load_from_a_thread(cache: Path) -> None:
    """Loads the loops of this process while it answers, soon.

    Args:
        cache: folder for what numba compiles.
    """
    timer = threading.Timer(DELAY_SECONDS, _load_or_tell, (cache,))
    timer.daemon = True
    timer.start()


def _load_or_tell(cache: Path) -> None:
    try:
        marker = cache / _name()
        with alone(cache / ".compiling"):
            if not marker.exists():
                run_niced([sys.executable, "-m", "bot.search.loading", str(cache)], _ROOT, os.environ)
                marker.touch()
        load(cache)
    except PackageNotFoundError:
        return  # as fast as before
    except Exception as error:  # noqa: BLE001  # the outer wall of a thread: answers are as good without
        _log.error("loops=not_loaded reason=%s", place_of(error))


def load(cache: Path) -> None:
    """Loads the loops of this process; compiles those that are not in the folder."""
    from bot.search import witness_loops  # noqa: PLC0415  # imports numba

    core = compiled_core(cache)
    witness_loops.warm_up(cache)
    LOOPS.core, LOOPS.features = core, witness_loops.features
    _log.info("loops=loaded")


def _name() -> str:
    """Differs where loops must be compiled anew.

    Raises:
        PackageNotFoundError: numba is not installed.
    """
    sources = b"".join((Path(__file__).parent / name).read_bytes() for name in _SOURCES)
    about = f"{version('numba')} {sys.version} {Path(__file__).parent}".encode()
    return f"compiled-{hashlib.sha256(about + sources).hexdigest()[:16]}"


if __name__ == "__main__":
    if sys.platform == "linux":
        end_with_parent(os.getppid(), signal.SIGTERM)
    load(Path(sys.argv[1]))
