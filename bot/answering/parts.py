"""Answers a question that asks two things part by part: 低保怎么申请，多久批下来."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, product

from bot.answering.answer import Status
from bot.answering.basis import Basis
from bot.answering.completion import Completer
from bot.answering.context import Exchange
from bot.answering.counterpart import Counterparts
from bot.answering.excerpt import kinds_asked_for
from bot.answering.ranking import (
    MIN_SHARE_OF_BEST,
    MIN_SUPPORT,
    QuestionPart,
    Ranking,
    document_id_of,
    fused,
    share_of_best,
)
from bot.answering.statement import states
from bot.answering.utterance import read_utterance
from bot.content.asking import AskingWords
from bot.search.query import Query
from bot.search.searcher import Hit, Searcher

MOST_PARTS = 3
DEPTH = 60
"""Hits of a part among which its clause is looked for."""

_CANDIDATES = 5
"""Hits of a part from which its clause is chosen."""

_NEARLY_AS_GOOD = 0.85
"""Of the share of the best clause."""

_WHOLE = 0.3
"""What the share of the best score counts that an entry has for the whole question, beside its part's."""

_SAME_DOCUMENT = 1.5
"""How much more an entry scores by its document: by the share of its best clause for the other parts, and for
the whole question. What is asked in one breath is mostly answered by one document."""

_STATED_BONUS = 0.2
"""How much more an entry scores that states the figure, place or papers that the part asks for. Who decides,
what follows and whether one may is stated by too many clauses."""


def divided(ranking: Ranking, k: int, basis: Basis) -> Ranking:
    """The ranking of a question with the best clause of each of its parts in front.

    The best clause of each part comes first, in the order of the parts, then those with the best scores for
    their part; k in all. If one clause answers all parts, it comes first. The ranking stays as it is if the
    question asks one thing, or if no clause answers the whole question or its first part, which mostly names
    the subject.
    """
    texts = parts_of(ranking.query.text, basis.index, basis.asking) if k > 1 else []
    if len(texts) < 2:
        return ranking
    parts = [QuestionPart(text, basis.index.query(text)) for text in texts]
    aside = {hit.entry_id for hit, _ in ranking.set_aside}
    lists = _matches(parts, ranking.pool, basis, aside)
    is_answered = bool(ranking.kept) or (all(lists) and _is_supported(lists[0][0]))
    if not all(lists) or not is_answered:
        return ranking
    is_one = _one_answers_all(lists, basis)
    chosen = list(_interleaved(lists, lists[0][:1] if is_one else ()))[:k]
    kept = {match.hit.entry_id for match in chosen}
    part_of = {} if is_one else {match.hit.entry_id: match.part for match in chosen}
    rejected = tuple((hit, reason) for hit, reason in ranking.rejected if hit.entry_id not in kept)
    return replace(ranking, kept=tuple(match.hit for match in chosen), rejected=rejected, part_of=part_of)


def parts_of(folded: str, index: Searcher, asking: AskingWords) -> list[str]:
    """The parts of a folded question, each of which asks something. If it asks one thing: one part or none.

    A stretch that asks nothing belongs to the next one that does. A stretch without a word of its own, such
    as 可以吗, belongs to the part before it.
    """
    stretches = asking.stretches(folded)
    asks = [
        asking.asks(stretch) and (n == len(stretches) - 1 or not asking.asks_indirectly(stretch))
        for n, stretch in enumerate(stretches)
    ]
    if sum(asks) < 2:
        return []
    parts: list[list[str]] = []
    waiting: list[str] = []
    for stretch, does_ask in zip(stretches, asks, strict=True):
        if not waiting and parts and does_ask and not _says_something(index.query(stretch)):
            parts[-1].append(stretch)
            continue
        waiting.append(stretch)
        if does_ask:
            parts.append(waiting)
            waiting = []
    if waiting:
        parts[-1] += waiting
    last = list(chain(*parts[MOST_PARTS - 1 :]))
    return ["，".join(part) for part in (*parts[: MOST_PARTS - 1], last) if part]


def _says_something(query: Query) -> bool:
    """Whether a stretch has a word of its own, or asks for a kind of answer."""
    return bool(query.kinds) or any(not term.startswith("#") for term in query.terms)


@dataclass(frozen=True, slots=True)
class Match:
    """A hit of a part; `share` is its score with its document's, as a share of the best one."""

    part: QuestionPart
    hit: Hit
    share: float


