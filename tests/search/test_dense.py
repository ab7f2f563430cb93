"""Dense retrieval: vectors are made once and kept, rankings are fused, and words decide without them."""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from bot.assembly import assemble
from bot.commands.models import embed_clauses
from bot.content.library import load_library
from bot.endpoint import Endpoint, ModelAddress
from bot.errors import EndpointError, SnapshotError
from bot.search.analysis import Analyzer
from bot.search.dense.embedding import PAUSE_SECONDS, QuestionEmbedder
from bot.search.dense.retrieval import DenseRetriever, HybridIndex, fused
from bot.search.dense.vectors import TEXTS_PER_REQUEST, Requests, make_vectors, open_vectors
from bot.search.entry import Entry, entries_of
from bot.search.index import Index
from bot.settings import Settings
from tests.conftest import KNOWLEDGE
from tests.model_server import ModelServer, bigrams, failed, serving, slow, vectors

ENTRIES = [
    Entry("津贴", ("养老服务办法",), "高龄津贴每人每月发给一百元。"),
    Entry("养老院", ("养老服务办法",), "养老机构按月收取费用。"),
    Entry("食堂", ("养老服务办法",), "老年食堂提供助餐服务。"),
]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Embeds honestly."""
    with serving(bigrams) as server:
        yield server


def endpoint(server: ModelServer) -> Endpoint:
    """The client of a server."""
    return Endpoint(ModelAddress(server.url, "m"), 5, 0)


def unwatched(requests: Requests, _: int) -> Requests:
    """Shows nothing."""
    return requests


def make(server: ModelServer, folder: Path, entries: Sequence[Entry] = ENTRIES, model: str = "m") -> int:
    """Makes what a folder does not hold."""
    return make_vectors(entries, model, endpoint(server).embed, folder, unwatched)


class Stopwatch:
    """A stopwatch that tests turn."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


# Vectors


def test_vectors_are_made_once(server: ModelServer, tmp_path: Path) -> None:
    """Unit length, in float32, mapped from the file; the second time nothing is asked."""
    assert make(server, tmp_path) == 3
    asked = len(server.asked)
    assert make(server, tmp_path) == 0
    assert len(server.asked) == asked

    held = open_vectors(tmp_path, "m")
    assert isinstance(held.matrix, np.memmap)
    assert held.matrix.dtype == np.float32
    assert np.linalg.norm(held.matrix, axis=1) == pytest.approx([1, 1, 1])


def test_only_what_has_changed_is_made_anew(server: ModelServer, tmp_path: Path) -> None:
    """A clause's words or headings; what is gone is dropped."""
    make(server, tmp_path)
    changed = [ENTRIES[0], Entry("养老院", ("养老服务办法",), "养老机构按年收取费用。")]
    server.asked.clear()

    assert make(server, tmp_path, changed) == 1

    assert {text for body in server.asked for text in body["input"]} == {
        "养老服务办法\n养老机构按年收取费用。"
    }
    assert len(open_vectors(tmp_path, "m").digests) == 2


def spoil_matrix(folder: Path) -> None:
    """One bit."""
    (path,) = folder.glob("*.npy")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def cut_manifest(folder: Path) -> None:
    """Half of the manifest."""
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:50])


