"""Evaluation: collections as others lay them out, and metrics that a hand can check."""

import gzip
import json
import math
import sys
from pathlib import Path

import pytest

from bot.errors import CollectionError
from bot.evaluation.collection import read_collection, read_out_of_scope
from bot.evaluation.metrics import measure
from bot.evaluation.run import DEPTH, rank_topics, write_run
from bot.search.analysis import Analyzer
from bot.search.index import Index
from bot.search.searcher import Hit


def write_collection(folder: Path, split: str = "test") -> Path:
    """A collection of three texts and two judged queries."""
    texts = {"a": "高龄津贴", "b": "高龄津贴和养老服务的办法", "c": "养老服务"}
    corpus = "".join(json.dumps({"_id": i, "title": "", "text": text}) + "\n" for i, text in texts.items())
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(corpus.encode()))
    queries = {"1": "高龄津贴", "2": "养老服务", "3": "没人评过"}
    asked = "".join(json.dumps({"_id": i, "text": text}) + "\n" for i, text in queries.items())
    (folder / "queries.jsonl").write_text(asked, "utf-8")
    (folder / "qrels" / f"{split}.tsv").write_text("query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n", "utf-8")
    return folder


def test_the_metrics_are_those_a_hand_computes(analyzer: Analyzer, tmp_path: Path) -> None:
    """Topic 1 finds its text first, topic 2 second: means over two topics."""
    collection = read_collection(write_collection(tmp_path))

    run = rank_topics(collection, Index(collection.entries, analyzer))

    assert [[hit.entry_id for hit in hits] for hits in run.values()] == [["a", "b"], ["c", "b"]]
    assert measure(run, collection.qrels) == {
        "queries": 2,
        "hit@1": 0.5,
        "hit@5": 1.0,
        "recall@10": 1.0,
        "recall@100": 1.0,
        "mrr@10": pytest.approx(0.75),
        "ndcg@10": pytest.approx((1 + 1 / math.log2(3)) / 2),
    }


def test_ties_are_judged_in_our_order() -> None:
    """trec_eval would put the later id first."""
    run = {"1": [Hit("a", 1.0, 0.5, 0.5), Hit("b", 1.0, 0.5, 0.5)]}

    assert measure(run, {"1": {"a": 1}})["hit@1"] == 1.0


def test_a_topic_that_finds_nothing_counts_as_zero() -> None:
    """Silence is no success."""
    assert measure({"1": [], "2": [Hit("a", 1.0, 0.5, 0.5)]}, {"1": {"a": 1}, "2": {"a": 1}})["hit@1"] == 0.5


def test_a_run_file_is_as_trec_tools_read_it(tmp_path: Path) -> None:
    """Topic, Q0, entry, rank, score, name."""
    write_run({"1": [Hit("a", 2.5, 0.5, 0.5), Hit("b", 1.0, 0.2, 0.2)]}, tmp_path / "run")

    assert (tmp_path / "run").read_text() == "1 Q0 a 1 2.5 policy-qa\n1 Q0 b 2 1.0 policy-qa\n"
    assert DEPTH == 100


def test_the_only_split_is_taken(tmp_path: Path) -> None:
    """Without a name: test, else the only one there is."""
    assert len(read_collection(write_collection(tmp_path, split="train")).topics) == 2


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (
            "corpus.jsonl",
            '{"_id": "a", "text": "甲"}\nnot json\n',
            r"corpus.jsonl:2: is no object",
        ),  # broken line
        (
            "corpus.jsonl",
            '{"_id": 5, "text": "甲"}\n',
            r"corpus.jsonl:1: is no object",
        ),  # an id that is no text
        ("qrels/test.tsv", "1\ta\n", r"test.tsv:1: is no judgement"),  # a column is missing
        ("qrels/test.tsv", "9\ta\t1\n", r"no query is judged"),  # ids that do not meet
        ("qrels/dev.tsv", "1\ta\t1\n", None),  # a second split does no harm while test is there
    ],
)
def test_an_unusable_collection_is_named(tmp_path: Path, file: str, content: str, said: str | None) -> None:
    """File, line and what is wrong."""
    (write_collection(tmp_path) / file).write_text(content, "utf-8")

    if said is None:
        assert read_collection(tmp_path).topics
        return
    with pytest.raises(CollectionError, match=said):
        read_collection(tmp_path)


def test_a_missing_split_lists_those_there_are(tmp_path: Path) -> None:
    """A typing error is mended in one look."""
    with pytest.raises(CollectionError, match=r"split 'dev'.*there is: test"):
        read_collection(write_collection(tmp_path), "dev")


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    """Neither plain nor compressed."""
    (write_collection(tmp_path) / "corpus.jsonl.gz").unlink()

    with pytest.raises(CollectionError, match=r"corpus.jsonl.*does not exist"):
        read_collection(tmp_path)


@pytest.mark.parametrize("rows", ["天气\n\n股票\n", '{"question": "天气"}\n{"q": "股票"}\n'])
def test_questions_nothing_answers_are_read(tmp_path: Path, rows: str) -> None:
    """One a line, as text or as an object; empty lines are none."""
    path = tmp_path / "outside"
    path.write_text(rows, "utf-8")

    assert read_out_of_scope(path) == ["天气", "股票"]


@pytest.mark.parametrize(
    ("rows", "problem"), [("\n", "holds no question"), ('天气\n{"answer": 1}\n', ":2: is no question")]
)
def test_a_file_without_questions_is_named(tmp_path: Path, rows: str, problem: str) -> None:
    """File and line, and what to write."""
    path = tmp_path / "outside"
    path.write_text(rows, "utf-8")

    with pytest.raises(CollectionError, match=problem):
        read_out_of_scope(path)


def test_what_measures_is_named_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It brings 140 MB that no question needs, so the service does without."""
    monkeypatch.setitem(sys.modules, "ir_measures", None)

    with pytest.raises(CollectionError, match=r"pip install -r requirements-evaluate\.txt"):
        measure({"q": []}, {"q": {}})
