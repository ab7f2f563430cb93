"""The ranking of a follow-up: the results of two different completions, fused.

The first completion adds the missing words. The second one searches for the words of the turn alone, and
clauses of the documents quoted before score more. A clause that states what is asked now counts more: in a
conversation the subject is settled, and many clauses of a document speak of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answering.basis import Basis
from bot.answering.completion import Completion
from bot.answering.excerpt import kinds_asked_for
from bot.answering.ranking import DEPTH, MIN_SUPPORT, Ranking, fused, judged
from bot.answering.statement import states
from bot.search.index import Hit

OWN_SHARE = 0.25
"""What the words of the turn alone count beside the complete question. With 0.2, 0.25, 0.3, 0.4 the right
clause is first for 584, 585, 578, 573 of 890 turns, on policies and on laws nobody prepared for."""

QUOTED_BONUS = 0.5
"""How much more a clause scores that stands in a document quoted before. From 0.3 to 0.7 little changes."""

DISPROVED = 0.8
"""What a clause counts that the person said was not meant."""

POINTED = 1.0
"""What a clause that the person points to counts more: as much as the best one by the complete question."""

STATED_BONUS = 0.2
"""How much more a clause scores that states all that is asked now. From 0.15 to 0.4 little changes."""


def rank_completed(basis: Basis, completion: Completion, k: int) -> Ranking:
    """The ranking of a follow-up: at most k hits are kept, and up to k more are rejected."""
    query = basis.index.query(completion.text)
    query = replace(query, kinds=completion.own.kinds or query.kinds)
    hits = basis.index.search(query, DEPTH)
    shares = fused([(hits, 1.0), (completion.own_hits, OWN_SHARE)])
    asked = kinds_asked_for(completion.own, basis.asking) or kinds_asked_for(query, basis.asking)
    if completion.pointed:
        shares[completion.pointed] = POINTED + shares.get(completion.pointed, 0.0)
    for entry_id in shares:
        if entry_id == completion.disproved:
            shares[entry_id] *= DISPROVED
        if entry_id.rpartition(":")[0] in completion.documents:
            shares[entry_id] *= 1 + QUOTED_BONUS
        if asked:
            text = basis.index.fold(basis.library.clauses_by_id[entry_id].text)
            shares[entry_id] *= 1 + STATED_BONUS * sum(states(kind, text) for kind in asked) / len(asked)
    return judged(query, _in_order(hits, shares), k)


def _in_order(hits: Sequence[Hit], shares: Mapping[str, float]) -> list[Hit]:
    """Hits by their shares, best first; the best gets the best score of the complete question.

    Support and confidence come from the complete question alone; it also decides whether anything answers.
    """
    if not hits:
        return []
    by_id = {hit.entry_id: hit for hit in hits}
    order = sorted(shares, key=lambda entry_id: -shares[entry_id])
    unit = hits[0].score / shares[order[0]]
    fused = [
        by_id.get(entry_id, hits[-1])._replace(entry_id=entry_id, score=unit * shares[entry_id])
        for entry_id in order
    ]
    fused[0] = fused[0]._replace(support=max(fused[0].support, min(MIN_SUPPORT, hits[0].support)))
    return fused
