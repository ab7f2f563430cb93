"""Official words of a question that the best clause does not say: then it speaks of something else.

Residents have few words of law, and use them for the matter itself: 擅自调换检疫植物会怎样.
A clause that shares the other words (擅自, 会怎样) does not answer. `lexicon/official-words.txt` weighs such
words; everyday words, which no text says, count nothing. A clause says a word also by a term that it means.

More must be unsaid, the better the clause covers the question, and the more of the best clauses stand in one
document: then a text about the matter is held. The numbers were fitted to questions on laws that are held and
on laws that are not; see docs/quality.md. `python -m benchmarks.official_words` makes the list anew.
"""

import math
from collections import Counter
from collections.abc import Iterator

from bot.answering.evidence import Evidence
from bot.answering.ranking import Ranking, document_id_of
from bot.search.query import Query

NEEDED = 2.25
"""Weight of unsaid words from which a clause does not answer. Of 1,329 questions that the policies answer it
loses 10, of 4,238 on other laws it finds 30 %; at 2 these are 14 and 33 %, at 2.75 4 and 23 %."""

BY_SUPPORT = 0.6
"""How much more is needed for each unit of the log-odds of support."""

BY_DOCUMENT = 2.5
"""How much more is needed if the best clauses are all of one document."""

NEAREST = 10
"""The best clauses whose documents are compared."""

_LEAST = 1e-4
"""Supports nearer to 0 or 1 are taken for this far."""


def unsaid_words(evidence: Evidence) -> tuple[str, ...]:
    """The official words that the best clause leaves unsaid, weightiest first; none: it leaves few.

    Of a question like a known one, and of one that asks two things, none is missed.
    """
    ranking, best = evidence.inquiry.ranking, evidence.best
    if ranking.part_of or ranking.query.recognized:
        return ()
    weights = evidence.inquiry.basis.official.weights
    words = [word for word in evidence.inquiry.basis.index.words(ranking.query.text) if word in weights]
    text = evidence.folded_whole(best)
    unsaid = [word for word in words if not is_said(word, text, ranking.query)]
    weight = math.fsum(weights[word] for word in unsaid)
    if not unsaid or weight < needed(best.support, share_of_one_document(ranking)):
        return ()
    return tuple(sorted(unsaid, key=lambda word: -weights[word]))


def needed(support: float, share: float) -> float:
    """The weight of unsaid words from which a clause with some support does not answer.

    Args:
        share: of the best clauses, how many one document has, 0-1.
    """
    return NEEDED + BY_SUPPORT * log_odds(support) + BY_DOCUMENT * share


def log_odds(support: float) -> float:
    """The logarithm of the odds of a support; neither 0 nor 1 is certain.

    >>> log_odds(0.5), round(log_odds(1.0), 1)
    (0.0, 9.2)
    """
    within = min(max(support, _LEAST), 1 - _LEAST)
    return math.log(within / (1 - within))


def share_of_one_document(ranking: Ranking) -> float:
    """The share of the best clauses that one document has, 0-1. There is at least one clause."""
    documents = Counter(document_id_of(hit) for hit in ranking.pool[:NEAREST])
    return max(documents.values()) / documents.total()


def is_said(word: str, text: str, query: Query) -> bool:
    """Whether a folded text has a word, or part of a term that the word stands for."""
    return word in text or any(term in text for term in _meant(word, query))


def _meant(word: str, query: Query) -> Iterator[str]:
    """The terms that a word stands for, and their words and pairs of characters."""
    for group in query.meanings:
        for expansion in group:
            if word in expansion.said:
                yield expansion.term
                yield from (part for term in expansion.terms if len(part := term.removeprefix("#")) > 1)
