"""How a score came about, factor by factor."""

import math
from dataclasses import dataclass

from bot.search.answer_kind import AnswerKind
from bot.search.bm25 import TermWeight
from bot.search.query import Expansion


@dataclass(frozen=True, slots=True)
class TermShare:
    """What a term of the query gives an entry: `share = occurrences * weight.share`."""

    term: str
    occurrences: int
    weight: TermWeight
    share: float


@dataclass(frozen=True, slots=True)
class ExpansionShare:
    """What an expression of the query gives an entry by what it stands for: the best of its expansions."""

    expansion: Expansion
    share: float


@dataclass(frozen=True, slots=True)
class KindFactor:
    """An asked kind of answer, whether the entry states one, and what its score is multiplied by."""

    kind: AnswerKind
    is_stated: bool
    factor: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every factor of a score: the sum of all shares, times one plus what the factors exceed one by."""

    terms: tuple[TermShare, ...]
    expansions: tuple[ExpansionShare, ...] = ()
    kinds: tuple[KindFactor, ...] = ()

    @property
    def score(self) -> float:
        """The score of the hit."""
        shares = math.fsum([*(row.share for row in self.terms), *(row.share for row in self.expansions)])
        return shares * (1 + math.fsum(row.factor - 1 for row in self.kinds))
