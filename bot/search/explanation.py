"""How a score came about, factor by factor."""

import math
from dataclasses import dataclass

from bot.search.meaning.answer_kind import AnswerKind
from bot.search.meaning.recognition import Recognized
from bot.search.query import Expansion
from bot.search.scoring.bm25 import TermWeight


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
class KindShare:
    """What an entry gets for stating a kind of answer that is asked for."""

    kind: AnswerKind
    is_stated: bool
    share: float


@dataclass(frozen=True, slots=True)
class KnownShare:
    """What a known question adds to the score of its clause; a negative one takes away."""

    recognized: Recognized
    share: float


@dataclass(frozen=True, slots=True)
class DenseShare:
    """What an entry gains or loses by its rank among the nearest, from 1; None where it is not among them."""

    rank: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every factor of a score, which is the sum of all shares."""

    terms: tuple[TermShare, ...]
    expansions: tuple[ExpansionShare, ...]
    kinds: tuple[KindShare, ...]
    known: tuple[KnownShare, ...]
    dense: DenseShare | None = None

    @property
    def score(self) -> float:
        """The score of the hit."""
        rows = (self.terms, self.expansions, self.kinds, self.known, (self.dense,) if self.dense else ())
        return math.fsum(row.share for shares in rows for row in shares)
