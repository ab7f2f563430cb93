"""Worker processes: forked from one that has loaded everything, replaced when they die, ended together."""

import logging
import os
import signal
import time
from collections.abc import Callable

from bot.logs import place_of
from bot.processes import end_with_parent

REPLACE_AFTER_SECONDS = 0.1
"""Between the end of a worker and the start of the one in its place."""

KILL_AFTER_SECONDS = 6.0
"""After a stop, workers that are still there are killed."""

CANNOT_START = 3
"""Exit status of a worker that has said why it cannot answer; no other one could."""

_HEARD = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}

_log = logging.getLogger(__name__)


class Workers:
    """The workers of this process, which only looks after them and has no threads. Linux only.

    Args:
        work: what a worker does; it is handed its number, from 0, and ends when it gets SIGTERM.
        ring: called at SIGHUP, in this process.
        close: called when the end begins, in this process: what it holds of their sockets.
    """

    def __init__(
        self, count: int, work: Callable[[int], None], ring: Callable[[], None], close: Callable[[], None]
    ) -> None:
        self._count = count
        self._work = work
        self._ring = ring
        self._close = close
        self._numbers: dict[int, int] = {}

    def keep(self) -> int:
        """Keeps the workers running until SIGTERM or SIGINT.

        Gives the exit status: 1 if they cannot answer.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
        for number in range(self._count):
            self._start(number)
        while True:
            heard = signal.sigwait(_HEARD)
            if heard == signal.SIGHUP:
                self._ring()
            elif heard == signal.SIGCHLD:
                if not self._replace_ended():
                    self._end()
                    return 1
            else:
                self._end()
                return 0

    def _start(self, number: int) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become_worker(number, parent)
        self._numbers[pid] = number
        _log.info("worker=started number=%d pid=%d", number + 1, pid)

    def _become_worker(self, number: int, parent: int) -> None:
        """Becomes a worker, works and ends. Never returns, so that no code of the parent runs after it."""
        status = 1
        try:
            end_with_parent(parent, signal.SIGTERM)
            # A terminal sends SIGINT and SIGHUP to all: they stay blocked, the parent passes them on.
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGCHLD})
            self._work(number)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        except BaseException as error:  # noqa: BLE001  # the wall of a process; the parent replaces it
            _log.error("worker=failed error=%s", place_of(error))
        finally:
            os._exit(status)

    def _replace_ended(self) -> bool:
        """Replaces the workers that have ended; False: one of them said that it cannot start."""
        ended = [(self._numbers.pop(pid), pid, status) for pid, status in self._ended()]
        for number, pid, status in ended:
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == CANNOT_START:
                return False
            _log.warning("worker=ended number=%d pid=%d status=%d", number + 1, pid, status)
            time.sleep(REPLACE_AFTER_SECONDS)
            self._start(number)
        return True

    def _ended(self) -> list[tuple[int, int]]:
        """The workers that have ended, and how. The first process of a container also buries orphans here."""
        ended: list[tuple[int, int]] = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if not pid:
                return ended
            if pid in self._numbers:
                ended.append((pid, status))

    def _end(self) -> None:
        """Tells the workers to end and waits for them."""
        self._close()
        for pid in self._numbers:
            os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + KILL_AFTER_SECONDS
        while self._numbers:
            for pid, _ in self._ended():
                del self._numbers[pid]
            if self._numbers and not signal.sigtimedwait({signal.SIGCHLD}, max(until - time.monotonic(), 0)):
                break
        for pid in self._numbers:
            _log.error("worker=killed pid=%d", pid)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
