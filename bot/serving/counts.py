"""Counts of answers, in memory that all workers share.

Each worker counts in a row of its own, so nothing is lost and nobody waits. A worker that replaces another
goes on in its row.
"""

import mmap
import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the latencies that are told apart, in seconds; WeChat waits 5 s."""

_STATUSES = range(100, 600)
_LATENCIES = len(_STATUSES)
_SECONDS = _LATENCIES + len(BOUNDS) + 1
_PER_CHANNEL = _SECONDS + 1
_DOUBLE = 8


@dataclass(frozen=True, slots=True)
class ChannelCounts:
    """The counts of a channel.

    Args:
        statuses: responses of each HTTP status that there was.
        latencies: how many took up to each of BOUNDS and more than the one before; the last: more than all.
        seconds: what all of them took.
    """

    channel: str
    statuses: dict[int, int]
    latencies: tuple[int, ...]
    seconds: float


class Counts:
    """The counts of some workers. Made before they are forked.

    Args:
        tallies: how many numbers each worker tallies itself.
    """

    def __init__(self, channels: Sequence[str], workers: int, tallies: int = 0) -> None:
        self._places = {channel: number * _PER_CHANNEL for number, channel in enumerate(channels)}
        self._tallied = len(channels) * _PER_CHANNEL
        self._tallies = tallies
        self._row = self._tallied + tallies
        self._cells = memoryview(mmap.mmap(-1, workers * self._row * _DOUBLE)).cast("d")
        self._lock = threading.Lock()

    def add(self, worker: int, channel: str, status: int, seconds: float) -> None:
        """Counts a response of a worker, whose row no other process writes."""
        place = worker * self._row + self._places[channel]
        with self._lock:
            self._cells[place + status - _STATUSES.start] += 1
            self._cells[place + _LATENCIES + bisect_left(BOUNDS, seconds)] += 1
            self._cells[place + _SECONDS] += seconds

    def set_tallied(self, worker: int, numbers: Sequence[float]) -> None:
        """Sets the numbers that a worker has tallied itself so far."""
        place = worker * self._row + self._tallied
        for number, value in enumerate(numbers):
            self._cells[place + number] = value

    def tallied(self, worker: int) -> list[float]:
        """The numbers that were set for a worker, perhaps by its predecessor."""
        place = worker * self._row + self._tallied
        return [float(self._cells[place + number]) for number in range(self._tallies)]

    def all_tallied(self) -> list[float]:
        """The sums over all workers."""
        rows = [self.tallied(worker) for worker in range(len(self._cells) // self._row)]
        return [sum(column) for column in zip(*rows, strict=True)]

    def read(self) -> Iterator[ChannelCounts]:
        """The sums over all workers, one for each channel."""
        for channel, place in self._places.items():
            rows = range(place, len(self._cells), self._row)
            cells = [sum(self._cells[row + cell] for row in rows) for cell in range(_PER_CHANNEL)]
            yield ChannelCounts(
                channel,
                {status: int(count) for status, count in zip(_STATUSES, cells, strict=False) if count},
                tuple(map(int, cells[_LATENCIES:_SECONDS])),
                cells[_SECONDS],
            )
