"""What staff offer in a chat."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering import wording
from bot.content.sites import Site
from bot.content.topics import Topics
from bot.policy.library import Library

MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Offers:
    """Topics, sites by their keys, and questions to begin with."""

    topics: Topics
    sites: Mapping[str, Site]
    examples: tuple[str, ...]


def offers_of(library: Library, topics: Topics, sites: Mapping[str, Site]) -> Offers:
    """The offers over a library.

    The examples are the first question of each topic, else titles of documents.
    """
    questions = [topic.questions[0] for topic in topics]
    titles = [wording.suggestion(holding.document) for holding in library.holdings]
    return Offers(topics, sites, tuple((questions or titles)[:MOST_EXAMPLES]))
