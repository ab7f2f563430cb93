"""Nearness: vectors are made once and kept, they have a say in the order, and words decide without them."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from bot.assembly import assemble
from bot.commands.models import embed_clauses
from bot.content.library import load_library
from bot.endpoint import Endpoint, ModelAddress
from bot.errors import EndpointError, SettingsError, SnapshotError
from bot.policy.units import units
from bot.search.analysis import Analyzer
from bot.search.dense.embedder import TEXTS_PER_REQUEST, RemoteEmbedder, Vector
from bot.search.dense.embedding import PAUSE_SECONDS, QuestionEmbedder
from bot.search.dense.nearness import (
    MOST_COMPARED,
    OF_OTHERS,
    OF_TABLE,
    SHARE_BESIDE,
    Nearness,
    trust,
)
from bot.search.dense.opening import CHANGES, MOST_CHANGED, VectorFolder, bring_up_to_date, missing
from bot.search.dense.sources import MOST_EMBEDDED_AT_ONCE, LocalNearness
from bot.search.dense.vectors import Vectors, key_of, open_vectors
from bot.search.entry import Entry, entries_of
from bot.search.index import Index
from bot.search.meaning.aspect import Aspect
from bot.search.progress import unseen
from bot.search.query import Query
from bot.settings import Settings
from tests.conftest import KNOWLEDGE
from tests.model_server import ModelServer, bigrams, failed, serving, slow, vectors
from tests.search.bigram_model import BigramModel
from tests.search.damage import Damage, damages

ENTRIES = [
    Entry("津贴", ("养老服务办法",), "高龄津贴每人每月发给一百元。由县里发放。"),
    Entry("养老院", ("养老服务办法",), "养老机构按月收取费用。"),
    Entry("食堂", ("养老服务办法",), "老年食堂提供助餐服务。"),
]
TEXTS = [entry.text for entry in ENTRIES]


def made(
    folder: Path, texts: Sequence[str] = TEXTS, name: str = "bigrams"
) -> tuple[list[Vectors], list[str]]:
    """The vectors of texts, and what the model was given for them."""
    model = BigramModel(name)
    return bring_up_to_date(VectorFolder(folder, name), model, texts, unseen), model.seen


def many(count: int) -> list[str]:
    """As many texts, of one sentence each."""
    return [f"第{number}号规定。" for number in range(count)]


# Vectors


def test_a_clause_is_embedded_as_a_whole_and_by_its_sentences(tmp_path: Path) -> None:
    """The bare text: titles in front made the model worse. A clause of one sentence is embedded once."""
    _, given = made(tmp_path)

    assert sorted(given) == sorted([*TEXTS, "高龄津贴每人每月发给一百元。", "由县里发放。"])


def test_vectors_are_made_once(tmp_path: Path) -> None:
    """Eight bits a number, mapped from files; the second time the model is given nothing."""
    made(tmp_path)
    (held,), given = made(tmp_path)

    assert given == []
    assert isinstance(held.rows.base, np.memmap)
    assert held.rows.dtype == np.int8
    restored = held.rows * held.scales[:, np.newaxis]
    assert np.linalg.norm(restored, axis=1) == pytest.approx(1, abs=0.01)


def test_only_what_has_changed_is_made_anew(tmp_path: Path) -> None:
    """A clause whose words are the same keeps its vectors, wherever it stands now."""
    made(tmp_path)

    layers, given = made(tmp_path, [TEXTS[2], TEXTS[0], "养老机构按年收取费用。"])

    assert given == ["养老机构按年收取费用。"]
    assert missing(layers, TEXTS) == {key_of(TEXTS[1]): TEXTS[1]}


def test_few_changes_are_written_beside_the_rest(tmp_path: Path) -> None:
    """A changed document does not write the vectors of all others. Many changes are written with them."""
    texts = many(2 * MOST_CHANGED)
    made(tmp_path, texts)
    large = {path: path.stat().st_mtime_ns for path in tmp_path.glob("[!.]*/rows.npy")}

    layers, _ = made(tmp_path, [*texts, "新的一条。"])
    assert [len(layer) for layer in layers] == [2 * MOST_CHANGED, 1]
    assert {path: path.stat().st_mtime_ns for path in large} == large
    layers, given = made(tmp_path, [*texts, "新的一条。", "又一条。", "再一条。"])

    assert given == ["又一条。", "再一条。"]
    assert [len(layer) for layer in layers] == [2 * MOST_CHANGED + 3]
    assert not (tmp_path / CHANGES).exists()


@damages
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: Damage) -> None:
    """Never taken for good."""
    made(tmp_path)
    damage(next(tmp_path.glob("[!.]*/rows.npy")))

    with pytest.raises(SnapshotError):
        open_vectors(tmp_path, "bigrams")
    layers, given = made(tmp_path)
    assert len(given) == 5
    assert missing(layers, TEXTS) == {}


def test_vectors_of_another_model_are_made_anew(tmp_path: Path) -> None:
    """Those of two models have nothing to do with each other."""
    made(tmp_path)

    with pytest.raises(SnapshotError, match="outdated"):
        open_vectors(tmp_path, "other")
    assert len(made(tmp_path, name="other")[1]) == 5


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    """An empty library starts like any other."""
    assert made(tmp_path, [])[0] == []
    assert LocalNearness(BigramModel(), tmp_path, unseen).of([]) is None


def test_many_new_clauses_are_work_for_a_process_of_its_own(tmp_path: Path) -> None:
    """A few are embedded where questions are answered."""
    source = LocalNearness(BigramModel(), tmp_path, unseen)

    assert not source.takes_long(many(MOST_EMBEDDED_AT_ONCE))
    assert source.takes_long(many(MOST_EMBEDDED_AT_ONCE + 1))
    source.of(many(MOST_EMBEDDED_AT_ONCE + 1))
    assert not source.takes_long(many(MOST_EMBEDDED_AT_ONCE + 1))


# A model elsewhere


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Embeds honestly."""
    with serving(bigrams) as server:
        yield server


