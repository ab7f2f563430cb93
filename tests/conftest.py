"""What the tests share: the shipped knowledge, assembled once, and a clock that stands still."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest

from bot.assembly import assemble
from bot.channels.service import Service
from bot.content.lexicon import load_lexicon
from bot.policy.document import Document
from bot.search.analysis import Analyzer
from bot.settings import Settings
from tests.opensearch.nodes import Nodes, running, why_not

# How fast something is, benchmarks tell: a busy machine fails no test.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"
SHARED = ROOT.parent / "shared"
"""Material that is not part of the project; tests that read it skip where it is absent."""


class StoppedClock:
    """A clock on 2026-11-23 whose stopwatch advances a millisecond with each look."""

    def __init__(self) -> None:
        self._milliseconds = 0

    def today(self) -> date:
        return date(2026, 11, 23)

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 4, tzinfo=UTC)

    def seconds(self) -> float:
        self._milliseconds += 1
        return self._milliseconds / 1000


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DATA_DIR of the whole test run: jieba's dictionary is compiled once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def settings(data_dir: Path) -> Settings:
    """Settings that serve the shipped knowledge, with a staff token."""
    return Settings(knowledge_dir=KNOWLEDGE, data_dir=data_dir, staff_token="let-me-in")


@pytest.fixture(scope="session")
def service(settings: Settings) -> Service:
    """The service over the shipped knowledge."""
    return assemble(settings)


@pytest.fixture(scope="session")
def prepare(settings: Settings, service: Service) -> Callable[[Path], Path]:
    """Makes a DATA_DIR in which the shipped knowledge is indexed, and nothing has been asked yet.

    Building one takes three seconds, copying one a twentieth.
    """
    assert service.basis.library.holdings  # its index stands in DATA_DIR
    made = settings.data_dir

    def copy_to(data_dir: Path) -> Path:
        names = ("jieba", "index", "questions", "spelling", "read", "near-words")
        for folder in (*filter(Path.exists, map(made.joinpath, names)), *made.glob("*-vectors")):
            shutil.copytree(folder, data_dir / folder.name)
        return data_dir

    return copy_to


def small_knowledge(folder: Path) -> Path:
    """The shipped knowledge with one file of its thesaurus, and without questions of other documents.

    The whole of both takes seconds to read and to embed.
    """
    files = (KNOWLEDGE / "lexicon" / "thesaurus").glob("*.txt")
    left_out = {file.name for file in sorted(files, key=lambda file: file.stat().st_size)[1:]}
    left_out |= {"questions.tsv", "elsewhere.tsv", "unanswered.tsv"}
    return shutil.copytree(KNOWLEDGE, folder, ignore=lambda _, names: left_out.intersection(names))


@pytest.fixture(scope="session")
def search_nodes() -> Iterator[Nodes]:
    """Two real nodes of OpenSearch.

    Where none can be started the test is skipped, or fails if REQUIRE_OPENSEARCH=1.
    """
    if reason := why_not():
        give_up = pytest.fail if os.environ.get("REQUIRE_OPENSEARCH") == "1" else pytest.skip
        give_up(reason)
    with running() as nodes:
        yield nodes


@pytest.fixture(scope="session")
def search_urls(request: pytest.FixtureRequest) -> list[str]:
    """Where nodes answer: those that OPENSEARCH_URLS names, else two that are started."""
    if given := os.environ.get("OPENSEARCH_URLS"):
        return given.split()
    nodes: Nodes = request.getfixturevalue("search_nodes")
    return nodes.urls


@pytest.fixture(scope="session")
def analyzer(data_dir: Path) -> Analyzer:
    """The analyzer with the shipped lexicon."""
    return Analyzer(load_lexicon(KNOWLEDGE), data_dir / "jieba")


@pytest.fixture
def document() -> Callable[..., Document]:
    """Makes a document of paragraphs."""

    def make(*paragraphs: str, title: str = "某某办法", document_id: str = "某某办法") -> Document:
        return Document(document_id, title, "\n".join(paragraphs))

    return make
