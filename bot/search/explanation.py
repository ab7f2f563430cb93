"""The explanation of a score, part by part."""

import math
from dataclasses import dataclass

from bot.search.meaning.answer_kind import AnswerKind
from bot.search.meaning.recognition import Recognition
from bot.search.query import Expansion


@dataclass(frozen=True, slots=True)
class TermWeight:
    """What one occurrence of a term gives an entry; `bot.search.bm25` has the formula."""

    tf: int
    idf: float
    length_norm: float
    share: float


@dataclass(frozen=True, slots=True)
class TermShare:
    """What a term of the query gives an entry: `share = occurrences * weight.share`."""

    term: str
    occurrences: int
    weight: TermWeight
    share: float


@dataclass(frozen=True, slots=True)
class ExpansionShare:
    """What an expression of the query gives an entry, by its expansions.

    `expansion`: the one that gives most; `share`: what all of them give together.
    """

    expansion: Expansion
    share: float


@dataclass(frozen=True, slots=True)
class KindShare:
    """What an entry gets because it states a kind of answer that is asked for."""

    kind: AnswerKind
    is_stated: bool
    share: float


@dataclass(frozen=True, slots=True)
class KnownShare:
    """What a known question adds to the score of its clause; a negative question takes something away."""

    recognized: Recognition
    share: float


@dataclass(frozen=True, slots=True)
class WitnessShare:
    """What ordering adds to an entry's score or takes away, so that its score fits its rank.

    `features`: what was looked at, and what was found; `bot.search.witness` has their weights. Where vectors
    have a say, the cosines of `bot.search.dense.nearness` are the last ones.
    """

    features: tuple[tuple[str, float], ...]
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every part of a score, which is the sum of all shares."""

    terms: tuple[TermShare, ...]
    expansions: tuple[ExpansionShare, ...]
    kinds: tuple[KindShare, ...]
    known: tuple[KnownShare, ...]
    witness: WitnessShare | None = None

    @property
    def score(self) -> float:
        """The score of the hit."""
        rows = (*self.terms, *self.expansions, *self.kinds, *self.known, self.witness)
        return math.fsum(row.share for row in rows if row is not None)
