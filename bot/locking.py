"""Processes take turns by lock files. The only door to filelock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Waits until no other process or thread holds a lock file, then holds it during the block.

    The system frees the lock of a process that dies. Where no lock file can be made, there is no waiting:
    in such a folder two processes cannot write at once either.
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
