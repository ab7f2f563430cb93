"""A question as the index understands it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.search.meaning.answer_kind import AnswerKind
from bot.search.meaning.recognition import Recognized
from bot.search.spelling.spelling import Change


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term of law that something said in a question stands for.

    `terms` are its distinct words and bigrams; `weight` is what each of them counts; `source` names the rule,
    as `file:line`.
    """

    said: str
    term: str
    source: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """Folded spelling, terms (repeats kept), a group of expansions for each expression, kinds of answer.

    Of a group only the best expansion counts, so that an expression with many meanings weighs no more.
    `recognized` are known questions that are nearly this one; `changes`, what was typed otherwise;
    `nearest`, the positions of the entries whose vectors are nearest to it, nearest first.
    """

    text: str
    terms: tuple[str, ...]
    expansions: tuple[tuple[Expansion, ...], ...] = ()
    kinds: tuple[AnswerKind, ...] = ()
    recognized: tuple[Recognized, ...] = ()
    changes: tuple[Change, ...] = ()
    nearest: tuple[int, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether its score is the sum of its terms, and nothing else."""
        return not self.expansions and not self.kinds and not self.recognized

    @property
    def weighted_terms(self) -> Sequence[tuple[str, float]]:
        """Every term and every term of an expansion, with its weight."""
        expanded = [(term, e.weight) for group in self.expansions for e in group for term in e.terms]
        return [*((term, 1.0) for term in self.terms), *expanded]
