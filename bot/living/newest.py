"""A value that is made of the newest edition and replaced as a whole."""

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.clock import Clock
from bot.living.edition import Edition
from bot.living.knowledge import Knowledge

T = TypeVar("T")


class Newest(Generic[T]):
    """Makes a value of each edition of a knowledge folder. `now` is the value of the newest edition.

    Any thread may read `now` at any time.
    """

    def __init__(self, knowledge: Knowledge, make: Callable[[Edition], T], clock: Clock) -> None:
        self._knowledge = knowledge
        self._make = make
        self._clock = clock
        self._made = clock.seconds()
        self.now = make(knowledge.edition)

    def follow(self) -> None:
        """Begins to follow the folder in this process. Changes up to now are seen before this returns."""
        self._knowledge.follow(self._swap)

    def ring(self) -> None:
        """Makes all processes look at once."""
        self._knowledge.ring()

    @property
    def age(self) -> float:
        """Seconds since `now` was made."""
        return self._clock.seconds() - self._made

    def _swap(self, edition: Edition) -> None:
        self.now = self._make(edition)
        self._made = self._clock.seconds()