def endpoint(server: ModelServer) -> Endpoint:
    """The client of a server."""
    return Endpoint(ModelAddress(server.url, "m"), 5, 0)


def ask(server: ModelServer, folder: Path, texts: Sequence[str]) -> list[Vectors]:
    """Makes what a folder does not hold."""
    embedder = RemoteEmbedder("m", endpoint(server).embed)
    return bring_up_to_date(VectorFolder(folder, "m"), embedder, texts, unseen)


def test_what_was_made_before_the_endpoint_failed_is_kept(server: ModelServer, tmp_path: Path) -> None:
    """The next time asks for the rest."""
    texts = many(2 * TEXTS_PER_REQUEST)
    server.reply = lambda body: bigrams(body) if len(server.asked) <= 1 else failed(503)
    with pytest.raises(EndpointError, match="status=503"):
        ask(server, tmp_path, texts)
    server.reply = bigrams
    server.asked.clear()

    ask(server, tmp_path, texts)

    assert [len(body["input"]) for body in server.asked] == [TEXTS_PER_REQUEST]


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
        ask(server, tmp_path, many(1))
    assert VectorFolder(tmp_path, "m").layers() == []


class Stopwatch:
    """A stopwatch that tests turn."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


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


# Nearness


def test_nearness_is_the_cosine_with_the_whole_and_with_the_nearest_sentence(tmp_path: Path) -> None:
    """To a hundredth, as eight bits have it. The whole is none of several sentences."""
    layers, _ = made(tmp_path)
    model = BigramModel()

    compared = Nearness(layers, model.vector).compared("由县里发放", [TEXTS[1], TEXTS[0]])

    asked = model.vector("由县里发放")
    expected = [
        [model.vector(TEXTS[1]) @ asked] * 2,
        [model.vector(TEXTS[0]) @ asked, model.vector("由县里发放。") @ asked],
    ]
    assert compared is not None
    assert compared.cosines == pytest.approx(np.array(expected), abs=0.01)


@pytest.mark.parametrize("text", TEXTS)
def test_each_sentence_has_its_cosine(tmp_path: Path, text: str) -> None:
    """Weighed as where clauses are put in order, alone and by the mean with another model."""
    layers, _ = made(tmp_path)
    model, second = BigramModel(), BigramModel().vector(TEXTS[1])
    alone, both = Nearness(layers, model.vector), beside(tmp_path, TEXTS[1])
    weight = alone.weights.sentence

    vectors = [model.vector(unit.text) for unit in units(text)]
    own = np.array([vector @ model.vector("由县里发放") for vector in vectors])
    others = np.array([vector @ second for vector in vectors])

    assert alone.of_sentences("由县里发放", text) == pytest.approx(weight * own, abs=0.05)
    mean = (1 - SHARE_BESIDE) * own + SHARE_BESIDE * others
    assert both.of_sentences("由县里发放", text) == pytest.approx(weight * mean, abs=0.05)
    assert not alone.of_sentences("由县里发放", "新的一条。")
    assert not Nearness(layers, lambda _: None).of_sentences("由县里发放", text)


def test_vectors_weigh_more_where_words_say_little() -> None:
    """Twice as much where no word of the question was found as where all were."""
    query = Query("高龄津贴多少", ())

    assert trust(query, support=0.0) == 2 * trust(query, support=1.0)


def test_vectors_weigh_half_where_an_exception_is_asked_for() -> None:
    """To them a rule and its exception are alike."""
    asked = Query("哪些人不发高龄津贴", (), aspects=(Aspect.EXCEPTION,))

    assert trust(asked, support=0.5) == trust(replace(asked, aspects=()), support=0.5) / 2


def test_a_text_without_vectors_is_as_near_as_the_others(tmp_path: Path) -> None:
    """What has come since the vectors were made neither gains nor loses; where none has any, words decide."""
    layers, _ = made(tmp_path)
    nearness = Nearness(layers, BigramModel().vector)

    compared = nearness.compared("津贴", [TEXTS[0], "新的一条。", TEXTS[1]])

    assert compared is not None
    assert compared.cosines[1] == pytest.approx((compared.cosines[0] + compared.cosines[2]) / 2)
    assert nearness.compared("津贴", ["新的一条。"]) is None
    assert nearness.compared("津贴", []) is None


def beside(folder: Path, other: str) -> Nearness:
    """By words' pairs, and beside them a model to which one text is all that any question means."""
    layers, _ = made(folder)
    vector = BigramModel().vector(other)
    second = Nearness(layers, lambda _: vector, OF_TABLE, TEXTS)
    return Nearness(layers, BigramModel().vector, texts=TEXTS, beside=second)


