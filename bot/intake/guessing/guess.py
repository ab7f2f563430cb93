"""A guess: a value for a key of the front matter, where it was read, and whether a person must look."""

from dataclasses import dataclass

from bot.intake.reading.source import SourceLine

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """A value, and the words and place from which it was read.

    Args:
        doubt: why a person must look at it; "": it is as sure as print can make it.
    """

    value: Value
    place: str
    words: str
    doubt: str = ""

    @classmethod
    def read_in(cls, line: SourceLine, value: Value, doubt: str = "") -> "Guess":
        """A guess that a line of the file states."""
        return cls(value, line.place, line.text[:120], doubt)