def _matches(
    parts: Sequence[QuestionPart], whole: Sequence[Hit], basis: Basis, left_out: Container[str]
) -> list[list[Match]]:
    """The hits of each part, best first; empty lists for parts without hits.

    A later part is searched twice: alone, and as a follow-up, with the subject of the first part. Both
    results count alike, and a little that of the whole question.

    Args:
        left_out: ids of entries that earlier steps took out of the ranking.
    """
    alone = [_found(part.text, basis, left_out) for part in parts]
    of_parts = [_documents(hits) for hits in alone]
    of_whole = _documents(whole)
    whole = whole[:DEPTH]
    lists = []
    for here, part in enumerate(parts):
        found = [(alone[here], 1.0), (whole, _WHOLE)]
        if here:
            subject = _with_subject(part.text, parts[0].text, basis)
            found = [(_found(subject, basis, left_out), 1.0), *found]
        others = [shares for there, shares in enumerate(of_parts) if there != here]
        worth, kinds = fused(found), part.query.kinds
        for entry_id in worth:
            document_id = basis.library.clauses_by_id[entry_id].document_id
            of_others = sum(shares.get(document_id, 0.0) for shares in others) / len(others)
            worth[entry_id] *= 1 + _SAME_DOCUMENT * (of_others + of_whole.get(document_id, 0.0))
            worth[entry_id] *= 1 + _STATED_BONUS * _stated(kinds, entry_id, basis)
        lists.append(_in_order(part, worth, [hits for hits, _ in found]))
    return lists


def _found(text: str, basis: Basis, left_out: Container[str]) -> list[Hit]:
    hits = basis.index.search(basis.index.query(text), DEPTH)
    return [hit for hit in hits if hit.entry_id not in left_out]


def _with_subject(text: str, first: str, basis: Basis) -> str:
    """A later part with the subject of the first: 镇卫生院怎么起名 for 怎么起名 behind 镇卫生院归谁审批."""
    counterparts = Counterparts(basis.index, basis.follow_up, basis.gazetteer)
    completer = Completer(basis.index, basis.follow_up, counterparts, basis.general)
    before = Exchange(asked=first, understood_as=first, status=Status.ANSWERED)
    return completer.wording(read_utterance(text, basis.follow_up), before).text


def _stated(kinds: Sequence[StrEnum], entry_id: str, basis: Basis) -> float:
    """The share of some kinds of answer that an entry states."""
    folded = basis.index.fold(basis.library.clauses_by_id[entry_id].text) if kinds else ""
    return sum(states(kind, folded) for kind in kinds) / len(kinds) if kinds else 0.0


def _in_order(part: QuestionPart, worth: Mapping[str, float], lists: Sequence[Sequence[Hit]]) -> list[Match]:
    """The matches of a part, best first. If several lists have a hit, that of the first list is used."""
    hits = {hit.entry_id: hit for hits in reversed(lists) for hit in hits}
    order = sorted(worth, key=lambda entry_id: -worth[entry_id])
    return [Match(part, hits[entry_id], worth[entry_id] / worth[order[0]]) for entry_id in order]


def _documents(hits: Sequence[Hit]) -> dict[str, float]:
    """Document id → score of its best clause, as a share of the best of all; hits are best first."""
    shares: dict[str, float] = {}
    for hit in hits:
        shares.setdefault(document_id_of(hit), share_of_best(hit, hits[0]))
    return shares


def _one_answers_all(lists: Sequence[Sequence[Match]], basis: Basis) -> bool:
    """Whether one clause is the best for every part, says enough about each, and states what each asks for.

    False if clauses that are nearly as good answer the parts one by one.
    """
    bests = [matches[0] for matches in lists]
    if _count_clauses(bests) > 1 or not all(map(_is_supported, bests)):
        return False
    apart = _assigned(lists)
    if _count_clauses(apart) == len(lists) and all(match.share >= _NEARLY_AS_GOOD for match in apart):
        return False
    folded = basis.index.fold(basis.library.clauses_by_id[bests[0].hit.entry_id].text)
    return all(
        any(states(kind, folded) for kind in kinds)
        for best in bests
        if (kinds := kinds_asked_for(best.part.query, basis.asking))
    )


def _is_supported(match: Match) -> bool:
    return match.hit.support >= MIN_SUPPORT


def _interleaved(lists: Sequence[Sequence[Match]], first: Sequence[Match]) -> Iterator[Match]:
    """Those that come first, else the clause of each part; then the others by their share.

    Hits far behind the best are left out.
    """
    good = [[match for match in matches if match.share >= MIN_SHARE_OF_BEST] for matches in lists]
    others = sorted(chain(*good), key=lambda match: -match.share)
    taken: set[str] = set()
    for match in chain(first or _assigned(good), others):
        if match.hit.entry_id not in taken:
            taken.add(match.hit.entry_id)
            yield match


def _assigned(lists: Sequence[Sequence[Match]]) -> tuple[Match, ...]:
    """A clause for each part, with the highest sum of shares; all different if possible.

    The first part gives up its best clause only for one that is nearly as good.
    """

    def worth(chosen: tuple[Match, ...]) -> tuple[int, float]:
        return _count_clauses(chosen), sum(match.share for match in chosen)

    first = [match for match in lists[0] if match.share >= _NEARLY_AS_GOOD]
    return max(product(first, *(matches[:_CANDIDATES] for matches in lists[1:])), key=worth)


def _count_clauses(matches: Sequence[Match]) -> int:
    return len({match.hit.entry_id for match in matches})
