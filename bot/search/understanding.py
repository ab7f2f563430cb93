"""What a question means: its terms, and what the thesaurus and the known questions know about it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from bot.search.analysis import Analyzer
from bot.search.dense.questions import Questions
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
"""Near words are taken for words whose idf is at least this share of the highest idf: a word that many texts
hold needs no other words."""

GUESSED = "word table"
"""The source of an expansion that comes from the table of word vectors."""

_MOST_REMEMBERED = 20_000
_MOST_CUT = 256
"""Number of texts whose terms are remembered."""

_MOST_UNDERSTOOD = 16
"""Number of questions whose queries are remembered: several steps look at parts of the same question."""

Idfs = Callable[[Sequence[str]], Sequence[float]]
"""Gives the inverse document frequency of each term in the library."""


NearWordsOf = Callable[[str], Sequence[tuple[str, float]]]
"""Gives the words with nearly the same meaning as a word, nearest first, each with its nearness, 0-1."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The meaning of residents' words.

    Args:
        thesaurus: expressions of questions and their terms of law. Entries are not expanded.
        recognizer: knows questions whose clauses are entries. None: no question is known.
        spelling: knows the words of the entries. None: it is made from the entries. Expressions of the
            thesaurus are left out, for many are alike: with them, one question in nine was misread.
        answer_kinds: how residents ask for each kind of answer. The default is empty.
        aspects: how they ask who acts, what is allowed and so on. The default is empty.
        near_words: used for words that the thesaurus does not know. None: nothing is guessed.
        questions: those that a question is compared with. None: no entry is known to answer any.
    """

    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    recognizer: Recognizer | None = None
    spelling: Spelling | None = None
    answer_kinds: AnswerKinds = field(default_factory=AnswerKinds)
    aspects: Aspects = field(default_factory=Aspects)
    near_words: NearWordsOf | None = None
    questions: Questions | None = None


class TextTerms:
    """The distinct terms of texts, and the sums of their idfs. What was learnt is remembered.

    Args:
        terms: cuts a text.
    """

    def __init__(self, terms: Callable[[str], Sequence[str]], idfs: Idfs) -> None:
        self._cut, self._idfs = terms, idfs
        self._known: dict[str, tuple[tuple[str, ...], float]] = {}

    def learn(self, texts: Sequence[str]) -> None:
        """Looks up texts together: to ask the index for one term takes as long as for all of them."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if not new:
            return
        if len(self._known) + len(new) > _MOST_REMEMBERED:
            self._known = {}
        known = self._known
        cut = [tuple(dict.fromkeys(self._cut(text))) for text in new]
        distinct = tuple(dict.fromkeys(chain.from_iterable(cut)))
        idf = dict(zip(distinct, self._idfs(distinct), strict=True))
        known |= {
            text: (terms, math.fsum([idf[term] for term in terms]))
            for text, terms in zip(new, cut, strict=True)
        }

    def terms(self, text: str) -> tuple[tuple[str, ...], float]:
        """The distinct terms of a text, and the sum of their idfs."""
        while (found := self._known.get(text)) is None:  # another thread may forget it at once
            self.learn([text])
        return found


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
        """The terms of a text, repeats kept."""
        self._texts = TextTerms(analyzer.terms, idfs)
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
        """The words that a pinyin keyboard offers.

        Args:
            first: phrases that stand before all words.
            counts: the number of texts that hold each term.
        """
        said = (word for rule in self._thesaurus.rules for word in (rule.expression, *rule.terms))
        stop_words, general = self._analyzer.lexicon.stop_words, self._analyzer.general_frequencies
        return keyboard_words(WordSources(first, counts, said, stop_words, general), self._spelling.syllables)

    def _read(self, folded: str) -> Reading:
        """A question with its spelling corrected; as typed if a change would touch a thesaurus expression."""
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
        """The expressions of a question, without those that only cut through its words."""
        borders = Borders(folded, self._analyzer.cut(folded), self._analyzer.general_frequencies)
        return self._thesaurus.meanings(folded, borders.tear)

    def _expansions(self, folded: str) -> Iterator[tuple[Expansion, ...]]:
        """The expansions of a question: a group for each expression.

        A term that stands in the question, or in an earlier group, is left out.
        """
        known: set[str] = set()
        meanings = self._meanings(folded)
        targets = [target.term for meaning in meanings for target in meaning.rule.targets]
        self._texts.learn([*(folded[each.start : each.end] for each in meanings), *targets])
        for meaning in meanings:
            said = folded[meaning.start : meaning.end]
            parts = tuple(folded[start:end] for start, end in meaning.spans)
            _, idf = self._texts.terms(said)
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
        """A group of near words for each word that no known expression holds; only words of the library."""
        near = self._near(terms, folded, known)
        self._texts.learn([each for pairs in near.values() for each, _ in pairs])
        for word, pairs in near.items():
            (idf,) = self._idfs((word,))
            yield tuple(
                Expansion(word, each, GUESSED, *self._weighed(each, sure, idf)) for each, sure in pairs
            )

    def _weighed(self, term: str, sure: float, idf: float) -> tuple[tuple[str, ...], float]:
        """The words of an expansion, and its weight.

        It weighs at most as much as the expression, so that rare words of law do not drown the rest of the
        question.

        Args:
            sure: how surely the term is meant, 0-1.
            idf: of the expression.
        """
        terms, whole = self._texts.terms(term)
        return terms, EXPANSION_WEIGHT * sure * min(1.0, idf / whole)

    def _near(
        self, terms: Sequence[str], folded: str, known: Sequence[str]
    ) -> dict[str, Sequence[tuple[str, float]]]:
        """word → its near words that the library holds. Words of known expressions are left out."""
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
