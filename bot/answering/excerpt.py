"""The parts of a clause to show first: the answering sentence, and those that cover most of the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.statement import quantities, states, suits
from bot.content.asking import AskingGroup, AskingWords
from bot.policy.units import Unit, units
from bot.search.index import Searcher
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.query import Query

Span = tuple[int, int]
"""Where a piece of a clause begins and ends, in its text."""

_NEARLY_AS_GOOD = 0.8

_RARITY = 0.5
"""A term counts less the more sentences of the clause it is in: divided by their number to this power."""

_STATED_BONUS = 1.0
_WEAK_BONUS = 0.35
"""How much more a sentence scores that states what is asked for. Weak are forms that many sentences have."""

_WEAK = (AskingGroup.WHO, AskingGroup.CONSEQUENCE, AskingGroup.MAY)

_SUITS_BONUS = 0.6
"""How much more a sentence scores whose bounds hold for the asker, and how much less where they do not."""

_STANDS_OUT = 1.1
"""From this multiple of its lead-in's score on, an item answers alone; else the whole list does."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Spans of a clause, in text order: those to highlight, and the one that answers.

    `sentence` is None if the clause is one sentence, or answers as a whole.
    """

    highlights: tuple[Span, ...]
    sentence: Span | None


def excerpt(text: str, query: Query, asking: AskingWords, index: Searcher) -> Excerpt:
    """The excerpt of a clause that was found for a query.

    The highlights are the sentences that cover nearly as much of the query's idf as the best one, and the one
    that answers.
    """
    parts = units(text)
    rows = index.coverage(query, [part.text for part in parts])
    covered = [sum(column) for column in zip(*rows, strict=True)]
    best = max(covered, default=0.0)
    marked = [n for n, value in enumerate(covered) if best > 0 and value >= _NEARLY_AS_GOOD * best]
    if len(parts) < 2 or not rows:
        return Excerpt(_spans(parts, marked), None)
    answering = _answering(parts, _scores(parts, rows, query, asking, index))
    sentence = parts[answering.start].start, parts[answering.stop - 1].end
    return Excerpt(
        _spans(parts, sorted({*marked, *answering})), None if len(answering) == len(parts) else sentence
    )


def kinds_asked_for(query: Query, asking: AskingWords) -> tuple[StrEnum, ...]:
    """The kinds of answer that a query asks for. A yes counts only beside a place, or alone."""
    more = asking.kind(query.text)
    if more is AskingGroup.MAY and set(query.kinds) - {AnswerKind.PLACE}:
        return query.kinds
    return (*query.kinds, more) if more else query.kinds


def _scores(
    parts: Sequence[Unit], rows: Sequence[Sequence[float]], query: Query, asking: AskingWords, index: Searcher
) -> list[float]:
    """How well each part answers: its cover of the query, with a bonus if it states what is asked for.

    An item of a list is read together with its lead-in.
    """
    scores = [0.0] * len(parts)
    for row in rows:
        weight = sum(value > 0 for value in row) ** -_RARITY
        for n, part in enumerate(parts):
            scores[n] += weight * (row[n] if part.lead is None else max(row[n], row[part.lead]))
    kinds, said = kinds_asked_for(query, asking), quantities(query.text)
    for n, part in enumerate(parts):
        folded = index.fold(part.text)
        stated = (_WEAK_BONUS if kind in _WEAK else _STATED_BONUS for kind in kinds if states(kind, folded))
        scores[n] *= 1 + max(stated, default=0)
        fits = next((fit for quantity in said if (fit := suits(quantity, folded)) is not None), None)
        if fits is not None:
            scores[n] *= 1 + _SUITS_BONUS if fits else 1 - _SUITS_BONUS
    return scores


def _answering(parts: Sequence[Unit], scores: Sequence[float]) -> range:
    """The parts that answer, next to each other: the best one, or two that are nearly as good, or a list."""
    best = max(range(len(parts)), key=lambda n: scores[n])
    lead = best if parts[best].leads_in else parts[best].lead
    if lead is not None and scores[best] < _STANDS_OUT * scores[lead]:
        return range(lead, 1 + max(n for n, part in enumerate(parts) if lead in (n, part.lead)))
    near = [n for n in (best - 1, best + 1) if 0 <= n < len(parts) and _go_together(parts, scores, best, n)]
    if lead is not None or not near:
        return range(best, best + 1)
    other = max(near, key=lambda n: scores[n])
    return range(min(best, other), max(best, other) + 1)


def _go_together(parts: Sequence[Unit], scores: Sequence[float], best: int, other: int) -> bool:
    is_plain = parts[other].lead is None and not parts[other].leads_in
    return is_plain and scores[other] >= _NEARLY_AS_GOOD * scores[best]


def _spans(parts: Sequence[Unit], chosen: Sequence[int]) -> tuple[Span, ...]:
    return tuple((parts[n].start, parts[n].end) for n in chosen)
