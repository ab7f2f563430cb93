"""Settings → wired parts: the only place that chooses an implementation."""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.answerer import Answerer, Closed
from bot.answering.asking import Asking
from bot.answering.question import Question
from bot.channels.services import Services
from bot.channels.wechat.account import Account, Mode, Platform, open_account
from bot.channels.wechat.conversation import Conversation, Offers
from bot.channels.wechat.routes import Chatting
from bot.clock import SystemClock
from bot.commands.terminal import progress
from bot.content.documents_check import check_policies
from bot.content.finding import Check, Finding, broken_file
from bot.content.known_questions import load_known_questions
from bot.content.lexicon import load_lexicon
from bot.content.sites import load_sites
from bot.content.thesaurus_check import check_thesaurus
from bot.content.topics import Topics, load_topics
from bot.endpoint import Endpoint, Place
from bot.errors import DocumentError, SettingsError, SnapshotError
from bot.living.knowledge import Edition, Knowledge, Makers
from bot.living.shelf import load_library
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.records.address import database_at
from bot.records.masking import mask
from bot.records.once import Once
from bot.records.person import People
from bot.records.records import Forgotten, Records
from bot.records.secret import secret_key
from bot.records.sql import SqlRecords
from bot.records.steady import SteadyRecords
from bot.search.analysis import Analyzer
from bot.search.dense.embedding import QuestionEmbedder
from bot.search.dense.retrieval import DenseRetriever
from bot.search.dense.vectors import Requests, make_vectors, open_vectors
from bot.search.engine.embedded.building import Corpus, open_or_build, whole
from bot.search.engine.embedded.engine import EmbeddedEngine, core_for
from bot.search.engine.embedded.postings import Chunk
from bot.search.entry import Batch, Entries, Entry
from bot.search.index import Index
from bot.search.lexicon import Lexicon
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.spelling.opening import open_spelling
from bot.search.understanding import Glossary
from bot.settings import Settings

MOST_EXAMPLES = 3

_log = logging.getLogger(__name__)

MODEL_PATIENCE, MODEL_RETRIES = 60, 3
"""Seconds, and how often more, for a model that nobody waits for."""

EMBEDDING_PATIENCE = 1.0
"""Seconds after which a request for a question's vector is given up; nobody waits so long, but a connection
that takes a while serves the next question."""


@dataclass(frozen=True, slots=True)
class Service:
    """The wired parts, from one edition of the knowledge folder.

    `answer` is what residents reach, `answerer` what staff look into.
    """

    settings: Settings
    library: Library
    answerer: Answerer
    answer: Callable[[Question], Answer]
    offers: Offers


