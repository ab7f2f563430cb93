"""Threads that go on together until they are told to end."""

import threading
from collections.abc import Callable


class Together:
    """So many threads; they begin at once.

    Args:
        live: what each does, by its number, until the event is set.
    """

    def __init__(self, count: int, live: Callable[[int, threading.Event], None]) -> None:
        self._ends = threading.Event()
        self._threads = [
            threading.Thread(target=live, args=(number, self._ends), daemon=True) for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends when each has done what it was doing."""
        self._ends.set()
        for thread in self._threads:
            thread.join()
