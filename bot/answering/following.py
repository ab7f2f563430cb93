"""Follows a conversation: a question that leaves something out is completed from what was said before.

No language model decides. What does: words that tie (那, 它, 不是，我问的是), whether something is asked, and
how much the question finds by itself. A question that finds enough alone is never touched.
"""

from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.completion import Completer, Completion
from bot.answering.context import Exchange
from bot.answering.inquiry import Inquiry
from bot.answering.ranking import DEPTH
from bot.answering.utterance import Utterance, read_utterance
from bot.content.follow_up import FollowUpGroup
from bot.search.index import Hit
from bot.search.query import Query

FEWEST_WORDS = 4
"""From so many words of its own on, a question without a tie is complete."""

ENOUGH_ALONE = 4.0
"""Best score of a question without a tie, in words that no text holds, from which it is complete."""

ENOUGH_DESPITE_TIES = 6.0
"""The same for a question that begins with 那, or that has a pronoun somewhere."""

SHORTEST_TERM = 3
"""Characters of a term of law by which a title is recognised: 最低生活保障, not 标准."""

_FIRM_TIES = (FollowUpGroup.CORRECTING, FollowUpGroup.RETURNING, FollowUpGroup.POINTING)


def follow_up(inquiry: Inquiry) -> Inquiry | Answer:
    """The inquiry with its question completed if it leaves something out.

    The same question again, or words such as 不是这个意思, mean that it is taken as it was typed. A turn that
    nobody can understand is answered by a question back.
    """
    exchanges = inquiry.context.exchanges
    typed = inquiry.question.text
    if not exchanges or typed == exchanges[-1].asked:
        return inquiry
    if inquiry.basis.is_undo(typed):
        return _undone(inquiry, exchanges[-1])
    index, words = inquiry.basis.index, inquiry.basis.follow_up
    said = read_utterance(index.fold(typed), words)
    own = index.query(said.text)
    if not _says_anything(inquiry, own, said):
        return inquiry.answer(Status.NOT_FOUND, wording.unclear(exchanges[-1].understood_as))
    before = _exchange_before(inquiry, said)
    hits = _hits_if_open(inquiry, own, said, before)
    if hits is None:
        return inquiry
    return replace(inquiry, completion=_completion(inquiry, said, own, hits, before))


def _undone(inquiry: Inquiry, last: Exchange) -> Inquiry | Answer:
    """The question before, as it was typed; where it was not completed, nobody knows what was wrong."""
    if not last.subject:
        return inquiry.answer(Status.NOT_FOUND, wording.unclear(last.understood_as))
    return replace(inquiry, question=replace(inquiry.question, text=last.asked))


def _says_anything(inquiry: Inquiry, own: Query, said: Utterance) -> bool:
    """Whether an utterance can be understood with what was said before.

    It has a word that some text holds, or that the thesaurus knows, or asks for a kind of answer. Or it asks
    something or is tied to what was said, and has any word; 怎么办 needs none.
    """
    index = inquiry.basis.index
    words = index.words(said.text)
    if own.expansions or own.kinds or any(idf < index.highest_idf for idf in words.values()):
        return True
    is_tied = said.asks or said.closes or said.opens_with(_FIRM_TIES)
    return (is_tied and any(len(word) > 1 for word in words)) or said.is_asking


def _exchange_before(inquiry: Inquiry, said: Utterance) -> Exchange:
    """The exchange that an utterance goes on from: the last one, or the one whose topic it returns to."""
    *earlier, last = inquiry.context.exchanges
    if not said.topic or not earlier:
        return last
    terms = set(inquiry.basis.index.query(said.topic).terms)

    def shared(exchange: Exchange) -> int:
        return len(terms.intersection(inquiry.basis.index.query(exchange.understood_as).terms))

    best = max([last, *reversed(earlier)], key=shared)
    return best if shared(best) else earlier[-1]


def _hits_if_open(inquiry: Inquiry, own: Query, said: Utterance, before: Exchange) -> tuple[Hit, ...] | None:
    """What an utterance finds by itself; None where it is complete."""
    index = inquiry.basis.index
    is_firm = said.opens_with(_FIRM_TIES) or said.closes
    is_tied = is_firm or said.points or said.opens_with([FollowUpGroup.JOINING])
    if not is_tied and len(index.words(said.text)) >= FEWEST_WORDS:
        return None
    hits = tuple(index.search(own, DEPTH))
    if is_firm or not hits:
        return hits
    found = hits[0].score / index.highest_idf
    if is_tied:
        return hits if found < ENOUGH_DESPITE_TIES else None
    tells = not before.aspect and not Completer(
        index, inquiry.basis.follow_up, inquiry.basis.gazetteer
    ).is_question(before.understood_as)
    if found >= ENOUGH_ALONE or (not tells and _names_its_subject(inquiry, own, hits)):
        return None
    return hits


def _names_its_subject(inquiry: Inquiry, own: Query, hits: tuple[Hit, ...]) -> bool:
    """Whether a good clause stands in a document whose title has a word of the question."""
    library, index = inquiry.basis.library, inquiry.basis.index
    words = [word for word in index.words(own.text) if len(word) > 1]
    terms = [e.term for group in own.expansions for e in group if len(e.term) >= SHORTEST_TERM]
    documents = {library.clauses_by_id[hit.entry_id].document_id for hit in hits[:3]}
    titles = [index.fold(library.by_id[document].document.title) for document in documents]
    return any(word in title for title in titles for word in (*words, *terms))


def _completion(
    inquiry: Inquiry, said: Utterance, own: Query, hits: tuple[Hit, ...], before: Exchange
) -> Completion:
    basis = inquiry.basis
    complete = Completer(basis.index, basis.follow_up, basis.gazetteer).wording(said, before)
    quoted = [basis.library.clauses_by_id.get(clause_id) for clause_id in before.clause_ids]
    documents = frozenset(clause.document_id for clause in quoted if clause)
    return Completion(
        text=complete.text,
        own=own,
        own_hits=hits,
        subject=complete.subject,
        aspect=complete.aspect,
        documents=frozenset() if complete.is_replaced else documents,
    )
