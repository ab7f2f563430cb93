"""What was made of the latest queries: several steps of an answer ask for the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.search.query import Query

T = TypeVar("T")

_MOST_REMEMBERED = 8


class RecentQueries(Generic[T]):
    """Values made of queries, kept for the latest queries. Threads may share it.

    Queries are told apart by identity: comparing them takes as long as making the values.
    """

    def __init__(self, make: Callable[[Query], T]) -> None:
        self._make = make
        self._made: dict[int, tuple[Query, T]] = {}

    def of(self, query: Query) -> T:
        """The value of a query."""
        made = self._made.get(id(query))
        if made is None:
            if len(self._made) >= _MOST_REMEMBERED:
                self._made = {}
            made = self._made[id(query)] = query, self._make(query)
        return made[1]
