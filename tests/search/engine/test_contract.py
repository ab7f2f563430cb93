"""What every engine promises. conftest.py has the engines."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine.port import WeightedTerm
from bot.search.engine.reference import ReferenceEngine
from tests.search.engine.conftest import EngineOf, Texts

WORDS = st.sampled_from(["甲", "乙", "丙丁戊己", "#高龄", "#高龄津贴", "a"])
UNKNOWN = st.sampled_from(["庚", "#高龄补"])
TEXTS = st.lists(st.lists(WORDS, max_size=8), max_size=40)
WEIGHTS = st.sampled_from([0.0, 1.0, 1.0, 1 / 3, 0.05, 2.5])
QUESTIONS = st.lists(st.tuples(WORDS | UNKNOWN, WEIGHTS), max_size=8)
TERMS = st.lists(WORDS | UNKNOWN, max_size=8)

EXAMPLE = {"办法:t1": ["甲", "甲", "乙"], "办法:t2": ["甲"], "条例:t1": ["丙"]}


def library(texts: Sequence[Sequence[str]]) -> Texts:
    """Texts under ids: three clauses a document."""
    return {f"办法{number // 3}:t{number % 3 + 1}": terms for number, terms in enumerate(texts)}


def test_an_example_by_hand(engine_of: EngineOf) -> None:
    """Three entries of 3, 1 and 1 terms: every number of the formula, worked out on paper."""
    engine = engine_of(EXAMPLE)

    assert engine.idfs(["甲", "乙", "庚"]) == pytest.approx([0.470004, 0.980829, 2.079442], abs=1e-6)
    best = dict(engine.best([("甲", 1.0), ("乙", 2.0)], 3))
    assert list(best) == ["办法:t1", "办法:t2"]
    assert best == pytest.approx({"办法:t1": 0.508112 + 2 * 0.800677, "办法:t2": 0.529582}, abs=1e-6)
    shares = engine.shares(["甲", "乙"], ["办法:t2", "办法:t1"])
    assert shares.values.tolist() == [
        pytest.approx([0.529582, 0.508112], abs=1e-6),
        pytest.approx([0, 0.800677], abs=1e-6),
    ]
    assert shares.tfs.tolist() == [[1, 2], [0, 1]]
    assert shares.length_norms.tolist() == pytest.approx([0.42, 0.96])


@given(texts=TEXTS, question=QUESTIONS, k=st.integers(1, 12))
def test_the_best_have_the_scores_of_the_reference(
    engine_of: EngineOf, texts: list[list[str]], question: list[WeightedTerm], k: int
) -> None:
    """With weights, repeated, unknown and missing terms, empty texts, an empty library."""
    held = library(texts)
    expected = dict(ReferenceEngine(held).best(question, len(texts) + 1))

    best = engine_of(held).best(question, k)

    scores = [score for _, score in best]
    assert scores == pytest.approx(sorted(expected.values(), reverse=True)[:k], abs=1e-9)
    assert scores == pytest.approx([expected[entry_id] for entry_id, _ in best], abs=1e-9)
    assert all(score > 0 for score in scores)
    places = {entry_id: place for place, entry_id in enumerate(held)}
    assert best == sorted(best, key=lambda scored: (-scored[1], places[scored[0]]))


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("question", [[("甲", 1.0), ("乙", 1.0)], [("乙", 1.0), ("甲", 1.0)], [("乙", 1.0)]])
def test_equal_scores_come_in_the_order_of_the_library(
    engine_of: EngineOf, order: int, question: list[WeightedTerm]
) -> None:
    """Whatever the order of ids and terms, and whichever of the equal ones is cut off."""
    texts = [["甲", "乙"], ["乙", "甲"], ["丙"], ["甲", "乙"], ["乙", "甲"]][::order]
    ids = [f"办法{letter}:t1" for letter in "乙甲丁丙戊"]
    engine = engine_of(dict(zip(ids, texts, strict=True)))

    equal = [entry_id for entry_id, terms in zip(ids, texts, strict=True) if terms != ["丙"]]
    for k in (1, 2, 3, 4, 5):
        assert [entry_id for entry_id, _ in engine.best(question, k)] == equal[:k]


def test_weights_of_a_repeated_term_are_summed(engine_of: EngineOf) -> None:
    """A term without weight finds nothing."""
    engine = engine_of(EXAMPLE)

    assert engine.best([("甲", 0.5), ("甲", 1.5)], 3) == engine.best([("甲", 2.0)], 3)
    assert engine.best([("甲", 0.0)], 3) == engine.best([("庚", 1.0)], 3) == engine.best([], 3) == []


@given(texts=TEXTS, terms=TERMS, data=st.data())
def test_shares_are_those_of_the_reference(
    engine_of: EngineOf, texts: list[list[str]], terms: list[str], data: st.DataObject
) -> None:
    """Of some entries, in any order: values, tf and length norm, a row a term and a column an entry."""
    held = library(texts)
    ids = data.draw(st.permutations(list(held)))[:5]
    expected = ReferenceEngine(held).shares(terms, ids)

    shares = engine_of(held).shares(terms, ids)

    assert shares.values.shape == shares.tfs.shape == (len(terms), len(ids))
    assert shares.values.ravel().tolist() == pytest.approx(expected.values.ravel().tolist(), abs=1e-12)
    assert shares.tfs.tolist() == expected.tfs.tolist()
    assert shares.length_norms.tolist() == pytest.approx(expected.length_norms.tolist(), abs=1e-12)


@given(texts=TEXTS, terms=TERMS)
def test_shares_sum_to_the_score(engine_of: EngineOf, texts: list[list[str]], terms: list[str]) -> None:
    """What several terms give an entry together is its score; what no term gives anything is not found."""
    engine = engine_of(library(texts))

    scores = dict(engine.best([(term, 1.0) for term in terms], len(texts) + 1))
    ids = list(library(texts))
    sums = engine.shares(terms, ids).values.sum(axis=0)

    assert sums.tolist() == pytest.approx([scores.get(entry_id, 0.0) for entry_id in ids], abs=1e-9)


@pytest.mark.parametrize("entry_id", ["办法:t9", "别的:t1", "办法", ""])
def test_an_unknown_entry_has_no_shares(engine_of: EngineOf, entry_id: str) -> None:
    """Of a document that is held or not."""
    engine = engine_of(EXAMPLE)

    with pytest.raises(KeyError):
        engine.shares(["甲"], ["办法:t1", entry_id])


@given(texts=TEXTS, terms=TERMS)
def test_statistics_are_those_of_the_entries(
    engine_of: EngineOf, texts: list[list[str]], terms: list[str]
) -> None:
    """How many entries there are, and how many hold each term; a term that none holds is the rarest."""
    engine, reference = engine_of(library(texts)), ReferenceEngine(library(texts))

    assert len(engine) == len(texts)
    assert engine.frequencies() == Counter(term for text in texts for term in set(text))
    assert engine.idfs(terms) == pytest.approx(reference.idfs(terms), abs=1e-12)
    assert engine.highest_idf == pytest.approx(reference.highest_idf, abs=1e-12)
    assert engine.idfs(["庚"]) == [engine.highest_idf]
    assert all(0 < idf < engine.highest_idf for idf in engine.idfs(list(engine.frequencies())))


def test_an_engine_never_mixes_editions(engine_of: EngineOf) -> None:
    """It answers from its own entries, whatever other engines are made meanwhile."""
    before = engine_of(EXAMPLE)
    asked: list[WeightedTerm] = [("甲", 1.0), ("丁", 1.0)]
    answer = before.best(asked, 9)

    after = engine_of({**EXAMPLE, "办法:t1": ["丁"], "条例:t2": ["甲", "丁"]})

    assert [entry_id for entry_id, _ in after.best(asked, 9)] == ["条例:t2", "办法:t1", "办法:t2"]
    assert before.best(asked, 9) == answer
    assert before.frequencies() == {"甲": 2, "乙": 1, "丙": 1}


def test_threads_share_an_engine(engine_of: EngineOf) -> None:
    """Each gets what it would get alone."""
    texts = [["甲"] * (n % 3) + ["乙"] * (n % 5) + [f"词{n % 7}"] for n in range(60)]
    asked: list[list[WeightedTerm]] = [[("甲", 1.0), ("乙", 0.3), (f"词{n}", 1.0)] for n in range(8)]
    alone = [engine_of(library(texts)).best(question, 10) for question in asked]
    engine = engine_of(library(texts))

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda n: engine.best(asked[n % 8], 10), range(200)))

    assert together == [alone[n % 8] for n in range(200)]
