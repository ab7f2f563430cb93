"""Workers help each other: a request that would wait behind others goes to a worker that has fewer.

The system gives a connection to one worker for as long as it lasts, whatever else that one has to do. Without
help, a request waits for its own worker while another one is idle.
"""

import asyncio
import mmap
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

WORTH_SECONDS = 0.005
"""Of processor that are before a request here and not before a helper's, from which it is handed over.

Both letters take 0.3 ms. What is worked out, at 10 ms each, goes to who has one request fewer; what was asked
before, at a third of one, stays."""

NEWEST = 0.1
"""The share of the newest request in what a request usually takes."""

LOOK_SECONDS = 0.1
"""After so long without an answer a worker looks whether its helper is still the same process."""

PATIENCE_SECONDS = 4.0
"""After so long without an answer it does the work itself."""

_ENDED = 1 << 32
"""More requests than any worker has."""

_ASKED, _ANSWERED = range(2)
_ADDRESS = struct.Struct("<BHQ")  # asked or answered, whose letter, its number there
_LARGEST = 1 << 20

Work = Callable[[bytes], Awaitable[bytes]]


class Crew:
    """The workers of a service, made before they are forked: what each has to do, and its letterbox.

    A letterbox is a pair of sockets. All workers may write into it, one letter at a time; its owner reads.
    """

    def __init__(self, workers: int) -> None:
        self.workers = range(workers)
        self._has = memoryview(mmap.mmap(-1, 8 * workers * (workers + 1))).cast("Q")
        self.boxes = [_letterbox() for _ in self.workers] if workers > 1 else []

    def begin(self, worker: int) -> None:
        """A worker begins, perhaps in the place of one that died: it has nothing to do yet."""
        for helper in self.workers:
            self._has[len(self.workers) * worker + helper] = 0
        self._has[len(self.workers) ** 2 + worker] += 1

    def end(self, worker: int) -> None:
        """A worker ends: nobody asks it any more, and who waits for it does not."""
        self.begin(worker)
        self.add(worker, worker, _ENDED)

    def life(self, worker: int) -> int:
        """A number that changes when another process takes the place of a worker."""
        return self._has[len(self.workers) ** 2 + worker]

    def add(self, worker: int, helper: int, requests: int) -> None:
        """Counts requests that came to a worker, and that a helper, or itself, works on.

        No other worker writes there.
        """
        self._has[len(self.workers) * worker + helper] += requests

    def load(self, worker: int) -> int:
        """The number of requests that a worker has to work on, its own and those of others."""
        return sum(self._has[worker : len(self.workers) ** 2 : len(self.workers)])

    def least_busy(self) -> int:
        """The worker with the fewest requests."""
        return min(self.workers, key=self.load)


def _letterbox() -> tuple[socket.socket, socket.socket]:
    reads, writes = socket.socketpair(type=socket.SOCK_DGRAM)
    reads.setblocking(False)
    writes.setblocking(False)
    return reads, writes


class Member:
    """A worker in its crew; used by one event loop.

    Args:
        number: its own.
    """

    def __init__(self, crew: Crew, number: int) -> None:
        self._crew, self._number = crew, number
        self._usual = 0.0
        self._letters = count()
        self._awaited: dict[int, asyncio.Future[bytes]] = {}
        self._works: set[asyncio.Task[None]] = set()

    def begin(self, work: Work) -> None:
        """Begins to read letters in the running event loop; letters to the process before are thrown away.

        Args:
            work: turns a request, as bytes, into a response.
        """
        self._crew.begin(self._number)
        if self._crew.boxes:
            reads, _ = self._crew.boxes[self._number]
            with suppress(BlockingIOError):  # it is empty
                while True:
                    reads.recv(_LARGEST)
            asyncio.get_running_loop().add_reader(reads, self._read, reads, work)

    def end(self) -> None:
        """Takes no further requests of others."""
        self._crew.end(self._number)

    def helper(self) -> int | None:
        """A worker that has fewer requests; None: there is none, or it is not worth the letters."""
        if not self._crew.boxes:
            return None
        helper = self._crew.least_busy()
        more = self._crew.load(self._number) - self._crew.load(helper)
        return helper if more * self._usual >= WORTH_SECONDS else None

    def has_worked(self, seconds: float) -> None:
        """Notes how much of the processor a request took. Any thread may call it."""
        self._usual += NEWEST * (seconds - self._usual)

    def add(self, requests: int) -> None:
        """Counts requests that this worker begins to work on for its own clients."""
        self._crew.add(self._number, self._number, requests)

    async def help_from(self, helper: int, request: bytes) -> bytes | None:
        """A helper's response. None: it gives none, so that the worker must do the work itself."""
        number, life = next(self._letters), self._crew.life(helper)
        answered = self._awaited[number] = asyncio.get_running_loop().create_future()
        self._crew.add(self._number, helper, +1)
        try:
            self._post(helper, _ADDRESS.pack(_ASKED, self._number, number) + request)
            for _ in range(round(PATIENCE_SECONDS / LOOK_SECONDS)):
                await asyncio.wait([answered], timeout=LOOK_SECONDS)
                if answered.done():
                    return answered.result() or None
                if self._crew.life(helper) != life:
                    break
        except OSError:  # the letterbox is full, or the letter too large
            return None
        finally:
            self._crew.add(self._number, helper, -1)
            del self._awaited[number]
        return None

    def _post(self, to: int, letter: bytes) -> None:
        """Raises OSError if the letterbox is full or the letter too large."""
        self._crew.boxes[to][1].send(letter)

    def _read(self, reads: socket.socket, work: Work) -> None:
        letter = reads.recv(_LARGEST)
        kind, sender, number = _ADDRESS.unpack_from(letter)
        content = letter[_ADDRESS.size :]
        if kind == _ASKED:
            task = asyncio.get_running_loop().create_task(self._work_for(sender, number, work(content)))
            self._works.add(task)
            task.add_done_callback(self._works.discard)
        elif (answered := self._awaited.get(number)) and not answered.done():
            answered.set_result(content)

    async def _work_for(self, sender: int, number: int, work: Awaitable[bytes]) -> None:
        """Sends the response of a work to who asked for it; an empty one if it is too large for a letter."""
        address = _ADDRESS.pack(_ANSWERED, self._number, number)
        letter, life = address + await work, self._crew.life(sender)
        while self._crew.life(sender) == life:
            try:
                self._post(sender, letter)
                break
            except BlockingIOError:  # full: its owner is busy
                await asyncio.sleep(LOOK_SECONDS)
            except OSError:
                letter = address
