"""The parts of a clause to show first: the answering sentence, and those that cover most of the question."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import add

from bot.answering.statement import quantities, special_case, states, suits
from bot.content.asking import AskingGroup, AskingWords
from bot.policy.units import Unit, units
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.meaning.aspect import DENIES
from bot.search.meaning.polarity import denies
from bot.search.query import Query
from bot.search.searcher import Searcher
from bot.search.sentence_shares import SentenceShares

Span = tuple[int, int]
"""Where a piece of a clause begins and ends, in its text."""

_NEARLY_AS_GOOD = 0.8

_ALONE, _CHARACTERS, _NEAR = 3.5, 2.5, 3.25
"""What the shares of a sentence count: of the concepts, of the characters, and how near it is."""

_ALONE_OF_ALL = 1.5
"""What the share of the whole question's concepts counts: in a conversation, with what went before."""

_STATED, _WEAKLY_STATED = 2.4, 1.2
_FIGURES = (
    AnswerKind.AMOUNT,
    AnswerKind.PROPORTION,
    AnswerKind.COUNT,
    AnswerKind.PERIOD,
    AnswerKind.AGE,
)
"""What a sentence counts that states what is asked for: a figure in full, as many have the other forms."""

_DENIED = 1.5
"""What a sentence counts that denies or excepts, where that is asked for."""

_SUITS = 1.2
"""What a sentence counts whose bounds hold for the asker, and how much less where they do not."""

_SHORTEST = 4
_LENGTH = -0.4
"""What the logarithm of a sentence's length counts: the longer one says more, whatever is asked."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Spans of a clause, in text order: those to highlight, and the one that answers.

    `sentence` is None if the clause is one sentence, or answers as a whole.
    """

    highlights: tuple[Span, ...]
    sentence: Span | None


def excerpt(
    text: str, query: Query, asking: AskingWords, index: Searcher, now: Query | None = None
) -> Excerpt:
    """The excerpt of a clause that was found for a query.

    The highlights are the sentences that say nearly as much of the question as the best one, and the one that
    answers.

    Args:
        now: in a conversation, the query of what is asked now, without what went before.
    """
    parts, shares = units(text), index.sentence_shares(query, text)
    best = max((share.said for share in shares), default=0.0)
    marked = [
        n
        for n, (part, share) in enumerate(zip(parts, shares, strict=True))
        if best > 0 and share.said >= _NEARLY_AS_GOOD * best
        if part.lead is None or share.said > shares[part.lead].said
    ]
    if len(parts) < 2 or not any(map(any, shares)):
        return Excerpt(_spans(parts, marked), None)
    own = index.sentence_shares(now, text) if now else shares
    folded = [index.fold(part.text) for part in parts]
    asked = _asked(now or query, asking) or _asked(query, asking)
    stated = _stated(parts, folded, asked, query, now or query)
    worths = map(add, map(_worth, own, shares, map(len, folded)), stated)
    figures = [any(kind in _FIGURES and states(kind, text) for kind in asked) for text in folded]
    answering = _with_rule(parts, folded, _answering(parts, list(worths), figures), query.text)
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


def _worth(share: SentenceShares, of_all: SentenceShares, length: int) -> float:
    """How well a sentence answers by its words: what it shares with what is asked now, and with the whole."""
    worth = _ALONE * share.alone + _CHARACTERS * share.characters + _NEAR * share.near
    return worth + _ALONE_OF_ALL * of_all.alone + _LENGTH * math.log(max(length, _SHORTEST))


def _stated(
    parts: Sequence[Unit], folded: Sequence[str], asked: Mapping[StrEnum, float], query: Query, now: Query
) -> list[float]:
    """What each sentence counts by what it states: what is asked for, a denial, for whom it holds."""
    said = quantities(query.text)
    denied = max((DENIES[aspect] for aspect in now.aspects if aspect in DENIES), default=0.0)
    worths = []
    for part, text in zip(parts, folded, strict=True):
        worth = max((counts for kind, counts in asked.items() if states(kind, text)), default=0.0)
        if denied and denies(text, "" if part.lead is None else folded[part.lead]):
            worth += _DENIED * denied
        fits = next((fit for quantity in said if (fit := suits(quantity, text)) is not None), None)
        if fits is not None:
            worth += _SUITS if fits else -_SUITS
        worths.append(worth)
    return worths


def _asked(query: Query, asking: AskingWords) -> Mapping[StrEnum, float]:
    """What a query asks for → what a sentence counts that states it."""
    asked = (*kinds_asked_for(query, asking), *(aspect for aspect in query.aspects if aspect not in DENIES))
    return {kind: _STATED if kind in _FIGURES else _WEAKLY_STATED for kind in asked}


def _answering(parts: Sequence[Unit], worths: Sequence[float], figures: Sequence[bool]) -> range:
    """The sentences that answer: the best one. If it leads in to a list, the whole list answers.

    If the lead-in of a list states the figure that is asked for, and the item does not, the lead-in answers.

    Args:
        figures: whether each states a figure that is asked for.
    """
    best = max(range(len(parts)), key=lambda n: worths[n])
    lead = best if parts[best].leads_in else parts[best].lead
    if lead is not None and figures[lead] and (lead == best or not figures[best]):
        return range(lead, lead + 1)
    last = max(n for n, part in enumerate(parts) if n == best or (lead == best and part.lead == best))
    return range(best, last + 1)


def _with_rule(parts: Sequence[Unit], folded: Sequence[str], answering: range, asked: str) -> range:
    """The sentences that answer, behind the rule from which they depart in a special case.

    Args:
        asked: the folded question. If it names the case, it asks for no rule.
    """
    first = answering.start
    case = special_case(folded[first]) if first and parts[first].lead is None else ""
    departs = case != "" and not any(asked[n : n + 2] in case for n in range(len(asked) - 1))
    return range(first - departs, answering.stop)


def _spans(parts: Sequence[Unit], chosen: Sequence[int]) -> tuple[Span, ...]:
    return tuple((parts[n].start, parts[n].end) for n in chosen)
