"""Counts of this process's answers by status, and the times of the steps.

It says nothing of anybody.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.answering.answer import Status


@dataclass(frozen=True, slots=True)
class StepTimes:
    """How often a step ran, and its total seconds."""

    runs: float
    seconds: float


@dataclass(slots=True)
class Tally:
    """The counts of this process. Threads may share it.

    Args:
        again, anew: answers that were given again, and those that were worked out.
        statuses: how many of each.
        steps: runs and seconds of the first step, of the second, and so on.
        now: a stopwatch.
    """

    again: int = 0
    anew: int = 0
    statuses: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    steps: list[float] = field(default_factory=list)
    now: Callable[[], float] = time.perf_counter
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, status: Status) -> None:
        """Counts an answer."""
        with self._lock:
            self.statuses[status] += 1

    def walked(self, times: Sequence[float]) -> None:
        """Counts steps that ran one after the other, by the time when the first began and each ended."""
        with self._lock:
            self.steps += [0.0] * (2 * (len(times) - 1) - len(self.steps))
            for number, (begun, ended) in enumerate(pairwise(times)):
                self.steps[2 * number] += 1
                self.steps[2 * number + 1] += ended - begun

    def numbers(self) -> list[float]:
        """All counts in a row, for memory that processes share; `Totals` reads a sum of such rows."""
        with self._lock:
            return [self.again, self.anew, *self.statuses.values(), *self.steps]


@dataclass(frozen=True, slots=True)
class Totals:
    """The tallies of several processes, added up."""

    again: float
    anew: float
    statuses: dict[Status, float]
    steps: list[StepTimes]

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Totals":
        """The totals in the sum of some rows.

        >>> Totals.of([5, 2, *[0] * len(Status), 7, 0.5]).steps
        [StepTimes(runs=7, seconds=0.5)]
        """
        again, anew, *rest = numbers
        statuses = dict(zip(Status, rest, strict=False))
        steps = rest[len(Status) :]
        return cls(
            again, anew, statuses, [StepTimes(*pair) for pair in zip(steps[::2], steps[1::2], strict=True)]
        )
