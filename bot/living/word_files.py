"""What residents' words mean: the thesaurus and known questions of a knowledge folder, and spelling."""

import logging
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from bot.content.known_questions import load_known_questions
from bot.content.lines import states_in
from bot.content.thesaurus import load_thesaurus
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.building import Corpus, StoredIndex, open_or_build
from bot.search.engine.embedded.segment import Segment
from bot.search.entry import Batch
from bot.search.meaning.recognition import Recognizer, entries_of_questions
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.spelling.opening import open_spelling
from bot.search.spelling.spelling import Spelling
from bot.search.understanding import Glossary

_log = logging.getLogger(__name__)


class WordFiles:
    """The words of a knowledge folder, read again when its files change.

    Args:
        data: keeps the postings of the known questions, and the tables of spelling.
    """

    def __init__(self, knowledge: Path, data: Path) -> None:
        self._knowledge = knowledge
        self._data = data
        self.state: object = None
        self._thesaurus = Thesaurus()
        self._thesaurus_state: object = None
        self._recognizer: Recognizer | None = None
        self._spelling: Spelling | None = None
        self._spelt_from: object = None

    def read(self, library: Library, analyzer: Analyzer) -> None:
        """Brings thesaurus and known questions up to date. A line that is unusable is logged and left out."""
        thesaurus_state = states_in(self._knowledge / "lexicon", "thesaurus/*.txt", "thesaurus-off.txt")
        state = thesaurus_state, states_in(self._knowledge / "questions", "*.yaml"), library, analyzer.digest
        if state == self.state:
            return
        if thesaurus_state != self._thesaurus_state:
            self._thesaurus, broken = load_thesaurus(self._knowledge)
            self._thesaurus_state = thesaurus_state
            for error in broken:
                _log.error("rule=left_out reason=%s", error)
        known, broken = load_known_questions(self._knowledge, library)
        for error in broken:
            _log.error("known_question=left_out reason=%s", error)
        self._recognizer = self._recognizer_of(known, analyzer) if known else None
        self.state = state

    def _recognizer_of(self, known: Sequence[KnownQuestion], analyzer: Analyzer) -> Recognizer:
        """Of the questions of a clause, only those of changed clauses are cut into terms again."""
        batches = [
            Batch.of(entries_of_questions(same)) for _, same in groupby(known, attrgetter("clause_id"))
        ]
        corpus = Corpus(batches, analyzer, self._data / "questions")
        return Recognizer(known, open_or_build(corpus).postings)

    def glossary(self, index: StoredIndex, analyzer: Analyzer) -> Glossary:
        """What words mean among the entries of an index.

        How the words of its stored part are spelt is kept in files; what has changed since adds its own.
        """
        stored, *fresh = index.segments
        spelt_from = index.name, analyzer.digest
        if self._spelling is None or self._spelt_from != spelt_from:
            frequencies = Segment(stored.postings).frequencies
            folder = self._data / "spelling" / "index"
            self._spelling = open_spelling(frequencies, index.name, analyzer, folder)
            self._spelt_from = spelt_from
        spelling = self._spelling
        for segment in fresh:
            spelling = spelling.with_fresh(segment.frequencies())
        return Glossary(self._thesaurus, self._recognizer, spelling)
