"""What answering asks of an index: hits for a question, and how near and how rare things are."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from bot.search.dense.questions import Likeness
from bot.search.explanation import Explanation
from bot.search.query import Query
from bot.search.sentence_shares import SentenceShares
from bot.search.spelling.keyboard import KeyboardWords


class Hit(NamedTuple):  # a hundred are made for a search
    """An entry that matches the query.

    `confidence`: how likely it answers, 0-1. `support`: how much of the question it covers, 0-1. `near`: the
    higher one of its cosines with the question, by the model; None: this machine uses no model. `worth`: the
    logarithm of what decides its place.
    """

    entry_id: str
    score: float
    confidence: float
    support: float
    near: float | None = None
    worth: float = -math.inf


class Closeness(NamedTuple):
    """The cosines of a query with the nearest sentence of an entry, and with the nearest question that it
    answers; 0 where they are not known."""

    sentence: float
    asked: float


class Searcher(Protocol):
    """The part of an index that answering uses, with or without vectors. Immutable; threads may share it."""

    def query(self, question: str) -> Query:
        """A question as the index understands it."""

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best entries, at most k, best first; equal scores in the order of the library.

        An entry that holds no term of the query is no hit: the list is empty where nothing matches.
        """

    def explain(self, query: Query, entry_id: str) -> Explanation:
        """All factors of an entry's score.

        Raises:
            KeyError: the index holds no such entry.
        """

    def idf_coverage(self, query: Query, text: str) -> float:
        """How much of a query a text covers: the sum of its `coverage`."""

    def coverage(self, query: Query, texts: Sequence[str]) -> list[list[float]]:
        """How much of each term and each expression of a query the texts cover: one row for each text."""

    def sentence_shares(self, query: Query, text: str) -> Sequence[SentenceShares]:
        """What each sentence of an entry's text shares with a query."""

    def fold(self, text: str) -> str:
        """The text in the spelling by which texts are compared: simplified, half-width, lower case."""

    def words(self, text: str) -> dict[str, float]:
        """The words of a text and their idf, in the order of the text; no stop words, no pairs."""

    def idfs(self, terms: Sequence[str]) -> Sequence[float]:
        """The inverse document frequency of each term in the library."""

    @property
    def highest_idf(self) -> float:
        """The idf of a word that no text holds."""

    def highest_cosine(self, query: Query) -> float | None:
        """The cosine of the nearest entry, by the table of word vectors; None where that is not known."""

    def likeness(self, query: Query, entry_ids: Sequence[str]) -> Likeness | None:
        """How much a query is like questions that are answered here, and like others.

        None: it is not known what people ask of the documents of these entries.
        """

    def unanswered_on(self, query: Query) -> Mapping[str, float]:
        """Entry id → the cosine of a query with the nearest question on it that nothing answers.

        Only entries that are near; empty: it is not known what people ask in vain.
        """

    def closeness(self, query: Query, entry_ids: Sequence[str]) -> list[Closeness]:
        """How near some entries are to a query by vectors."""

    def known_like(self, query: Query, most: int) -> list[str]:
        """The known questions that are most like a query, nearest first; may be empty."""

    def keyboard_words(self, first: Sequence[str]) -> KeyboardWords:
        """The words that a pinyin keyboard offers: these phrases, words of the library, everyday words.

        Takes a second: keep the result.
        """
