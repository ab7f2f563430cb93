"""A question that asks two things is answered part by part: 低保怎么申请，多久批下来."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product

from bot.answering.basis import Basis
from bot.answering.excerpt import kinds_asked_for
from bot.answering.ranking import MIN_SUPPORT, Part, Ranking, is_good
from bot.answering.statement import states
from bot.content.asking import Asking
from bot.policy.library import Library
from bot.search.index import Hit, Searcher
from bot.search.query import Expansion, Query

MOST_PARTS = 3
DEPTH = 60
"""Hits of a part among which its clause is looked for."""

_CANDIDATES = 5
"""Hits of a part from which its clause is chosen."""

_NEARLY_AS_GOOD = 0.95
"""Of the share of the best clause."""

_CARRIED_ON, _CARRIED_BACK = 0.2, 0.1
"""What a word of an earlier part weighs in a later one, and the other way round: the subject comes first."""

_CARRIED_EXPANSION = 0.5
"""What an expansion of another part weighs, of what its words weigh."""

_SAME_DOCUMENT = 0.7
"""How much of a score the best clause of a document adds to the others': that of the other parts, and that of
the whole question. What is asked in one breath is mostly answered by one document."""


def divided(ranking: Ranking, k: int, basis: Basis) -> Ranking:
    """The ranking of a question with the best clause of each of its parts in front.

    First the best of each part, in the order of the parts, then what scores best for its part; k in all. It
    stays as it is where the question asks one thing, where one clause answers all of its parts, or where none
    answers the first, which mostly says what it is all about.
    """
    texts = parts_of(ranking.query.text, basis.index, basis.asking) if k > 1 else []
    if len(texts) < 2:
        return ranking
    parts = _completed([basis.index.query(text) for text in texts], texts)
    lists = _matches(parts, ranking.pool, basis, {hit.entry_id for hit, _ in ranking.set_aside})
    if not all(lists) or _one_answers_all(lists, basis) or not _is_supported(lists[0][0]):
        return ranking
    chosen = list(_interleaved(lists))[:k]
    part_of = {match.hit.entry_id: match.part for match in chosen}
    rejected = tuple((hit, reason) for hit, reason in ranking.rejected if hit.entry_id not in part_of)
    return replace(ranking, kept=tuple(match.hit for match in chosen), rejected=rejected, part_of=part_of)


def parts_of(folded: str, index: Searcher, asking: Asking) -> list[str]:
    """The parts of a folded question, each of which asks something; one or none where it asks one thing.

    A stretch that asks nothing belongs to the next that does. One that adds no word of its own, such as
    可以吗, belongs to the part before it.
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


def _completed(queries: Sequence[Query], texts: Sequence[str]) -> list[Part]:
    """Each part with the words of the others, lightly: the second seldom says again what it is about."""
    parts = []
    for here, (query, text) in enumerate(zip(queries, texts, strict=True)):
        carried = [
            _carried(query, other, _CARRIED_ON if there < here else _CARRIED_BACK)
            for there, other in enumerate(queries)
            if there != here
        ]
        parts.append(Part(text, replace(query, expansions=(*query.expansions, *chain(*carried)))))
    return parts


def _carried(query: Query, other: Query, weight: float) -> Iterator[tuple[Expansion, ...]]:
    """What another part says and a query does not, as expansions."""
    for term in dict.fromkeys(other.terms):
        if term not in query.terms:
            yield (Expansion(term, term, "", (term,), weight),)
    for group in other.expansions:
        yield tuple(replace(each, weight=each.weight * weight * _CARRIED_EXPANSION) for each in group)


@dataclass(frozen=True, slots=True)
class Match:
    """A hit of a part; `share` is what it scores together with its document, of the best one's."""

    part: Part
    hit: Hit
    share: float


def _matches(
    parts: Sequence[Part], whole: Sequence[Hit], basis: Basis, left_out: Container[str]
) -> list[list[Match]]:
    """The hits of each part, best first, with what the document adds; empty lists for parts without hits.

    Args:
        left_out: ids of entries that steps before took out of the ranking.
    """
    found = [
        [hit for hit in basis.index.search(part.query, DEPTH) if hit.entry_id not in left_out]
        for part in parts
    ]
    documents = [_documents(hits, basis.library) for hits in found]
    of_whole = _documents(whole, basis.library)
    lists = []
    for here, (part, hits) in enumerate(zip(parts, found, strict=True)):
        others = [shares for there, shares in enumerate(documents) if there != here]
        joint = []
        for hit in hits:
            document_id = basis.library.clauses_by_id[hit.entry_id].document_id
            of_others = sum(shares.get(document_id, 0.0) for shares in others) / len(others)
            added = _SAME_DOCUMENT * (of_others + of_whole.get(document_id, 0.0))
            joint.append((hit.score / hits[0].score + added, hit))
        joint.sort(key=lambda scored: -scored[0])
        lists.append([Match(part, hit, score / joint[0][0]) for score, hit in joint])
    return lists


def _documents(hits: Sequence[Hit], library: Library) -> dict[str, float]:
    """Document id → score of its best clause, as a share of the best of all; hits are best first."""
    shares: dict[str, float] = {}
    for hit in hits:
        document_id = library.clauses_by_id[hit.entry_id].document_id
        shares.setdefault(document_id, hit.score / hits[0].score)
    return shares


def _one_answers_all(lists: Sequence[Sequence[Match]], basis: Basis) -> bool:
    """Whether one clause is the best for every part, says enough of each, and states what each asks for.

    It does not where clauses that are nearly as good answer the parts one by one.
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


def _interleaved(lists: Sequence[Sequence[Match]]) -> Iterator[Match]:
    """The clause of each part, then the others by their share. Hits far behind the best are left out."""
    good = [[match for match in matches if is_good(match.hit, matches[0].hit)] for matches in lists]
    others = sorted(chain(*good), key=lambda match: -match.share)
    taken: set[str] = set()
    for match in chain(_assigned(good), others):
        if match.hit.entry_id not in taken:
            taken.add(match.hit.entry_id)
            yield match


def _assigned(lists: Sequence[Sequence[Match]]) -> tuple[Match, ...]:
    """A clause for each part, no two the same if that can be, with the highest shares together.

    The first part gives its best clause away only for one that is nearly as good.
    """

    def worth(chosen: tuple[Match, ...]) -> tuple[int, float]:
        return _count_clauses(chosen), sum(match.share for match in chosen)

    first = [match for match in lists[0] if match.share >= _NEARLY_AS_GOOD]
    return max(product(first, *(matches[:_CANDIDATES] for matches in lists[1:])), key=worth)


def _count_clauses(matches: Sequence[Match]) -> int:
    return len({match.hit.entry_id for match in matches})
