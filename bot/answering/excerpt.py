"""The sentences of a clause that answer a question."""

from bot.policy.splitting.sentences import sentences
from bot.search.index import Searcher
from bot.search.query import Query

_NEARLY_AS_GOOD = 0.8


def highlights(text: str, query: Query, index: Searcher) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences that cover most of the query, in text order; empty without a common term.

    The best sentence is among them, and each that covers nearly as much of the query's idf.
    """
    covered = {span: index.idf_coverage(query, text[span[0] : span[1]]) for span in sentences(text)}
    best = max(covered.values(), default=0.0)
    return tuple(span for span, value in covered.items() if best > 0 and value >= _NEARLY_AS_GOOD * best)
