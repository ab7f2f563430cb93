"""What a question means: its terms, and what the thesaurus and the known questions make of it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.search.analysis import Analyzer
from bot.search.meaning.answer_kind import AnswerKinds
from bot.search.meaning.aspect import Aspects
from bot.search.meaning.borders import Borders
from bot.search.meaning.recognition import Recognizer
from bot.search.meaning.thesaurus import Meaning, Thesaurus
from bot.search.query import Expansion, Query
from bot.search.spelling.keyboard import KeyboardWords, WordSources, keyboard_words
from bot.search.spelling.spelling import Reading, Spelling

EXPANSION_WEIGHT = 0.7
"""How much an expansion counts beside the words that were asked: literal matches come first."""

MOST_GUESSED = 3
"""Near words that one word may stand for, as far as the library holds them."""

RARE = 0.7
"""How rare a word must be that near words are taken for, of how rare one is that no text holds: what many
texts hold needs no other words."""

GUESSED = "word table"
"""The source of an expansion that is no line of the thesaurus."""

_MOST_REMEMBERED = 20_000
_MOST_CUT = 256
"""Texts whose terms are remembered."""

_MOST_UNDERSTOOD = 16
"""Questions that were understood lately: parts of one are looked at by several steps."""

Idfs = Callable[[Sequence[str]], Sequence[float]]
"""The inverse document frequency of each of some terms in the library."""


NearWordsOf = Callable[[str], Sequence[tuple[str, float]]]
"""The words that mean nearly what a word means, nearest first, each with how nearly, 0-1."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """What residents' words mean.

    Args:
        thesaurus: what expressions of questions stand for. Entries are not expanded.
        recognizer: knows questions whose clauses are entries. None: no question is known.
        spelling: knows the words of the entries. None: made from the entries. It does not know the
            expressions of the thesaurus, which are much alike: one question in nine was read as another one.
        answer_kinds: how residents ask for each kind of answer. The default knows of none.
        aspects: how they ask who acts, what is allowed and so on. The default knows of none.
        near_words: for words of which the thesaurus says nothing. None: nothing is guessed.
    """

    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    recognizer: Recognizer | None = None
    spelling: Spelling | None = None
    answer_kinds: AnswerKinds = field(default_factory=AnswerKinds)
    aspects: Aspects = field(default_factory=Aspects)
    near_words: NearWordsOf | None = None


class Understanding:
    """Makes queries of questions. Threads may share it."""

    def __init__(self, analyzer: Analyzer, spelling: Spelling, glossary: Glossary, idfs: Idfs) -> None:
        self._analyzer = analyzer
        self._spelling = spelling
        self._thesaurus = glossary.thesaurus
        self._recognizer = glossary.recognizer
        self._answer_kinds = glossary.answer_kinds
        self._aspects = glossary.aspects
        self._near_words = glossary.near_words
        self._idfs = idfs
        self.terms = lru_cache(maxsize=_MOST_CUT)(lambda text: tuple(analyzer.terms(text)))
        """The terms of a text, repeats kept. Several steps ask for those of the same question."""
        self._terms_of = lru_cache(maxsize=_MOST_REMEMBERED)(self._look_for_terms)
        self.query = lru_cache(maxsize=_MOST_UNDERSTOOD)(self._understand)
        """A question as the index understands it."""

    def _understand(self, question: str) -> Query:
        reading = self._read(self._analyzer.fold(question))
        asked = self._aspects.unwrapped(reading.text)
        terms = self.terms(asked)
        expansions = tuple(self._expansions(asked))
        return Query(
            reading.text,
            terms,
            expansions,
            tuple(self._guesses(terms, asked, [group[0].said for group in expansions])),
            self._answer_kinds.asked_for(reading.text),
            tuple(self._recognizer.recognize(terms)) if self._recognizer else (),
            reading.changes,
            aspects=self._aspects.asked_for(reading.text),
        )

    def known_like(self, query: Query, most: int) -> list[str]:
        """The known questions that are most like a query, nearest first."""
        return self._recognizer.nearest(query.terms, most) if self._recognizer else []

    def keyboard_words(self, first: Sequence[str], counts: Mapping[str, int]) -> KeyboardWords:
        """What a pinyin keyboard offers.

        Args:
            first: phrases that go before all words.
            counts: in how many texts each term stands.
        """
        said = (word for rule in self._thesaurus.rules for word in (rule.expression, *rule.terms))
        stop_words, general = self._analyzer.lexicon.stop_words, self._analyzer.general_frequencies
        return keyboard_words(WordSources(first, counts, said, stop_words, general), self._spelling.syllables)

    def _read(self, folded: str) -> Reading:
        """A question as it was meant; as it was typed where a change would touch what the thesaurus knows."""
        reading = self._spelling.read(folded)
        meanings = self._thesaurus.meanings(folded) if reading.changes else ()
        known = any(
            change.start < meaning.end and meaning.start < change.end
            for change in reading.changes
            for meaning in meanings
            if meaning.rule.is_one_piece
        )
        return Reading(folded) if known else reading

    def _meanings(self, folded: str) -> list[Meaning]:
        """The expressions of a question, without those of one piece that are torn out of its words."""
        meanings = self._thesaurus.meanings(folded)
        if not meanings:
            return meanings
        borders = Borders(folded, self._analyzer.cut(folded), self._analyzer.general_frequencies)
        return [each for each in meanings if len(each.spans) > 1 or not borders.tear(each.start, each.end)]

    def _expansions(self, folded: str) -> Iterator[tuple[Expansion, ...]]:
        """What the expressions of a question stand for: a group for each expression.

        A term that the question holds already adds nothing.
        """
        known: set[str] = set()
        for meaning in self._meanings(folded):
            said = folded[meaning.start : meaning.end]
            parts = tuple(folded[start:end] for start, end in meaning.spans)
            _, idf = self._terms_of(said)
            group = []
            for target in meaning.rule.targets:
                if target.term in known or target.term in folded:
                    continue
                known.add(target.term)
                terms, weight = self._weighed(target.term, target.weight, idf)
                group.append(Expansion(said, target.term, meaning.rule.source, terms, weight, parts))
            if group:
                yield tuple(group)

    def _guesses(
        self, terms: Sequence[str], folded: str, known: Sequence[str]
    ) -> Iterator[tuple[Expansion, ...]]:
        """The near words of each word that is in no known expression: a group for each word that has any.

        Only those that the library holds.
        """
        for word, pairs in self._near(terms, folded, known).items():
            (idf,) = self._idfs((word,))
            yield tuple(
                Expansion(word, each, GUESSED, *self._weighed(each, sure, idf)) for each, sure in pairs
            )

    def _weighed(self, term: str, sure: float, idf: float) -> tuple[tuple[str, ...], float]:
        """The words of a term that is meant, and its weight.

        It weighs at most what was said weighs, so that rare words of law do not drown the rest of the
        question.

        Args:
            sure: how surely it is meant, 0-1.
            idf: that of what was said.
        """
        terms, whole = self._terms_of(term)
        return terms, EXPANSION_WEIGHT * sure * min(1.0, idf / whole)

    def _near(
        self, terms: Sequence[str], folded: str, known: Sequence[str]
    ) -> dict[str, Sequence[tuple[str, float]]]:
        """The near words that the library holds, of each word that is in no known expression and has any."""
        if self._near_words is None:
            return {}
        unheld = ""  # no text holds it as a term
        words = tuple(
            word
            for word in dict.fromkeys(terms)
            if len(word) > 1 and word[0] != "#" and not any(word in said or said in word for said in known)
        )
        least, *rarities = self._idfs((unheld, *words))
        rare = [word for word, idf in zip(words, rarities, strict=True) if idf >= RARE * least]
        near = {word: [pair for pair in self._near_words(word) if pair[0] not in folded] for word in rare}
        asked = tuple(dict.fromkeys(each for pairs in near.values() for each, _ in pairs))
        idf = dict(zip(asked, self._idfs(asked), strict=True))
        held = {
            word: [pair for pair in pairs if idf[pair[0]] < least][:MOST_GUESSED]
            for word, pairs in near.items()
        }
        return {word: pairs for word, pairs in held.items() if pairs}

    def _look_for_terms(self, text: str) -> tuple[tuple[str, ...], float]:
        """The distinct terms of a text, and the sum of their idfs."""
        terms = tuple(dict.fromkeys(self._analyzer.terms(text)))
        return terms, math.fsum(self._idfs(terms))
