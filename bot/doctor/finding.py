"""The finding of an examination: a thing, its state, and what to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot.clock import Clock
from bot.settings import Settings


class State(Enum):
    """The state of a thing."""

    GOOD = "good"
    ADVICE = "advice"
    """It works, and somebody should see to it."""
    WRONG = "wrong"
    """The service does not start or does not do what it promises."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A finding on one thing. All words are Chinese.

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
    """An installation: its settings, the file with some of them, and the present time."""

    settings: Settings
    dotenv: Path
    clock: Clock


Examination = Callable[[Patient], Iterable[Diagnosis]]


def good(thing: str, said: str) -> Diagnosis:
    """A finding that needs nothing to be done."""
    return Diagnosis(State.GOOD, thing, said)


def advice(thing: str, said: str, todo: str) -> Diagnosis:
    """A finding that somebody should look at."""
    return Diagnosis(State.ADVICE, thing, said, todo)


def wrong(thing: str, said: str, todo: str) -> Diagnosis:
    """A finding that somebody has to mend."""
    return Diagnosis(State.WRONG, thing, said, todo)