class LivingService:
    """A service that follows its knowledge folder: `now` is the one of this moment, swapped in whole."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._knowledge = knowledge_of(settings)
        self.now = _service(settings, self._knowledge.edition)

    def follow(self) -> None:
        """Begins to follow, in this process. What has changed until now is seen before this returns."""
        self._knowledge.follow(self._swap)

    def ring(self) -> None:
        """Makes all processes look at once."""
        self._knowledge.ring()

    def _swap(self, edition: Edition) -> None:
        self.now = _service(self._settings, edition)


def assemble(settings: Settings) -> Service:
    """The parts of a service that answers from the knowledge folder of the settings, as it is now.

    Raises:
        KnowledgeError: the knowledge folder is unusable; a broken document is only logged.
    """
    return _service(settings, knowledge_of(settings).edition)


def knowledge_of(settings: Settings) -> Knowledge:
    """The knowledge folder of the settings, with its index built.

    Raises:
        KnowledgeError: the knowledge folder is unusable; a broken document is only logged.
    """
    makers = Makers(partial(_analyzer, settings.data_dir), partial(dense_of, settings))
    return Knowledge(settings, makers, _watched)


def _service(settings: Settings, edition: Edition) -> Service:
    answerer = Answerer(
        edition.library, edition.index, SystemClock(), _new_id, settings.hotline, settings.public_url
    )
    answer = Closed(_new_id, settings.hotline).answer if settings.maintenance else answerer.answer
    offers = Offers(edition.topics, edition.sites, _examples(edition.library, edition.topics))
    return Service(settings, edition.library, answerer, answer, offers)


def check_knowledge(settings: Settings) -> tuple[Library, list[Finding]]:
    """The library of the knowledge folder, and what every check finds there.

    Raises:
        KnowledgeError: there is no such folder.
    """
    knowledge = settings.knowledge_dir
    library = load_library(knowledge)

    def watched(holdings: Iterable[Holding], total: int) -> Iterable[Holding]:
        return progress(holdings, "checking", total)

    checks: tuple[Check, ...] = (
        partial(check_policies, on=SystemClock().today(), watch=watched),
        _loads(load_topics),
        _loads(load_sites),
        _loads(load_lexicon),
        check_thesaurus,
        lambda knowledge, library: map(broken_file, load_known_questions(knowledge, library)[1]),
    )
    return library, [finding for check in checks for finding in check(knowledge, library)]


def _loads(load: Callable[[Path], object]) -> Check:
    """Checks that a file can be read by the room that needs it."""

    def check(knowledge: Path, _: Library) -> Iterator[Finding]:
        try:
            load(knowledge)
        except DocumentError as error:
            yield broken_file(error)

    return check


def analyzer(settings: Settings) -> Analyzer:
    """The one analyzer, for answering and for evaluation alike.

    Raises:
        SettingsError: nothing can be kept in DATA_DIR.
    """
    return _analyzer(settings.data_dir, load_lexicon(settings.knowledge_dir))


def _analyzer(data_dir: Path, lexicon: Lexicon) -> Analyzer:
    try:
        return Analyzer(lexicon, data_dir / "jieba")
    except OSError as error:
        raise SettingsError(
            f"setting 'DATA_DIR': '{data_dir}' cannot be used ({error.strerror}); choose another"
        ) from None


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


def language_model(settings: Settings) -> Endpoint | None:
    """The model that suggests questions; None where none is set.

    Raises:
        SettingsError: the client is not installed.
    """
    if not (settings.llm_base_url and settings.llm_model):
        return None
    place = Place(settings.llm_base_url, settings.llm_model, settings.llm_api_key)
    return Endpoint(place, seconds=MODEL_PATIENCE, retries=MODEL_RETRIES)


def embed_clauses(settings: Settings, entries: Iterable[Entry]) -> int | None:
    """How many texts were embedded, of entries whose vectors were not stored; None where no model is set.

    Raises:
        SettingsError: the client is not installed.
        EndpointError: the model failed.
    """
    if not (settings.embedding_base_url and settings.embedding_model):
        return None
    model = _embedding_model(settings, MODEL_PATIENCE, MODEL_RETRIES)
    folder = settings.data_dir / "vectors"
    return make_vectors(list(entries), settings.embedding_model, model.embed, folder, _embedding)


def dense_of(settings: Settings, entries: Iterable[Entry]) -> DenseRetriever | None:
    """Dense retrieval of entries; None where no model is set, or no vectors are stored yet.

    Raises:
        SettingsError: the client is not installed.
    """
    if not (settings.embedding_base_url and settings.embedding_model):
        return None
    model = _embedding_model(settings, EMBEDDING_PATIENCE, 0)
    try:
        vectors = open_vectors(settings.data_dir / "vectors", settings.embedding_model)
    except SnapshotError as error:
        _log.warning("dense=off reason=vectors_%s run='python -m bot embed'", error)
        return None

    def embed(questions: Sequence[str]) -> list[list[float]]:
        return model.embed([mask(question).text for question in questions])

    embedder = QuestionEmbedder(embed, vectors.matrix.shape[1], SystemClock().seconds)
    entries = list(entries)
    dense = DenseRetriever(vectors, entries, embedder.vector)
    _log.info("dense=loaded vectors=%d clauses=%d", len(dense), len(entries))
    return dense


def _embedding_model(settings: Settings, seconds: float, retries: int) -> Endpoint:
    place = Place(settings.embedding_base_url, settings.embedding_model, settings.embedding_api_key)
    return Endpoint(place, seconds, retries)


def _embedding(requests: Requests, total: int) -> Requests:
    return progress(requests, "embedding", total)


def build_index(
    settings: Settings, entries: Iterable[Entry], folder: str, thesaurus: Thesaurus | None = None
) -> Index:
    """The index of entries, kept in a folder of DATA_DIR, from where it is loaded while nothing changes."""
    terms, batch = analyzer(settings), Batch.of(entries)
    corpus, held = Corpus([batch], terms, settings.data_dir / folder), Entries([batch])
    stored = whole(open_or_build(corpus, _watched))
    engine = EmbeddedEngine(held, stored.segments, core_for(len(held), settings.data_dir / "numba"))
    tables = settings.data_dir / "spelling" / folder
    spelling = open_spelling(engine.frequencies, stored.name, terms, tables)
    return Index(held, terms, engine, Glossary(thesaurus or Thesaurus(), spelling=spelling))


def _watched(chunks: Iterable[Chunk], total: int) -> Iterable[Chunk]:
    return progress(chunks, "indexing", total)


def _new_id() -> str:
    return uuid.uuid4().hex


def services_of(service: Service, now: Callable[[], Service] | None = None) -> Services:
    """What the channels are handed.

    Args:
        now: the service of the moment; None where it stays the same.

    Raises:
        SettingsError: an account of a chat platform, the database or the key of hashes is unusable.
    """
    settings, now = service.settings, now or (lambda: service)
    records = records_of(settings)
    asking = Asking(lambda question: now().answer(question))

    def ask(question: Question, channel: str) -> Answer:
        answer, asked = asking.ask(question, channel)
        records.remember_question(asked)
        return answer

    return Services(
        answerer=lambda: now().answerer,
        ask=ask,
        today=service.answerer.clock.today,
        site=settings.public_url,
        hotline=settings.hotline,
        staff_token=settings.staff_token,
        trusted_proxies=settings.trusted_proxies,
        chats=tuple(_chatting(service, lambda: now().offers, asking, records)),
    )


def account_of(settings: Settings, platform: Platform) -> Account | None:
    """The account of a chat platform; None where its settings are empty.

    Raises:
        SettingsError: some are set, but not all that are needed, or one is unusable.
    """
    chosen = settings.model_dump()
    token, key, app_id, mode = (
        chosen[f"{platform}_{part}"] for part in ("token", "aes_key", "app_id", "mode")
    )
    if not (token or key or app_id or mode):
        return None
    secure = bool(key) or platform is Platform.WECOM
    default = Mode.SAFE if secure else Mode.PLAIN
    return open_account(platform, Mode(mode or default), app_id, _rotating(token), _rotating(key))


def _rotating(secret: str) -> tuple[str, ...]:
    """A secret, or the new and the old one while it is changed."""
    return tuple(part.strip() for part in secret.split(",")) if secret else ()


def _chatting(
    service: Service, offers: Callable[[], Offers], asking: Asking, records: Records
) -> Iterator[Chatting]:
    """What each chat platform that is set up needs."""
    settings, clock = service.settings, service.answerer.clock
    for platform in Platform:
        account = account_of(settings, platform)
        if account is None:
            continue
        conversation = Conversation(
            asking=asking,
            records=records,
            offers=offers,
            hotline=settings.hotline,
            links=bool(settings.public_url),
            tappable=platform is Platform.WECHAT,
        )
        people = People(secret_key(settings.secret_key, settings.data_dir))
        once = Once(records, clock.seconds, time.sleep)
        yield Chatting(account, conversation, records, once, people, lambda: int(clock.now().timestamp()))


def _examples(library: Library, topics: Topics) -> tuple[str, ...]:
    """Questions to begin with: the first of each topic, else what the first documents say."""
    chosen = [topic.questions[0] for topic in topics]
    titles = [wording.suggestion(holding.document) for holding in library.holdings]
    return tuple((chosen or titles)[:MOST_EXAMPLES])
