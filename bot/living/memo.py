"""Values that depend on a key, and are made again only after the key has changed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Generic, TypeVar

V = TypeVar("V")


class Memo(Generic[V]):
    """The last value and the key that it was made from. Used by one thread.

    >>> memo = Memo[list[int]]()
    >>> memo.of("a", lambda: [1]) is memo.of("a", lambda: [2])
    True
    """

    def __init__(self) -> None:
        self._made: tuple[object, V] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been made yet."""
        return self._made is None

    def of(self, key: object, make: Callable[[], V]) -> V:
        """The value for a key: the same object while the key stays equal.

        Where `make` fails, the memo stays as it was, and the next call tries again.
        """
        if self._made is None or self._made[0] != key:
            self._made = key, make()
        return self._made[1]


class MemoTable(Generic[V]):
    """A memo for each of many names. A name that is gone is forgotten."""

    def __init__(self) -> None:
        self._memos: dict[str, Memo[V]] = {}

    def of(self, keys: Mapping[str, object], make: Callable[[str], V]) -> dict[str, V]:
        """The value of each name, in the order of `keys`."""
        self._memos = {name: self._memos.get(name) or Memo() for name in keys}
        return {name: memo.of(keys[name], partial(make, name)) for name, memo in self._memos.items()}