def test_the_cosines_of_two_models_count_by_their_mean(tmp_path: Path) -> None:
    """Each in its share. Without vectors of the second one the first decides alone."""
    both = beside(tmp_path, TEXTS[1])
    layers, _ = made(tmp_path)
    first = Nearness(layers, BigramModel().vector)
    second = Nearness(layers, lambda _: BigramModel().vector(TEXTS[1]))

    alone = Nearness(layers, BigramModel().vector, beside=Nearness(layers, lambda _: None))

    one, other, mean, left = (each.compared("高龄津贴", TEXTS) for each in (first, second, both, alone))
    assert one and other and mean and left
    assert mean.cosines == pytest.approx((1 - SHARE_BESIDE) * one.cosines + SHARE_BESIDE * other.cosines)
    assert left.cosines == pytest.approx(one.cosines)


def test_the_nearest_are_those_of_the_mean(tmp_path: Path) -> None:
    """A question of which the first model knows nothing still has what is nearest by the second."""
    both = beside(tmp_path, TEXTS[1])

    assert both.nearest("红烧肉", 1) == [1]
    assert both.nearest("老年食堂提供助餐服务", 2) == [1, 2]


def test_what_is_far_is_told_by_the_measured_model_alone(tmp_path: Path) -> None:
    """Of the second one it is not known which cosine is low; where nothing is measured, none is told."""
    layers, _ = made(tmp_path)
    first = Nearness(layers, BigramModel().vector)

    other = Nearness(layers, BigramModel().vector, OF_OTHERS)

    both, alone, unmeasured = (
        each.compared("红烧肉", TEXTS) for each in (beside(tmp_path, TEXTS[1]), first, other)
    )
    assert both and alone and unmeasured
    assert both.told == alone.told
    assert max(both.told or [1.0]) < 0.1
    assert unmeasured.told is None