def drop_digest(folder: Path) -> None:
    """A row without a digest."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(manifest | {"digests": manifest["digests"][1:]}), "utf-8")


def remove_matrix(folder: Path) -> None:
    """The manifest alone."""
    next(folder.glob("*.npy")).unlink()


@pytest.mark.parametrize("spoil", [spoil_matrix, cut_manifest, drop_digest, remove_matrix])
def test_what_is_corrupt_is_made_anew(
    server: ModelServer, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """Never taken for good."""
    make(server, tmp_path)
    spoil(tmp_path)

    with pytest.raises(SnapshotError):
        open_vectors(tmp_path, "m")
    assert make(server, tmp_path) == 3
    assert len(open_vectors(tmp_path, "m").digests) == 3


def test_another_model_or_dimension_is_made_anew(server: ModelServer, tmp_path: Path) -> None:
    """Vectors of two models have nothing to do with each other."""
    make(server, tmp_path)
    with pytest.raises(SnapshotError, match="outdated"):
        open_vectors(tmp_path, "other")
    assert make(server, tmp_path, model="other") == 3

    server.reply = lambda body: vectors(
        *({"index": index, "embedding": [1.0, 2.0]} for index in range(len(body["input"])))
    )
    assert make(server, tmp_path, [*ENTRIES, Entry("新", (), "新的一条")], "other") == 4
    assert open_vectors(tmp_path, "other").matrix.shape == (4, 2)


def test_what_was_made_before_the_endpoint_failed_is_kept(server: ModelServer, tmp_path: Path) -> None:
    """The next time asks for the rest."""
    entries = [Entry(str(n), (), f"第{n}条") for n in range(2 * TEXTS_PER_REQUEST)]
    server.reply = lambda body: bigrams(body) if len(server.asked) <= 2 else failed(503)
    with pytest.raises(EndpointError, match="status=503"):
        make(server, tmp_path, entries)
    server.reply = bigrams

    assert make(server, tmp_path, entries) == TEXTS_PER_REQUEST


@pytest.mark.parametrize(
    "rows",
    [
        [],  # fewer than asked for
        [{"index": 0, "embedding": []}],
        [{"index": 0, "embedding": [1.0, None]}],
        [{"index": 0, "embedding": ["甲"]}],
        [{"index": 0, "embedding": [float("nan")]}],
        [{"index": 0}],
        None,
    ],
)
def test_what_is_no_vector_is_refused(server: ModelServer, tmp_path: Path, rows: list[object] | None) -> None:
    """And nothing is kept."""
    server.reply = lambda _: vectors(*rows) if rows is not None else (200, b"<html>")

    with pytest.raises(EndpointError, match="malformed"):
        make(server, tmp_path, ENTRIES[:1])
    assert not tmp_path.joinpath("manifest.json").exists()


# Questions


def embedder(server: ModelServer, clock: Stopwatch) -> QuestionEmbedder:
    """Asks a server that has been asked before, and waits as long as a busy machine may need."""
    model = endpoint(server)
    model.embed(["预热"])
    server.asked.clear()
    return QuestionEmbedder(model.embed, 256, clock, budget=1.0)


@pytest.mark.parametrize("spoil", ["hanging", "failing", "dimension", "malformed"])
def test_an_endpoint_that_fails_is_left_alone_for_a_while(
    server: ModelServer, caplog: pytest.LogCaptureFixture, spoil: str
) -> None:
    """One line when it goes, one when it is back, and none a question."""
    clock = Stopwatch()
    embedding = embedder(server, clock)
    caplog.set_level(logging.INFO, "bot.search.dense.embedding")
    server.reply = {
        "hanging": slow(3, failed(500)),
        "failing": lambda _: failed(500),
        "dimension": lambda _: vectors({"index": 0, "embedding": [1.0]}),
        "malformed": lambda _: (200, b"<html>"),
    }[spoil]

    assert [embedding.vector("老人津贴") for _ in range(50)] == [None] * 50
    assert len(server.asked) == 1  # one budget is waited for, not fifty
    clock.now += PAUSE_SECONDS
    assert embedding.vector("老人津贴") is None
    assert [record.getMessage().split()[0] for record in caplog.records] == ["dense=off"]

    server.reply = bigrams
    clock.now += PAUSE_SECONDS
    assert all(embedding.vector("老人津贴") is not None for _ in range(3))
    assert [record.getMessage() for record in caplog.records][1:] == ["dense=on"]
    assert "老人津贴" not in caplog.text


# Fusion


@pytest.fixture
def index(analyzer: Analyzer) -> Index:
    """The entries by their words alone."""
    return Index(ENTRIES, analyzer)


def with_nearest(analyzer: Analyzer, server: ModelServer, folder: Path, nearest: str | None) -> HybridIndex:
    """An index for which questions have the vector of an entry; None: the endpoint is off."""
    make(server, folder)
    held = open_vectors(folder, "m")
    row = {entry.entry_id: row for row, entry in enumerate(ENTRIES)}.get(nearest or "")
    dense = DenseRetriever(held, ENTRIES, lambda _: None if row is None else held.matrix[row])
    return HybridIndex(Index(ENTRIES, analyzer), dense)


def test_the_order_is_that_of_both_rankings(
    index: Index, analyzer: Analyzer, server: ModelServer, tmp_path: Path
) -> None:
    """The last by words is the nearest, and so no longer the last; scores stay in their places."""
    question = "养老服务收取费用"
    alone = index.search(index.query(question), 3)
    both = with_nearest(analyzer, server, tmp_path, alone[-1].entry_id)
    hits = both.search(both.query(question), 3)

    assert alone[-1].entry_id in {hit.entry_id for hit in hits[:2]}
    assert {hit.entry_id for hit in hits} == {hit.entry_id for hit in alone}
    assert [hit.score for hit in hits] == [hit.score for hit in alone]
    assert [hit.confidence for hit in hits] == [hit.confidence for hit in alone]
    assert fused(["a", "b"], ["b", "c"]) == ["b", "a", "c"]
    assert fused(["a", "b"], []) == ["a", "b"]


def test_without_a_vector_nothing_changes(
    index: Index, analyzer: Analyzer, server: ModelServer, tmp_path: Path
) -> None:
    """Bit for bit the hits of BM25."""
    off = with_nearest(analyzer, server, tmp_path, None)

    for question in ("高龄津贴", "养老服务收取费用", "红烧肉", "？"):
        assert off.search(off.query(question), 3) == index.search(index.query(question), 3)


def test_vectors_alone_answer_nothing(analyzer: Analyzer, server: ModelServer, tmp_path: Path) -> None:
    """What shares no word with a question is refused, however near its vector is."""
    both = with_nearest(analyzer, server, tmp_path, "津贴")

    assert both.search(both.query("红烧肉"), 3) == []


def test_the_shares_sum_to_the_score_with_vectors(
    analyzer: Analyzer, server: ModelServer, tmp_path: Path
) -> None:
    """The rank among the nearest has a row of its own."""
    both = with_nearest(analyzer, server, tmp_path, "食堂")
    query = both.query("养老服务收取费用")

    for hit in both.search(query, 3):
        explanation = both.explain(query, hit.entry_id)
        assert explanation.score == pytest.approx(hit.score, abs=1e-9)
        assert explanation.dense is not None
    dense = both.explain(query, "食堂").dense
    assert dense is not None
    assert dense.rank == 1


# The service


@dataclass(frozen=True)
class Situation:
    """Settings with an endpoint, and no known questions, for those are not sent."""

    settings: Settings


@pytest.fixture
def situation(server: ModelServer, data_dir: Path, tmp_path: Path) -> Situation:
    """The shipped documents."""
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    for name in ("policies", "lexicon"):
        (knowledge / name).symlink_to(KNOWLEDGE / name)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "jieba").symlink_to(data_dir / "jieba")
    return Situation(
        Settings(
            knowledge_dir=knowledge,
            data_dir=tmp_path / "data",
            embedding_base_url=server.url,
            embedding_model="m",
        )
    )


def test_a_service_uses_vectors_once_they_are_made(server: ModelServer, situation: Situation) -> None:
    """Until then, and where nothing is set, it asks for none. Numbers of persons are masked on the way."""
    settings = situation.settings
    entries = list(entries_of(load_library(settings.knowledge_dir)))
    question = "电话13800138000，示范社区怎么打造"

    assert assemble(settings).answerer.basis.index.query(question).nearest == ()
    assert embed_clauses(settings, entries) == 14
    unset = settings.model_copy(update={"embedding_base_url": ""})
    assert assemble(unset).answerer.basis.index.query(question).nearest == ()

    server.asked.clear()
    assemble(settings).answerer.basis.index.query(question)
    sent = [text for body in server.asked for text in body["input"]]
    assert len(sent) == 1
    assert "13800138000" not in sent[0]
    assert "示范社区怎么打造" in sent[0]
