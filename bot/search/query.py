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

    Args:
        text: the folded and corrected spelling.
        terms: the terms of the text, repeats kept.
        expansions: one group for each expression that the thesaurus knows. The best expansion of a group
            counts in full and the others a little, so that an expression with many meanings does not weigh
            much more.
        guesses: groups for rare words that the thesaurus does not know: words with nearly the same meaning.
            They help to find and to rank clauses; they are no evidence that a clause answers.
        kinds: the kinds of answer that are asked for.
        recognized: known questions that are nearly the same.
        changes: the corrections of the spelling.
        aspects: the aspects that are asked for, such as who decides or what is allowed.
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
        """Whether a score is just the sum of the terms' shares."""
        return not self.meanings and not self.kinds and not self.recognized

    @property
    def meanings(self) -> tuple[tuple[Expansion, ...], ...]:
        """All groups of expansions and guesses."""
        return self.expansions + self.guesses

    @property
    def weighted_terms(self) -> Sequence[WeightedTerm]:
        """Every term and every term of an expansion, with its weight."""
        expanded = [(term, e.weight) for group in self.meanings for e in group for term in e.terms]
        return [*((term, 1.0) for term in self.terms), *expanded]
