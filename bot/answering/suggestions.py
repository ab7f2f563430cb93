"""Questions to ask instead, if nothing answers a question."""

from bot.answering import wording
from bot.answering.inquiry import Inquiry

MOST_SUGGESTIONS = 3
MOST_COMPARED = 10
"""Known questions that are looked at."""


def suggestions(inquiry: Inquiry) -> tuple[str, ...]:
    """Known questions and those that staff offer; those most like the question go first.

    Where neither is there, questions about the documents nearest to this one.
    """
    query, index = inquiry.ranking.query, inquiry.basis.index
    answered = dict.fromkeys([*index.known_like(query, MOST_COMPARED), *inquiry.basis.examples])
    nearest_first = sorted(answered, key=lambda text: -index.idf_coverage(query, text))
    return tuple((nearest_first or _about_documents(inquiry))[:MOST_SUGGESTIONS])


def _about_documents(inquiry: Inquiry) -> list[str]:
    """Questions about the documents nearest to the question.

    If none is near, about the library's first ones.
    """
    library = inquiry.basis.library
    near = [library.clauses_by_id[hit.entry_id].document_id for hit, _ in inquiry.ranking.rejected]
    nearest_first = dict.fromkeys([*near, *library.by_id])
    return [wording.suggestion(library.by_id[document_id].document) for document_id in nearest_first]
