"""The habits of a chat platform. Each chat channel gives its own manner to the conversation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portion:
    """The text to send now, and the pieces that are left for later."""

    text: str
    remainder: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """The habits of a platform.

    Args:
        fit: as many pieces as one message takes, with room left for a closing line.
        choice: the line for a choice: its number, the words shown, and the question that a tap asks.
        call: a telephone number as the platform lets people tap it.
        escape: a text that the platform takes for nothing but text.
        has_links: whether the address of a citation can be opened from a phone.
    """

    fit: Callable[[Sequence[str], str], Portion]
    choice: Callable[[int, str, str], str]
    call: Callable[[str], str]
    escape: Callable[[str], str]
    has_links: bool
