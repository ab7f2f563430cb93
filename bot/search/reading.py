"""An entry as witnesses read it, and what they look for in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.search.concepts import Concept


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry as it is looked at: folded, its headings apart, its sentences, items behind their lead-in.

    `denying`: the numbers of the sentences that deny or except, by themselves or by their lead-in.
    """

    text: str
    headings: str
    sentences: tuple[str, ...]
    with_lead: tuple[str, ...]
    denying: tuple[int, ...]

    @property
    def has_lists(self) -> bool:
        """Whether a sentence is read behind its lead-in, so that a word may stand across both."""
        return self.with_lead is not self.sentences


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the entries that a query finds.

    `character`: what each character counts; `denied`: what a sentence counts that denies; `phrases`: of
    each phrase between commas its concepts, by number, each with its share; empty where there are not two.
    """

    characters: str
    character: float
    words: tuple[str, ...]
    concepts: tuple[Concept, ...]
    asked: tuple[StrEnum, ...]
    denied: float
    phrases: tuple[Mapping[int, float], ...]
