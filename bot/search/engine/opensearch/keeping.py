"""Chooses the engine that answers: the cluster's while it works, else the embedded one of the same entries.

Both give the same scores, so nobody notices but the operator: one line in the log, and `/readyz`.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from bot.errors import ClusterError, SettingsError
from bot.search.engine.embedded.building import Corpus
from bot.search.engine.embedded.counting import Progress
from bot.search.engine.opensearch.editions import EditionManifest, Editions
from bot.search.engine.opensearch.engine import OpenSearchEngine
from bot.search.engine.opensearch.publishing import Publisher
from bot.search.engine.port import Engine, Scored, Shares, WeightedTerm
from bot.search.entry import Entries

if TYPE_CHECKING:
    from circuitbreaker import CircuitBreaker

REST_SECONDS = 4
"""After a failure the cluster is not asked for so long; the embedded engine answers the same meanwhile."""

SAY_READ_EVERY = 30.0
"""Seconds; a base that nobody has said to read for two minutes is removed."""

NOT_PUBLISHED = "not_published"
"""Why the embedded engine answers while the cluster does not hold the edition yet."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class ClusterSearch:
    """The cluster, as the editions of one process use it.

    Args:
        build: publishes what takes long, in a process of its own; returns at its end.
        seconds: of a stopwatch.
    """

    def __init__(
        self,
        editions: Editions,
        publisher: Publisher,
        build: Callable[[], None],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.editions = editions
        self.publisher = publisher
        self.breaker = _new_breaker()
        self._build = build
        self._seconds = seconds
        self._lock = threading.Lock()
        self._building: threading.Thread | None = None
        self._said_read = -SAY_READ_EVERY
        self._logged = "starting"
        self.reason = "starting"
        """Why the embedded engine answers; empty: the cluster does."""

    def engine_of(self, corpus: Corpus, entries: Entries, embedded: Engine) -> "KeptEngine":
        """The engine of an edition."""
        return KeptEngine(self, corpus, entries, embedded)

    def held(self, corpus: Corpus) -> int | None:
        """The number of a corpus's entries, counted in the cluster; None: the cluster has no such edition.

        Raises:
            ClusterError: the cluster does not answer.
        """
        found = self.opened(corpus, Entries(corpus.batches))
        return found[1].count() if found else None

    def opened(self, corpus: Corpus, entries: Entries) -> tuple[EditionManifest, OpenSearchEngine] | None:
        """The edition of a corpus and its engine; None: the cluster does not hold it.

        Raises:
            ClusterError: the cluster does not answer.
        """
        manifest = self.editions.manifest(corpus.identity.name)
        base = self.editions.base(manifest.base) if manifest else None
        if manifest is None or base is None:
            return None
        statistics = self.editions.statistics(manifest, base)
        return manifest, OpenSearchEngine(self.editions.cluster, manifest, statistics, entries)

    def tell(self, reason: str) -> None:
        """Notes which engine answers, and logs a change once.

        An edition that is about to be published is not logged.
        """
        with self._lock:
            self.reason = reason
            if reason in (self._logged, NOT_PUBLISHED):
                return
            self._logged = reason
        if reason:
            _log.warning("search=embedded reason=%s", reason)
        else:
            _log.info("search=cluster")

    def build(self) -> None:
        """Publishes an edition in a process of its own, so that answers go on."""
        with self._lock:
            if self._building is None or not self._building.is_alive():
                self._building = threading.Thread(target=self._build, daemon=True)
                self._building.start()

    def say_read(self, base: str) -> None:
        """Tells the cluster now and then that this process answers from a base."""
        if self._seconds() - self._said_read >= SAY_READ_EVERY:
            self.publisher.say_read(base)
            self._said_read = self._seconds()


def _new_breaker() -> "CircuitBreaker":
    """Opens at the first failure: all nodes were tried by then, and another engine gives the same answers.

    Raises:
        SettingsError: the package is not installed.
    """
    try:
        import circuitbreaker  # noqa: PLC0415  # optional
    except ImportError:
        raise SettingsError(
            "package 'circuitbreaker': is not installed, SEARCH_URL cannot be used; "
            "run pip install -r requirements-opensearch.txt"
        ) from None
    return circuitbreaker.CircuitBreaker(
        failure_threshold=1, recovery_timeout=REST_SECONDS, expected_exception=ClusterError
    )


class KeptEngine:
    """The engine of an edition. Threads may share it; one thread calls `tend`.

    Args:
        embedded: answers while the cluster does not hold the edition, or does not answer.
    """

    def __init__(self, search: ClusterSearch, corpus: Corpus, entries: Entries, embedded: Engine) -> None:
        self._search = search
        self._corpus = corpus
        self._entries = entries
        self._embedded = embedded
        self._opened: OpenSearchEngine | None = None

    def __len__(self) -> int:
        return len(self._embedded)

    @property
    def highest_idf(self) -> float:
        """The inverse document frequency of a term that no entry holds."""
        return self._embedded.highest_idf

    def idfs(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term."""
        return self._ask(lambda engine: engine.idfs(terms))

    def frequencies(self) -> Mapping[str, int]:
        """How many entries hold each term."""
        return self._ask(lambda engine: engine.frequencies())

    def best(self, terms: Sequence[WeightedTerm], k: int) -> list[Scored]:
        """The best entries with their scores."""
        return self._ask(lambda engine: engine.best(terms, k))

    def shares(self, terms: Sequence[str], entry_ids: Sequence[str]) -> Shares:
        """The share that one occurrence of each term gives each entry."""
        return self._ask(lambda engine: engine.shares(terms, entry_ids))

    def troubles(self) -> list[str]:
        """Why the cluster does not answer: a word and a name; empty: it answers."""
        reason = self._search.reason or ("" if self._opened else NOT_PUBLISHED)
        return [f"search_embedded={reason}"] if reason else []

    def tend(self) -> bool:
        """Opens the edition if the cluster holds it, else publishes it; checks whether the cluster is back.

        Returns:
            False: another front end is about to publish it; look again soon.
        """
        search = self._search
        if search.breaker.opened:
            return True
        try:
            with search.breaker:
                is_open, is_done = self._look()
                search.tell("" if is_open else NOT_PUBLISHED)
                return is_done
        except ClusterError as error:
            search.editions.forget()
            search.tell(error.reason)
            return True

    def publish(self, progress: Progress) -> str:
        """Puts the edition into the cluster now, and gives the outcome.

        Raises:
            ClusterError: the cluster does not take it.
        """
        published = self._search.publisher.publish(self._corpus, progress)
        return f"published={published.base}" if published else "published=by_another_front_end"

    def _look(self) -> tuple[bool, bool]:
        """Whether the cluster answers from this edition from now on, and whether nothing is left to do."""
        search = self._search
        found = search.opened(self._corpus, self._entries)
        if found is None:
            self._opened = None
            if search.publisher.takes_long(self._corpus):
                search.build()
                return False, True
            search.publisher.publish(self._corpus)
            found = search.opened(self._corpus, self._entries)
        if found is None:
            return False, False
        manifest, engine = found
        search.say_read(manifest.base)
        opened = self._opened or engine
        opened.probe()
        self._opened = opened
        return True, True

    def _ask(self, ask: Callable[[Engine], T]) -> T:
        opened, breaker = self._opened, self._search.breaker
        if opened is not None and breaker.closed:
            try:
                with breaker:
                    return ask(opened)
            except ClusterError as error:
                self._search.tell(error.reason)
        return ask(self._embedded)
