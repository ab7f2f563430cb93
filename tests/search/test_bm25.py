"""The formula: numbers worked out on paper."""

import math

import numpy as np
import pytest

from bot.search.bm25 import K1, LengthNorm, bound, idf, idfs, saturation


@pytest.mark.parametrize(
    ("entries", "holding", "expected"),
    [
        (1, 1, math.log(1 + 0.5 / 1.5)),  # the only entry: the classic idf is negative
        (2, 1, math.log(2)),  # one of two: the classic idf is zero
        (10, 10, math.log(1 + 0.5 / 10.5)),  # a term in every entry
        (10, 0, math.log(1 + 10.5 / 0.5)),  # a term in none
    ],
)
def test_idf_is_never_negative(entries: int, holding: int, expected: float) -> None:
    """The rarer the term, the higher; the same for one term and for many."""
    assert idf(entries, holding) == pytest.approx(expected)
    assert idfs(entries, np.array([holding, 1])).tolist() == pytest.approx([expected, idf(entries, 1)])


def test_length_norm_is_k1_at_the_mean_length() -> None:
    """A quarter of it is for every entry, three quarters grow with the length."""
    norms = LengthNorm.of(40.0).norms(np.array([0.0, 40.0, 80.0]))

    assert norms.tolist() == pytest.approx([0.25 * K1, K1, 1.75 * K1])


def test_a_term_saturates_towards_its_bound() -> None:
    """Each further occurrence gives less, and the bound is never reached."""
    parts = saturation(np.array([0.0, K1, 1.0, 1e9]), np.full(4, K1))

    assert parts.tolist() == pytest.approx([0, 0.5, 1 / 1.6, 1])
    assert parts.max() < 1
    assert bound(2.0) == pytest.approx(3.2)
