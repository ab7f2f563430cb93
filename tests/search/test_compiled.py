"""The compiled scores: those of the reference, ranked, by either core, over any texts."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.scoring import exhaustive
from bot.search.scoring.bm25 import BM25
from bot.search.scoring.compiled import (
    COMPILED_FROM,
    MOST_REMEMBERED,
    CompiledBM25,
    Core,
    WeightedTerm,
    core_for,
)
from bot.search.scoring.postings import Postings, count, merge
from bot.search.scoring.segment import Segment

TEXTS = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8), max_size=40)
WORDS = st.sampled_from("甲乙丙丁戊己")
QUESTIONS = st.lists(st.tuples(WORDS, st.sampled_from([0.0, 1.0, 1.0, 1 / 3, 0.05, 2.5])), max_size=8)
CHUNK = 7


def postings_of(texts: Sequence[Sequence[str]], chunk: int = CHUNK) -> Postings:
    """The postings of texts that were counted in chunks."""
    return merge([count(texts[i : i + chunk]) for i in range(0, len(texts), chunk)])


@pytest.fixture(scope="module")
def windowed(tmp_path_factory: pytest.TempPathFactory) -> Core:
    """numba's core, chosen as the service chooses it."""
    pytest.importorskip("numba", reason="an optional package: requirements-fast.txt")
    return core_for(COMPILED_FROM, tmp_path_factory.mktemp("numba"))


def assert_ranked_as_by_the_reference(
    core: Core, texts: Sequence[Sequence[str]], question: Sequence[WeightedTerm], k: int
) -> None:
    """Scores to 1e-9, and at each rank an entry to which the reference gives this score."""
    reference = BM25(texts)
    expected = sum((weight * reference.scores([term]) for term, weight in question), np.zeros(len(texts)))
    positive = sorted((score for score in expected if score > 0), reverse=True)[:k]

    best = CompiledBM25([Segment(postings_of(texts))], core).best(question, k)

    assert [score for _, score in best] == pytest.approx(positive, abs=1e-9)
    assert [expected[entry] for entry, _ in best] == pytest.approx(positive, abs=1e-9)
    assert best == sorted(best, key=lambda hit: (-hit[1], hit[0]))


@given(texts=TEXTS, question=QUESTIONS, k=st.integers(1, 12))
def test_scores_are_those_of_the_reference(
    texts: list[list[str]], question: list[WeightedTerm], k: int
) -> None:
    """Weights, repeated, unknown and missing terms, empty texts, an empty library."""
    assert_ranked_as_by_the_reference(exhaustive.best_entries, texts, question, k)


@given(texts=TEXTS, question=QUESTIONS, k=st.integers(1, 12))
def test_the_cores_agree_bit_for_bit(
    windowed: Core, texts: list[list[str]], question: list[WeightedTerm], k: int
) -> None:
    """So that nobody's answer depends on what is installed."""
    postings = postings_of(texts)

    assert CompiledBM25([Segment(postings)], windowed).best(question, k) == CompiledBM25(
        [Segment(postings)]
    ).best(question, k)


@pytest.mark.parametrize("k", [1, 10, 100])
def test_many_windows_are_ranked_as_one(windowed: Core, k: int) -> None:
    """Words as unequal as real ones, over three windows: lists are left out, read through and searched."""
    random = Random(2026)  # noqa: S311  # the same texts every time
    words = [f"词{number}" for number in range(400)]
    weights = [1 / (1 + number) for number in range(400)]
    texts = [random.choices(words, weights, k=random.randint(0, 12)) for _ in range(20_000)]
    compiled = CompiledBM25([Segment(postings_of(texts, 500))], windowed)

    for _ in range(20):
        asked = random.choices(words, k=random.randint(1, 8)) + random.choices(words[:5], k=3)
        question = [(term, random.choice([1.0, 1.0, random.random()])) for term in asked]
        assert compiled.best(question, k) == CompiledBM25([Segment(postings_of(texts, 500))]).best(
            question, k
        )
    assert_ranked_as_by_the_reference(windowed, texts, question, k)


@pytest.mark.parametrize("order", [1, -1])
def test_equal_scores_come_in_the_order_of_the_entries(windowed: Core, order: int) -> None:
    """Whichever term brought them in."""
    texts = [["甲", "乙"], ["乙", "甲"], ["丙"], ["甲", "乙"]][::order]

    for core in (exhaustive.best_entries, windowed):
        best = CompiledBM25([Segment(postings_of(texts))], core).best([("乙", 1.0), ("甲", 1.0)], 2)
        assert [entry for entry, _ in best] == ([0, 1] if order == 1 else [0, 2])


@given(TEXTS.filter(any), st.lists(WORDS, min_size=1, max_size=8))
def test_weights_are_those_of_the_reference(texts: list[list[str]], question: list[str]) -> None:
    """What explain shows: tf, idf, length norm and share of every term in every text."""
    reference, compiled = BM25(texts), CompiledBM25([Segment(postings_of(texts))])

    assert compiled.idfs(question) == pytest.approx([reference.idf_of(term) for term in question], abs=1e-12)
    for entry in range(len(texts)):
        for term, weight in zip(question, compiled.weights(question, entry), strict=True):
            expected = reference.weight(term, entry)
            assert weight.tf == expected.tf
            assert weight.length_norm == pytest.approx(expected.length_norm, abs=1e-12)
            assert weight.share == pytest.approx(expected.share, abs=1e-12)


@given(TEXTS, st.lists(WORDS, max_size=8), st.data())
def test_shares_are_those_of_the_reference(
    texts: list[list[str]], terms: list[str], data: st.DataObject
) -> None:
    """Of some entries, in any order; what several terms give an entry together is its score."""
    reference, compiled = BM25(texts), CompiledBM25([Segment(postings_of(texts))])
    entries = data.draw(st.permutations(range(len(texts))))[:5]

    shares = compiled.shares(terms, np.array(entries, np.int64))

    expected = [[reference.weight(term, entry).share for entry in entries] for term in terms]
    assert shares.shape == (len(terms), len(entries))
    assert shares.ravel().tolist() == pytest.approx([x for row in expected for x in row], abs=1e-12)
    scores = dict(compiled.best([(term, 1.0) for term in terms], len(texts)))
    assert shares.sum(axis=0).tolist() == pytest.approx([scores.get(e, 0.0) for e in entries], abs=1e-9)


@given(TEXTS)
def test_chunks_make_no_difference(texts: list[list[str]]) -> None:
    """However the texts are dealt out to processes."""
    one, many = postings_of(texts, 1000), postings_of(texts, 1)

    for name in ("starts", "entries", "tfs", "lengths"):
        assert getattr(one, name).tolist() == getattr(many, name).tolist()


def test_a_question_of_many_remembered_terms_and_new_ones_is_answered() -> None:
    """Also when there are too many to remember, and the others are forgotten."""
    compiled = CompiledBM25([Segment(postings_of([["甲", "乙"], ["乙"]]))])
    first = compiled.idfs(["甲", "乙"])
    for start in range(0, MOST_REMEMBERED, 1000):
        compiled.idfs([str(number) for number in range(start, start + 1000)])

        assert compiled.idfs(["甲", "乙", str(start)])[:2] == first


def test_few_entries_do_not_load_numba(tmp_path: Path) -> None:
    """A community with three documents starts as fast as ever."""
    assert core_for(COMPILED_FROM - 1, tmp_path) is exhaustive.best_entries
