"""The scores: what rank_bm25 computes, with an idf that never turns a match into nothing."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.search.scoring.bm25 import BM25, K1, B

TERMS = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8)


@given(st.lists(TERMS, max_size=6), TERMS)
def test_weights_sum_to_the_score(texts: list[list[str]], question: list[str]) -> None:
    """Each score is the sum of what its terms give, and no score is negative or above the bound."""
    bm25 = BM25(texts)

    for position, score in enumerate(bm25.scores(question)):
        shares = [bm25.weight(term, position).share for term in question]
        assert score == pytest.approx(math.fsum(shares), abs=1e-9)
        assert 0 <= score <= bm25.highest_score(question) + 1e-9


@given(st.lists(TERMS.filter(bool), min_size=1, max_size=6), TERMS)
def test_scores_are_those_of_rank_bm25_but_for_the_idf(texts: list[list[str]], question: list[str]) -> None:
    """Handed our idf, rank_bm25 as shipped scores the same."""
    ours = BM25(texts)
    shipped = BM25Okapi(texts, k1=K1, b=B)
    shipped.idf = {term: ours.idf_of(term) for term in shipped.idf}

    assert list(ours.scores(question)) == list(shipped.get_scores(question))


@pytest.mark.parametrize(
    ("texts", "score"),
    [
        ([["甲"]], pytest.approx(math.log(1 + 0.5 / 1.5))),  # one text: negative as shipped
        ([["甲"], ["乙"]], pytest.approx(math.log(2))),  # two texts: zero as shipped
    ],
)
def test_a_match_in_a_tiny_library_scores(texts: list[list[str]], score: float) -> None:
    """One or two documents are a library too."""
    assert BM25(texts).scores(["甲"])[0] == score


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_no_terms_at_all_score_nothing(texts: list[list[str]]) -> None:
    """An empty library, and documents of punctuation only: a division by zero as shipped."""
    assert list(BM25(texts).scores(["甲"])) == [0.0] * len(texts)


def test_a_term_that_no_text_holds_has_the_highest_idf() -> None:
    """So that confidence falls when a question speaks of something else."""
    bm25 = BM25([["甲"], ["甲", "乙"]])

    assert bm25.idf_of("丙") > bm25.idf_of("乙") > bm25.idf_of("甲") > 0
