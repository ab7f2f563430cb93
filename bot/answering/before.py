"""What a turn of a conversation goes on from: the exchange before, and what was quoted in it."""

from bot.answering.context import Exchange
from bot.answering.counterpart import Counterparts
from bot.answering.inquiry import Inquiry
from bot.answering.utterance import Ordinal, Utterance


def exchange_before(inquiry: Inquiry, said: Utterance) -> Exchange:
    """The exchange that an utterance continues: the last one, or the one whose topic it returns to.

    One that names no topic returns to the first, or to the one before the last.
    """
    *earlier, last = inquiry.context.exchanges
    if said.topic is None or not earlier:
        return last
    if said.is_of_first:
        return earlier[0]
    terms = set(inquiry.basis.index.query(said.topic or said.text).terms)

    def shared(exchange: Exchange) -> int:
        return len(terms.intersection(inquiry.basis.index.query(exchange.understood_as).terms))

    best = max([*earlier, last], key=shared)
    return best if shared(best) else earlier[-1]


def quoted_in(inquiry: Inquiry, before: Exchange) -> frozenset[str]:
    """The documents of the clauses that were quoted before."""
    clauses = inquiry.basis.library.clauses_by_id
    quoted = [clauses.get(clause_id) for clause_id in before.clause_ids]
    return frozenset(clause.document_id for clause in quoted if clause)


def documents_meant(inquiry: Inquiry, said: str, replaced: str, before: Exchange) -> frozenset[str]:
    """The documents that a question is about now: those quoted before, or those that name a new subject.

    A thing is a new subject if titles name it and the thing it replaces: 特困 for 低保, not 六级 for 五级.
    """
    counterparts, titles = counterparts_of(inquiry), inquiry.basis.titles
    if replaced and counterparts.is_titled(replaced):
        terms = counterparts.terms_of(said)
        if named := {i for i, title in titles.items() if any(term in title for term in terms)}:
            return frozenset(named)
    return quoted_in(inquiry, before)


def pointed_to(inquiry: Inquiry, number: Ordinal, before: Exchange) -> str | None:
    """The clause that a number points to: a quoted article, else the passage at that position."""
    clauses = inquiry.basis.library.clauses_by_id
    quoted = [clauses[clause_id] for clause_id in before.clause_ids if clause_id in clauses]
    named = [clause for clause in quoted if clause.label.startswith(number.article)]
    chosen = [*named, *quoted[number.value - 1 : number.value]]
    return chosen[0].clause_id if chosen else None


def counterparts_of(inquiry: Inquiry, before: Exchange | None = None) -> Counterparts:
    """What knows the things of the library, and those of the documents that were quoted before."""
    basis = inquiry.basis
    documents = quoted_in(inquiry, before) if before else ()
    quoted = tuple(basis.index.fold(basis.library.by_id[each].document.text) for each in documents)
    titles = "\n".join(basis.titles.values())
    return Counterparts(basis.index, basis.follow_up, basis.gazetteer, titles, quoted)
