"""Whether the best clauses of a ranking speak of a matter that the question names."""

from collections.abc import Sequence

from bot.answering.evidence import COVERED, Evidence
from bot.content.subjects import Subject
from bot.search.query import Query
from bot.search.searcher import Hit

MEANT = 0.4
"""Support from which a clause may speak of a matter in other words. With 0.3, 0.4, 0.5, of 1,157 questions on
laws nobody prepared for whose clause is first 1,033, 1,026, 1,003 are answered (945 without), and of 534 near
ones 415, 420, 428 are not."""

MORE_THAN_IN_PASSING = 3
"""Mentions of a matter from which a document speaks of it."""


def speaks_of(evidence: Evidence, matter: Subject) -> bool:
    """Whether a kept clause, its headings or its title has a word of a matter."""
    return _has(evidence, matter.words, is_all=asks_only_about(evidence, matter))


def says_otherwise(evidence: Evidence, matter: Subject) -> bool:
    """Whether the best clause covers the question well, or a kept one speaks of a matter in other words.

    Exception: if the question asks about nothing else (彩礼能退吗), what is covered are words for the matter.
    """
    is_all, support = asks_only_about(evidence, matter), evidence.best.support
    if support >= COVERED and not is_all:
        return True
    return support >= MEANT and _means(evidence, matter, is_all=is_all)


def asks_only_about(evidence: Evidence, matter: Subject) -> bool:
    """Whether the question names a matter and nothing else."""
    rest = matter.asked.sub(" ", evidence.inquiry.ranking.query.text)
    return evidence.inquiry.basis.general.make_up(rest)


def _means(evidence: Evidence, matter: Subject, *, is_all: bool) -> bool:
    """Whether a kept clause says each of the question's words for a matter, or a term that it stands for."""
    inquiry = evidence.inquiry
    named = matter.asked.search(inquiry.understood_as)
    words = list(inquiry.basis.index.words(named[0])) if named else []
    query = inquiry.ranking.query
    for hit in inquiry.ranking.kept if words else ():
        text = evidence.folded_whole(hit)
        if all(_is_meant(word, text, query) for word in words):
            terms = [e.term for group in query.meanings for e in group if any(w in e.said for w in words)]
            return not is_all or _has(evidence, [*words, *terms], is_all=True)
    return False


def _is_meant(word: str, text: str, query: Query) -> bool:
    """Whether a folded text has a word, or a whole term that stands for an expression with this word.

    A single character tells too little: 公积金能提吗 is not answered by 公积金 and 提高.
    """
    return (len(word) > 1 and word in text) or any(
        e.term in text and (word in e.said or e.said in word) for group in query.meanings for e in group
    )


def _has(evidence: Evidence, words: Sequence[str], *, is_all: bool) -> bool:
    """Whether a kept clause, its headings or its title has one of some words.

    Args:
        is_all: nothing else is asked about: the document must have them more than in passing.
    """
    for hit in evidence.inquiry.ranking.kept:
        whole, text = evidence.folded_whole(hit), evidence.folded(hit)
        found = [word for word in words if word in whole]
        if found and (not is_all or any(whole.count(word) > text.count(word) for word in found)):
            return True
        if found and _count_of(evidence, hit, found) >= MORE_THAN_IN_PASSING:
            return True
    return False


def _count_of(evidence: Evidence, hit: Hit, words: Sequence[str]) -> int:
    """How many times the document of a hit has some words."""
    text = evidence.inquiry.basis.index.fold(evidence.document(hit).text)
    return sum(text.count(word) for word in words)
