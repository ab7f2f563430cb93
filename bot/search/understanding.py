"""What a question means: its terms, and what the thesaurus and the known questions make of it."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.search.analysis import Analyzer
from bot.search.meaning.answer_kind import AnswerKinds
from bot.search.meaning.recognition import Recognizer
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.query import Expansion, Query
from bot.search.spelling.spelling import Spelling, Spelt

EXPANSION_WEIGHT = 0.7
"""What an expansion counts against the words that were asked: literal matches stay above it."""

_MOST_REMEMBERED = 20_000

Idfs = Callable[[Sequence[str]], Sequence[float]]
"""The inverse document frequency of each of some terms in the library."""


@dataclass(frozen=True, slots=True)
class Words:
    """What residents' words mean.

    Args:
        thesaurus: what expressions of questions stand for; entries are not expanded.
        recognizer: of known questions; the clause of each is one of the entries.
        spelling: of the words of the entries; None makes one. Not of what the thesaurus knows, for its
            expressions are so much alike that one question in nine was read as something else.
        answer_kinds: how residents ask for each kind of answer; the default knows of none.
    """

    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    recognizer: Recognizer | None = None
    spelling: Spelling | None = None
    answer_kinds: AnswerKinds = field(default_factory=AnswerKinds)


class Understanding:
    """Makes queries of questions. Safe to share between threads."""

    def __init__(self, analyzer: Analyzer, spelling: Spelling, words: Words, idfs: Idfs) -> None:
        self._analyzer = analyzer
        self._spelling = spelling
        self._thesaurus = words.thesaurus
        self._recognizer = words.recognizer
        self._answer_kinds = words.answer_kinds
        self._idfs = idfs
        self._terms_of = lru_cache(maxsize=_MOST_REMEMBERED)(
            lambda text: tuple(dict.fromkeys(analyzer.terms(text)))
        )

    def query(self, question: str) -> Query:
        """A question as the index understands it."""
        spelt = self._spelt(self._analyzer.fold(question))
        terms = tuple(self._analyzer.terms(spelt.text))
        return Query(
            spelt.text,
            terms,
            tuple(self._expansions(spelt.text)),
            self._answer_kinds.asked_for(spelt.text),
            tuple(self._recognizer.recognize(terms)) if self._recognizer else (),
            spelt.changes,
        )

    def known_like(self, query: Query, most: int) -> list[str]:
        """The known questions that are most like a query, nearest first."""
        return self._recognizer.nearest(query.terms, most) if self._recognizer else []

    def _spelt(self, folded: str) -> Spelt:
        """The spelling that was meant; as it was typed where the thesaurus knows what would be changed."""
        spelt = self._spelling.read(folded)
        meanings = self._thesaurus.meanings(folded) if spelt.changes else ()
        known = any(
            change.start < meaning.end and meaning.start < change.end
            for change in spelt.changes
            for meaning in meanings
            if meaning.rule.is_one_piece
        )
        return Spelt(folded) if known else spelt

    def _expansions(self, folded: str) -> Iterator[tuple[Expansion, ...]]:
        """What the expressions of a question stand for; a term that is already asked for adds nothing.

        A term weighs at most what the expression itself does, so that rare words of law do not drown the rest
        of the question.
        """
        known: set[str] = set()
        for meaning in self._thesaurus.meanings(folded):
            said = folded[meaning.start : meaning.end]
            idf = math.fsum(self._idfs(self._terms_of(said)))
            group = []
            for target in meaning.rule.targets:
                if target.term in known or target.term in folded:
                    continue
                known.add(target.term)
                terms = self._terms_of(target.term)
                capped = min(1.0, idf / math.fsum(self._idfs(terms)))
                weight = EXPANSION_WEIGHT * target.weight * capped
                group.append(Expansion(said, target.term, meaning.rule.source, terms, weight))
            if group:
                yield tuple(group)
