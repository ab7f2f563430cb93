"""Everything that questions are answered from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from bot.content import table
from bot.content.asking import AskingWords
from bot.content.follow_up import FollowUpWords
from bot.content.general_words import GeneralWords
from bot.content.kind import Contents
from bot.content.official_words import OfficialWords
from bot.content.particulars import Particulars
from bot.content.phrases import PhraseGroup, Phrases
from bot.content.routing import Routing
from bot.content.routing_examples import RoutingExamples
from bot.content.subjects import Subjects
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library
from bot.search.searcher import Searcher


@dataclass(frozen=True)
class Basis:
    """One edition of the texts, and what the service says of itself.

    Args:
        hotline: the number to call if no text answers.
        site: the address that links start with; empty: links are relative.
        is_closed: the service is under maintenance and answers nothing.
        gazetteer: knows the names of divisions.
        follow_up: words that tie a question to earlier turns. Without them, each question is complete.
        phrases: words that steer a chat, among them those that take a completion back.
        particulars: figures and details that questions ask for.
        subjects: matters that questions name. A clause that answers must speak of them.
        everyday: matters that no policy governs.
        official: words of laws. A clause that answers must say those of the question.
        general: words that name no matter. A question of such words alone is vague.
        asking: how residents ask.
        routing: the messages that get a sentence of ours instead of a clause.
        cries: examples of messages from people in danger.
        examples: questions that the library answers, in the order in which staff offer them.
    """

    library: Library
    index: Searcher
    hotline: str
    site: str = ""
    is_closed: bool = False
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    follow_up: FollowUpWords = field(default_factory=FollowUpWords)
    phrases: Phrases = field(default_factory=Phrases)
    particulars: Particulars = field(default_factory=Particulars)
    subjects: Subjects = field(default_factory=Subjects)
    everyday: Subjects = field(default_factory=Subjects)
    official: OfficialWords = field(default_factory=OfficialWords)
    general: GeneralWords = field(default_factory=GeneralWords)
    asking: AskingWords = field(default_factory=AskingWords)
    routing: Routing = field(default_factory=Routing)
    cries: RoutingExamples = field(default_factory=RoutingExamples)
    examples: tuple[str, ...] = ()

    def with_words(self, contents: Contents) -> Self:
        """The same basis with the words of some contents of a knowledge folder."""
        return replace(
            self,
            gazetteer=contents.of(table.PLACES).gazetteer(self.library.jurisdictions.values()),
            follow_up=contents.of(table.FOLLOW_UP),
            phrases=contents.of(table.PHRASES),
            particulars=contents.of(table.PARTICULARS),
            subjects=contents.of(table.SUBJECTS),
            everyday=contents.of(table.EVERYDAY),
            official=contents.of(table.OFFICIAL_WORDS),
            general=contents.of(table.GENERAL_WORDS)
            .with_stop_words(contents.of(table.LEXICON).stop_words)
            .with_matters(contents.of(table.OFFICIAL_WORDS).naming),
            asking=contents.of(table.ASKING),
            routing=contents.of(table.ROUTING),
            cries=contents.of(table.ROUTING_EXAMPLES),
            examples=tuple(asked for topic in contents.of(table.TOPICS) for asked in topic.questions),
        )

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Document id → its title, folded. A follow-up looks through all of them several times."""
        documents = (holding.document for holding in self.library.holdings)
        return {document.document_id: self.index.fold(document.title) for document in documents}

    def is_undo(self, said: str) -> bool:
        """Whether a message takes back how the previous question was understood."""
        return self.phrases.group_of(said) is PhraseGroup.UNDO
