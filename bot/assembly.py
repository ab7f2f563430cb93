"""Settings → wired parts: the only place that chooses an implementation."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer, Closed
from bot.answering.question import Question
from bot.channels.services import Services
from bot.clock import SystemClock
from bot.policy.library import Library, load_library
from bot.records.address import database_at
from bot.records.records import Forgotten, Records
from bot.records.sql import SqlRecords
from bot.records.steady import SteadyRecords
from bot.search.analysis import Analyzer
from bot.search.index import Index, entries_of
from bot.search.lexicon import load_lexicon
from bot.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """The wired parts. `answer` is what residents reach, `answerer` what staff look into."""

    settings: Settings
    library: Library
    answerer: Answerer
    answer: Callable[[Question], Answer]


def assemble(settings: Settings) -> Service:
    """The parts of a service that answers from the knowledge folder of the settings.

    A broken document is logged and left out.

    Raises:
        KnowledgeError: the knowledge folder or its lexicon is unusable.
    """
    library = load_library(settings.knowledge_dir)
    for error in library.broken:
        _log.error("document=left_out reason=%s", error)
    index = Index(entries_of(library), analyzer(settings))
    _log.info("index=loaded documents=%d clauses=%d", len(library.holdings), len(index))
    answerer = Answerer(library, index, SystemClock(), _new_id, settings.hotline, settings.public_url)
    answer = Closed(_new_id, settings.hotline).answer if settings.maintenance else answerer.answer
    return Service(settings, library, answerer, answer)


def analyzer(settings: Settings) -> Analyzer:
    """The one analyzer, for answering and for evaluation alike."""
    return Analyzer(load_lexicon(settings.knowledge_dir), settings.data_dir / "jieba")


def records_of(settings: Settings) -> Records:
    """The records of the service; answers go on where they are out of order.

    Raises:
        SettingsError: DATABASE_URL is unusable.
    """
    clock = SystemClock()
    kept = SqlRecords(database_at(settings.database_url, settings.data_dir), clock, settings.retention_days)
    return SteadyRecords(kept, clock)


def forget(settings: Settings, days: int) -> Forgotten:
    """Deletes what is older than some days from the records.

    Raises:
        SettingsError: DATABASE_URL is unusable.
        RecordsError: the records are out of order.
    """
    clock = SystemClock()
    kept = SqlRecords(database_at(settings.database_url, settings.data_dir), clock)
    return kept.forget_before(clock.now() - timedelta(days=days))


def _new_id() -> str:
    return uuid.uuid4().hex


def services_of(service: Service) -> Services:
    """What the channels are handed."""
    settings, answerer = service.settings, service.answerer
    return Services(
        library=service.library,
        answer=service.answer,
        rank=answerer.rank,
        explain=answerer.index.explain,
        today=answerer.clock.today,
        site=settings.public_url,
        hotline=settings.hotline,
        staff_token=settings.staff_token,
        trusted_proxies=settings.trusted_proxies,
    )
