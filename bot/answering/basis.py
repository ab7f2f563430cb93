"""What questions are answered from."""

from dataclasses import dataclass, field

from bot.content.follow_up import FollowUpWords
from bot.content.phrases import PhraseGroup, Phrases
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library
from bot.search.index import Searcher


@dataclass(frozen=True, slots=True)
class Basis:
    """One edition of the texts, and what the service says of itself.

    Args:
        hotline: the number to call where no text answers.
        site: address that links start with; empty: links are relative.
        is_closed: the service is being worked on, and answers nothing.
        gazetteer: knows the names of divisions.
        follow_up: words that tie a question to what was said before; without them each one is complete.
        phrases: what takes a completion back.
    """

    library: Library
    index: Searcher
    hotline: str
    site: str = ""
    is_closed: bool = False
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    follow_up: FollowUpWords = field(default_factory=FollowUpWords)
    phrases: Phrases = field(default_factory=Phrases)

    def is_undo(self, said: str) -> bool:
        """Whether somebody says that the question before was not understood as it was meant."""
        return self.phrases.group_of(said) is PhraseGroup.UNDO
