"""The progress of work that takes long."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Passes items on and may show how many have passed. The number is how many there will be."""

    def __call__(self, items: Iterable[T], total: int, /) -> Iterable[T]:
        """The items."""


def unseen(items: Iterable[T], _: int, /) -> Iterable[T]:
    """Progress that shows nothing."""
    return items
