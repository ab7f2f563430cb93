"""What an examination finds: a thing, how it fares, and what to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot.clock import Clock
from bot.settings import Settings


class State(Enum):
    """How a thing fares."""

    GOOD = "good"
    ADVICE = "advice"
    """It works, and somebody should see to it."""
    WRONG = "wrong"
    """The service does not start or does not do what it promises."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing that was looked at. All words are Chinese.

    Args:
        thing: a few words.
        said: how it fares.
        todo: what to do; empty: nothing.
    """

    state: State
    thing: str
    said: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """An installation: its settings, the file that some of them stand in, and what time it is."""

    settings: Settings
    dotenv: Path
    clock: Clock


Examination = Callable[[Patient], Iterable[Finding]]


def good(thing: str, said: str) -> Finding:
    """Nothing to do."""
    return Finding(State.GOOD, thing, said)


def advice(thing: str, said: str, todo: str) -> Finding:
    """Somebody should see to it."""
    return Finding(State.ADVICE, thing, said, todo)


def wrong(thing: str, said: str, todo: str) -> Finding:
    """Somebody has to mend it."""
    return Finding(State.WRONG, thing, said, todo)
