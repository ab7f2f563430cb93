"""Cores of the embedded engine: the same bits, whichever is chosen; and what the engine remembers."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine.embedded.cores import Core, best_by_numpy
from bot.search.engine.embedded.engine import (
    COMPILED_FROM,
    LEAST_WEIGHT,
    MOST_REMEMBERED,
    EmbeddedEngine,
    core_for,
)
from bot.search.engine.embedded.segment import Segment
from bot.search.engine.port import WeightedTerm
from bot.search.engine.reference import ReferenceEngine
from bot.search.entry import Entries, Entry
from tests.search.engine.conftest import postings_of

TEXTS = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8), max_size=40)
WORDS = st.sampled_from("甲乙丙丁戊己")
QUESTIONS = st.lists(st.tuples(WORDS, st.sampled_from([0.0, 1.0, 1.0, 1 / 3, 0.05, 2.5])), max_size=8)


def engine_of(texts: Sequence[Sequence[str]], core: Core = best_by_numpy) -> EmbeddedEngine:
    """An engine of texts under the ids 0, 1, 2 …"""
    entries = Entries.of(Entry(str(number), (), "") for number in range(len(texts)))
    return EmbeddedEngine(entries, [Segment(postings_of(texts, 500))], core)


@given(texts=TEXTS, question=QUESTIONS, k=st.integers(1, 12))
def test_the_cores_agree_bit_for_bit(
    windowed: Core, texts: list[list[str]], question: list[WeightedTerm], k: int
) -> None:
    """So that nobody's answer depends on what is installed."""
    assert engine_of(texts, windowed).best(question, k) == engine_of(texts).best(question, k)


@pytest.mark.parametrize("k", [1, 10, 100])
def test_many_windows_are_ranked_as_one(windowed: Core, k: int) -> None:
    """Words as unequal as real ones, over three windows: lists are left out, read through and searched."""
    random = Random(2026)  # noqa: S311  # the same texts every time
    words = [f"词{number}" for number in range(400)]
    weights = [1 / (1 + number) for number in range(400)]
    texts = [random.choices(words, weights, k=random.randint(0, 12)) for _ in range(20_000)]
    by_numba, by_numpy = engine_of(texts, windowed), engine_of(texts)

    for _ in range(20):
        asked = random.choices(words, k=random.randint(1, 8)) + random.choices(words[:5], k=3)
        question = [(term, random.choice([1.0, 1.0, random.random()])) for term in asked]
        assert by_numba.best(question, k) == by_numpy.best(question, k)
    reference = ReferenceEngine({str(number): terms for number, terms in enumerate(texts)})
    expected = [score for _, score in reference.best(question, k)]
    assert [score for _, score in by_numba.best(question, k)] == pytest.approx(expected, abs=1e-9)


def test_entries_that_have_left_take_no_place_among_the_best(windowed: Core) -> None:
    """However high their scores are."""
    texts = [["甲"] * (1 + number % 3) for number in range(30)]
    left = np.arange(30) % 3 == 2
    moved = np.where(left, np.iinfo(np.uint32).max, np.cumsum(~left) - 1).astype(np.uint32)
    entries = Entries.of(Entry(str(number), (), "") for number in range(20))

    for core in (best_by_numpy, windowed):
        engine = EmbeddedEngine(entries, [Segment(postings_of(texts), moved)], core)
        assert [entry_id for entry_id, _ in engine.best([("甲", 1.0)], 3)] == ["1", "3", "5"]


def test_a_weight_that_would_vanish_is_left_out(windowed: Core) -> None:
    """An entry is found, or not, whatever else is asked."""
    for core in (best_by_numpy, windowed):
        engine = engine_of([["甲"], ["乙"]], core)

        assert engine.best([("甲", LEAST_WEIGHT)], 2) == []
        assert engine.best([("甲", 2 * LEAST_WEIGHT)], 2) != []


@given(TEXTS)
def test_chunks_make_no_difference(texts: list[list[str]]) -> None:
    """However the texts are dealt out to processes."""
    one, many = postings_of(texts, 1000), postings_of(texts, 1)

    for name in ("starts", "entries", "tfs", "lengths"):
        assert getattr(one, name).tolist() == getattr(many, name).tolist()


def test_a_question_of_many_remembered_terms_and_new_ones_is_answered() -> None:
    """Also when there are too many to remember, and the others are forgotten."""
    engine = engine_of([["甲", "乙"], ["乙"]])
    first = engine.idfs(["甲", "乙"])
    for start in range(0, MOST_REMEMBERED, 1000):
        engine.idfs([str(number) for number in range(start, start + 1000)])

        assert engine.idfs(["甲", "乙", str(start)])[:2] == first


def test_few_entries_do_not_load_numba(tmp_path: Path) -> None:
    """A community with three documents starts as fast as ever."""
    assert core_for(COMPILED_FROM - 1, tmp_path) is best_by_numpy
