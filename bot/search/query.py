"""A question as the index understands it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.search.engine.port import WeightedTerm
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.meaning.aspect import Aspect
from bot.search.meaning.recognition import Recognition
from bot.search.spelling.spelling import Change


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term of law that an expression of the question stands for.

    `said`: the expression. `terms`: the distinct words and bigrams of the term of law. `weight`: how much
    each of them counts. `source`: the rule of the thesaurus, as `file:line`. `parts`: the parts of the
    expression, without what stands between them; empty where that is not known.
    """

    said: str
    term: str
    source: str
    terms: tuple[str, ...]
    weight: float
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index understands it.

    `text`: its folded and corrected spelling; `changes`: what was corrected. `terms`: its terms, repeats
    kept. `expansions`: a group for each expression that stands for something. The best expansion of a
    group counts, and a little of the others, so that an expression with many meanings weighs hardly more.
    `guesses`: the same for rare words in none of these, by words that mean nearly the same: they help to find
    and to rank, and are no evidence. `kinds`: the kinds of answer that are asked for; `aspects`: what else
    is. `recognized`: known questions that are nearly this one.
    """

    text: str
    terms: tuple[str, ...]
    expansions: tuple[tuple[Expansion, ...], ...] = ()
    guesses: tuple[tuple[Expansion, ...], ...] = ()
    kinds: tuple[AnswerKind, ...] = ()
    recognized: tuple[Recognition, ...] = ()
    changes: tuple[Change, ...] = ()
    aspects: tuple[Aspect, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether a score is the sum of the terms' shares, and nothing else."""
        return not self.meanings and not self.kinds and not self.recognized

    @property
    def meanings(self) -> tuple[tuple[Expansion, ...], ...]:
        """Everything that expressions and words stand for."""
        return self.expansions + self.guesses

    @property
    def weighted_terms(self) -> Sequence[WeightedTerm]:
        """Every term and every term of an expansion, with its weight."""
        expanded = [(term, e.weight) for group in self.meanings for e in group for term in e.terms]
        return [*((term, 1.0) for term in self.terms), *expanded]