def test_vectors_of_two_models_are_kept_apart(tmp_path: Path) -> None:
    """So that a new one of either leaves the other's as they are."""
    second = LocalNearness(BigramModel("second"), tmp_path / "second", unseen, OF_TABLE)
    source = LocalNearness(BigramModel(), tmp_path / "first", unseen, beside=second)
    texts = many(MOST_EMBEDDED_AT_ONCE + 1)

    assert source.of(texts) is not None
    assert not source.takes_long(texts)
    renewed = BigramModel()
    newer = LocalNearness(BigramModel("newer"), tmp_path / "second", unseen, OF_TABLE)
    changed = LocalNearness(renewed, tmp_path / "first", unseen, beside=newer)
    assert changed.takes_long(texts)
    assert changed.of(texts) is not None
    assert renewed.seen == []


# The index


@dataclass(frozen=True)
class Pair:
    """The same entries by words alone, and with vectors in which one of them is nearest to every question."""

    by_words: Index
    near: Index


def pair(analyzer: Analyzer, folder: Path, nearest: str | None) -> Pair:
    """An index for which questions have the vector of an entry. None: none comes in time."""
    layers, _ = made(folder)
    texts = {entry.entry_id: entry.text for entry in ENTRIES}

    def vector_of(_: str) -> Vector | None:
        return None if nearest is None else BigramModel().vector(texts[nearest])

    near = Index(ENTRIES, analyzer, nearness=Nearness(layers, vector_of))
    return Pair(Index(ENTRIES, analyzer), near)


def near_among_all(analyzer: Analyzer, folder: Path, nearest: str) -> Index:
    """An index that also looks for what is near; all questions have the vector of an entry."""
    layers, _ = made(folder)
    vector = BigramModel().vector(next(entry.text for entry in ENTRIES if entry.entry_id == nearest))
    nearness = Nearness(layers, lambda _: vector, texts=TEXTS)
    return Index(ENTRIES, analyzer, nearness=nearness)


def test_vectors_have_a_say_in_the_order(analyzer: Analyzer, tmp_path: Path) -> None:
    """The last by words is the nearest, and rises; scores stay in their places, so nothing else changes."""
    question = "养老服务收取费用"
    by_words = Index(ENTRIES, analyzer)
    alone = by_words.search(by_words.query(question), 3)
    both = pair(analyzer, tmp_path, alone[-1].entry_id).near
    hits = both.search(both.query(question), 3)

    assert [hit.entry_id for hit in hits].index(alone[-1].entry_id) < 2
    assert {hit.entry_id for hit in hits} == {hit.entry_id for hit in alone}
    assert [hit._replace(entry_id="", near=None, worth=0) for hit in hits] == [
        hit._replace(entry_id="", worth=0) for hit in alone
    ]
    assert [hit.worth for hit in hits] == sorted((hit.worth for hit in hits), reverse=True)
    assert max(hit.near or 0 for hit in hits) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("question", ["高龄津贴", "养老服务收取费用", "红烧肉", "？"])
def test_without_a_vector_nothing_changes(analyzer: Analyzer, tmp_path: Path, question: str) -> None:
    """Bit for bit the hits of words alone."""
    indexes = pair(analyzer, tmp_path, None)

    hits = indexes.near.search(indexes.near.query(question), 3)
    assert hits == indexes.by_words.search(indexes.by_words.query(question), 3)


def test_vectors_alone_answer_nothing(analyzer: Analyzer, tmp_path: Path) -> None:
    """What shares no word with a question is refused, however near its vector is."""
    near = pair(analyzer, tmp_path, "津贴").near

    assert near.search(near.query("红烧肉"), 3) == []


