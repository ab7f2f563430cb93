"""The meaning of residents' words in each edition: thesaurus, questions, kinds of answer, spelling."""

import logging
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from bot.content.kind import Contents
from bot.content.known_questions import QuestionRow, known_questions
from bot.content.table import (
    ANSWER_KINDS,
    ASPECTS,
    DOCUMENTS,
    ELSEWHERE,
    EVERYDAY_QUESTIONS,
    KNOWN_QUESTIONS,
    THESAURUS,
    UNANSWERED,
)
from bot.living.announcer import Announcer
from bot.living.memo import Memo
from bot.living.questions import SourceOf, Written, questions_among
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.dense.near_words import NearWords
from bot.search.dense.questions import Questions
from bot.search.dense.word_table import shipped_table
from bot.search.engine.embedded.building import Corpus, StoredIndex, open_or_build
from bot.search.engine.embedded.segment import Segment
from bot.search.entry import Batch
from bot.search.meaning.recognition import Recognizer, entries_of_questions
from bot.search.spelling.opening import open_spelling
from bot.search.spelling.spelling import Spelling
from bot.search.understanding import Glossary

_log = logging.getLogger(__name__)


class LivingWords:
    """Makes the words of one edition after another. Used by one thread.

    Args:
        data: folder for the postings of the known questions, and the tables of spelling.
        source_of: gives the nearness of questions to each other; None: they are not compared.
    """

    def __init__(self, data: Path, source_of: SourceOf | None) -> None:
        self._data, self._source_of = data, source_of
        self._recognizer = Memo[Recognizer | None]()
        self._spelling = Memo[Spelling]()
        self._near_words = NearWords(shipped_table(), data / "near-words")
        self._telling = Announcer(data / "documents" / ".told")

    def of(self, contents: Contents, segments: StoredIndex, corpus: Corpus) -> Glossary:
        """The meaning of words among the entries of an index."""
        analyzer = corpus.analyzer
        rows, library = contents.of(KNOWN_QUESTIONS), contents.of(DOCUMENTS)
        recognizer = self._recognizer.of(
            (rows, library, analyzer.digest), lambda: self._recognizer_of(rows, library, analyzer)
        )
        spelling = self._spelling_of(segments, analyzer)
        self._near_words.of("")  # read before any fork: processes share it
        return Glossary(
            contents.of(THESAURUS),
            recognizer,
            spelling,
            contents.of(ANSWER_KINDS),
            contents.of(ASPECTS),
            self._near_words.of,
            self._questions(contents, corpus, recognizer.questions if recognizer else ()),
        )

    def _questions(
        self, contents: Contents, corpus: Corpus, known: Sequence[KnownQuestion]
    ) -> Questions | None:
        """The questions that another is compared with."""
        if self._source_of is None:
            return None
        entries = [entry for batch in corpus.batches for entry in batch.entries]
        kinds = contents.of(EVERYDAY_QUESTIONS), contents.of(ELSEWHERE), contents.of(UNANSWERED)
        return questions_among(entries, contents.of(DOCUMENTS), Written(*kinds), known, self._source_of)

    def _recognizer_of(
        self, rows: Sequence[QuestionRow], library: Library, analyzer: Analyzer
    ) -> Recognizer | None:
        """A recognizer of the known questions; None: there are none.

        Only the questions of changed clauses are cut into terms again.
        """
        known = known_questions(rows, library)
        for error in known.left_out:
            if self._recognizer.is_empty or self._telling.is_first(str(error)):
                _log.error("known_question=left_out reason=%s", error)
        if not known.value:
            return None
        batches = [
            Batch.of(entries_of_questions(same)) for _, same in groupby(known.value, attrgetter("clause_id"))
        ]
        corpus = Corpus(batches, analyzer, self._data / "questions")
        return Recognizer(known.value, open_or_build(corpus).postings)

    def _spelling_of(self, segments: StoredIndex, analyzer: Analyzer) -> Spelling:
        """The words of the stored part of an index are kept in files. Changed entries add their own words."""
        stored, *fresh = segments.segments

        def of_stored() -> Spelling:
            folder = self._data / "spelling" / "index"
            return open_spelling(Segment(stored.postings).frequencies, segments.name, analyzer, folder)

        spelling = self._spelling.of((segments.name, analyzer.digest), of_stored)
        for segment in fresh:
            spelling = spelling.with_fresh(segment.frequencies())
        return spelling
