"""The topics of a document: those whose questions it answers."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from bot.answering.question import Question
from bot.answering.ranking import Ranking
from bot.content.topics import Topics
from bot.policy.clause import document_of


def documents_about(topics: Topics, rank: Callable[[Question], Ranking]) -> Mapping[str, set[str]]:
    """Document id → keys of the topics whose questions it would be quoted for."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for topic in topics:
        for asked in topic.questions:
            for hit in rank(Question(asked)).kept:
                found[document_of(hit.entry_id)].add(topic.key)
    return found
