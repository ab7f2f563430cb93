"""Settings → wired parts. The only place that chooses an implementation.

What only the service needs is imported where the service is made: `bot ask` starts in half the time.
"""

import uuid
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.remembered import GivenAnswers
from bot.answering.tally import Tally
from bot.channels.service import Service
from bot.chat.offers import offers_of
from bot.clock import Clock, SystemClock
from bot.content.lexicon import load_lexicon
from bot.endpoint import Endpoint, ModelAddress
from bot.errors import SettingsError
from bot.living.edition import Edition, SearchFactories
from bot.living.knowledge import Knowledge
from bot.living.newest import Newest
from bot.maintenance import maintenance_of
from bot.records.duties import FOLDER, Duties
from bot.records.looks import LOOKS_FILE, Looks
from bot.records.masking import mask
from bot.records.person import People
from bot.records.records import Store
from bot.records.secret import secret_key
from bot.search.analysis import Analyzer
from bot.search.dense.local_model import LocalModel
from bot.search.dense.nearness import OF_MODEL, OF_TABLE
from bot.search.dense.opening import VectorFolder
from bot.search.dense.sources import LocalNearness, NearnessSource, RemoteNearness
from bot.search.dense.tuning import tuning_of
from bot.search.dense.word_table import shipped_table
from bot.search.engine.embedded.building import StoredIndex
from bot.search.engine.embedded.engine import EmbeddedEngine, core_for
from bot.search.engine.opensearch.opening import cluster_search
from bot.search.engine.port import Engine
from bot.search.entry import Entries
from bot.search.lexicon import Lexicon
from bot.search.progress import Progress, unseen
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.desk import Desk

_CLOCK = SystemClock()

TALLY = Tally()
"""Counts for `/metrics` in this process, whatever edition answers."""

EMBEDDING_PATIENCE = 1.0
"""Seconds. A question waits less, but the vector of a slow request serves when it is asked again."""


def knowledge_of(settings: Settings, progress: Progress = unseen) -> Knowledge:
    """The knowledge folder of the settings, with its index built.

    Args:
        progress: shows how far the index is built.

    Raises:
        SettingsError: the embedding model cannot be used.
        KnowledgeError: the knowledge folder is unusable; a broken document is only logged.
    """
    data = settings.data_dir
    nearness = nearness_of(settings, data / "vectors", progress)
    search = cluster_search(settings)
    chosen = SearchFactories(
        partial(analyzer_of, data),
        partial(engine_of, data),
        nearness,
        partial(question_nearness_of, data, progress),
        search.engine_of if search else None,
    )
    return Knowledge(settings, chosen, progress)


def living_service(settings: Settings, progress: Progress = unseen) -> Newest[Service]:
    """The service that follows its knowledge folder. Raises as `knowledge_of` does."""
    return Newest(knowledge_of(settings, progress), partial(service_of, settings), _CLOCK)


def assemble(settings: Settings, progress: Progress = unseen) -> Service:
    """The service that answers from the knowledge folder as it is now. Raises as `knowledge_of` does."""
    edition = knowledge_of(settings, progress).edition
    edition.upkeep.tend()
    return service_of(settings, edition)


def service_of(settings: Settings, edition: Edition, clock: Clock = _CLOCK) -> Service:
    """The service that answers from one edition."""
    basis = Basis(edition.library, edition.index, settings.hotline, settings.public_url, settings.maintenance)
    offers = offers_of(edition.library, edition.contents)
    # Vectors of an endpoint may come too late for an answer: that one is not given again.
    most = 0 if settings.embedding_base_url else settings.cached_answers
    words = basis.with_words(edition.contents)
    answerer = Answerer(words, clock, lambda: uuid.uuid4().hex, GivenAnswers(most, TALLY), TALLY)
    return Service(answerer, offers, edition.upkeep.troubles)


def desk_of(settings: Settings, now: Callable[[], Service]) -> "Desk":
    """The desk of the channels. `now` gives the current service.

    Raises:
        SettingsError: DATABASE_URL is unusable.
    """
    from bot.channels.desk import Desk  # noqa: PLC0415  # see above

    notice = maintenance_of(settings)
    return Desk(
        settings=settings,
        answerer=lambda: now().answerer_now(is_closed=notice.is_on()),
        offers=lambda: now().offers,
        store=store_of(settings),
        people=cache(lambda: People(secret_key(settings.secret_key, settings.data_dir))),
        clock=_CLOCK,
        troubles=lambda: [*_troubles(settings), *now().troubles()],
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


def engine_of(data_dir: Path, entries: Entries, _: Analyzer, stored: StoredIndex) -> Engine:
    """The engine of entries, for answering and for evaluation alike."""
    return EmbeddedEngine(entries, stored.segments, core_for(len(entries), data_dir / "numba"))


def question_nearness_of(data: Path, progress: Progress, kind: str) -> NearnessSource:
    """How near questions of some kind are to others, by the table of word vectors, whatever model is set."""
    return LocalNearness(shipped_table(), data / f"{kind}-vectors", progress, OF_TABLE)


def store_of(settings: Settings) -> Store:
    """The records of the service. If they are out of order, answers go on."""
    from bot.records.address import database_at  # noqa: PLC0415  # SQLAlchemy, see above
    from bot.records.sql import SqlRecords  # noqa: PLC0415
    from bot.records.steady import SteadyRecords  # noqa: PLC0415

    database = database_at(settings.database_url, settings.data_dir)
    looks = Looks(settings.data_dir / LOOKS_FILE)
    records = SqlRecords(database, _CLOCK, settings.retention_days, looks, settings.records_mb * 1_000_000)
    return SteadyRecords(records, _CLOCK, Duties(settings.data_dir / FOLDER))


def _troubles(settings: Settings) -> list[str]:
    """What the operator should know about the records: one word for the kind, then a name."""
    from bot.records.address import DATABASE_FILE  # noqa: PLC0415  # SQLAlchemy, see above
    from bot.records.sqlite import set_aside_files  # noqa: PLC0415

    return [f"records_set_aside={name}" for name in set_aside_files(settings.data_dir / DATABASE_FILE)]


def nearness_of(settings: Settings, folder: Path, progress: Progress) -> NearnessSource:
    """How near clauses are to questions: by the table of word vectors, and by the model of the settings.

    A model on this machine and the table count both, one elsewhere alone.

    Args:
        folder: keeps the vectors.

    Raises:
        SettingsError: the model cannot be used.
    """
    if settings.embedding_model_dir and settings.embedding_base_url:
        raise SettingsError(
            "setting 'EMBEDDING_MODEL_DIR': EMBEDDING_BASE_URL is set, too; leave one of them empty"
        )
    by_words = folder.with_name(f"word-{folder.name}")  # apart from those of a model, which take minutes
    table = LocalNearness(shipped_table(), by_words, progress, OF_TABLE)
    if settings.embedding_model_dir:
        local = LocalModel(settings.embedding_model_dir)
        scale = OF_MODEL._replace(tuning=tuning_of(local.name))
        return LocalNearness(local, folder, progress, scale, table)
    if not (settings.embedding_base_url and settings.embedding_model):
        return table
    address = ModelAddress(settings.embedding_base_url, settings.embedding_model, settings.embedding_api_key)
    model = Endpoint(address, EMBEDDING_PATIENCE, retries=0)

    def embed(questions: Sequence[str]) -> list[list[float]]:
        return model.embed([mask(question).text for question in questions])

    return RemoteNearness(VectorFolder(folder, settings.embedding_model), embed, _CLOCK.seconds)