def test_vectors_find_what_words_do_not(analyzer: Analyzer, tmp_path: Path) -> None:
    """Where words say little, the nearest clauses are looked at beside what words find; the scores stay."""
    by_words, near = Index(ENTRIES, analyzer), near_among_all(analyzer, tmp_path, "食堂")
    question = "敬老院一百元一顿的晚饭"

    alone = by_words.search(by_words.query(question), 3)
    hits = near.search(near.query(question), 3)

    assert [hit.entry_id for hit in alone] == ["津贴"]
    assert [hit.entry_id for hit in hits] == ["食堂"]
    assert [hit.score for hit in hits] == [hit.score for hit in alone]
    assert near.search(near.query("红烧肉"), 3) == []


@pytest.mark.parametrize("texts", [1, MOST_COMPARED + 1])
def test_the_nearest_are_looked_for_in_libraries_of_a_common_size(tmp_path: Path, texts: int) -> None:
    """Among very many clauses that would take long: there words find them, or nothing."""
    layers, _ = made(tmp_path)
    nearness = Nearness(layers, BigramModel().vector, texts=[TEXTS[0]] * texts)

    assert nearness.nearest("高龄津贴", 1) == ([0] if texts == 1 else [])


def test_the_shares_sum_to_the_score_with_vectors(analyzer: Analyzer, tmp_path: Path) -> None:
    """The cosines are shown behind the features of the words."""
    near = pair(analyzer, tmp_path, "食堂").near
    query = near.query("养老服务收取费用")

    for hit in near.search(query, 3):
        explanation = near.explain(query, hit.entry_id)
        assert explanation.score == pytest.approx(hit.score, abs=1e-9)
        assert explanation.witness is not None
        assert [name for name, _ in explanation.witness.features][-2:] == ["near", "near sentence"]
    witness = near.explain(query, "食堂").witness
    assert witness is not None
    assert dict(witness.features)["near"] == pytest.approx(1, abs=0.01)


# The service


@pytest.fixture
def shipped(data_dir: Path, tmp_path: Path) -> Settings:
    """The shipped documents, and no known questions."""
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    for name in ("policies", "lexicon"):
        (knowledge / name).symlink_to(KNOWLEDGE / name)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "jieba").symlink_to(data_dir / "jieba")
    return Settings(knowledge_dir=knowledge, data_dir=tmp_path / "data")


def nearness_shown(settings: Settings, question: str) -> bool:
    """Whether vectors have a say in the order of a question's hits."""
    index = assemble(settings).answerer.basis.index
    query = index.query(question)
    witness = index.explain(query, index.search(query, 1)[0].entry_id).witness
    return witness is not None and "near" in dict(witness.features)


def test_a_service_uses_an_endpoint_once_its_vectors_are_made(server: ModelServer, shipped: Settings) -> None:
    """Until then words decide alone. Where nothing is set, nobody is asked: the table of word vectors is at
    hand. Numbers of persons are masked on the way."""
    settings = shipped.model_copy(update={"embedding_base_url": server.url, "embedding_model": "m"})
    entries = list(entries_of(load_library(settings.knowledge_dir)))
    question = "电话13800138000，示范社区怎么打造"

    assert not nearness_shown(settings, question)
    assert server.asked == []
    assert embed_clauses(settings, entries) == 14
    assert embed_clauses(settings, entries) == 0
    server.asked.clear()
    assert nearness_shown(shipped, question)
    assert server.asked == []

    nearness_shown(settings, question)
    sent = [text for body in server.asked for text in body["input"]]
    assert len(sent) == 1
    assert "13800138000" not in sent[0]
    assert "示范社区怎么打造" in sent[0]


def test_two_models_at_once_stop_the_start(shipped: Settings, tmp_path: Path) -> None:
    """A question has one vector."""
    both = {"embedding_model_dir": tmp_path, "embedding_base_url": "http://127.0.0.1:1/v1"}

    with pytest.raises(SettingsError, match=r"EMBEDDING_MODEL_DIR.*EMBEDDING_BASE_URL.*leave one"):
        assemble(shipped.model_copy(update=both))
