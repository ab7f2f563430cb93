"""An edition: everything that one state of the knowledge folder gives. Each answer uses one edition."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.content.kind import Contents
from bot.content.table import DOCUMENTS, LEXICON
from bot.living.memo import Memo
from bot.living.questions import SourceOf
from bot.living.words import LivingWords
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.dense.sources import NearnessSource
from bot.search.engine.embedded.building import Corpus, StoredIndex
from bot.search.engine.port import Engine
from bot.search.entry import Batches, Entries
from bot.search.index import Index
from bot.search.lexicon import Lexicon
from bot.search.progress import Progress
from bot.search.searcher import Searcher

_log = logging.getLogger(__name__)


class Upkeep(Protocol):
    """The upkeep that an edition needs while it answers."""

    def tend(self) -> bool:
        """Does the work that is due.

        One thread calls it every few seconds. False: it should be called again soon.
        """

    def troubles(self) -> Sequence[str]:
        """What the operator should know: one word for the kind, then a name."""

    def publish(self, progress: Progress) -> str:
        """Puts the edition where other machines read it. Gives the outcome: a word and a name.

        Raises:
            ClusterError: it could not be put there.
        """


class TendedEngine(Engine, Upkeep, Protocol):
    """An engine that needs upkeep."""


class NoUpkeep:
    """The upkeep of an edition without a cluster: there is nothing to do."""

    def tend(self) -> bool:
        """Does nothing."""
        return True

    def troubles(self) -> Sequence[str]:
        """Nothing to report."""
        return ()

    def publish(self, progress: Progress) -> str:  # noqa: ARG002  # the port's
        """Does nothing: there is no other place."""
        return "published=nowhere"


NO_UPKEEP = NoUpkeep()


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the knowledge folder, with its index. Immutable.

    `upkeep`: of the engine behind the index.
    """

    contents: Contents
    index: Searcher
    upkeep: Upkeep = NO_UPKEEP

    @property
    def library(self) -> Library:
        """The documents."""
        return self.contents.of(DOCUMENTS)


@dataclass(frozen=True, slots=True)
class SearchFactories:
    """The choices of assembly.

    Args:
        analyzer_of: the analyzer for a lexicon.
        engine_of: the engine of some entries. The embedded index of the same entries is at hand.
        nearness: how near clauses are to questions; None: no vectors are set up.
        questions: how near questions are to each other; None: they are not compared.
        kept_of: what asks a cluster first, and that engine where it does not answer; None: there is none.
    """

    analyzer_of: Callable[[Lexicon], Analyzer]
    engine_of: Callable[[Entries, Analyzer, StoredIndex], Engine]
    nearness: NearnessSource | None
    questions: SourceOf | None = None
    kept_of: Callable[[Corpus, Entries, Engine], TendedEngine] | None = None


class EditionMaker:
    """Makes one edition after another and reuses what has not changed. Used by one thread.

    Args:
        data: DATA_DIR, which keeps the index.
    """

    def __init__(self, data: Path, factories: SearchFactories) -> None:
        self._data = data
        self._factories = factories
        self._batches = Batches()
        self._analyzer = Memo[Analyzer]()
        self._words = LivingWords(data, factories.questions)
        self._edition = Memo[Edition]()

    def corpus_of(self, contents: Contents) -> Corpus:
        """The corpus from which the index of an edition is made."""
        analyzer = self.analyzer_of(contents.of(LEXICON))
        return Corpus(self._batches.of(contents.of(DOCUMENTS)), analyzer, self._data / "index")

    def analyzer_of(self, lexicon: Lexicon) -> Analyzer:
        """The analyzer for a lexicon."""
        return self._analyzer.of(lexicon, lambda: self._factories.analyzer_of(lexicon))

    def nearness_takes_long(self, corpus: Corpus) -> bool:
        """Whether many vectors are missing."""
        source = self._factories.nearness
        return source is not None and source.takes_long(_texts(corpus))

    def edition_of(self, contents: Contents, corpus: Corpus, segments: StoredIndex) -> Edition:
        """The edition of some contents: the same object if contents and index have not changed."""
        key = contents, corpus.analyzer.digest, segments.stamp
        return self._edition.of(key, lambda: self._made(contents, corpus, segments))

    def _made(self, contents: Contents, corpus: Corpus, segments: StoredIndex) -> Edition:
        entries = Entries(corpus.batches)
        engine = self._factories.engine_of(entries, corpus.analyzer, segments)
        upkeep: Upkeep = NO_UPKEEP
        if self._factories.kept_of:
            engine = upkeep = self._factories.kept_of(corpus, entries, engine)
        glossary = self._words.of(contents, segments, corpus)
        source = self._factories.nearness
        nearness = source.of(_texts(corpus)) if source else None
        index = Index(entries, corpus.analyzer, engine, glossary, nearness)
        library = contents.of(DOCUMENTS)
        superseded = sum(bool(validity.superseded) for validity in library.validity.values())
        counts = len(library.by_id), len(library.clauses_by_id), superseded
        _log.info("index=loaded documents=%d clauses=%d superseded=%d", *counts)
        return Edition(contents, index, upkeep)


def _texts(corpus: Corpus) -> list[str]:
    return [entry.text for batch in corpus.batches for entry in batch.entries]
