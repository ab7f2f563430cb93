"""The order of requests: addresses take turns, so one with many requests delays only itself."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable

AT_ONCE = 2
"""Requests that a process works on at once: one computes while another waits for the disk. With more, they
only take turns at Python's lock, and all of them become slow."""

Waiting = tuple["asyncio.Future[bool]", Callable[[], bool]]


class Turns:
    """Turns at the work of a process; used by one event loop.

    Args:
        at_once: how many have a turn at the same time.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free = at_once
        self._queues: OrderedDict[str, deque[Waiting]] = OrderedDict()

    async def take(self, party: str, has_gone: Callable[[], bool]) -> bool:
        """Waits for a turn. True: the turn has come, and must be given back. False: the client has gone.

        Args:
            party: requests of one party are worked on in order; parties take turns.
        """
        if self._free:
            self._free -= 1
            return True
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(party, deque()).append((turn, has_gone))
        return await turn

    def give_back(self) -> None:
        """Ends a turn: the next party that still waits has it."""
        while self._queues:
            party, queue = next(iter(self._queues.items()))
            turn, has_gone = queue.popleft()
            if queue:
                self._queues.move_to_end(party)
            else:
                del self._queues[party]
            if turn.done():  # cancelled while the service ends
                continue
            turn.set_result(not has_gone())
            if turn.result():
                return
        self._free += 1
