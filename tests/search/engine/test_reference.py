"""The reference: what rank_bm25 computes, with an idf that never turns a match into nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.search.bm25 import K1, B
from bot.search.engine.reference import ReferenceEngine

TERMS = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8)


@given(st.lists(TERMS.filter(bool), min_size=1, max_size=6), TERMS)
def test_scores_are_those_of_rank_bm25_but_for_the_idf(texts: list[list[str]], question: list[str]) -> None:
    """Handed our idf, rank_bm25 as shipped scores the same."""
    engine = ReferenceEngine({str(number): terms for number, terms in enumerate(texts)})
    shipped = BM25Okapi(texts, k1=K1, b=B)
    shipped.idf = {term: engine.idfs([term])[0] for term in shipped.idf}

    scores = dict(engine.best([(term, 1.0) for term in question], len(texts)))

    expected = enumerate(shipped.get_scores(question).tolist())
    assert scores == {str(number): pytest.approx(score) for number, score in expected if score > 0}


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_no_terms_at_all_score_nothing(texts: list[list[str]]) -> None:
    """An empty library, and documents of punctuation only: a division by zero as shipped."""
    engine = ReferenceEngine({str(number): terms for number, terms in enumerate(texts)})

    assert engine.best([("甲", 1.0)], 3) == []
    assert engine.shares(["甲"], [str(n) for n in range(len(texts))]).values.tolist() == [[0.0] * len(texts)]
