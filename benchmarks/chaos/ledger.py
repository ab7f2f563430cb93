"""What the service has acknowledged to whom, so that it can be asked for it at the end."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a chat that got a reply. `body` can be delivered again."""

    openid: str
    body: bytes
    reply: str
    since: float
    until: float


@dataclass(slots=True)
class Ledger:
    """Everything that was acknowledged, and when nothing could be kept: that was said, and is excused.

    Args:
        questions: ids of answers, each with the times of the question and of the answer.
        votes: what may be the last word on each answer: what was acknowledged last, and what was said
            since without an acknowledgement, for its connection was lost and it may have been kept.
        leaving, left: people who unsubscribe, and those of them to whom it was acknowledged.
        wrong: invariants that did not hold.
    """

    questions: list[tuple[str, float, float]] = field(default_factory=list)
    votes: dict[str, set[bool]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    leaving: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    _excused: list[tuple[float, float]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> None:
        """Counts something that happened."""
        with self._lock:
            self.counted[what] += 1

    def accuse(self, problem: str) -> None:
        """An invariant does not hold."""
        with self._lock:
            self.wrong.append(problem)

    @contextmanager
    def nothing_kept(self) -> Iterator[None]:
        """While the block runs, the records are out of order; the log says so."""
        since = time.monotonic()
        self._excused.append((since, float("inf")))
        try:
            yield
        finally:
            self._excused.remove((since, float("inf")))
            self._excused.append((since, time.monotonic()))

    def is_excused(self, since: float, until: float) -> bool:
        """Whether something that took from then to then may not have been kept."""
        return any(begun <= until and since <= ended for begun, ended in self._excused)
