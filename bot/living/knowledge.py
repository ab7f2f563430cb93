"""The living knowledge folder: each state of it becomes an edition, and the newest edition answers.

Every process that answers follows the folder by itself. What takes long is done once: the first process that
sees a change writes the index, and the others open it.
"""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from bot.content.kind import Contents
from bot.content.table import LEXICON
from bot.errors import BotError, KnowledgeError, SettingsError
from bot.living.edition import NO_UPKEEP, Edition, EditionMaker, SearchFactories
from bot.living.folder import KnowledgeFolder
from bot.living.tending import tend_from_a_thread
from bot.living.watching import moments_to_look
from bot.locking import alone
from bot.logs import place_of
from bot.processes import give_back_memory, run_niced
from bot.search.engine.embedded.building import Corpus, open_or_build, open_segments, takes_long, whole
from bot.search.progress import Progress
from bot.settings import Settings, environment

_log = logging.getLogger(__name__)


class Knowledge:
    """The knowledge folder of some settings. Any thread may read `edition` at any time.

    Args:
        progress: shows how far the index is built.

    Raises:
        KnowledgeError: something in the folder is unusable. A broken document is logged and left out, or its
            last good version stands in.
    """

    def __init__(self, settings: Settings, factories: SearchFactories, progress: Progress) -> None:
        self.settings = settings
        data = settings.data_dir
        self._folder = KnowledgeFolder(settings.knowledge_dir, data / "documents", data / "read")
        self._maker = EditionMaker(settings.data_dir, factories)
        self._bell = settings.data_dir / "bell"
        self._problem = ""
        self._may_be_held = False
        self._changed: threading.Event | None = None
        # First, because the analyzer tells in one line that DATA_DIR is unusable.
        self._maker.analyzer_of(LEXICON.load(settings.knowledge_dir).value)
        contents, corpus = self._read()
        self.edition = self._maker.edition_of(contents, corpus, whole(open_or_build(corpus, progress)))

    def ring(self) -> None:
        """Makes all processes that follow this knowledge look at once."""
        self._bell.write_text("", "utf-8")

    def follow(self, swap: Callable[[Edition], None]) -> None:
        """Gives the present edition to the caller if it is new, and later ones from a thread.

        Raises:
            SettingsError: DATA_DIR cannot be written.
        """
        try:
            self._bell.touch()
        except OSError as error:
            raise SettingsError(
                f"setting 'DATA_DIR': '{self._bell.parent}' cannot be written ({error.strerror}); "
                "make it writable, or choose another"
            ) from None
        self.look(swap)
        if self.edition.upkeep is not NO_UPKEEP:
            self._changed = tend_from_a_thread(lambda: self.edition)
        threading.Thread(target=self._keep_looking, args=(swap,), daemon=True).start()

    def look(self, swap: Callable[[Edition], None]) -> None:
        """Puts a new edition in place. A problem is logged once, and the old edition goes on answering.

        Editions refer to themselves in circles: of one that was replaced, 60 MB and twenty open files stay
        until the collector comes by, which is seldom where few ask. So memory is given back at once, and once
        more at the next look: somebody may have been answering from the edition.
        """
        before, problem = self.edition, ""
        try:
            if self.refresh() is not before:
                swap(self.edition)
                if self._changed:
                    self._changed.set()
                del before
                give_back_memory()
                self._may_be_held = True
            elif self._may_be_held:
                give_back_memory()
                self._may_be_held = False
        except BotError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001  # the outer wall: a thread that ends leaves old answers for ever
            problem = place_of(error)
        if problem and problem != self._problem:
            _log.error("knowledge=not_refreshed reason=%s", problem)
        self._problem = problem

    def refresh(self) -> Edition:
        """The edition of the present folder: the same object if nothing has changed.

        Raises:
            KnowledgeError: something other than a document is unusable, or no index can be built.
        """
        contents, corpus = self._read()
        if self._takes_long(corpus):
            with alone(corpus.folder / ".building"):
                contents, corpus = self._read()
                if self._takes_long(corpus):
                    self._build_elsewhere()
                    contents, corpus = self._read()
            if self._takes_long(corpus):
                raise KnowledgeError("索引：没有建成；运行 python -m bot index 看原因")
        self.edition = self._maker.edition_of(contents, corpus, open_segments(corpus))
        return self.edition

    def _read(self) -> tuple[Contents, Corpus]:
        contents = self._folder.contents()
        return contents, self._maker.corpus_of(contents)

    def _takes_long(self, corpus: Corpus) -> bool:
        """Whether building the edition is too much work for a process that answers."""
        return takes_long(corpus) or self._maker.nearness_takes_long(corpus)

    def _build_elsewhere(self) -> None:
        """Builds the index in a separate process.

        Forking a process that answers would copy its connections.
        """
        root = Path(__file__).parents[2]
        run_niced([sys.executable, "-m", "bot", "index"], root, environment(self.settings))

    def _keep_looking(self, swap: Callable[[Edition], None]) -> None:
        for _ in moments_to_look(self.settings.knowledge_dir, self._bell):
            self.look(swap)
