"""What staff offer in a chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.answering import wording
from bot.content.kind import Contents
from bot.content.phrases import Phrases
from bot.content.routing import Routing
from bot.content.sites import Site
from bot.content.table import PHRASES, ROUTING, SITES, TOPICS
from bot.content.topics import Topics
from bot.policy.library import Library

MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Offers:
    """Topics, sites by their keys, questions to begin with, the phrases that steer a chat, the routing."""

    topics: Topics
    sites: Mapping[str, Site]
    examples: tuple[str, ...]
    phrases: Phrases
    routing: Routing = field(default_factory=Routing)


def offers_of(library: Library, contents: Contents) -> Offers:
    """The offers over a library.

    The examples are the first question of each topic; without topics, the titles of the first documents.
    """
    topics = contents.of(TOPICS)
    questions = [topic.questions[0] for topic in topics]
    titles = [wording.suggestion(holding.document) for holding in library.holdings]
    examples = tuple((questions or titles)[:MOST_EXAMPLES])
    return Offers(topics, contents.of(SITES), examples, contents.of(PHRASES), contents.of(ROUTING))
