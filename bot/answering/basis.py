"""What questions are answered from."""

from dataclasses import dataclass, field

from bot.content.routing import Routing
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library
from bot.search.index import Index


@dataclass(frozen=True, slots=True)
class Basis:
    """One edition of the texts, and what the service says of itself.

    Args:
        hotline: the number to call where no text answers.
        site: address that links start with; empty: links are relative.
        is_closed: the service is being worked on, and answers nothing.
        gazetteer: knows the names of divisions.
        routing: knows the messages that get a sentence of ours and no clause.
        examples: questions that the library answers, in the order in which staff offer them.
    """

    library: Library
    index: Index
    hotline: str
    site: str = ""
    is_closed: bool = False
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    routing: Routing = field(default_factory=Routing)
    examples: tuple[str, ...] = ()
