"""Processes take turns: whoever holds a lock file is alone. The only door to filelock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Waits until no other process or thread holds a lock file, and holds it for the block.

    The system frees the lock of a process that dies. Where no file can be made, nobody waits: there is
    nothing then that two could write at once.
    """
    held = FileLock(lock, thread_local=False)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held.acquire(poll_interval=0.01)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        held.release()
