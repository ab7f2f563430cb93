"""A text that is not in force never goes before one in force that says the same."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.inquiry import Inquiry
from bot.answering.ranking import MIN_SUPPORT, SetAside, document_id_of
from bot.policy.anchor import ROOT
from bot.policy.force.validity import LegalForce
from bot.search.searcher import Hit

SAYS_THE_SAME = 0.5
"""From this share of its score, a clause of the text that replaced another one says the same as it.

On `choose` halves: where the new text has the rule, too, its share is 0.54 or more; where only the old text
has it, 0.42 or less. Clauses of further texts are no measure: one with 0.94 speaks of another benefit.
"""

_NOT_YET_OR_NO_LONGER = (LegalForce.NOT_IN_FORCE, LegalForce.PENDING)


def prefer_in_force(inquiry: Inquiry) -> Inquiry:
    """The inquiry without hits that have lost their force, if the texts that replaced them say the same.

    A hit that is not in force yet follows the one that it will replace. A hit that nothing in force matches
    keeps its place: `stand` tells what became of it. No question is refused for what is left out.
    """
    pool = inquiry.ranking.pool
    late = _late(inquiry, pool)
    if not late:
        return inquiry
    in_force = [hit for hit in pool if hit.entry_id not in late]
    order: list[Hit] = []
    waiting: dict[Hit, Hit] = {}
    aside: list[SetAside] = []
    for hit in pool:
        same = _same(inquiry, hit, in_force) if hit.entry_id in late else None
        if same is None:
            order += [hit, *(pending for pending, before in waiting.items() if before == hit)]
        elif late[hit.entry_id] is LegalForce.NOT_IN_FORCE:
            aside.append((hit, f"not in force on {inquiry.on}; {same.entry_id} says the same"))
        elif same in order:
            order.append(hit)
        else:
            waiting[hit] = same
    order[0] = order[0]._replace(support=max(order[0].support, min(MIN_SUPPORT, pool[0].support)))
    return replace(inquiry, ranking=inquiry.ranking.chosen_from(order, inquiry.question.k, aside))


def _late(inquiry: Inquiry, pool: Sequence[Hit]) -> dict[str, LegalForce]:
    """The force of each hit that is not in force."""
    doubtful = inquiry.basis.library.not_wholly_in_force(inquiry.on)
    forces = {hit.entry_id: force_of(inquiry, hit) for hit in pool if document_id_of(hit) in doubtful}
    return {entry_id: force for entry_id, force in forces.items() if force in _NOT_YET_OR_NO_LONGER}


def _same(inquiry: Inquiry, hit: Hit, in_force: list[Hit]) -> Hit | None:
    """The best hit in force that says the same, in a text that replaced it or that it will replace."""
    library, clause = inquiry.basis.library, inquiry.basis.library.clauses_by_id[hit.entry_id]
    successors = library.successors(clause.document_id, inquiry.on, clause.anchor)
    others = {document.document_id for document in successors} | set(library.supersedes[clause.document_id])
    for other in in_force:
        if document_id_of(other) in others and other.score >= SAYS_THE_SAME * hit.score:
            return other
    return None


def force_of(inquiry: Inquiry, hit: Hit) -> LegalForce:
    """The legal force of a hit's clause on the day of the inquiry."""
    library = inquiry.basis.library
    validity = library.validity[document_id_of(hit)]
    anchor = library.clauses_by_id[hit.entry_id].anchor if validity.superseded else ROOT
    return validity.force(inquiry.on, anchor)
