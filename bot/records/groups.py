"""Writes everything that waits for the disk in one group: one transaction and one flush.

Who answers may go on and send nothing until what came of a request is kept: `acknowledged_later`.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar

from bot.records.records import Kept

MOST_AT_ONCE = 200
"""Things of a transaction: others wait while one process writes."""

MOMENT = 0.003
"""Seconds that a group waits for more where the group before had several: a transaction costs six times
what a thing in it does. Who comes alone never waits."""

IDLE_SECONDS = 5.0
"""After so long with nothing to write the thread that writes ends; another begins when it is needed."""

_LATER: ContextVar[list[Future[bool]] | None] = ContextVar("later", default=None)


@contextmanager
def acknowledged_later() -> Iterator[list[Future[bool]]]:
    """Collects the writes of this block. The answer may be sent when all of them are done.

    False: another process answered the same message first, and its reply is the one to give.
    """
    futures: list[Future[bool]] = []
    token = _LATER.set(futures)
    try:
        yield futures
    finally:
        _LATER.reset(token)


class Groups:
    """Writes things in groups. A group is everything that came in while the previous group was written.

    Args:
        write: keeps some things, at least one; for each, whether it is the first of its message.
        pause: waits some seconds.
        idle_seconds: after so long with nothing to write the thread that writes ends.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Kept]], Sequence[bool]],
        pause: Callable[[float], None] = time.sleep,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._pause = pause
        self._idle_seconds = idle_seconds
        self._write = write
        self._waiting: list[tuple[Kept, Future[bool]]] = []
        self._writing = threading.Lock()
        self._has_more = threading.Condition()
        self._writer: threading.Thread | None = None

    def keep(self, thing: Kept) -> bool:
        """Returns when the thing is kept, whether it is the first; in `acknowledged_later` at once, True."""
        done: Future[bool] = Future()
        later = _LATER.get()
        if later is None:
            self._waiting.append((thing, done))
            while not done.done():
                self._write_group()
            return done.result()
        later.append(done)
        with self._has_more:
            self._waiting.append((thing, done))
            if self._writer is None or not self._writer.is_alive():  # a thread does not live on in a fork
                self._writer = threading.Thread(target=self._keep_writing, name="records", daemon=True)
                self._writer.start()
            self._has_more.notify()
        return True

    def _keep_writing(self) -> None:
        are_many = False
        while True:
            with self._has_more:
                if not self._has_more.wait_for(lambda: self._waiting, self._idle_seconds):
                    self._writer = None
                    return
            if are_many:
                self._pause(MOMENT)
            are_many = self._write_group() > 1

    def _write_group(self) -> int:
        """Writes one group and gives its size."""
        with self._writing:
            group = self._waiting[:MOST_AT_ONCE]
            del self._waiting[: len(group)]
            if not group:
                return 0
            try:
                kept = self._write([thing for thing, _ in group])
            except BaseException as error:  # noqa: BLE001  # each of those who wait raises it
                for _, done in group:
                    done.set_exception(error)
            else:
                for (_, done), is_first in zip(group, kept, strict=True):
                    done.set_result(is_first)
        return len(group)
