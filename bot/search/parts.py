"""The parts of scores: what terms, expansions, kinds of answer and known questions give each entry.

Each part is worked out once: ranking adds the parts up, and an explanation shows them.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.search.arrays import Floats, Table
from bot.search.bm25 import bound
from bot.search.engine.port import Engine, Shares
from bot.search.explanation import (
    ExpansionShare,
    Explanation,
    KindShare,
    KnownShare,
    TermShare,
    TermWeight,
)
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.query import Query

KIND_BONUS = 0.35
"""How much more an entry scores that states the kind of answer that is asked for."""

BESIDE = 0.4
"""How much of what the other expansions of an expression give counts beside the best, at most as much as that
gives: an entry that says several of the things that 骗低保 stands for speaks more surely of it."""

States = Callable[[AnswerKind, str], bool]
"""Whether the entry with an id states a kind of answer."""


def kind_bonus(query: Query) -> float:
    """The bonus for each stated kind of answer, as a share of what words give.

    An entry that states all of n kinds gets √n times the bonus of a single kind.
    """
    return KIND_BONUS / math.sqrt(len(query.kinds)) if query.kinds else 0.0


@dataclass(frozen=True)
class Parts:
    """The parts of the scores of some entries. Every table has a column for each entry."""

    query: Query
    entry_ids: Sequence[str]
    engine: Engine
    states: States

    @cached_property
    def scores(self) -> Floats:
        """The score of each entry: the sum of its parts.

        Raises:
            KeyError: the engine holds no such entry.
        """
        scores: Floats = self._words + self._kinds.sum(axis=0) + self._known.sum(axis=0)
        return scores

    @property
    def supporting(self) -> Floats:
        """The score of each entry, with only the best expansion of each expression.

        What it says besides makes it surer to be the right one, and no surer that there is a right one.
        """
        besides = sum(self._besides, np.zeros(len(self.entry_ids)))
        supporting: Floats = self.scores - besides * (1 + kind_bonus(self.query) * self._stated.sum(axis=0))
        return supporting

    def explanation(self, entry_id: str) -> Explanation:
        """The parts of the score of one of the entries.

        Raises:
            KeyError: the engine holds no such entry.
        """
        column = self.entry_ids.index(entry_id)
        return Explanation(
            tuple(self._term_shares(column)),
            tuple(self._expansion_shares(column)),
            tuple(self._kind_shares(column)),
            tuple(self._known_shares(column)),
        )

    @cached_property
    def _occurrences(self) -> Mapping[str, int]:
        """How often each term occurs in the question."""
        return Counter(self.query.terms)

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        """The row of each term in `_shares`: first the terms of the question, then those of expansions."""
        expanded = (term for group in self.query.meanings for e in group for term in e.terms)
        return {term: row for row, term in enumerate(dict.fromkeys((*self._occurrences, *expanded)))}

    @cached_property
    def _shares(self) -> Shares:
        """What one occurrence of each term gives."""
        return self.engine.shares(tuple(self._rows), self.entry_ids)

    @cached_property
    def _terms(self) -> Table:
        """What each term of the question gives."""
        occurrences = np.array(tuple(self._occurrences.values()), np.float64)
        return occurrences[:, np.newaxis] * self._shares.values[: len(occurrences)]

    @cached_property
    def _expansions(self) -> Sequence[Table]:
        """What each expansion of each group gives."""
        values, rows = self._shares.values, self._rows
        return [
            np.array([e.weight * values[[rows[term] for term in e.terms]].sum(axis=0) for e in group])
            for group in self.query.meanings
        ]

    @cached_property
    def _bests(self) -> Sequence[Floats]:
        """What the best expansion of each group gives."""
        return [shares.max(axis=0) for shares in self._expansions]

    @cached_property
    def _besides(self) -> Sequence[Floats]:
        """What the other expansions of each group add."""
        return [
            BESIDE * np.minimum(shares.sum(axis=0) - best, best)
            for shares, best in zip(self._expansions, self._bests, strict=True)
        ]

    @cached_property
    def _words(self) -> Floats:
        """What terms and expressions give together."""
        words: Floats = self._terms.sum(axis=0)
        for best, beside in zip(self._bests, self._besides, strict=True):
            words += best + beside
        return words

    @cached_property
    def _stated(self) -> Table:
        """1 if an entry states a kind of answer that is asked for, else 0."""
        stated = [[self.states(kind, entry_id) for entry_id in self.entry_ids] for kind in self.query.kinds]
        return np.array(stated, np.float64).reshape(len(self.query.kinds), len(self.entry_ids))

    @cached_property
    def _kinds(self) -> Table:
        """What each kind of answer gives."""
        return self._stated * kind_bonus(self.query) * self._words

    @cached_property
    def _known(self) -> Table:
        """What each known question adds to the other parts; 0 except for its own clause."""
        scores = self._words + self._kinds.sum(axis=0)
        highest = bound(math.fsum(self.engine.idfs(self.query.terms)))
        known = np.zeros((len(self.query.recognized), len(scores)))
        for row, recognized in enumerate(self.query.recognized):
            if recognized.known.clause_id in self.entry_ids:
                column = self.entry_ids.index(recognized.known.clause_id)
                known[row, column] = recognized.adjusted(scores[column], highest) - scores[column]
        return known

    def _term_shares(self, column: int) -> Iterator[TermShare]:
        idfs = self.engine.idfs(tuple(self._occurrences))
        norm = self._shares.length_norms[column].item()
        for row, (term, occurrences) in enumerate(self._occurrences.items()):
            tf, share = self._shares.tfs[row, column].item(), self._shares.values[row, column].item()
            weight = TermWeight(int(tf), idfs[row], norm, share)
            yield TermShare(term, occurrences, weight, self._terms[row, column].item())

    def _expansion_shares(self, column: int) -> Iterator[ExpansionShare]:
        """The shares of expressions that give the entry anything, each by its best expansion."""
        together = zip(self.query.meanings, self._expansions, self._bests, self._besides, strict=True)
        for group, shares, best, beside in together:
            if best[column] > 0:
                share = best[column] + beside[column]
                yield ExpansionShare(group[int(shares[:, column].argmax())], share.item())

    def _kind_shares(self, column: int) -> Iterator[KindShare]:
        for row, kind in enumerate(self.query.kinds):
            yield KindShare(kind, bool(self._stated[row, column]), self._kinds[row, column].item())

    def _known_shares(self, column: int) -> Iterator[KnownShare]:
        """The shares of the known questions of the entry."""
        for row, recognized in enumerate(self.query.recognized):
            if recognized.known.clause_id == self.entry_ids[column]:
                yield KnownShare(recognized, self._known[row, column].item())
