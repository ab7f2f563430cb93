"""What people do in a chat, on any platform. A channel translates its messages into these events."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody wrote words, or said them and the platform recognised them."""

    text: str


@dataclass(frozen=True, slots=True)
class Mumble:
    """A voice message in which no words were recognised."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Something without words: a picture, a video, a place on the map, a shared page."""


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody tapped the menu entry `key`."""

    key: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody came.

    Args:
        scene: value of the QR code that led here; None without a code.
        is_first: whether the person is new here.
    """

    scene: str | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody left for good. Everything that is kept of the person must be deleted."""


Event = Words | Mumble | Picture | Tap | Arrival | Departure
