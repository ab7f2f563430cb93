"""The knowledge folder, alive: each state of it becomes an edition, and the newest one answers.

Every process that answers follows the folder by itself. What takes long is done once: the first to see a
change writes the index, the others open what it wrote.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.lexicon import load_lexicon
from bot.content.sites import Site, load_sites
from bot.content.topics import Topics, load_topics
from bot.errors import BotError, DocumentError, KnowledgeError
from bot.living.shelf import Shelf
from bot.living.watching import moments_to_look
from bot.living.word_files import WordFiles
from bot.locking import alone
from bot.logs import place_of
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.dense.retrieval import DenseRetriever, HybridIndex
from bot.search.engine.embedded.building import (
    Corpus,
    StoredIndex,
    open_or_build,
    open_segments,
    takes_long,
    whole,
)
from bot.search.engine.embedded.counting import Progress
from bot.search.engine.embedded.engine import EmbeddedEngine, core_for
from bot.search.entry import Batches, Entries, Entry
from bot.search.index import Index, Searcher
from bot.search.lexicon import Lexicon
from bot.settings import Settings, environment

BUILDER_NICENESS = 10
"""Answers come before building."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edition:
    """All that one state of the knowledge folder gives. Immutable: an answer is made from one of them."""

    library: Library
    index: Searcher
    topics: Topics
    sites: Mapping[str, Site]


@dataclass(frozen=True, slots=True)
class Makers:
    """What assembly chooses: an analyzer for a lexicon, and dense retrieval where it is set up."""

    analyzer_of: Callable[[Lexicon], Analyzer]
    dense_of: Callable[[Sequence[Entry]], DenseRetriever | None]


class Knowledge:
    """The knowledge folder of some settings. `edition` may be read by any thread at any time.

    Args:
        progress: shows how far the index is built.

    Raises:
        KnowledgeError: something in the folder is unusable. A broken document is logged and left out, or its
            last good version stands in.
    """

    def __init__(self, settings: Settings, makers: Makers, progress: Progress) -> None:
        self._settings = settings
        self._makers = makers
        self._folder = settings.data_dir / "index"
        self._shelf = Shelf(settings.knowledge_dir, settings.data_dir / "documents")
        self._batches = Batches()
        self._lexicon = load_lexicon(settings.knowledge_dir)
        self._analyzer = makers.analyzer_of(self._lexicon)
        self._bell = settings.data_dir / "bell"
        self._made_from: object = None
        self._problem = ""
        self._reported: tuple[DocumentError, ...] = ()
        self._word_files = WordFiles(settings.knowledge_dir, settings.data_dir)
        library, corpus = self._read()
        self.edition = self._edition(library, corpus, whole(open_or_build(corpus, progress)))

    def ring(self) -> None:
        """Makes every process that follows this knowledge look at once."""
        self._bell.write_text("", "utf-8")

    def follow(self, swap: Callable[[Edition], None]) -> None:
        """Hands over the edition of this moment if it is a new one, and from a thread each later one."""
        self._bell.touch()
        self.look(swap)
        threading.Thread(target=self._keep_looking, args=(swap,), daemon=True).start()

    def refresh(self) -> Edition:
        """The edition of the folder as it is now: the same object where nothing has changed.

        Raises:
            KnowledgeError: something other than a document is unusable, or no index can be built.
        """
        library, corpus = self._read()
        if takes_long(corpus):
            with alone(self._folder / ".building"):
                library, corpus = self._read()
                if takes_long(corpus):
                    self._build_elsewhere()
                    library, corpus = self._read()
            if takes_long(corpus):
                raise KnowledgeError("index: could not be built; run 'python -m bot index' to see why")
        self.edition = self._edition(library, corpus, open_segments(corpus))
        return self.edition

    def look(self, swap: Callable[[Edition], None]) -> None:
        """Swaps a new edition in. What is wrong is logged once, and the edition before goes on answering."""
        before, problem = self.edition, ""
        try:
            if self.refresh() is not before:
                swap(self.edition)
        except BotError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001  # the outer wall: whoever stops looking answers from the past
            problem = place_of(error)
        if problem and problem != self._problem:
            _log.error("knowledge=not_refreshed reason=%s", problem)
        self._problem = problem

    def _keep_looking(self, swap: Callable[[Edition], None]) -> None:
        for _ in moments_to_look(self._settings.knowledge_dir, self._bell):
            self.look(swap)

    def _read(self) -> tuple[Library, Corpus]:
        lexicon = load_lexicon(self._settings.knowledge_dir)
        if lexicon != self._lexicon:
            self._lexicon, self._analyzer = lexicon, self._makers.analyzer_of(lexicon)
        library = self._shelf.library()
        return library, Corpus(self._batches.of(library), self._analyzer, self._folder)

    def _edition(self, library: Library, corpus: Corpus, stored: StoredIndex) -> Edition:
        topics, sites = load_topics(self._settings.knowledge_dir), load_sites(self._settings.knowledge_dir)
        self._word_files.read(library, corpus.analyzer)
        made_from = (library, corpus.analyzer.digest, stored.stamp, topics, sites, self._word_files.state)
        if made_from == self._made_from:
            return self.edition
        self._report_broken(library)
        entries = Entries(corpus.batches)
        core = core_for(len(entries), self._settings.data_dir / "numba")
        engine = EmbeddedEngine(entries, stored.segments, core)
        glossary = self._word_files.glossary(stored, corpus.analyzer)
        by_words = Index(entries, corpus.analyzer, engine, glossary)
        dense = self._makers.dense_of(entries)
        index = HybridIndex(by_words, dense) if dense else by_words
        superseded = sum(bool(validity.superseded) for validity in library.validity.values())
        counts = len(library.by_id), len(library.clauses_by_id), superseded
        _log.info("index=loaded documents=%d clauses=%d superseded=%d", *counts)
        self._made_from = made_from  # not before: what failed is tried again at the next look
        return Edition(library, index, topics, sites)

    def _report_broken(self, library: Library) -> None:
        """Logs what is newly broken."""
        for error in library.broken:
            if error not in self._reported:
                fate = "last_good_kept" if error.path.stem in library.by_id else "left_out"
                _log.error("document=%s reason=%s", fate, error)
        self._reported = library.broken

    def _build_elsewhere(self) -> None:
        """Builds the index in a process of its own: forking one that answers would copy its connections."""
        command = [sys.executable, "-m", "bot", "index"]
        root, env = Path(__file__).parents[2], environment(self._settings)
        with subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.DEVNULL) as builder:  # noqa: S603  # ours
            if hasattr(os, "setpriority"):
                os.setpriority(os.PRIO_PROCESS, builder.pid, BUILDER_NICENESS)
