"""The word lists that an analyzer works by: whole terms, stop words, characters that look alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the segmentation keeps whole. None: the lowest frequency that keeps it whole."""

    word: str
    frequency: int | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms, stop words, and groups of characters that look alike."""

    terms: tuple[Term, ...] = ()
    stop_words: frozenset[str] = frozenset()
    look_alikes: tuple[str, ...] = ()
