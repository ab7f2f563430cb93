"""Questions that wait for the disk are kept together: one transaction and one flush for all of them.

Who answers may go on and send nothing until what was asked is kept: `acknowledged_later`.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar

from bot.records.records import ConversationState, QuestionRecord

KeptQuestion = tuple[QuestionRecord, ConversationState | None]
"""A question, and what the next one of its conversation needs."""

MOST_AT_ONCE = 200
"""Questions of a transaction: others wait while one process writes."""

MOMENT = 0.003
"""Seconds that a group waits for more where the group before had several: a transaction costs six times
what a question in it does. Who asks alone never waits."""

_LATER: ContextVar[list[Future[None]] | None] = ContextVar("later", default=None)


@contextmanager
def acknowledged_later() -> Iterator[list[Future[None]]]:
    """What the questions of this block wait for: no answer to them may go out before all of it is done."""
    futures: list[Future[None]] = []
    token = _LATER.set(futures)
    try:
        yield futures
    finally:
        _LATER.reset(token)


class Groups:
    """Keeps questions in groups, of whatever has come in while the group before was written.

    Args:
        write: keeps some questions, at least one.
        pause: waits some seconds.
    """

    def __init__(
        self,
        write: Callable[[Sequence[KeptQuestion]], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._write = write
        self._pause = pause
        self._waiting: list[tuple[KeptQuestion, Future[None]]] = []
        self._writing = threading.Lock()
        self._has_more = threading.Event()
        self._writer = 0

    def keep(self, question: KeptQuestion) -> None:
        """Returns when the question is kept; in `acknowledged_later` at once."""
        done: Future[None] = Future()
        self._waiting.append((question, done))
        later = _LATER.get()
        if later is None:
            while not done.done():
                self._write_group()
            done.result()
            return
        later.append(done)
        if self._writer != os.getpid():  # a thread does not live on in a fork
            self._writer = os.getpid()
            threading.Thread(target=self._keep_writing, name="records", daemon=True).start()
        self._has_more.set()

    def _keep_writing(self) -> None:
        are_many = False
        while True:
            self._has_more.wait()
            self._has_more.clear()
            while self._waiting:
                if are_many:
                    self._pause(MOMENT)
                are_many = self._write_group() > 1

    def _write_group(self) -> int:
        """How many were written."""
        with self._writing:
            group = self._waiting[:MOST_AT_ONCE]
            del self._waiting[: len(group)]
            if not group:
                return 0
            try:
                self._write([question for question, _ in group])
            except BaseException as error:  # noqa: BLE001  # each of those who wait raises it
                for _, done in group:
                    done.set_exception(error)
            else:
                for _, done in group:
                    done.set_result(None)
        return len(group)
