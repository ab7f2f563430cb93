"""Settings → wired parts. The only place that chooses an implementation."""

import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.channels.desk import Desk
from bot.chat.offers import Offers, offers_of
from bot.clock import Clock, SystemClock
from bot.content.lexicon import load_lexicon
from bot.content.table import ROUTING, TOPICS
from bot.endpoint import Endpoint, ModelAddress
from bot.errors import SettingsError, SnapshotError
from bot.living.edition import Edition, SearchFactories
from bot.living.knowledge import Knowledge
from bot.policy.jurisdiction import Gazetteer
from bot.records.address import database_at
from bot.records.masking import mask
from bot.records.person import People
from bot.records.records import Store
from bot.records.secret import secret_key
from bot.records.sql import SqlRecords
from bot.records.steady import SteadyRecords
from bot.search.analysis import Analyzer
from bot.search.dense.embedding import QuestionEmbedder
from bot.search.dense.retrieval import Dense
from bot.search.dense.vectors import open_vectors
from bot.search.entry import Entry
from bot.search.lexicon import Lexicon
from bot.search.scoring.building import Progress, unseen
from bot.settings import Settings

_CLOCK = SystemClock()

EMBEDDING_PATIENCE = 1.0
"""Seconds after which a request for a question's vector is given up. Nobody waits so long, but a connection
that takes a while serves the next question."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """What answers, from one edition of the knowledge folder, and what a chat offers."""

    answerer: Answerer
    offers: Offers

    @property
    def basis(self) -> Basis:
        """What its answers are made from."""
        return self.answerer.basis


class LivingService:
    """A service that follows its knowledge folder: `now` is the one of this moment, swapped in whole."""

    def __init__(self, settings: Settings, progress: Progress = unseen) -> None:
        self._settings = settings
        self._knowledge = knowledge_of(settings, progress)
        self.now = service_of(settings, self._knowledge.edition)

    def follow(self) -> None:
        """Begins to follow, in this process. What has changed until now is seen before this returns."""
        self._knowledge.follow(self._swap)

    def ring(self) -> None:
        """Makes all processes look at once."""
        self._knowledge.ring()

    def _swap(self, edition: Edition) -> None:
        self.now = service_of(self._settings, edition)


def knowledge_of(settings: Settings, progress: Progress = unseen) -> Knowledge:
    """The knowledge folder of the settings, with its index built.

    Args:
        progress: shows how far the index is built.

    Raises:
        KnowledgeError: the knowledge folder is unusable; a broken document is only logged.
    """
    factories = SearchFactories(partial(analyzer_of, settings.data_dir), partial(_dense_of, settings))
    return Knowledge(settings, factories, progress)


def assemble(settings: Settings, progress: Progress = unseen) -> Service:
    """The service that answers from the knowledge folder of the settings, as it is now.

    Raises:
        KnowledgeError: the knowledge folder is unusable; a broken document is only logged.
    """
    return service_of(settings, knowledge_of(settings, progress).edition)


def service_of(settings: Settings, edition: Edition, clock: Clock = _CLOCK) -> Service:
    """The service that answers from an edition."""
    basis = Basis(
        library=edition.library,
        index=edition.index,
        hotline=settings.hotline,
        site=settings.public_url,
        is_closed=settings.maintenance,
        gazetteer=Gazetteer(further=edition.library.jurisdictions.values()),
        routing=edition.contents.of(ROUTING),
        examples=tuple(asked for topic in edition.contents.of(TOPICS) for asked in topic.questions),
    )
    offers = offers_of(edition.library, edition.contents)
    return Service(Answerer(basis, clock, lambda: uuid.uuid4().hex), offers)


def desk_of(settings: Settings, now: Callable[[], Service]) -> Desk:
    """What the channels stand on.

    Args:
        now: the service of the moment.

    Raises:
        SettingsError: DATABASE_URL is unusable.
    """
    return Desk(
        settings=settings,
        answerer=lambda: now().answerer,
        offers=lambda: now().offers,
        store=store_of(settings),
        people=cache(lambda: People(secret_key(settings.secret_key, settings.data_dir))),
        clock=_CLOCK,
    )


def analyzer_of(data_dir: Path, lexicon: Lexicon) -> Analyzer:
    """The one analyzer, for answering and for evaluation alike.

    Raises:
        SettingsError: nothing can be kept in DATA_DIR.
    """
    try:
        return Analyzer(lexicon, data_dir / "jieba")
    except OSError as error:
        raise SettingsError(
            f"setting 'DATA_DIR': '{data_dir}' cannot be used ({error.strerror}); choose another"
        ) from None


def analyzer(settings: Settings) -> Analyzer:
    """The analyzer with the lexicon of the knowledge folder."""
    return analyzer_of(settings.data_dir, load_lexicon(settings.knowledge_dir))


def store_of(settings: Settings) -> Store:
    """The records of the service. Answers go on where they are out of order."""
    database = database_at(settings.database_url, settings.data_dir)
    return SteadyRecords(SqlRecords(database, _CLOCK, settings.retention_days), _CLOCK)


def _dense_of(settings: Settings, entries: Iterable[Entry]) -> Dense | None:
    """Dense retrieval of entries; None where no model is set, or no vectors are stored yet."""
    if not (settings.embedding_base_url and settings.embedding_model):
        return None
    address = ModelAddress(settings.embedding_base_url, settings.embedding_model, settings.embedding_api_key)
    model = Endpoint(address, EMBEDDING_PATIENCE, retries=0)
    try:
        vectors = open_vectors(settings.data_dir / "vectors", settings.embedding_model)
    except SnapshotError as error:
        _log.warning("dense=off reason=vectors_%s run='python -m bot embed'", error)
        return None

    def embed(questions: Sequence[str]) -> list[list[float]]:
        return model.embed([mask(question).text for question in questions])

    embedder = QuestionEmbedder(embed, vectors.matrix.shape[1], _CLOCK.seconds)
    entries = list(entries)
    dense = Dense(vectors, entries, embedder.vector)
    _log.info("dense=loaded vectors=%d clauses=%d", len(dense), len(entries))
    return dense
