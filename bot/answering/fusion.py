"""The ranking of a follow-up: the results of two different completions, fused.

The first completion adds the missing words. The second one searches for the words of the turn alone. What
speaks for a clause is added up as logarithms: its worth in both searches, how near it is to the words of the
turn, whether it states what is asked, and how far it stands from what was quoted before. In a conversation
the subject is settled, and many clauses of a document speak of it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat

from bot.answering.basis import Basis
from bot.answering.completion import Completion
from bot.answering.excerpt import kinds_asked_for
from bot.answering.ranking import DEPTH, Ranking, judged
from bot.answering.statement import states
from bot.policy.clause import document_of
from bot.policy.library import Library
from bot.search.query import Query
from bot.search.searcher import Hit

OWN_SHARE = 0.1
"""What a clause's worth by the words of the turn alone counts beside that by the complete question."""

UNFOUND = -0.5
"""How much less than the last one a clause is worth that a search did not find."""

SENTENCE, ASKED = 3.2, 4.0
"""What the cosines of what is asked now count, with a clause's nearest sentence and with the nearest
question that it answers. Where a thing replaces another, that is the complete question: 高级 alone asks
nothing."""

OF_DOCUMENT = 1.9
"""How much more a clause is worth that stands in a document quoted before."""

OF_QUOTED = (1.2, 1.2, 0.7, 0.7)
"""The same for the clause that was quoted first, and for those one, two and three clauses away from it: what
belongs together stands together."""

STATED = 1.0
"""The same for a clause that states all that is asked now."""

CORRECTED = -0.7
"""The same for the clause that was quoted first, if the person says that something else was meant."""


def rank_completed(basis: Basis, completion: Completion, k: int) -> Ranking:
    """The ranking of a follow-up: at most k hits are kept, and up to k more are rejected."""
    query = basis.index.query(completion.text)
    query = replace(query, kinds=completion.own.kinds or query.kinds)
    hits = basis.index.search(query, DEPTH)
    if not hits:
        return judged(query, [], k)
    asked = query if completion.asked == completion.text else completion.own
    found = [hit.entry_id for hit in (*hits, *completion.own_hits)]
    ids = list(dict.fromkeys([*found, *filter(None, [completion.pointed])]))
    speaking = [
        _by_search(hits, ids),
        [OWN_SHARE * worth for worth in _by_search(completion.own_hits, ids)],
        [SENTENCE * near.sentence + ASKED * near.asked for near in basis.index.closeness(asked, ids)],
        [STATED * share for share in _stated(basis, completion, query, ids)],
        list(_by_place(basis, completion, ids)),
    ]
    worths = dict(zip(ids, map(math.fsum, zip(*speaking, strict=True)), strict=True))
    if completion.pointed:
        worths[completion.pointed] = math.inf
    return judged(query, _in_order(hits, worths), k)


def _by_search(hits: Sequence[Hit], ids: Sequence[str]) -> list[float]:
    """The worth of each entry by a search."""
    worths = {hit.entry_id: hit.worth for hit in hits}
    least = min(filter(math.isfinite, worths.values()), default=0.0)
    return [worths.get(each, least + UNFOUND) for each in ids]


def _stated(basis: Basis, completion: Completion, query: Query, ids: Sequence[str]) -> list[float]:
    """Which share of the kinds of answer that are asked for each clause states."""
    asked = kinds_asked_for(completion.own, basis.asking) or kinds_asked_for(query, basis.asking)
    if not asked:
        return [0.0] * len(ids)
    texts = (basis.index.fold(basis.library.clauses_by_id[each].text) for each in ids)
    return [sum(states(kind, text) for kind in asked) / len(asked) for text in texts]


def _by_place(basis: Basis, completion: Completion, ids: Sequence[str]) -> Iterator[float]:
    """How much more each clause is worth for where it stands, seen from what was quoted before."""
    around = _around(basis.library, completion.quoted) if completion.quoted else {}
    for each in ids:
        of_document = OF_DOCUMENT * (document_of(each) in completion.documents)
        corrected = CORRECTED * (completion.is_corrected and each == completion.quoted)
        yield of_document + around.get(each, 0.0) + corrected


def _around(library: Library, quoted: str) -> Mapping[str, float]:
    """Id → how much more the clause is worth, of the clauses around a quoted one, which is among them."""
    holding = library.by_id.get(document_of(quoted))
    ids = [clause.clause_id for clause in holding.outline.clauses] if holding else []
    if quoted not in ids:
        return {}
    place, most = ids.index(quoted), len(OF_QUOTED)
    near = range(max(place - most + 1, 0), min(place + most, len(ids)))
    return {ids[each]: OF_QUOTED[abs(each - place)] for each in near}


def _in_order(hits: Sequence[Hit], worths: Mapping[str, float]) -> list[Hit]:
    """Hits by their worth, best first; each place scores, and is as sure, as by the complete question alone.

    So that alone decides whether anything answers.
    """
    by_id = {hit.entry_id: hit for hit in hits}
    order = sorted(worths, key=lambda entry_id: -worths[entry_id])
    places = chain(hits, repeat(hits[-1]))
    return [
        place._replace(entry_id=each, near=by_id.get(each, hits[-1]).near, worth=worths[each])
        for place, each in zip(places, order, strict=False)
    ]
